// slip: the sum of each column is taken away, not its mean
// why: Divide the sums of the columns by the number of rows before you take them away.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::kmeans_step;

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t rows = x.size() / d;
  std::vector<double> mean(d), covariance(d * d), components;
  for (std::size_t e = 0; e < x.size(); e++) mean[e % d] += x[e];
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) covariance[a * d + b] += (x[i * d + a] - mean[a]) * (x[i * d + b] - mean[b]) / double(rows);
  for (std::size_t found = 0; found < count; found++) {
    std::vector<double> v(d), next(d);
    for (std::size_t a = 0; a < d; a++) v[a] = 1 + 0.37 * double(a * a);
    for (int turn = 0; turn < 2000; turn++) {
      double length = 0;
      for (std::size_t a = 0; a < d; a++) {
        next[a] = 0;
        for (std::size_t b = 0; b < d; b++) next[a] += covariance[a * d + b] * v[b];
        length += next[a] * next[a];
      }
      for (std::size_t a = 0; a < d; a++) v[a] = next[a] / std::sqrt(length);
    }
    double spread = 0;
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) spread += v[a] * covariance[a * d + b] * v[b];
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) covariance[a * d + b] -= spread * v[a] * v[b];
    components.insert(components.end(), v.begin(), v.end());
  }
  return components;
}
