// What this lesson's figures and its demo share: four surfaces of two numbers, and three ways of walking down.
#pragma once
#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace cairn::course::a07 {

using Point = std::array<double, 2>;

struct Surface {
  const char* name;
  double (*f)(double x, double y);
  Point (*gradient)(double x, double y);
};

// bowl: convex, long in one direction.  saddle: up along x, down along y, until y^4 turns it up.  wells: two minima of different depth.
// bend: Rosenbrock's curved valley (1960), here ten times as steep across as along.
inline const Surface surfaces[] = {
    {"bowl", [](double x, double y) { return x * x / 2 + 5 * y * y; },
     [](double x, double y) {
       return Point{x, 10 * y};
     }},
    {"saddle", [](double x, double y) { return x * x - y * y + y * y * y * y / 4; },
     [](double x, double y) {
       return Point{2 * x, -2 * y + y * y * y};
     }},
    {"wells", [](double x, double y) { return std::pow(x * x - 1, 2) + 0.3 * x + y * y; },
     [](double x, double y) {
       return Point{4 * x * (x * x - 1) + 0.3, 2 * y};
     }},
    {"bend", [](double x, double y) { return std::pow(1 - x, 2) + 10 * std::pow(y - x * x, 2); },
     [](double x, double y) {
       return Point{-2 * (1 - x) - 40 * x * (y - x * x), 20 * (y - x * x)};
     }},
};
inline const Surface& surface_named(const std::string& name) {
  for (const Surface& s : surfaces)
    if (name == s.name) return s;
  return surfaces[0];
}

struct Path {
  std::vector<double> x, y, loss;
  bool away = false;  // left the plane's middle for good: the rate was too large
};

enum class Walker { descent, momentum, adam };

// Descent: p -= rate g. Momentum: v = m v + g, p -= rate v. Adam (Kingma, Ba 2015): means of g and of g^2, p -= rate mean / root.
inline Path walk(const Surface& s, Walker walker, double x, double y, double rate, double momentum, int steps) {
  Path path;
  Point p{x, y}, v{}, square{};
  for (int t = 0; t <= steps; t++) {
    path.x.push_back(p[0]), path.y.push_back(p[1]), path.loss.push_back(s.f(p[0], p[1]));
    if (!(std::abs(p[0]) < 1e3 && std::abs(p[1]) < 1e3)) {
      path.away = true;
      break;
    }
    const Point g = s.gradient(p[0], p[1]);
    for (size_t i = 0; i < 2; i++) {
      if (walker == Walker::adam) {
        v[i] = 0.9 * v[i] + 0.1 * g[i], square[i] = 0.99 * square[i] + 0.01 * g[i] * g[i];
        p[i] -= rate * (v[i] / (1 - std::pow(0.9, t + 1))) / (std::sqrt(square[i] / (1 - std::pow(0.99, t + 1))) + 1e-8);
      } else {
        v[i] = (walker == Walker::momentum ? momentum : 0) * v[i] + g[i];
        p[i] -= rate * v[i];
      }
    }
  }
  return path;
}

}  // namespace cairn::course::a07
