// Back-propagation through one layer: from the error signals above to those of a hidden layer of sigmoid units.
#include <cstddef>
#include <vector>

// W: the weights of the layer above, W[k][j] from hidden unit j to unit k; m rows, n columns, both at least 1.
// delta_above: dL/dz of the m units above. a: the activations of the n hidden units, a[j] = sigmoid(z[j]).
// Result: dL/dz of the n hidden units.
std::vector<double> hidden_delta(const std::vector<std::vector<double>>& W, const std::vector<double>& delta_above, const std::vector<double>& a) {
  (void)W, (void)delta_above;  // write your lines in place of these
  return std::vector<double>(a.size(), 0.0);
}
