// right
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
  // The curvatures are the eigenvalues: half of the trace, plus and minus a root. Their product is the determinant.
  const double determinant = fxx * fyy - fxy * fxy, trace = fxx + fyy;
  if (determinant == 0) return "undecided";
  if (determinant < 0) return "saddle";
  return trace < 0 ? "maximum" : "minimum";
}
