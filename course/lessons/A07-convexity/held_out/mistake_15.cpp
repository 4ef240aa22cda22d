// slip: a determinant of zero is treated like one above zero, the sign of fxx decides
// shows: kind_of_point(2, 0, 0) is "minimum" instead of "undecided"
// named: mutants/flat_by_fxx.cpp
// named: mutants/flat_by_fxx_alone.cpp
// named: mutants/flat_by_fxx_below.cpp
// named: mutants/flat_called_minimum.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace {
double length(const std::vector<double>& v) {
  double s = 0;
  for (const double c : v) s += c * c;
  return std::sqrt(s);
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
  const double det = fxx * fyy - fxy * fxy;
  if (det < 0) return "saddle";
  if (fxx > 0) return "minimum";
  if (fxx < 0) return "maximum";
  return "undecided";
}
