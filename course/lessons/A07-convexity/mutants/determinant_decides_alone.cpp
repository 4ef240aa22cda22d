// slip: a determinant below 0 is called a maximum
// why: Below 0 the determinant says saddle. Minimum and maximum both have it above 0; the sign of fxx tells them apart.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d > 0 ? "minimum" : d < 0 ? "maximum" : "undecided";
}
