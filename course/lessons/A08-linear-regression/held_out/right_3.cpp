// right
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
  // Everything is measured from the first point, so equal x are exactly 0 and times in seconds become small.
  const double n = static_cast<double>(x.size());
  double mu = 0, mv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mu += (x[i] - x[0]) / n;
    mv += (y[i] - y[0]) / n;
  }
  double suu = 0, suv = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double u = x[i] - x[0] - mu;
    suu += u * u;
    suv += u * (y[i] - y[0] - mv);
  }
  const double slope = suu > 0 ? suv / suu : 0;
  return {slope, y[0] + mv - slope * (x[0] + mu)};
}
