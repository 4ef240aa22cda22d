// slip: "saddle point" in place of "saddle"
// why: The four words are "minimum", "maximum", "saddle" and "undecided".
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle point" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
