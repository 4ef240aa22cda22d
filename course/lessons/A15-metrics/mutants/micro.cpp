// slip: all decisions are counted in one pot: the micro average
// why: With one label an example, the micro average of precision, recall and F1 is the accuracy, in which a rare class
//   hardly counts. The macro average computes the three for each class and takes the mean over the classes.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

using solution_::bootstrap_interval;
using solution_::roc_auc;

std::vector<double> f1(const std::vector<int>& truth, const std::vector<int>& predicted, int) {
  double right = 0;
  for (size_t i = 0; i < truth.size(); i++) right += truth[i] == predicted[i];
  const double share = truth.empty() ? 0 : right / double(truth.size());
  return {share, share, share};
}
