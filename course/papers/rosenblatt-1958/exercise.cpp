// Rosenblatt's perceptron with error correction: one example, one step.
#include <cstddef>
#include <vector>

// w: the weights, w[0] that of the bias. x: the input, as long as w, x[0] is 1. y: the class, +1 or -1.
// When the perceptron is wrong about x, or its sum is exactly 0, w becomes w + y x and the result is true.
// Otherwise w stays as it is and the result is false.
bool update(std::vector<double>& w, const std::vector<double>& x, int y) {
  (void)w, (void)x, (void)y;  // write your lines in place of these
  return false;
}
