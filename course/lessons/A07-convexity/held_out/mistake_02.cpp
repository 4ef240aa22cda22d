// slip: the history has only the points after each step, the start is missing
// shows: f = x^2, start 2, rate 0.1, two steps: the rows are 1.6 and 1.28 instead of 2, 1.6 and 1.28
// named: mutants/no_start.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> rows;
  for (int step = 0; step < steps; step++) {
    const std::vector<double> g = gradient(x);
    double sum = 0;
    for (double v : g) sum += v * v;
    if (std::sqrt(sum) <= tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
    std::vector<double> row = x;
    row.push_back(f(x));
    rows.push_back(row);
  }
  return rows;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  double det = fxx * fyy - fxy * fxy;
  if (det < 0) return "saddle";
  if (det > 0 && fxx > 0) return "minimum";
  if (det > 0 && fxx < 0) return "maximum";
  return "undecided";
}
