// By another way: a table of counts, ranks of the sorted scores, and resamples kept as lists.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <numeric>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  const size_t k = size_t(classes);
  std::vector<int> table(k * k, 0);
  for (size_t i = 0; i < truth.size(); i++) table[size_t(truth[i]) * k + size_t(predicted[i])]++;
  double precision = 0, recall = 0, both = 0, count = 0;
  for (size_t c = 0; c < k; c++) {
    int row = 0, column = 0;
    for (size_t o = 0; o < k; o++) row += table[c * k + o], column += table[o * k + c];
    const double hit = table[c * k + c], p = column ? hit / column : 0, r = row ? hit / row : 0;
    precision += p;
    recall += r;
    both += p + r > 0 ? 2 * p * r / (p + r) : 0;
    count += row || column;
  }
  if (count == 0) return {0, 0, 0};
  return {precision / count, recall / count, both / count};
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  std::vector<size_t> order(score.size());
  std::iota(order.begin(), order.end(), size_t(0));
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return score[a] < score[b]; });
  double ranks = 0, ones = 0;
  for (size_t from = 0; from < order.size();) {
    size_t to = from;
    while (to < order.size() && score[order[to]] == score[order[from]]) to++;
    for (size_t i = from; i < to; i++)
      if (label[order[i]]) ranks += double(from + to + 1) / 2, ones++;  // equal scores share the middle of their ranks
    from = to;
  }
  const double zeros = double(score.size()) - ones;
  if (ones == 0 || zeros == 0) return std::nan("");
  return (ranks - ones * (ones + 1) / 2) / ones / zeros;
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  std::vector<std::vector<double>> resamples(size_t(times), std::vector<double>(values.size()));
  for (auto& resample : resamples)
    for (double& v : resample) v = values[below(values.size())];
  std::vector<double> means;
  for (const auto& resample : resamples) means.push_back(std::accumulate(resample.rbegin(), resample.rend(), 0.0) / double(resample.size()));
  std::sort(means.begin(), means.end());
  std::vector<double> ends;
  for (const double tail : {(1 - level) / 2, 1 - (1 - level) / 2}) {
    const double place = tail * (times - 1), below_it = std::floor(place), share = place - below_it;
    const size_t i = size_t(below_it);
    ends.push_back(share > 0 ? (1 - share) * means[i] + share * means[i + 1] : means[i]);
  }
  return ends;
}
