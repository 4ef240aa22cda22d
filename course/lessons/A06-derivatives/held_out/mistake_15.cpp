// slip: one step for all coordinates, made from the largest of them
// shows: f(x) = sin(x[1]) at {1e6, 1}: -0.029 instead of 0.54
// named: mutants/one_step_largest.cpp
// named: mutants/one_step_for_all.cpp
// named: mutants/one_step_last.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  double largest = 1.0;
  for (double value : x) largest = std::max(largest, std::abs(value));
  const double h = 1e-5 * largest;

  std::vector<double> gradient(x.size());
  std::vector<double> up = x, down = x;
  for (size_t i = 0; i < x.size(); i++) {
    up[i] = x[i] + h;
    down[i] = x[i] - h;
    gradient[i] = (f(up) - f(down)) / (2 * h);
    up[i] = down[i] = x[i];
  }
  return gradient;
}
