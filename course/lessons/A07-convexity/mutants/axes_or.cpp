// slip: one axis that bends up is enough for a minimum
// why: A minimum bends up in every direction. Look at the determinant fxx * fyy - fxy * fxy.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  (void)fxy;
  if (fxx > 0 || fyy > 0) return "minimum";
  if (fxx < 0 || fyy < 0) return "maximum";
  return "undecided";
}
