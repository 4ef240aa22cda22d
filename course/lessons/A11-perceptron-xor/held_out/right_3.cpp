// right
#include <cstddef>
#include <vector>

// The bias is the weight of a feature that is always 1: put that 1 in front, and one rule serves all weights.
static std::vector<double> with_one(const std::vector<double>& features) {
  std::vector<double> out{1.0};
  out.insert(out.end(), features.begin(), features.end());
  return out;
}

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  std::size_t i = 0;
  for (const auto& features : X) {
    const std::vector<double> x = with_one(features);
    double sum = 0;
    for (std::size_t j = x.size(); j-- > 0;) sum += x[j] * w[j];
    const bool right = (y[i] == 1 && sum > 0) || (y[i] == -1 && sum < 0);
    if (!right) {
      ++mistakes;
      for (std::size_t j = 0; j < x.size(); ++j) {
        if (y[i] == 1) w[j] += x[j];
        else w[j] -= x[j];
      }
    }
    ++i;
  }
  return mistakes;
}
