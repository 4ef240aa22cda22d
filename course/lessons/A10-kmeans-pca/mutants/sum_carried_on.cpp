// slip: the sum of one mean is not begun at 0 again for the next
// why: Each number of each centre is a mean of its own. Set the sum to 0 before each; yours carries the sums before.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::pca;

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> nearest(rows);
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
  }
  for (std::size_t c = 0; c < k; c++) {
    if (counts[c] == 0) continue;
    double sum = 0;
    for (std::size_t j = 0; j < d; j++) {
      for (std::size_t i = 0; i < rows; i++)
        if (nearest[i] == c) sum += x[i * d + j];
      centres[c * d + j] = sum / counts[c];
    }
  }
  return nearest;
}
