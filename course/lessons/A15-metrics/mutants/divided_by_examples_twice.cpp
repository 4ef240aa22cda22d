// slip: divided by the pairs of all examples
// why: Only a pair of one example with label 1 and one with label 0 counts: divide by how many of those there are, not by the square of the number
//   of examples.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < score.size(); i++)
    for (size_t j = 0; j < score.size(); j++) {
      if (label[i] != 1 || label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won++;
      if (score[i] == score[j]) won += 0.5;
    }
  return pairs > 0 ? won / (double(score.size()) * double(score.size())) : std::nan("");
}
