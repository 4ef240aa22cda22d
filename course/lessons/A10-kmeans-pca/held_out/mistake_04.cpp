// slip: the assignments are made anew with the moved centres and those are returned
// shows: x = {1, 2, 9, 11}, d = 1, centres {0, 3} returns {0, 0, 1, 1} instead of {0, 1, 1, 1}
// named: mutants/new_assignment.cpp
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

static std::size_t nearest(const double* row, std::size_t d, const std::vector<double>& centres) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < centres.size() / d; c++) {
    double s = 0;
    for (std::size_t j = 0; j < d; j++) s += (row[j] - centres[c * d + j]) * (row[j] - centres[c * d + j]);
    if (s < least) least = s, best = c;
  }
  return best;
}

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  const std::size_t n = x.size() / d;
  std::vector<std::size_t> result(n);
  for (std::size_t i = 0; i < n; i++) result[i] = nearest(&x[i * d], d, centres);
  for (std::size_t c = 0; c < centres.size() / d; c++) {
    std::vector<double> mean(d, 0.0);
    std::size_t rows = 0;
    for (std::size_t i = 0; i < n; i++) {
      if (result[i] != c) continue;
      rows++;
      for (std::size_t j = 0; j < d; j++) mean[j] += x[i * d + j];
    }
    if (rows > 0)
      for (std::size_t j = 0; j < d; j++) centres[c * d + j] = mean[j] / rows;
  }
  for (std::size_t i = 0; i < n; i++) result[i] = nearest(&x[i * d], d, centres);
  return result;
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
