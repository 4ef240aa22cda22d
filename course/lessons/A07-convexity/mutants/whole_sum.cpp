// slip: the squares are added up in a whole number
// why: The sum of the squares is a double. In an int, or from a starting value of 0 in accumulate or inner_product, each partial sum loses its fraction.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

using solution_::kind_of_point;

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> history;
  const auto note = [&] {
    history.push_back(x);
    history.back().push_back(f(x));
  };
  note();
  for (int step = 0; step < steps; step++) {
    const std::vector<double> g = gradient(x);
    int square = 0;
    for (const double v : g) square = int(square + v * v);
    if (std::sqrt(double(square)) <= tolerance) break;
    for (size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
    note();
  }
  return history;
}
