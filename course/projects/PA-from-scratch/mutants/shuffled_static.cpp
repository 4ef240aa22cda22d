// slip: the generator goes on from one call to the next
// why: The same seed has to give the same order: make the generator anew from the seed in each call.
// state: kept from call to call
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
  static std::mt19937_64 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}
