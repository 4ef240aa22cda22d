// slip: the square of fxy is added
// why: The determinant of the Hessian is fxx fyy - fxy^2: the square is taken away. With a plus a large fxy hides a saddle.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy + fxy * fxy;
  return d < 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
