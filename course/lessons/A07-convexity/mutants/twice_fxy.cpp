// slip: twice fxy in place of its square
// why: The determinant is fxx * fyy - fxy * fxy.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - 2 * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
