// right
#include <algorithm>
#include <numeric>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  auto truth = y.begin();
  return int(std::count_if(X.begin(), X.end(), [&](const std::vector<double>& x) {
    const double c = *truth++;
    const double sum = std::inner_product(x.begin(), x.end(), w.begin() + 1, w.front());
    const bool right = c < 0 ? sum < 0 : sum > 0;
    if (!right) {
      w.front() += c;
      std::transform(x.begin(), x.end(), w.begin() + 1, w.begin() + 1, [c](double feature, double weight) { return weight + c * feature; });
    }
    return !right;
  }));
}
