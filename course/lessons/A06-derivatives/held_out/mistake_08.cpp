// slip: x[i] is put back by adding and subtracting the step, which leaves a rounding error
// shows: after numeric_gradient of any f at x = (0.1), x[0] is 0.099999999999999992
// named: mutants/put_back_by_adding.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

static double step_for(double x) { return std::max({x, -x, 1.0}) * 1e-5; }

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = step_for(x), left = f(x - h), right = f(x + h);
  return 0.5 * (right - left) / h;
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> slopes(x.size());
  for (std::size_t i = 0; i < x.size(); i++) {
    const double h = 1e-5 * std::max(1.0, std::abs(x[i]));
    x[i] += h;
    slopes[i] = f(x);
    x[i] -= 2 * h;
    slopes[i] -= f(x);
    x[i] += h;
    slopes[i] /= 2 * h;
  }
  return slopes;
}
