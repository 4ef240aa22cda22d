// A07: walking downhill, and knowing where one has arrived.
#include <cmath>
#include <functional>
#include <string>
#include <vector>

// Gradient descent from x: at most `steps` steps (0 or more), each x[i] - rate * gradient(x)[i] for all coordinates at once. Stops before a step
// where the gradient's length (the root of the sum of its squares) is at most `tolerance`. Returns the history, a row for each point in order, the
// start first and the last point reached last: its coordinates, then f there.
std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  (void)f, (void)gradient, (void)x, (void)rate, (void)steps, (void)tolerance;  // remove this line and the next, and write yours
  return {};
}

// A point with gradient 0 has the second derivatives fxx, fxy, fyy. Returns "minimum" where the surface bends up in every direction, "maximum" where
// it bends down in every direction, "saddle" where it bends up in one and down in another, and "undecided" where second derivatives do not tell:
// where it is flat in some direction, and bends up only, down only or not at all in the others. The numbers are of moderate size, and the determinant
// of a flat one is exactly 0.
std::string kind_of_point(double fxx, double fxy, double fyy) {
  (void)fxx, (void)fxy, (void)fyy;
  return "";
}
