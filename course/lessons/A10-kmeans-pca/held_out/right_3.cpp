// right
#include <algorithm>
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

namespace {
using Matrix = std::vector<std::vector<double>>;

// The power iteration all at once: squared forty times, only the direction of the largest eigenvalue is left in the rows.
std::vector<double> strongest(Matrix m) {
  const std::size_t d = m.size();
  for (int s = 0; s < 40; s++) {
    double largest = 0;
    for (const auto& row : m)
      for (const double e : row) largest = std::max(largest, std::abs(e));
    if (largest == 0) break;
    Matrix square(d, std::vector<double>(d, 0.0));
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t k = 0; k < d; k++)
        for (std::size_t b = 0; b < d; b++) square[a][b] += m[a][k] / largest * (m[k][b] / largest);
    m = square;
  }
  std::size_t best = 0;
  for (std::size_t a = 1; a < d; a++)
    if (m[a][a] > m[best][best]) best = a;
  return m[best];
}

// What is left of v at a right angle to the rows, and the length of that.
double straighten(std::vector<double>& v, const Matrix& rows) {
  for (int again = 0; again < 2; again++)
    for (const auto& r : rows) {
      double part = 0;
      for (std::size_t j = 0; j < v.size(); j++) part += v[j] * r[j];
      for (std::size_t j = 0; j < v.size(); j++) v[j] -= part * r[j];
    }
  double squares = 0;
  for (const double e : v) squares += e * e;
  return std::sqrt(squares);
}
}  // namespace

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t n = x.size() / d;
  Matrix C(d, std::vector<double>(d, 0.0)), found;
  std::vector<double> mean(d, 0.0);
  for (std::size_t k = 0; k < x.size(); k++) mean[k % d] += (x[k] - mean[k % d]) / static_cast<double>(k / d + 1);
  for (std::size_t i = 0; i < n; i++)
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) C[a][b] += (x[i * d + a] - mean[a]) * (x[i * d + b] - mean[b]) / static_cast<double>(n);
  while (found.size() < count) {
    std::vector<double> v = strongest(C);
    double before = 0;
    for (const double e : v) before += e * e;
    double length = straighten(v, found);
    if (!(length > 0.5 * std::sqrt(before))) {  // no variance left: the axis that sticks out farthest
      length = 0;
      for (std::size_t a = 0; a < d; a++) {
        std::vector<double> axis(d, 0.0);
        axis[a] = 1;
        const double rest = straighten(axis, found);
        if (rest > length) length = rest, v = axis;
      }
    }
    for (double& e : v) e /= length;
    double variance = 0;
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) variance += v[a] * C[a][b] * v[b];
    for (std::size_t a = 0; a < d; a++)
      for (std::size_t b = 0; b < d; b++) C[a][b] -= variance * v[a] * v[b];
    found.push_back(v);
  }
  std::vector<double> result;
  for (const auto& v : found) result.insert(result.end(), v.begin(), v.end());
  return result;
}
