// slip: a flat direction is overlooked
// why: Where the determinant is 0 the surface is flat in some direction, and second derivatives do not tell: "undecided".
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle" : fxx < 0 ? "maximum" : "minimum";
}
