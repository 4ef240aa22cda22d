// slip: the coordinates move one after the other, and each asks for the gradient at the half moved point
// shows: f = x0 x1, start (1, 1), rate 0.5, one step: ends at (0.5, 0.75) instead of (0.5, 0.5)
// named: mutants/one_after_other.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  auto add_row = [&] {
    auto row = x;
    row.push_back(f(x));
    history.push_back(row);
  };
  add_row();
  for (int s = 0; s < steps; s++) {
    double length = 0;
    for (double g : gradient(x)) length += g * g;
    if (std::sqrt(length) <= tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] -= rate * gradient(x)[i];
    add_row();
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const long double d = static_cast<long double>(fxx) * fyy - static_cast<long double>(fxy) * fxy;
  return d < 0 ? "saddle" : d > 0 ? (fxx > 0 ? "minimum" : "maximum") : "undecided";
}
