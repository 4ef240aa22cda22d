// slip: the weights begin too small
// why: The deviation is sqrt(2 / numbers that come in). std::normal_distribution takes the deviation, which is the ROOT of 2 / numbers that come in, not
//   that quotient itself; a small fixed number such as 0.01 leaves little of a picture behind two layers.
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::halved;
using solution_::largest;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> first(0, 2.0 / double(inputs)), second(0, 2.0 / double(hidden));
  Mlp m;
  m.inputs = inputs, m.hidden = hidden, m.classes = classes;
  for (std::size_t i = 0; i < inputs * hidden; i++) m.w1.push_back(first(random));
  for (std::size_t i = 0; i < hidden * classes; i++) m.w2.push_back(second(random));
  m.b1.assign(hidden, 0.0);
  m.b2.assign(classes, 0.0);
  return m;
}
