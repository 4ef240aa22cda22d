// slip: a saddle is called undecided
// why: A determinant below 0 means that the surface bends up in one direction and down in another: a saddle.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d <= 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
