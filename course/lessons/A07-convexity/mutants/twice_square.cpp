// slip: the square of fxy counts twice
// why: The determinant is fxx * fyy - fxy * fxy, once.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - 2 * fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
