// Row by row: each unit above hands its signal down along its weights.
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> blame(a.size()), result;
  for (size_t k = delta_above.size(); k-- > 0;)
    for (size_t j = 0; j < a.size(); j++) blame[j] += delta_above[k] * W[k][j];
  for (size_t j = 0; j < a.size(); j++) result.push_back(blame[j] * (a[j] - a[j] * a[j]));
  return result;
}
