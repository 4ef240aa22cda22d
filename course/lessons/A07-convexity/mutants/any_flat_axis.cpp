// slip: an axis without bend is called undecided
// why: Where fxx or fyy is 0 the surface may still bend up and down between the axes, as x y does: fxx fyy - fxy^2 is below 0 there, a saddle.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  if (fxx == 0 || fyy == 0 || d == 0) return "undecided";
  return d < 0 ? "saddle" : fxx > 0 ? "minimum" : "maximum";
}
