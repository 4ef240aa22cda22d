// slip: fxx decides alone
// why: The bend along x says nothing about other directions. Look at the determinant fxx * fyy - fxy * fxy first.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  (void)fxy, (void)fyy;
  return fxx > 0 ? "minimum" : fxx < 0 ? "maximum" : "undecided";
}
