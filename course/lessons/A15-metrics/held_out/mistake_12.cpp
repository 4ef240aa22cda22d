// slip: F1 is computed once from the mean precision and the mean recall, it is not the mean of the F1 of the classes
// shows: truth {0, 0, 0, 1}, predicted {0, 1, 1, 1}, 2 classes: F1 is 0.6667 instead of 0.5
// named: mutants/f1_of_means.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  std::vector<double> total(3, 0.0);
  double present = 0;
  for (int c = 0; c < classes; ++c) {
    double hit = 0, said = 0, is = 0;
    for (size_t i = 0; i < truth.size(); ++i) {
      const bool t = truth[i] == c, p = predicted[i] == c;
      hit += t && p;
      said += p;
      is += t;
    }
    if (said == 0 && is == 0) continue;
    ++present;
    total[0] += said > 0 ? hit / said : 0.0;
    total[1] += is > 0 ? hit / is : 0.0;
  }
  if (present > 0)
    for (double& t : total) t /= present;
  if (total[0] + total[1] > 0) total[2] = 2 * total[0] * total[1] / (total[0] + total[1]);
  return total;
}

double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < score.size(); i++) {
    if (label[i] != 1) continue;
    for (size_t j = 0; j < score.size(); j++) {
      if (label[j] != 0) continue;
      pairs++;
      if (score[i] > score[j]) won += 1;
      if (score[i] == score[j]) won += 0.5;
    }
  }
  return pairs > 0 ? won / pairs : std::nan("");
}

std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  std::vector<double> m(size_t(times), 0.0);
  for (double& mean : m) {
    for (size_t k = 0; k < values.size(); ++k) mean += values[below(values.size())];
    mean /= double(values.size());
  }
  std::sort(m.begin(), m.end());
  std::vector<double> ends;
  for (const double side : {(1 - level) / 2, (1 + level) / 2}) {
    const double place = side * (times - 1), whole = std::floor(place);
    const size_t k = size_t(whole);
    double value = m[k];
    if (k + 1 < m.size()) value += (place - whole) * (m[k + 1] - m[k]);
    ends.push_back(value);
  }
  return ends;
}
