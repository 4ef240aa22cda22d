// slip: the bias is left as it was, the loop of the update begins at 1
// shows: w = (0, 0), x = (1, 2), y = 1 becomes (0, 2) instead of (1, 2)
// named: mutants/no_bias.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = w[0];
  for (size_t i = 1; i < x.size(); i++) sum += w[i] * x[i];
  const bool wrong = sum * y <= 0;
  if (wrong) {
    for (size_t i = 1; i < x.size(); i++) w[i] += y * x[i];
  }
  return wrong;
}
