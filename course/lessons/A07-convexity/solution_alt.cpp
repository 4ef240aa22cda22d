// By another way: descent by recursion on the rest of the steps, and the kind from the two curvatures (eigenvalues) themselves.
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<double> row = x;
  row.push_back(f(x));
  std::vector<std::vector<double>> history = {row};
  const std::vector<double> g = gradient(x);
  if (steps <= 0 || std::inner_product(g.begin(), g.end(), g.begin(), 0.0) <= tolerance * tolerance) return history;
  for (size_t i = 0; i < x.size(); i++) x[i] = x[i] - g[i] * rate;
  for (const auto& later : gradient_descent(f, gradient, x, rate, steps - 1, tolerance)) history.push_back(later);
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double middle = (fxx + fyy) / 2, spread = std::sqrt((fxx - fyy) * (fxx - fyy) / 4 + fxy * fxy), least = middle - spread,
               most = middle + spread;
  if (least > 0) return "minimum";
  if (most < 0) return "maximum";
  return least < 0 && most > 0 ? "saddle" : "undecided";
}
