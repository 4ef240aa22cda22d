// slip: returns true when the answer was right and false when it was wrong
// shows: w = (0, 0), x = (1, 2), y = 1 gives false instead of true (the weights are right)
// named: mutants/result_turned.cpp
#include <cstddef>
#include <vector>

bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); i++) sum += w[i] * x[i];
  const bool correct = y * sum > 0;
  if (!correct)
    for (std::size_t i = 0; i < x.size(); i++) w[i] += y * x[i];
  return correct;
}
