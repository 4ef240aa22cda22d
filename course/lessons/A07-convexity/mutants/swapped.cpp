// slip: minimum and maximum are swapped
// why: A positive second derivative bends up, as x^2 does: that is a minimum.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "maximum" : "minimum";
}
