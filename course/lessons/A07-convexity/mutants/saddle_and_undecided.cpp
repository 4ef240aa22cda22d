// slip: saddle and undecided are swapped
// why: A determinant below 0 means that the surface bends up in one direction and down in another: a saddle. 0 is undecided.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "undecided" : d == 0 ? "saddle" : fxx > 0 ? "minimum" : "maximum";
}
