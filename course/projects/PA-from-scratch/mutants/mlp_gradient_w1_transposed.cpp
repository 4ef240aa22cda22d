// slip: the gradient of w1 is laid out in the transposed order
// why: It has the layout of w1: input j, unit k at [j * hidden + k].
#include <algorithm>
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::halved;
using solution_::hidden_units;
using solution_::largest;
using solution_::layer;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  const std::vector<double> h = hidden_units(m, p);
  const std::vector<double> dz = cross_entropy_gradient(layer(h, m.hidden, m.w2, m.b2), p.y, m.classes);
  Mlp g = m;
  for (std::vector<double>* v : {&g.w1, &g.b1, &g.w2, &g.b2}) std::fill(v->begin(), v->end(), 0.0);
  for (std::size_t i = 0; i < p.count(); i++) {
    std::vector<double> dh(m.hidden);
    for (std::size_t k = 0; k < m.hidden; k++)
      for (std::size_t c = 0; c < m.classes; c++) {
        g.w2[k * m.classes + c] += h[i * m.hidden + k] * dz[i * m.classes + c];
        dh[k] += dz[i * m.classes + c] * m.w2[k * m.classes + c];
      }
    for (std::size_t c = 0; c < m.classes; c++) g.b2[c] += dz[i * m.classes + c];
    for (std::size_t k = 0; k < m.hidden; k++) {
      if (h[i * m.hidden + k] <= 0) continue;
      g.b1[k] += dh[k];
      for (std::size_t j = 0; j < m.inputs; j++) g.w1[k * m.inputs + j] += double(p.x[i * m.inputs + j]) * dh[k];
    }
  }
  return g;
}
