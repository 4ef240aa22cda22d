// slip: looks at the bends along the two axes only, fxy has no say
// shows: kind_of_point(2, 4, 2) is "minimum" instead of "saddle"
// named: mutants/axes_else_saddle.cpp
// named: mutants/saddle_called_minimum.cpp
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
  remember();
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
  (void)fxy;
  if (fxx > 0 && fyy > 0) return "minimum";
  if (fxx < 0 && fyy < 0) return "maximum";
  if (fxx * fyy < 0) return "saddle";
  return "undecided";
}
