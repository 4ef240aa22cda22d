// What the exercise asks for: precision, recall and F1 of several classes, the area under the ROC curve, and an interval by the bootstrap.
#pragma once
#include <cstddef>
#include <functional>
#include <vector>

struct Answer {
  std::vector<double> (*f1)(const std::vector<int>& truth, const std::vector<int>& predicted, int classes);
  double (*roc_auc)(const std::vector<double>& score, const std::vector<int>& label);
  std::vector<double> (*bootstrap_interval)(const std::vector<double>& values, int times, double level, const std::function<size_t(size_t)>& below);
};
#define ANSWER \
  { f1, roc_auc, bootstrap_interval }
