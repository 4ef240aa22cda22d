// A09: the loss of yes-or-no answers, from logits of any size.
#include <cmath>
#include <cstddef>
#include <vector>

// z holds logits row by row: N rows (examples) with `columns` yes-or-no questions each, so z[i * columns + j] is question j of row i. y has the same
// layout and holds the truth, 0 or 1. With p = sigmoid(z) = 1 / (1 + exp(-z)), a question costs -(y log p + (1 - y) log(1 - p)). The loss of a row is
// the SUM over its questions; the result is the MEAN over the N rows. There is at least one row and one column. Logits may be as large as 1e4 on
// either side: one on the wrong side of its y costs as much, one on the right side nearly 0, and the result is finite.
double bce_with_logits(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  (void)z, (void)y, (void)columns;  // remove this line and the next, and write yours
  return 0;
}

// The derivatives of that result with respect to each logit, in the layout of z. For logits of any size.
std::vector<double> bce_gradient(const std::vector<double>& z, const std::vector<double>& y, std::size_t columns) {
  (void)y, (void)columns;
  return std::vector<double>(z.size(), 0.0);
}
