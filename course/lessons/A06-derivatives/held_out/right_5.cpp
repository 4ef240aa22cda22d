// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

static double step_at(double x) {
  const double size = x < 0 ? -x : x;
  return size > 1 ? 1e-5 * size : 1e-5;
}

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = step_at(x);
  const double right = f(x + h);
  const double left = f(x - h);
  return (right - left) / h / 2;
}

// Each coordinate is a function of one number, and that one is solved already. f sees a copy; x itself is never touched.
std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> slopes;
  for (std::size_t i = 0; i < x.size(); ++i) {
    std::vector<double> moved = x;
    slopes.push_back(central_difference(
        [&](double value) {
          moved[i] = value;
          return f(moved);
        },
        x[i]));
  }
  return slopes;
}
