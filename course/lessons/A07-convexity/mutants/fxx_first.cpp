// slip: fxx decides alone unless it is 0
// why: The bend along x says nothing about other directions. Look at the determinant fxx * fyy - fxy * fxy first.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  if (fxx > 0) return "minimum";
  if (fxx < 0) return "maximum";
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "saddle" : "undecided";
}
