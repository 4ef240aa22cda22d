// slip: every zero gradient is called a minimum
// why: A zero gradient only says that the surface is level there. Minimum, maximum and saddle differ in their second derivatives.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  (void)fxx, (void)fxy, (void)fyy;
  return "minimum";
}
