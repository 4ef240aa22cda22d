// slip: ten rounds of the power iteration and no more, too few where two variances are alike
// shows: x = {1.02, 0, -1.02, 0, 0, 1, 0, -1}, d = 2, count 1 gives (0.788, 0.615) instead of (1, 0)
// named: mutants/ends_too_early.cpp
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  std::size_t n = x.size() / d;
  std::size_t k = centres.size() / d;
  std::vector<std::size_t> assigned(n);
  for (std::size_t i = 0; i < n; i++) {
    std::size_t best = 0;
    double best_distance = 0;
    for (std::size_t c = 0; c < k; c++) {
      double distance = 0;
      for (std::size_t j = 0; j < d; j++) {
        double difference = x[i * d + j] - centres[c * d + j];
        distance += difference * difference;
      }
      if (c == 0 || distance < best_distance) {
        best = c;
        best_distance = distance;
      }
    }
    assigned[i] = best;
  }
  for (std::size_t c = 0; c < k; c++) {
    std::size_t rows = 0;
    for (std::size_t i = 0; i < n; i++)
      if (assigned[i] == c) rows++;
    if (rows == 0) continue;
    for (std::size_t j = 0; j < d; j++) {
      double sum = 0;
      for (std::size_t i = 0; i < n; i++)
        if (assigned[i] == c) sum += x[i * d + j];
      centres[c * d + j] = sum / rows;
    }
  }
  return assigned;
}

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t n = x.size() / d;
  std::vector<double> t(x);
  for (std::size_t j = 0; j < d; j++) {
    double mean = 0;
    for (std::size_t i = 0; i < n; i++) mean += x[i * d + j];
    mean /= n;
    for (std::size_t i = 0; i < n; i++) t[i * d + j] -= mean;
  }
  std::vector<double> C(d * d, 0.0);
  for (std::size_t a = 0; a < d; a++)
    for (std::size_t b = 0; b < d; b++)
      for (std::size_t i = 0; i < n; i++) C[a * d + b] += t[i * d + a] * t[i * d + b] / n;
  std::vector<double> result(count * d);
  std::vector<std::vector<double>> found;
  auto clean = [&](std::vector<double>& u) {  // rounding must not bring earlier components back
    for (auto& f : found) {
      const double along = std::inner_product(f.begin(), f.end(), u.begin(), 0.0);
      for (std::size_t a = 0; a < d; a++) u[a] -= along * f[a];
    }
    return std::sqrt(std::inner_product(u.begin(), u.end(), u.begin(), 0.0));
  };
  for (std::size_t c = 0; c < count; c++) {
    std::vector<double> v(d);
    for (std::size_t a = 0; a < d; a++) v[a] = 1.0 + 0.37 * (a % 5) - 0.21 * (a % 3);
    double variance = 0;
    const double length = clean(v);
    for (double& e : v) e /= length;
    for (int step = 0; step < 10; step++) {
      std::vector<double> next(d, 0.0);
      for (std::size_t a = 0; a < d; a++)
        for (std::size_t b = 0; b < d; b++) next[a] += C[a * d + b] * v[b];
      variance = clean(next);
      if (variance < 1e-13) break;  // flat: any direction will do
      for (std::size_t a = 0; a < d; a++) v[a] = next[a] / variance;
    }
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) C[a * d + b] -= variance * v[a] * v[b];
    found.push_back(v);
    for (std::size_t a = 0; a < d; a++) result[c * d + a] = v[a];
  }
  return result;
}
