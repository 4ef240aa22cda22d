// slip: the weights are changed after every example, also after a right answer
// shows: w = (1, 1), x = (1, 2), y = 1 becomes (2, 3) instead of staying (1, 1)
// named: mutants/always_updates.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (size_t i = 0; i < w.size(); i++) sum += w[i] * x[i];
  bool mistake = y * sum <= 0;
  for (size_t i = 0; i < w.size(); i++) w[i] += y * x[i];
  return mistake;
}
