// What this lesson's figures and its demo share: the best line in closed form, and descent towards it.
#pragma once
#include <cmath>
#include <vector>

namespace cairn::course::a08 {

struct Line {
  double slope = 0, intercept = 0;
  double at(double x) const { return slope * x + intercept; }
};

inline double mean_of(const std::vector<double>& v) {
  double s = 0;
  for (const double x : v) s += x;
  return s / double(v.size());
}

inline double loss(const Line& line, const std::vector<double>& x, const std::vector<double>& y) {
  double s = 0;
  for (size_t i = 0; i < x.size(); i++) s += (line.at(x[i]) - y[i]) * (line.at(x[i]) - y[i]);
  return s / double(x.size());
}

inline Line closed_form(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = mean_of(x), my = mean_of(y);
  double together = 0, spread = 0;
  for (size_t i = 0; i < x.size(); i++) {
    together += (x[i] - mx) * (y[i] - my);
    spread += (x[i] - mx) * (x[i] - mx);
  }
  const double slope = spread > 0 ? together / spread : 0;
  return {slope, my - slope * mx};
}

inline Line step(const Line& line, const std::vector<double>& x, const std::vector<double>& y, double rate) {
  double slope = 0, intercept = 0;
  for (size_t i = 0; i < x.size(); i++) {
    const double error = line.at(x[i]) - y[i];
    slope += 2 * error * x[i] / double(x.size());
    intercept += 2 * error / double(x.size());
  }
  return {line.slope - rate * slope, line.intercept - rate * intercept};
}

// x with mean 0 and deviation 1, as the Standardizer of A03 makes it.
inline std::vector<double> standardized(std::vector<double> x) {
  const double mean = mean_of(x);
  double variance = 0;
  for (const double v : x) variance += (v - mean) * (v - mean) / double(x.size());
  for (double& v : x) v = (v - mean) / (variance > 0 ? std::sqrt(variance) : 1);
  return x;
}

}  // namespace cairn::course::a08
