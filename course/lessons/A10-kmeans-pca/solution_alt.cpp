// By another way: lists of members, and means that move along as rows come; components by Jacobi's rotations, which turn the
// covariance matrix until nothing is left beside its diagonal.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

std::vector<std::size_t> kmeans_step(const std::vector<double>& x, std::size_t d, std::vector<double>& centres) {
  std::vector<std::vector<std::size_t>> members(centres.size() / d);
  std::vector<std::size_t> answer;
  for (std::size_t i = 0; i < x.size() / d; i++) {
    std::vector<double> distance;
    for (std::size_t c = 0; c < members.size(); c++) {
      double s = 0;
      for (std::size_t j = 0; j < d; j++) s += std::pow(centres[c * d + j] - x[i * d + j], 2);
      distance.push_back(s);
    }
    answer.push_back(std::size_t(std::min_element(distance.begin(), distance.end()) - distance.begin()));
    members[answer.back()].push_back(i);
  }
  for (std::size_t c = 0; c < members.size(); c++)
    for (std::size_t j = 0; j < d && !members[c].empty(); j++) {
      double mean = 0;
      for (std::size_t n = 0; n < members[c].size(); n++) mean += (x[members[c][n] * d + j] - mean) / double(n + 1);
      centres[c * d + j] = mean;
    }
  return answer;
}

std::vector<double> pca(const std::vector<double>& x, std::size_t d, std::size_t count) {
  const std::size_t rows = x.size() / d;
  std::vector<double> centred = x, c(d * d), v(d * d);
  for (std::size_t j = 0; j < d; j++) {
    double mean = 0;
    for (std::size_t i = 0; i < rows; i++) mean += x[i * d + j];
    for (std::size_t i = 0; i < rows; i++) centred[i * d + j] -= mean / double(rows);
    v[j * d + j] = 1;
  }
  for (std::size_t i = 0; i < rows; i++)
    for (std::size_t e = 0; e < d * d; e++) c[e] += centred[i * d + e / d] * centred[i * d + e % d];
  for (int sweep = 0; sweep < 30; sweep++)
    for (std::size_t p = 0; p < d; p++)
      for (std::size_t q = p + 1; q < d; q++) {
        const double angle = 0.5 * std::atan2(2 * c[p * d + q], c[p * d + p] - c[q * d + q]), co = std::cos(angle), si = std::sin(angle);
        for (std::size_t a = 0; a < d; a++) {
          const double left = c[a * d + p], right = c[a * d + q];
          c[a * d + p] = co * left + si * right, c[a * d + q] = co * right - si * left;
        }
        for (std::size_t a = 0; a < d; a++) {
          const double up = c[p * d + a], down = c[q * d + a];
          c[p * d + a] = co * up + si * down, c[q * d + a] = co * down - si * up;
          const double left = v[a * d + p], right = v[a * d + q];
          v[a * d + p] = co * left + si * right, v[a * d + q] = co * right - si * left;
        }
      }
  std::vector<std::size_t> order(d);
  std::iota(order.begin(), order.end(), std::size_t(0));
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return c[a * d + a] > c[b * d + b]; });
  std::vector<double> components;
  for (std::size_t n = 0; n < count; n++)
    for (std::size_t a = 0; a < d; a++) components.push_back(v[a * d + order[n]]);
  return components;
}
