// slip: only the last picture counts
// why: The losses of all pictures are added: += in place of =.
#include <algorithm>
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
    const double top = *std::max_element(row, row + classes);
    double total = 0;
    for (std::size_t c = 0; c < classes; c++) total += std::exp(row[c] - top);
    sum = top + std::log(total) - row[y[i]];
  }
  return sum / double(y.size());
}
