// slip: the table is read column by column
// why: It is stored row by row: row i and column j stand at x[i * d + j].
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::add_gradient;
using solution_::check_gradient;
using solution_::check_normalise;
using solution_::check_step;
using solution_::sgd_step;

std::vector<double> normalise(const std::vector<double>& x, int columns) {
  const size_t d = size_t(columns), rows = x.size() / d;
  std::vector<double> result(x.size(), 0.0);
  for (size_t j = 0; j < d; j++) {
    bool equal = true;
    double mean = 0, square = 0;
    for (size_t i = 0; i < rows; i++) equal = equal && x[j * rows + i] == x[j * rows];
    for (size_t i = 0; i < rows; i++) mean += x[j * rows + i] / double(rows);
    for (size_t i = 0; i < rows; i++) square += (x[j * rows + i] - mean) * (x[j * rows + i] - mean) / double(rows);
    for (size_t i = 0; i < rows && !equal; i++) result[j * rows + i] = (x[j * rows + i] - mean) / std::sqrt(square);
  }
  return result;
}
