// slip: compares the sum of the squares with the tolerance, without the root
// shows: f = x^2, start 0.1 (gradient 0.2), tolerance 0.1: stops at once (0.04 is below 0.1) instead of going on
// named: mutants/stop_on_square.cpp
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  for (int step = 0;; step++) {
    auto row = x;
    row.push_back(f(x));
    history.push_back(row);
    if (step >= steps) break;
    const auto g = gradient(x);
    if (std::inner_product(g.begin(), g.end(), g.begin(), 0.0) <= tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
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
