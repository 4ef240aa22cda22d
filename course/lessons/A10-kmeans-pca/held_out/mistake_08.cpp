// slip: the part of a component is taken away without its variance as a factor
// shows: x = {3, 0, -3, 0, 0, 1, 0, -1}, d = 2, count 2: the second component is (1, 0) again instead of (0, 1)
// named: mutants/wrong_share_taken_away.cpp
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  // Centre by centre: each takes the rows that it is nearer to than all before it. Then the means move along, row by row.
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> owner(rows, 0);
  std::vector<double> smallest(rows, std::numeric_limits<double>::infinity());
  for (std::size_t c = 0; c < k; c++)
    for (std::size_t i = 0; i < rows; i++) {
      double sum = 0;
      for (std::size_t j = 0; j < d; j++) sum += std::pow(x[i * d + j] - centres[c * d + j], 2);
      if (sum < smallest[i]) smallest[i] = sum, owner[i] = c;
    }
  std::vector<double> seen(k, 0.0);
  for (std::size_t i = 0; i < rows; i++) {
    double* centre = centres.data() + owner[i] * d;
    const double n = ++seen[owner[i]];
    for (std::size_t j = 0; j < d; j++) centre[j] = n == 1 ? x[i * d + j] : centre[j] + (x[i * d + j] - centre[j]) / n;
  }
  return owner;
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
  for (std::size_t c = 0; c < count; c++) {
    std::vector<double> v(d);
    for (std::size_t a = 0; a < d; a++) v[a] = 1.0 + 0.37 * (a % 5) - 0.21 * (a % 3);
    double variance = 0;
    for (int step = 0; step < 5000; step++) {
      std::vector<double> next(d, 0.0);
      double squares = 0;
      for (std::size_t a = 0; a < d; a++) {
        for (std::size_t b = 0; b < d; b++) next[a] += C[a * d + b] * v[b];
        squares += next[a] * next[a];
      }
      variance = std::sqrt(squares);
      if (variance < 1e-300) break;
      for (std::size_t a = 0; a < d; a++) v[a] = next[a] / variance;
    }
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) C[a * d + b] -= v[a] * v[b];
    for (std::size_t a = 0; a < d; a++) result[c * d + a] = v[a];
  }
  return result;
}
