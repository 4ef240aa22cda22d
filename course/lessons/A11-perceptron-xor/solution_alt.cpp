// With the 1 of the bias written into each example, and the class compared instead of multiplied.
#include <algorithm>
#include <numeric>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int right = 0;
  auto label = y.begin();
  for (const std::vector<double>& features : X) {
    std::vector<double> x = {1.0};
    x.insert(x.end(), features.begin(), features.end());
    const double sum = std::inner_product(x.begin(), x.end(), w.begin(), 0.0);
    const int said = sum > 0 ? 1 : sum < 0 ? -1 : 0;
    if (said == *label) right++;
    else std::transform(w.begin(), w.end(), x.begin(), w.begin(), [&](double a, double b) { return *label > 0 ? a + b : a - b; });
    ++label;
  }
  return int(X.size()) - right;
}
