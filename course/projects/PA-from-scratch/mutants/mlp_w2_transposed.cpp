// slip: w2 is read in the transposed order
// why: From hidden unit j to class k: w2[j * classes + k]. Your code reads it as if classes were the rows.
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
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) {
  std::vector<double> z;
  for (std::size_t i = 0; i < p.count(); i++) {
    std::vector<double> h = m.b1;
    for (std::size_t k = 0; k < m.hidden; k++) {
      for (std::size_t j = 0; j < m.inputs; j++) h[k] += double(p.x[i * m.inputs + j]) * m.w1[j * m.hidden + k];
      h[k] = std::max(h[k], 0.0);
    }
    for (std::size_t c = 0; c < m.classes; c++) {
      z.push_back(m.b2[c]);
      for (std::size_t k = 0; k < m.hidden; k++) z.back() += h[k] * m.w2[c * m.hidden + k];
    }
  }
  return z;
}
