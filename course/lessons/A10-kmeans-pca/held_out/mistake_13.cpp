// slip: the rows are assigned once more after the move, and these assignments are returned
// shows: x = {1, 2, 9, 11}, d = 1, centres {0, 3}: gives {0, 0, 1, 1} instead of {0, 1, 1, 1}
// named: mutants/new_assignment.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> group(rows, 0);
  auto assign = [&](std::size_t i) {
    double best = 0;
    for (std::size_t c = 0; c < k; c++) {
      double distance = 0;
      for (std::size_t j = 0; j < d; j++) {
        const double difference = x[i * d + j] - centres[c * d + j];
        distance += difference * difference;
      }
      if (c == 0 || distance < best) {
        best = distance;
        group[i] = c;
      }
    }
  };
  for (std::size_t i = 0; i < rows; i++) assign(i);
  std::vector<double> sum(centres.size(), 0.0);
  std::vector<std::size_t> count(k, 0);
  for (std::size_t i = 0; i < rows; i++) {
    count[group[i]]++;
    for (std::size_t j = 0; j < d; j++) sum[group[i] * d + j] += x[i * d + j];
  }
  for (std::size_t c = 0; c < k; c++) {
    if (count[c] == 0) continue;
    for (std::size_t j = 0; j < d; j++) centres[c * d + j] = sum[c * d + j] / double(count[c]);
  }
  for (std::size_t i = 0; i < rows; i++) assign(i);  // to the centres as they are now
  return group;
}

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t rows = x.size() / d;
  std::vector<double> mean(d, 0.0), table(x);
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t j = 0; j < d; j++) mean[j] += x[i * d + j] / double(rows);
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t j = 0; j < d; j++) table[i * d + j] -= mean[j];

  std::vector<double> covariance(d * d, 0.0);
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) covariance[a * d + b] += table[i * d + a] * table[i * d + b] / double(rows);

  std::mt19937 generator(10);
  std::normal_distribution<double> normal;
  std::vector<double> result;
  for (std::size_t n = 0; n < count; n++) {
    std::vector<double> v(d);
    for (double& e : v) e = normal(generator);
    double variance = 0;
    for (int step = 0; step < 50000; step++) {
      std::vector<double> next(d, 0.0);
      for (std::size_t a = 0; a < d; a++)
        for (std::size_t b = 0; b < d; b++) next[a] += covariance[a * d + b] * v[b];
      double square = 0;
      for (double e : next) square += e * e;
      variance = std::sqrt(square);
      if (variance == 0) break;
      double moved = 0;
      for (std::size_t a = 0; a < d; a++) {
        next[a] /= variance;
        moved = std::max(moved, std::abs(next[a] - v[a]));
      }
      v = next;
      if (moved < 1e-15) break;
    }
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) covariance[a * d + b] -= variance * v[a] * v[b];
    result.insert(result.end(), v.begin(), v.end());
  }
  return result;
}
