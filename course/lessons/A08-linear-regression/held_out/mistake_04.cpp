// slip: sums of squares of the raw numbers, with N times the squared mean taken away at the end
// shows: x = {1.7e9, 1.7e9 + 1, 1.7e9 + 2}, y = {0, 1, 2} gives {0, 1} instead of {1, -1.7e9}
// named: mutants/raw_sums.cpp
#include <cstddef>
#include <vector>

std::vector<double> mse_gradient(const std::vector<double>& x, const std::vector<double>& y, const std::vector<double>& w, double b) {
  // First all the errors, then one column of x after the other.
  const std::size_t N = y.size(), d = w.size();
  std::vector<double> error(N, b);
  for (std::size_t j = 0; j < d; j++)
    for (std::size_t i = 0; i < N; i++) error[i] += w[j] * x[i * d + j];
  for (std::size_t i = 0; i < N; i++) error[i] -= y[i];
  std::vector<double> result;
  for (std::size_t j = 0; j < d; j++) {
    double sum = 0;
    for (std::size_t i = 0; i < N; i++) sum += error[i] * x[i * d + j];
    result.push_back(sum * 2 / static_cast<double>(N));
  }
  double sum = 0;
  for (const double e : error) sum += e;
  result.push_back(sum * 2 / static_cast<double>(N));
  return result;
}

std::vector<double> fit_line(const std::vector<double>& x, const std::vector<double>& y) {
  const double n = x.size();
  double sx = 0, sy = 0, sxx = 0, sxy = 0;
  bool same = true;
  for (std::size_t i = 0; i < x.size(); i++) {
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    sxy += x[i] * y[i];
    same = same && x[i] == x[0];
  }
  const double spread = sxx - sx * sx / n;
  if (same || spread == 0) return {0, sy / n};
  const double slope = (sxy - sx * sy / n) / spread;
  return {slope, (sy - slope * sx) / n};
}
