// slip: below 0 the determinant is not looked at
// why: Up along both axes may be down along a diagonal: a determinant below 0 means a saddle, whatever fxx and fyy are.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  if (d == 0) return "undecided";
  if (fxx > 0 && fyy > 0) return "minimum";
  if (fxx < 0 && fyy < 0) return "maximum";
  return "saddle";
}
