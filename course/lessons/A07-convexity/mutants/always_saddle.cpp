// slip: every point that is no minimum is called a saddle
// why: Down in every direction is a maximum: a determinant above 0 with a negative fxx.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d > 0 && fxx > 0 ? "minimum" : d == 0 ? "undecided" : "saddle";
}
