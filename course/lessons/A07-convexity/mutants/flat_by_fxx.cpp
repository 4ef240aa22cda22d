// slip: a flat direction is overlooked
// why: Where fxx fyy - fxy^2 is 0 there is a direction without bend, whatever the sign of fxx: second derivatives do not tell.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  if (d < 0) return "saddle";
  return fxx > 0 ? "minimum" : fxx < 0 ? "maximum" : "undecided";
}
