// slip: the sum fxx + fyy decides
// why: The sum of the curvatures does not tell a saddle from a minimum. The determinant does: fxx fyy - fxy^2.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  if (d == 0) return "undecided";
  return fxx + fyy > 0 ? "minimum" : fxx + fyy < 0 ? "maximum" : "saddle";
}
