// slip: exp overflows: the largest logit is not subtracted
// why: exp(1000) is infinity, and infinity / infinity is no number. Subtract the largest logit of the row from all of them first: the probabilities
//   stay the same.
#include <cmath>
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy_gradient;
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

double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); i++) {
    const double* row = &z[i * classes];
    const double top = 0;
    double total = 0;
    for (std::size_t c = 0; c < classes; c++) total += std::exp(row[c] - top);
    sum += top + std::log(total) - row[y[i]];
  }
  return sum / double(y.size());
}
