// slip: corrected by the difference of class and answer
// why: The correction is y x for each mistake. The difference of class and answer is 2 y where they differ, and nothing where a sum of 0 is taken
//   for class -1.
#include <cstddef>
#include <vector>

int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  int mistakes = 0;
  for (size_t i = 0; i < X.size(); i++) {
    double sum = w[0];
    for (size_t j = 0; j < X[i].size(); j++) sum += w[j + 1] * X[i][j];
    const int answer = sum > 0 ? 1 : -1;
    if (answer == y[i]) continue;
    w[0] += y[i] - answer;
    for (size_t j = 0; j < X[i].size(); j++) w[j + 1] += (y[i] - answer) * X[i][j];
    mistakes++;
  }
  return mistakes;
}
