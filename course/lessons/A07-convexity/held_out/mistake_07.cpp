// slip: stops where the length is below the tolerance, not where it equals it
// shows: f = x^2, start 0, tolerance 0, three steps: four equal rows instead of one
// named: mutants/stop_below.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

std::vector<std::vector<double>> gradient_descent(const std::function<double(const std::vector<double>&)>& f,
                                                  const std::function<std::vector<double>(const std::vector<double>&)>& gradient,
                                                  std::vector<double> x, double rate, int steps, double tolerance) {
  std::vector<std::vector<double>> path;
  int done = 0;
  while (true) {
    path.push_back(x);
    path.back().push_back(f(x));
    if (done == steps) break;
    const std::vector<double> slope = gradient(x);
    double squares = 0;
    for (double s : slope) squares += s * s;
    if (std::sqrt(squares) < tolerance) break;
    for (std::size_t i = 0; i < x.size(); i++) x[i] -= rate * slope[i];
    done++;
  }
  return path;
}

std::string kind_of_point(double fxx, double fxy, double fyy) {
  double det = fxx * fyy - fxy * fxy;
  if (det < 0) return "saddle";
  if (det > 0 && fxx > 0) return "minimum";
  if (det > 0 && fxx < 0) return "maximum";
  return "undecided";
}
