// right
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  for (int step = 0;; ++step) {
    history.push_back(x);
    history.back().push_back(f(x));
    if (step >= steps) return history;
    const auto g = gradient(x);
    if (std::sqrt(std::inner_product(g.begin(), g.end(), g.begin(), 0.0)) <= tolerance) return history;
    std::transform(x.begin(), x.end(), g.begin(), x.begin(), [rate](double a, double b) { return a - rate * b; });
  }
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const long double d = static_cast<long double>(fxx) * fyy - static_cast<long double>(fxy) * fxy;
  return d < 0 ? "saddle" : d > 0 ? (fxx > 0 ? "minimum" : "maximum") : "undecided";
}
