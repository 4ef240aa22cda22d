// slip: the generator goes on from one call to the next
// why: The same seed has to give the same network: make the generator anew from the seed in each call.
// state: kept from call to call
#include <cmath>
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
  static std::mt19937_64 random(seed);
  std::normal_distribution<double> first(0, std::sqrt(2.0 / double(inputs))), second(0, std::sqrt(2.0 / double(hidden)));
  Mlp m;
  m.inputs = inputs, m.hidden = hidden, m.classes = classes;
  for (std::size_t i = 0; i < inputs * hidden; i++) m.w1.push_back(first(random));
  for (std::size_t i = 0; i < hidden * classes; i++) m.w2.push_back(second(random));
  m.b1.assign(hidden, 0.0);
  m.b2.assign(classes, 0.0);
  return m;
}
