// slip: x is moved back by adding h again, and rounding leaves another number there
// shows: x = {0.1, 0.7, 1.3}, any f: afterwards some of x differ from before in the last digits
// named: mutants/put_back_by_adding.cpp
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
  std::vector<double> result;
  for (size_t i = 0; i < x.size(); i++) {
    const double h = 1e-5 * std::max(1.0, std::abs(x[i]));
    x[i] += h;
    double difference = f(x);
    x[i] -= 2 * h;
    difference -= f(x);
    x[i] += h;
    result.push_back(difference / (2 * h));
  }
  return result;
}
