// What this lesson's figures and its demo share: a test's four groups of people, and two log-likelihoods.
#pragma once
#include <cmath>
#include <numbers>
#include <vector>

namespace cairn::course::a05 {

// Of people that are tested: sick or not, test positive or not. Shares that add up to 1.
struct Groups {
  double sick_positive, sick_negative, healthy_positive, healthy_negative;
  double positive() const { return sick_positive + healthy_positive; }
  double sick_if_positive() const { return positive() > 0 ? sick_positive / positive() : 0; }
};
inline Groups groups(double prevalence, double sensitivity, double false_alarm) {
  return {prevalence * sensitivity, prevalence * (1 - sensitivity), (1 - prevalence) * false_alarm, (1 - prevalence) * (1 - false_alarm)};
}

inline double coin_log_likelihood(double heads, double tails, double p) {
  return (heads > 0 ? heads * std::log(p) : 0) + (tails > 0 ? tails * std::log(1 - p) : 0);
}

inline double gaussian_log_likelihood(const std::vector<double>& x, double mean, double variance) {
  double sum = 0;
  for (const double v : x) sum -= (std::log(2 * std::numbers::pi * variance) + (v - mean) * (v - mean) / variance) / 2;
  return sum;
}

inline double mean_of(const std::vector<double>& x) {
  double s = 0;
  for (const double v : x) s += v / double(x.size());
  return s;
}
inline double variance_of(const std::vector<double>& x) {
  const double mean = mean_of(x);
  double s = 0;
  for (const double v : x) s += (v - mean) * (v - mean) / double(x.size());
  return s;
}

}  // namespace cairn::course::a05
