// slip: a minimum is called a maximum
// why: Where the determinant is above 0, the sign of fxx tells: up in every direction is a minimum.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : "maximum";
}
