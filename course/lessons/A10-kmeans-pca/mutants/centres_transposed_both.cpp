// slip: rows and columns of the centres are swapped
// why: Centre c holds centres[c * d] to centres[c * d + d - 1]. You read and write number j of centre c at centres[j * k + c].
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::pca;

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> nearest(rows);
  std::vector<double> sums(k * d), counts(k);
  for (std::size_t i = 0; i < rows; i++) {
    double least = 0;
    for (std::size_t c = 0; c < k; c++) {
      double distance = 0;
      for (std::size_t j = 0; j < d; j++) distance += (x[i * d + j] - centres[j * k + c]) * (x[i * d + j] - centres[j * k + c]);
      if (c == 0 || distance < least) {
        least = distance;
        nearest[i] = c;
      }
    }
    counts[nearest[i]] += 1;
    for (std::size_t j = 0; j < d; j++) sums[nearest[i] * d + j] += x[i * d + j];
  }
  for (std::size_t c = 0; c < k; c++)
    if (counts[c] > 0)
      for (std::size_t j = 0; j < d; j++) centres[j * k + c] = sums[c * d + j] / counts[c];
  return nearest;
}
