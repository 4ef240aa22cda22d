// What the exercise asks for: two log-likelihoods, and the Gaussian that fits best.
#pragma once
#include <vector>

struct Answer {
  double (*bernoulli_log_likelihood)(const std::vector<int>& flips, double p);
  double (*gaussian_log_likelihood)(const std::vector<double>& x, double mean, double variance);
  std::vector<double> (*fit_gaussian)(const std::vector<double>& x);
};
#define ANSWER \
  { bernoulli_log_likelihood, gaussian_log_likelihood, fit_gaussian }
