// slip: a saddle is called a minimum
// why: You look along the two axes only. With a large fxy the surface bends down between them: the sign of fxx fyy - fxy^2 tells.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  if (fxx > 0 && fyy > 0) return "minimum";
  if (fxx < 0 && fyy < 0) return "maximum";
  return fxx * fyy < 0 ? "saddle" : (void(fxy), "undecided");
}
