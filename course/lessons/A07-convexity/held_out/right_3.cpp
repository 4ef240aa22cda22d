// right
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
