// slip: the gradient of b holds the last picture alone
// why: b is used by every picture: its derivative is the SUM of dz. += in place of =.
#include <algorithm>
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
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  const std::vector<double> dz = cross_entropy_gradient(softmax_logits(m, p), p.y, m.classes);
  Softmax g = m;
  std::fill(g.w.begin(), g.w.end(), 0.0);
  std::fill(g.b.begin(), g.b.end(), 0.0);
  for (std::size_t i = 0; i < p.count(); i++)
    for (std::size_t c = 0; c < m.classes; c++) {
      const double d = dz[i * m.classes + c];
      g.b[c] = d;
      for (std::size_t j = 0; j < m.inputs; j++) g.w[j * m.classes + c] += double(p.x[i * m.inputs + j]) * d;
    }
  return g;
}
