// slip: of several centres that are as near, the last one is taken
// shows: x = {1}, d = 1, centres {0, 2} returns {1} and moves the second centre, instead of {0} and the first
// named: mutants/last_of_equals.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t n = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> which(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    double smallest = std::numeric_limits<double>::max();
    for (std::size_t c = 0; c < k; ++c) {
      double distance = 0;
      for (std::size_t j = 0; j < d; ++j) distance += std::pow(x[i * d + j] - centres[c * d + j], 2);
      if (distance <= smallest) {
        smallest = distance;
        which[i] = c;
      }
    }
  }
  std::vector<double> total(centres.size(), 0.0);
  std::vector<int> rows(k, 0);
  for (std::size_t i = 0; i < n; ++i) {
    ++rows[which[i]];
    for (std::size_t j = 0; j < d; ++j) total[which[i] * d + j] += x[i * d + j];
  }
  for (std::size_t c = 0; c < k; ++c) {
    if (rows[c] == 0) continue;
    for (std::size_t j = 0; j < d; ++j) centres[c * d + j] = total[c * d + j] / rows[c];
  }
  return which;
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
