// right
#include <cstddef>
#include <vector>

std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  std::vector<double> delta;
  delta.reserve(a.size());
  for (std::size_t unit = 0; unit < a.size(); ++unit) {
    double blame = 0.0;  // what comes down all wires that leave this unit
    for (std::size_t above = 0; above < delta_above.size(); ++above) blame += delta_above[above] * W[above][unit];
    const double slope = a[unit] * (1.0 - a[unit]);
    delta.push_back(blame * slope);
  }
  return delta;
}
