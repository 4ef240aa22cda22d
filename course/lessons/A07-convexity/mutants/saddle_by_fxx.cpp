// slip: a determinant below 0 is passed over
// why: A determinant below 0 means a saddle, whatever fxx is: ask for it first.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d == 0 ? "undecided" : fxx > 0 ? "minimum" : fxx < 0 ? "maximum" : "saddle";
}
