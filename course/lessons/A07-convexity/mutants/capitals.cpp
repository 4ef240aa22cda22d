// slip: the words begin with capital letters
// why: The four words are written in small letters: "minimum", "maximum", "saddle", "undecided".
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double d = fxx * fyy - fxy * fxy;
  return d < 0 ? "Saddle" : d == 0 ? "Undecided" : fxx > 0 ? "Minimum" : "Maximum";
}
