// slip: the sum goes on from the class before
// why: Each logit is a sum of its own: begin it with b[c] for each class.
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
  for (std::size_t i = 0; i < p.count(); i++) {
    double sum = 0;
    for (std::size_t c = 0; c < m.classes; c++) {
      sum += m.b[c];
      for (std::size_t j = 0; j < m.inputs; j++) sum += double(p.x[i * m.inputs + j]) * m.w[j * m.classes + c];
      z[i * m.classes + c] = sum;
    }
  }
  return z;
}
