// slip: a flat direction is called a saddle
// why: A saddle bends up in one direction and down in another: fxx fyy - fxy^2 is below 0. At 0 there is a direction without bend.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d <= 0 ? "saddle" : fxx > 0 ? "minimum" : "maximum";
}
