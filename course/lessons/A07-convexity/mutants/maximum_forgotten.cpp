// slip: a maximum is called a minimum
// why: Where fxx fyy - fxy^2 is above 0 the surface bends to the same side in all directions. To which side, the sign of fxx tells.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : "minimum";
}
