// A04: the direction that a matrix stretches most.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

// A v = sigma u, with u (left, one number for each row) and v (right, one for each column) of length 1.
struct Triple {
  double sigma;
  std::vector<double> left, right;
};

// The largest singular value of A and its directions. A has rows x columns numbers, row by row: row i, column j is a[i * columns + j]; both
// sizes are at least 1. Start from a random direction v (std::mt19937 with a seed of your own: a fixed one, as all ones, may be at a right angle
// to the one that is looked for). Repeat: v becomes A^T (A v), divided by its length, until the new v lies less than 1e-12 from the old one, at
// most 3,000 times. The signs of u and v may both be turned. A matrix of zeros has sigma 0; its u and v may be anything without nan, or empty.
// In other matrices the largest number is neither tiny nor huge: between 1e-6 and 1e6, say.
Triple power_iteration(const std::vector<double>& a, size_t rows, size_t columns) {
  (void)a, (void)rows, (void)columns;  // remove this line and the next, and write yours
  return {0, {}, {}};
}
