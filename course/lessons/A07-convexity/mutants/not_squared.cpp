// slip: fxy is not squared
// why: The determinant of the Hessian is fxx fyy - fxy fxy: the mixed derivative stands in it twice.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
