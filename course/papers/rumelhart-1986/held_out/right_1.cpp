// right
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta;
  for (std::size_t j = 0; j < a.size(); j++) {
    const double back = std::inner_product(W.begin(), W.end(), delta_above.begin(), 0.0, std::plus<>{},
                                           [j](const std::vector<double>& row, double d) { return row[j] * d; });
    delta.push_back(back * a[j] * (1 - a[j]));
  }
  return delta;
}
