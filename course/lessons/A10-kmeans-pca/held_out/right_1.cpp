// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <random>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t n = x.size() / d, k = centres.size() / d;
  const auto distance = [&](std::size_t i, std::size_t c) {
    return std::inner_product(&x[i * d], &x[i * d] + d, &centres[c * d], 0.0, std::plus<>(), [](double a, double b) { return (a - b) * (a - b); });
  };
  std::vector<std::size_t> nearest(n), all(k), rows(k);
  std::iota(all.begin(), all.end(), std::size_t{0});
  for (std::size_t i = 0; i < n; ++i)
    nearest[i] = *std::min_element(all.begin(), all.end(), [&](std::size_t a, std::size_t b) { return distance(i, a) < distance(i, b); });
  std::vector<double> sums(k * d);
  for (std::size_t i = 0; i < n; ++i) {
    ++rows[nearest[i]];
    std::transform(&x[i * d], &x[i * d] + d, &sums[nearest[i] * d], &sums[nearest[i] * d], std::plus<>());
  }
  for (std::size_t c = 0; c < k; ++c)
    if (rows[c]) std::transform(&sums[c * d], &sums[c * d] + d, &centres[c * d], [m = double(rows[c])](double s) { return s / m; });
  return nearest;
}

static double dot(const double* a, const double* b, std::size_t d) { return std::inner_product(a, a + d, b, 0.0); }

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t n = x.size() / d;
  std::vector<double> mean(d), C(d * d), found;
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < d; ++j) mean[j] += x[i * d + j] / double(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t a = 0; a < d; ++a)
      for (std::size_t b = 0; b < d; ++b) C[a * d + b] += (x[i * d + a] - mean[a]) * (x[i * d + b] - mean[b]) / double(n);

  const auto remove_earlier = [&](std::vector<double>& v) {  // twice, for the sake of rounding
    for (int again = 0; again < 2; ++again)
      for (std::size_t q = 0; q < found.size(); q += d) {
        const double part = dot(&v[0], &found[q], d);
        for (std::size_t j = 0; j < d; ++j) v[j] -= part * found[q + j];
      }
    const double length = std::sqrt(dot(&v[0], &v[0], d));
    if (length > 0)
      for (double& e : v) e /= length;
    return length;
  };
  double trace = 0;
  for (std::size_t j = 0; j < d; ++j) trace += C[j * d + j];
  std::mt19937 random(10);
  std::normal_distribution<double> normal;
  while (found.size() < count * d) {
    std::vector<double> v(d), next(d);
    for (double& e : v) e = normal(random);
    remove_earlier(v);
    for (int step = 0; step < 20000; ++step) {
      for (std::size_t a = 0; a < d; ++a) next[a] = dot(&C[a * d], &v[0], d);
      if (remove_earlier(next) <= 1e-14 * trace) break;  // nothing spreads here any more: any direction will do
      double change = 0;
      for (std::size_t j = 0; j < d; ++j) change = std::max(change, std::abs(next[j] - v[j]));
      v = next;
      if (change < 1e-15) break;
    }
    found.insert(found.end(), v.begin(), v.end());
  }
  return found;
}
