// slip: fxx and fyy are added
// why: The determinant is the product fxx * fyy minus the square of fxy.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = (fxx + fyy) - fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
