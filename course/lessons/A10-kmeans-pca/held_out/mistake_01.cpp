// slip: a centre without rows is divided by zero
// shows: x = {1, 2}, d = 1, centres {0, 100}: the second centre becomes nan instead of staying 100
// named: mutants/empty_nan.cpp
#include <cmath>
#include <cstddef>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t n = x.size() / d, k = centres.size() / d;
  std::vector<std::size_t> a(n, 0);
  for (std::size_t i = 0; i < n; i++) {
    double best = 1e300;
    for (std::size_t c = 0; c < k; c++) {
      double s = 0;
      for (std::size_t j = 0; j < d; j++) s += (x[i * d + j] - centres[c * d + j]) * (x[i * d + j] - centres[c * d + j]);
      if (s < best) {
        best = s;
        a[i] = c;
      }
    }
  }
  std::vector<double> sum(k * d, 0.0), number(k, 0.0);
  for (std::size_t i = 0; i < n; i++) {
    number[a[i]] += 1;
    for (std::size_t j = 0; j < d; j++) sum[a[i] * d + j] += x[i * d + j];
  }
  for (std::size_t c = 0; c < k; c++)
    for (std::size_t j = 0; j < d; j++) centres[c * d + j] = sum[c * d + j] / number[c];
  return a;
}

// All eigenvectors of the covariance at once, by turning pairs of axes until nothing is left beside the diagonal (Jacobi).
std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  std::size_t n = x.size() / d;
  std::vector<double> t = x;
  for (std::size_t j = 0; j < d; j++) {
    double mean = 0;
    for (std::size_t i = 0; i < n; i++) mean += x[i * d + j];
    mean /= n;
    for (std::size_t i = 0; i < n; i++) t[i * d + j] -= mean;
  }
  std::vector<std::vector<double>> C(d, std::vector<double>(d, 0.0)), V = C;
  for (std::size_t a = 0; a < d; a++) {
    V[a][a] = 1;
    for (std::size_t b = 0; b < d; b++) {
      for (std::size_t i = 0; i < n; i++) C[a][b] += t[i * d + a] * t[i * d + b];
      C[a][b] /= n;
    }
  }
  for (int sweep = 0; sweep < 60; sweep++) {
    for (std::size_t p = 0; p < d; p++) {
      for (std::size_t q = p + 1; q < d; q++) {
        if (C[p][q] == 0) continue;
        double angle = 0.5 * std::atan2(2 * C[p][q], C[p][p] - C[q][q]);
        double c = std::cos(angle), s = std::sin(angle);
        for (std::size_t j = 0; j < d; j++) {
          double u = C[j][p], v = C[j][q];
          C[j][p] = c * u + s * v;
          C[j][q] = c * v - s * u;
        }
        for (std::size_t j = 0; j < d; j++) {
          double u = C[p][j], v = C[q][j];
          C[p][j] = c * u + s * v;
          C[q][j] = c * v - s * u;
          u = V[p][j], v = V[q][j];
          V[p][j] = c * u + s * v;
          V[q][j] = c * v - s * u;
        }
      }
    }
  }
  std::vector<double> result;
  std::vector<bool> used(d, false);
  for (std::size_t r = 0; r < count; r++) {
    std::size_t best = d;
    for (std::size_t a = 0; a < d; a++)
      if (!used[a] && (best == d || C[a][a] > C[best][best])) best = a;
    used[best] = true;
    for (std::size_t j = 0; j < d; j++) result.push_back(V[best][j]);
  }
  return result;
}
