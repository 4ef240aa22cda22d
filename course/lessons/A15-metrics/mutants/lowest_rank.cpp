// slip: equal scores all get their lowest rank
// why: Equal scores share the mean of their ranks, (first + last) / 2: half a pair for each tie. Yours gives each of them the rank of the first.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::f1;

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<size_t> order(score.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = i;
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return score[a] < score[b]; });
  double sum = 0, ones = 0, zeros = 0;
  for (const int l : label) (l == 1 ? ones : zeros)++;
  for (size_t i = 0, j = 0; i < order.size(); i = j) {
    while (j < order.size() && score[order[j]] == score[order[i]]) j++;
    const double rank = double(i + 1);
    for (size_t k = i; k < j; k++) sum += label[order[k]] == 1 ? rank : 0;
  }
  return ones * zeros > 0 ? (sum - ones * (ones + 1) / 2) / (ones * zeros) : std::nan("");
}
