// slip: it looks along the two axes only
// why: Up along both axes may be down along a diagonal. Look at the determinant fxx * fyy - fxy * fxy.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::gradient_descent;

std::string kind_of_point(double fxx, double fxy, double fyy) {
  (void)fxy;
  if (fxx > 0 && fyy > 0) return "minimum";
  if (fxx < 0 && fyy < 0) return "maximum";
  return "saddle";
}
