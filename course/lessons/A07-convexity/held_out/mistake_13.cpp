// slip: the sum of the squares is compared with the tolerance, the root is forgotten
// shows: f = x^2 from 0.05, tolerance 0.02, rate 0.1, 1 step stops at the start (0.01 <= 0.02): 1 row instead of 2
// named: mutants/stop_on_square.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace {
double length(const std::vector<double>& v) {
  double s = 0;
  for (const double c : v) s += c * c;
  return s;
}
}  // namespace

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> rows;
  int taken = 0;
  while (true) {
    std::vector<double> row = x;
    row.push_back(f(x));
    rows.push_back(row);
    if (taken >= steps) return rows;
    const std::vector<double> slope = gradient(x);
    if (length(slope) <= tolerance) return rows;
    std::vector<double> next(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) next[i] = x[i] - rate * slope[i];
    x = next;
    ++taken;
  }
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double D = fxx * fyy - fxy * fxy;
  if (D < 0) return "saddle";
  if (D > 0) return fxx > 0 ? "minimum" : "maximum";
  return "undecided";
}
