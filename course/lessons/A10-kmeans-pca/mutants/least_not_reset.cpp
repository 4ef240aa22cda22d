// slip: the least distance is kept from row to row
// why: The search for the nearest centre begins anew with each row. Yours still holds the least distance of the rows before, and leaves rows at centre 0.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::pca;

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> nearest(rows);
  std::vector<double> sums(k * d), counts(k);
  double least = 1e300;
  for (std::size_t i = 0; i < rows; i++) {
    for (std::size_t c = 0; c < k; c++) {
      double distance = 0;
      for (std::size_t j = 0; j < d; j++) distance += (x[i * d + j] - centres[c * d + j]) * (x[i * d + j] - centres[c * d + j]);
      if (distance < least) {
        least = distance;
        nearest[i] = c;
      }
    }
    counts[nearest[i]] += 1;
    for (std::size_t j = 0; j < d; j++) sums[nearest[i] * d + j] += x[i * d + j];
  }
  for (std::size_t c = 0; c < k; c++)
    if (counts[c] > 0)
      for (std::size_t j = 0; j < d; j++) centres[c * d + j] = sums[c * d + j] / counts[c];
  return nearest;
}
