// A01: another way to a rate. The curves say that 0.01 is too small and 300 too large; rates are compared by their ratios, so the middle
// between the two is the square root of their product.
#include <cmath>

double learning_rate() {
  const double too_small = 0.01, too_large = 300;
  return std::sqrt(too_small * too_large);
}

double goal() { return 0.2; }
