// What the exercise asks for: one pass of the perceptron's rule. X: one example a row, without the 1 of the bias.
#pragma once
#include <vector>

struct Answer {
  int (*perceptron_epoch)(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y);
};
#define ANSWER \
  { perceptron_epoch }
