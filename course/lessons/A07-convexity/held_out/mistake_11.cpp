// slip: the gradient is asked anew for each coordinate, when the ones before it have moved already
// shows: f = x y from (1, 1), rate 0.5, one step ends at (0.5, 0.75) instead of (0.5, 0.5)
// named: mutants/one_after_other.cpp
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
    double squares = 0;
    for (const double d : gradient(x)) squares += d * d;
    if (std::sqrt(squares) <= tolerance) break;
    for (size_t i = 0; i < x.size(); i++) x[i] -= rate * gradient(x)[i];
    remember();
  }
  return history;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  const double D = fxx * fyy - fxy * fxy;
  if (D < 0) return "saddle";
  if (D > 0) return fxx > 0 ? "minimum" : "maximum";
  return "undecided";
}
