// slip: uses 1 - a^2, the slope of tanh, in place of a (1 - a)
// shows: W = {{2}}, delta_above = {1}, a = {0.5} gives 1.5 instead of 0.5
// named: mutants/tanh_slope.cpp
#include <vector>

using Vec = std::vector<double>;

Vec hidden_delta(const std::vector<Vec>& W, const Vec& delta_above, const Vec& a) {
  Vec d;
  for (unsigned j = 0; j != a.size(); ++j) {
    double sum = 0;
    for (unsigned k = 0; k != delta_above.size(); ++k) sum += W[k][j] * delta_above[k];
    d.push_back(sum * (1 - a[j] * a[j]));
  }
  return d;
}
