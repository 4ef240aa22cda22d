// slip: a centre without rows goes to zero, it does not stay
// shows: x = {1, 2} with d = 1, centres {1, 100}: the second becomes 0 instead of 100
// named: mutants/empty_zero.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

static double squared_distance(const double* a, const double* b, std::size_t d) {
  double sum = 0;
  for (std::size_t j = 0; j < d; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
  return sum;
}

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t n = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> assignment;
  for (std::size_t i = 0; i < n; i++) {
    std::vector<double> distances;
    for (std::size_t c = 0; c < k; c++) distances.push_back(squared_distance(&x[i * d], &centres[c * d], d));
    const auto nearest = std::min_element(distances.begin(), distances.end());  // the first of equal ones
    assignment.push_back(std::size_t(nearest - distances.begin()));
  }
  for (std::size_t c = 0; c < k; c++) {
    std::vector<double> mean(d, 0.0);
    double members = 0;
    for (std::size_t i = 0; i < n; i++) {
      if (assignment[i] != c) continue;
      members++;
      for (std::size_t j = 0; j < d; j++) mean[j] += x[i * d + j];
    }
    for (std::size_t j = 0; j < d; j++) centres[c * d + j] = mean[j] / std::max(1.0, members);
  }
  return assignment;
}

// Jacobi's method: turn pairs of axes until the covariance matrix is diagonal. The axes are then the components.
std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t n = x.size() / d;
  std::vector<double> c(d * d, 0.0), axes(d * d, 0.0), mean(d, 0.0);
  for (std::size_t k = 0; k < x.size(); k++) mean[k % d] += x[k];
  for (double& m : mean) m /= double(n);
  for (std::size_t a = 0; a < d; a++) {
    axes[a * d + a] = 1;
    for (std::size_t b = 0; b < d; b++)
      for (std::size_t i = 0; i < n; i++) c[a * d + b] += (x[i * d + a] - mean[a]) * (x[i * d + b] - mean[b]) / double(n);
  }
  for (int sweep = 0; sweep < 60; sweep++) {
    for (std::size_t p = 0; p < d; p++)
      for (std::size_t q = p + 1; q < d; q++) {
        if (c[p * d + q] == 0) continue;
        const double theta = 0.5 * std::atan2(2 * c[p * d + q], c[q * d + q] - c[p * d + p]);
        const double co = std::cos(theta), si = std::sin(theta);
        for (std::size_t k = 0; k < d; k++) {
          const double u = c[k * d + p], v = c[k * d + q];
          c[k * d + p] = co * u - si * v;
          c[k * d + q] = si * u + co * v;
        }
        for (std::size_t k = 0; k < d; k++) {
          const double u = c[p * d + k], v = c[q * d + k];
          c[p * d + k] = co * u - si * v;
          c[q * d + k] = si * u + co * v;
          const double s = axes[p * d + k], t = axes[q * d + k];
          axes[p * d + k] = co * s - si * t;
          axes[q * d + k] = si * s + co * t;
        }
        c[p * d + q] = c[q * d + p] = 0;
      }
  }
  std::vector<std::size_t> order(d);
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return c[a * d + a] > c[b * d + b]; });
  std::vector<double> result;
  for (std::size_t k = 0; k < count; k++)
    result.insert(result.end(), axes.begin() + std::ptrdiff_t(order[k] * d), axes.begin() + std::ptrdiff_t(order[k] * d + d));
  return result;
}
