// slip: the determinant is remembered without the square of fxy
// shows: kind_of_point(1, -2, 1) gives minimum instead of saddle (1 + 2 instead of 1 - 4)
// named: mutants/not_squared.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  // A while loop over the last row; the next point is a new list, never the old one changed in place.
  std::vector<std::vector<double>> history;
  auto remember = [&](std::vector<double> point) {
    const double height = f(point);
    point.push_back(height);
    history.push_back(std::move(point));
  };
  remember(x);
  std::vector<double> slope;
  const auto steep = [&] {
    slope = gradient(x);
    double length = 0;
    for (const double s : slope) length += s * s;
    return std::sqrt(length) > tolerance;
  };
  while (steps-- > 0 && steep()) {
    std::vector<double> next;
    for (std::size_t i = 0; i < x.size(); i++) next.push_back(x[i] - rate * slope[i]);
    x = next;
    remember(x);
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  double d = fxx * fyy - fxy;
  if (d < 0) return "saddle";
  if (d == 0) return "undecided";
  return fxx > 0 ? "minimum" : "maximum";
}
