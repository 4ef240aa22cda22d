// slip: the step is 1e-5 times |x| without the floor of 1, so it is 0 at x = 0
// shows: f(x) = 3 x at 0 gives nan instead of 3
// named: mutants/h_without_floor.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::fabs(x);
  return (f(x + h) - f(x - h)) / (2.0 * h);
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
