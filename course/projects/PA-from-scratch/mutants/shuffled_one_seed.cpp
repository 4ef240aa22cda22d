// slip: the order does not depend on the seed
// why: Every epoch of every run then has the same order: std::mt19937_64 random(seed).
#include <algorithm>
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
using solution_::random_mlp;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < n; i++) order.push_back(i);
  std::mt19937_64 random(1 + 0 * seed);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}
