// A06: the slope of any function, without knowing its formula.
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

// The slope of f at x by the central difference: (f(x + h) - f(x - h)) / (2 h), with the step h = 1e-5 * max(1, |x|).
double central_difference(const std::function<double(double)>& f, double x) {
  (void)f, (void)x;  // remove this line and the next, and write yours
  return 0;
}

// The gradient of f at x: one central difference for each coordinate, with the step h = 1e-5 * max(1, |x[i]|) of its own. f sees x, or a copy, with
// one coordinate moved and the others where they were; afterwards x holds exactly what it held before. An empty x has an empty gradient.
// x may be far from 0 on either side, such as -1e6.
std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  (void)f;
  return std::vector<double>(x.size(), 0.0);
}
