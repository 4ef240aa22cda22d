// slip: a copy of the weights is corrected
// why: w is a reference, and the corrections have to be in it afterwards. Yours are made in a copy.
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  std::vector<double> copy = w;
  return solution_::perceptron_epoch(copy, X, y);
}
