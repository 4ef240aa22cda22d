// slip: minimum and maximum are swapped: a positive second derivative is read as a top
// shows: kind_of_point(2, 0, 2) gives maximum instead of minimum
// named: mutants/swapped.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

static std::vector<double> row_of(const std::vector<double>& x, double height) {
  std::vector<double> row;
  for (std::size_t i = 0; i < x.size(); i++) row.push_back(x[i]);
  row.push_back(height);
  return row;
}

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  history.push_back(row_of(x, f(x)));
  for (int step = 0; step < steps; step++) {
    std::vector<double> g = gradient(x);
    double squares = 0;
    for (std::size_t i = 0; i < g.size(); i++) squares += g[i] * g[i];
    if (std::sqrt(squares) <= tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] = x[i] - rate * g[i];
    history.push_back(row_of(x, f(x)));
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double determinant = fxx * fyy - fxy * fxy;
  if (determinant == 0) return "undecided";
  if (determinant < 0) return "saddle";
  if (fxx > 0) return "maximum";
  return "minimum";
}
