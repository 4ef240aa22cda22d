// A15: three numbers for a classifier, a number for its ranking, and how far to trust any of them.
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

// truth and predicted are equally long; truth[i] and predicted[i] are classes from 0 to classes - 1. For each class c: precision is the share of the
// examples called c that are c (0 where none is called c), recall is the share of the examples that are c that are called c (0 where none is c), and
// F1 = 2 * hits / (called c + are c). Returns {precision, recall, F1}, each the mean over the classes (the macro average). A class that occurs neither
// in truth nor in predicted is left out of all three means; with no example at all the three numbers are 0.
std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int classes) {
  (void)truth, (void)predicted, (void)classes;  // remove this line and the next, and write yours
  return {0, 0, 0};
}

// The area under the ROC curve: of all pairs of an example with label 1 and one with label 0, the share in which the first has the higher score. A
// pair with equal scores counts one half. NaN (std::nan("")) when there is no such pair. score and label are equally long, each label is 0 or 1.
double roc_auc(const std::vector<double>& score, const std::vector<int>& label) {
  (void)score, (void)label;
  return 0;
}

// A bootstrap interval for the mean of `values` (at least one): `times` times (at least one), draw values.size() of them with replacement and take
// their mean. Sort these means, m[0] to m[times - 1]. The interval's ends stand at the places (1 - level) / 2 * (times - 1) and
// (1 + level) / 2 * (times - 1) of that list; between two places the mean lies in proportion (at place 3.25: a quarter of the way from m[3] to m[4]).
// below(n) gives the next random number from 0 to n - 1; ask it once for each value drawn, one resample after the other. 0 <= level <= 1.
std::vector<double> bootstrap_interval(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below) {
  (void)values, (void)times, (void)level, (void)below;
  return {0, 0};
}
