// A01: another way to a rate, from the losses that the lesson's slider shows after 300 steps: the middle of all rates that come below the
// goal. Rates are compared by their ratios, so the middle is that of their logarithms.
#include <cmath>
#include <vector>

double goal() { return 0.2; }

double learning_rate() {
  const std::vector<double> rates = {0.1, 0.3, 1, 3, 10, 30};
  const std::vector<double> losses = {0.288, 0.273, 0.0607, 0.0126, 0.00176, 4.15};
  double sum = 0;
  int good = 0;
  for (size_t i = 0; i < rates.size(); i++) {
    if (losses[i] < goal()) {
      sum += std::log(rates[i]);
      good += 1;
    }
  }
  return std::exp(sum / good);
}
