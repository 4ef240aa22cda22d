// slip: only the last input counts
// why: Every input has a weight: the products are added. You overwrite the sum: += in place of =.
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::halved;
using solution_::largest;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) {
  std::vector<double> z(p.count() * m.classes);
  for (std::size_t i = 0; i < p.count(); i++)
    for (std::size_t c = 0; c < m.classes; c++) {
      z[i * m.classes + c] = m.b[c];
      for (std::size_t j = 0; j < m.inputs; j++) z[i * m.classes + c] = m.b[c] + double(p.x[i * m.inputs + j]) * m.w[j * m.classes + c];
    }
  return z;
}
