// slip: the history stands in reverse order
// why: The start comes first, the last point reached comes last.
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
    double square = 0;
    for (const double v : g) square += v * v;

    if (std::sqrt(square) <= tolerance) break;
    for (size_t i = 0; i < x.size(); i++) x[i] -= rate * g[i];
    note();
  }

  return {history.rbegin(), history.rend()};
}
