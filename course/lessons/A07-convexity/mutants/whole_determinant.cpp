// slip: the determinant is cut to a whole number
// why: Keep it in a double: 0.5 is not 0.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const int d = int(fxx * fyy - fxy * fxy);
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
