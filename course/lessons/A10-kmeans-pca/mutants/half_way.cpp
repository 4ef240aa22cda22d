// slip: a centre is moved half of the way to each of its rows
// why: The mean of a group weighs all rows alike. Half of the old centre and half of the row, one after the other, gives the last row half of the
//   weight: add all up, then divide.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::pca;

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t rows = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> nearest(rows);
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
  }
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t j = 0; j < d; j++) centres[nearest[i] * d + j] = (centres[nearest[i] * d + j] + x[i * d + j]) / 2;
  return nearest;
}
