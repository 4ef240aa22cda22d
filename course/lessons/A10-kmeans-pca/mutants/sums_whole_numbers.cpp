// slip: the sums are kept as whole numbers
// why: A sum of doubles in an int (or begun at 0 in std::accumulate, which is an int, too) loses what stands behind the point at each step. Begin
//   with 0.0.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::pca;

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> nearest(rows);
  std::vector<int> sums(k * d);
  std::vector<double> counts(k);
  for (std::size_t i = 0; i < rows; i++) {
    double least = 0;
    for (std::size_t c = 0; c < k; c++) {
      double distance = 0;
      for (std::size_t j = 0; j < d; j++) distance += (x[i * d + j] - centres[c * d + j]) * (x[i * d + j] - centres[c * d + j]);
      if (c == 0 || distance < least) {
        least = distance;
        nearest[i] = c;
      }
    }
    counts[nearest[i]] += 1;
    for (std::size_t j = 0; j < d; j++) sums[nearest[i] * d + j] = int(sums[nearest[i] * d + j] + x[i * d + j]);
  }
  for (std::size_t c = 0; c < k; c++)
    if (counts[c] > 0)
      for (std::size_t j = 0; j < d; j++) centres[c * d + j] = sums[c * d + j] / counts[c];
  return nearest;
}
