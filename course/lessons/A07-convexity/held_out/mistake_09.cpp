// slip: the height in a row is that of the point before the step
// shows: f = x^2, start 2, rate 0.1, one step: the second row is (1.6, 4) instead of (1.6, 2.56)
// named: mutants/old_loss.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  double height = f(x);
  std::vector<std::vector<double>> history{x};
  history[0].push_back(height);
  for (int i = 0; i < steps; i++) {
    std::vector<double> g = gradient(x);
    double norm = 0;
    for (double v : g) norm += v * v;
    if (std::sqrt(norm) <= tolerance) return history;
    height = f(x);
    for (std::size_t j = 0; j < x.size(); j++) x[j] -= rate * g[j];
    std::vector<double> row(x);
    row.push_back(height);
    history.push_back(row);
  }
  return history;
}

// Along (1, 0) the bend is fxx, along (0, 1) it is fyy; without a mixed part these two say it all.
std::string kind_of_point(double fxx, double fxy, double fyy) {
  int up, down;
  if (fxy == 0) {
    up = (fxx > 0) + (fyy > 0);
    down = (fxx < 0) + (fyy < 0);
  } else {
    const double own = fxx * fyy, mixed = fxy * fxy;
    if (own < mixed) {
      up = down = 1;
    } else {
      up = (own > mixed) * 2 * (fxx > 0);
      down = (own > mixed) * 2 * (fxx < 0);
    }
  }
  if (up == 2) return "minimum";
  if (down == 2) return "maximum";
  if (up == 1 && down == 1) return "saddle";
  return "undecided";
}
