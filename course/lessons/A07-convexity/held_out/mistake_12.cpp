// slip: the start is missing in the history, a row is added only after a step
// shows: f = x^2 from 2, rate 0.1, 1 step gives {{1.6, 2.56}} instead of {{2, 4}, {1.6, 2.56}}
// named: mutants/no_start.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  const auto remember = [&] {
    history.push_back(x);
    history.back().push_back(f(x));
  };
  for (int step = 0; step < steps; step++) {
    const std::vector<double> g = gradient(x);
    double squares = 0;
    for (const double d : g) squares += d * d;
    if (std::sqrt(squares) <= tolerance) break;
    for (size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
    remember();
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double product = fxx * fyy, square = fxy * fxy;
  if (product == square) return "undecided";  // one curvature is zero
  if (product < square) return "saddle";
  if (fxx > 0) return "minimum";
  return "maximum";
}
