// slip: a saddle and a maximum are swapped
// why: A determinant below 0 means a saddle; above 0, a negative fxx means a maximum.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "maximum" : d == 0 ? "undecided" : fxx > 0 ? "minimum" : "saddle";
}
