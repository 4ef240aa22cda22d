// A11: one pass of the perceptron over its examples.
#include <vector>

// X[i] holds the n features of example i, y[i] is its class, -1 or +1. w holds n + 1 weights: w[0] is the bias, w[j + 1] belongs to X[i][j].
// The examples are taken in order. For example i, sum = w[0] + w[1] X[i][0] + ... + w[n] X[i][n - 1]. When y[i] * sum is not above 0 the example
// counts as a mistake (so a sum of 0 does, whatever its class), and w is corrected at once: w[0] grows by y[i], w[j + 1] by y[i] X[i][j].
// Returns the number of mistakes in this pass.
int perceptron_epoch(std::vector<double>& w, const std::vector<std::vector<double>>& X, const std::vector<int>& y) {
  (void)w, (void)X, (void)y;  // write your lines in place of these
  return 0;
}
