// slip: the sign of the determinant is turned around
// why: A saddle bends both ways: one curvature is above 0, one below, and so their product, the determinant, is below 0. Yours calls a determinant above 0 a saddle.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d > 0 ? "saddle" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "maximum";
}
