// What the exercise asks for: the error signal of a hidden layer.
#pragma once
#include <vector>

struct Answer {
  std::vector<double> (*hidden_delta)(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above,
                                      const std::vector<double>& a);
};
#define ANSWER \
  { hidden_delta }
