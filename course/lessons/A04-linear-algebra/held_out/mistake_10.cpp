// slip: the comparison is turned round: it stops as soon as v moves by more than 1e-12
// shows: a = {2, 0, 0, 1}, two by two: sigma 1.95 instead of 2; it stops after one step, away from (1, 0) (the digits depend on the seed)
// named: mutants/stops_after_one.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <random>
#include <vector>

struct Triple {
  double sigma;
  std::vector<double> left, right;
};

static double length(const std::vector<double>& v) { return std::sqrt(std::inner_product(v.begin(), v.end(), v.begin(), 0.0)); }

Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  std::vector<double> u(rows), v(columns);
  std::mt19937 generator(2024);
  std::normal_distribution<double> normal;
  std::generate(v.begin(), v.end(), [&] { return normal(generator); });
  const double start = length(v);
  for (double& x : v) x /= start;
  const auto image = [&] {
    for (size_t i = 0; i < rows; i++) u[i] = std::inner_product(v.begin(), v.end(), a.begin() + std::ptrdiff_t(i * columns), 0.0);
    return length(u);
  };
  for (int step = 0; step < 3000; step++) {
    const double s = image();
    if (s == 0) break;
    // Only the direction counts: u is brought to length 1 on the way, so that small numbers do not vanish.
    for (double& x : u) x /= s;
    std::vector<double> next(columns, 0.0), moved(columns);
    for (size_t k = 0; k < a.size(); k++) next[k % columns] += a[k] * u[k / columns];
    const double l = length(next);
    for (double& x : next) x /= l;
    std::transform(next.begin(), next.end(), v.begin(), moved.begin(), std::minus<>());
    v = next;
    if (length(moved) > 1e-12) break;
  }
  const double sigma = image();
  if (sigma > 0)
    for (double& x : u) x /= sigma;
  return {sigma, u, v};
}
