// slip: one step too many: counts from 0 up to and with `steps`
// shows: f = x^2, start 2, rate 0.1, one step: three rows (2, 1.6, 1.28) instead of two
// named: mutants/one_step_more.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  const auto note = [&history, &f](std::vector<double> p) {
    p.push_back(f(p));
    history.push_back(p);
  };
  note(x);
  for (int step = 0; step <= steps; step++) {
    const auto g = gradient(x);
    double length = 0;
    for (double v : g) length += v * v;
    length = std::sqrt(length);
    if (length <= tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
    note(x);
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const long double d = static_cast<long double>(fxx) * fyy - static_cast<long double>(fxy) * fxy;
  return d < 0 ? "saddle" : d > 0 ? (fxx > 0 ? "minimum" : "maximum") : "undecided";
}
