// slip: the largest logit begins at 0 in the derivatives
// why: Where all logits are far below 0 nothing is as large as 0, all exp become 0, and 0 / 0 is not a number. Begin with the first logit of the
//   row.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::halved;
using solution_::largest;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  std::vector<double> dz(z.size());
  for (std::size_t i = 0; i < y.size(); i++) {
    const double* row = &z[i * classes];
    double* d = &dz[i * classes];
    const double top = std::max(0.0, *std::max_element(row, row + classes));
    double total = 0;
    for (std::size_t c = 0; c < classes; c++) total += d[c] = std::exp(row[c] - top);
    for (std::size_t c = 0; c < classes; c++) d[c] /= total * double(y.size());
    d[y[i]] -= 1 / double(y.size());
  }
  return dz;
}
