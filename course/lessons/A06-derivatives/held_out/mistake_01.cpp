// slip: divided by 2 and then multiplied with h: the brackets around 2 * h are missing
// shows: central_difference of f(x) = x^2 at 3 gives 5.4e-9 instead of 6
// named: mutants/brackets.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x - h)) / 2 * h;
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> result;
  for (std::size_t i = 0; i < x.size(); i++) {
    double before = x[i];
    double size = std::fabs(before);
    if (size < 1) size = 1;
    double h = 1e-5 * size;
    x[i] = before + h;
    double up = f(x);
    x[i] = before - h;
    double down = f(x);
    x[i] = before;
    result.push_back((up - down) / (2 * h));
  }
  return result;
}
