// slip: the slopes are appended behind a list that already has its full length
// shows: numeric_gradient of x0^2 + x0 x1 at (1, 2) gives {0, 0, 4, 1} instead of {4, 1}
// named: mutants/appended.cpp
#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

double central_difference(const std::function<double(double)>& f, double x) {
  const double h = 1e-5 * std::max(1.0, std::abs(x));
  return (f(x + h) - f(x - h)) / (2 * h);
}

std::vector<double> numeric_gradient(const std::function<double(const std::vector<double>&)>& f, std::vector<double>& x) {
  std::vector<double> grad(x.size());
  for (double& v : x) {
    double old = v;
    double h = 1e-5 * std::max(1.0, std::abs(old));
    v = old + h;
    double fp = f(x);
    v = old - h;
    double fm = f(x);
    v = old;
    grad.push_back((fp - fm) / (2 * h));
  }
  return grad;
}
