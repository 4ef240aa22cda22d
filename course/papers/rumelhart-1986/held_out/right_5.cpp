// right
#include <algorithm>
#include <cstddef>
#include <vector>

// Goes through the rows of W in the order in which they lie in memory.
std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> result(a.size(), 0.0);
  auto d = delta_above.begin();
  for (const std::vector<double>& row : W) {
    const double factor = *d++;
    std::transform(row.begin(), row.end(), result.begin(), result.begin(), [factor](double w, double so_far) { return so_far + factor * w; });
  }
  std::transform(result.begin(), result.end(), a.begin(), result.begin(), [](double r, double act) { return r * (act - act * act); });
  return result;
}
