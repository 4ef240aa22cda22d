// By another way: one-sided Jacobi rotations (Hestenes 1958) turn the columns until all of them stand at right angles; the longest is sigma u.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  std::vector<std::vector<double>> w(columns, std::vector<double>(rows)), v(columns, std::vector<double>(columns, 0.0));
  for (size_t j = 0; j < columns; j++) {
    v[j][j] = 1;
    for (size_t i = 0; i < rows; i++) w[j][i] = a[i * columns + j];
  }
  const auto dot = [](const std::vector<double>& x, const std::vector<double>& y) {
    double s = 0;
    for (size_t i = 0; i < x.size(); i++) s += x[i] * y[i];
    return s;
  };
  for (int sweep = 0; sweep < 60; sweep++)
    for (size_t p = 0; p < columns; p++)
      for (size_t q = p + 1; q < columns; q++) {
        const double mixed = dot(w[p], w[q]), pp = dot(w[p], w[p]), qq = dot(w[q], w[q]);
        if (std::abs(mixed) <= 1e-17 * std::sqrt(pp * qq)) continue;
        const double angle = std::atan2(2 * mixed, pp - qq) / 2, c = std::cos(angle), s = std::sin(angle);
        const auto turn = [&](std::vector<double>& x, std::vector<double>& y) {
          for (size_t i = 0; i < x.size(); i++) {
            const double e = x[i];
            x[i] = c * e + s * y[i];
            y[i] = c * y[i] - s * e;
          }
        };
        turn(w[p], w[q]);
        turn(v[p], v[q]);
      }
  size_t best = 0;
  for (size_t j = 1; j < columns; j++)
    if (dot(w[j], w[j]) > dot(w[best], w[best])) best = j;
  const double sigma = std::sqrt(dot(w[best], w[best]));
  if (sigma > 0)
    for (double& e : w[best]) e /= sigma;
  return {sigma, w[best], v[best]};
}
