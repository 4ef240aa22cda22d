// slip: without a pair the area is 0 instead of NaN
// shows: score (0.3, 0.7), label (1, 1) gives 0 instead of NaN
// named: mutants/zero_without_pairs.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <set>
#include <vector>

namespace {

double quotient(double above, double below_line) { return below_line == 0 ? 0.0 : above / below_line; }

}  // namespace

// The whole confusion matrix first: table[c][d] are the examples that are c and are called d.
std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<std::vector<int>> table(size_t(classes), std::vector<int>(size_t(classes), 0));
  for (size_t i = 0; i < truth.size(); ++i) ++table[size_t(truth[i])][size_t(predicted[i])];

  std::vector<double> sums(3, 0.0);
  int present = 0;
  for (size_t c = 0; c < table.size(); ++c) {
    int row = 0, column = 0;
    for (size_t d = 0; d < table.size(); ++d) row += table[c][d], column += table[d][c];
    if (row + column == 0) continue;
    ++present;
    const double p = quotient(table[c][c], column), r = quotient(table[c][c], row);
    sums[0] += p;
    sums[1] += r;
    sums[2] += quotient(2 * p * r, p + r);  // the harmonic mean
  }
  for (double& s : sums) s = quotient(s, present);
  return sums;
}

// By ranks: the sum of the ranks of the ones, ties getting the mean of their ranks.
double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::sort(order.begin(), order.end(), [&](size_t i, size_t j) { return score[i] < score[j]; });
  double ones = 0, ranks = 0;
  for (size_t from = 0; from < order.size();) {
    size_t to = from;
    double group_ones = 0;
    for (; to < order.size() && score[order[to]] == score[order[from]]; ++to) group_ones += label[order[to]] == 1;
    ones += group_ones;
    ranks += group_ones * (double(from + 1) + double(to)) / 2;
    from = to;
  }
  const double zeros = double(score.size()) - ones;
  if (ones == 0 || zeros == 0) return 0;
  return (ranks - ones * (ones + 1) / 2) / (ones * zeros);
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  std::multiset<double> means;
  while (means.size() < size_t(times)) {
    std::vector<size_t> drawn(values.size());
    for (size_t& d : drawn) d = below(values.size());
    double mean = 0;
    for (size_t d : drawn) mean += values[d] / double(values.size());
    means.insert(mean);
  }
  const std::vector<double> m(means.begin(), means.end());
  std::vector<double> ends;
  for (double side : {-1.0, 1.0}) {
    const double place = (1 + side * level) / 2 * double(times - 1);
    const size_t low = size_t(std::floor(place)), high = std::min(size_t(std::ceil(place)), m.size() - 1);
    ends.push_back(std::lerp(m[low], m[high], place - std::floor(place)));
  }
  return ends;
}
