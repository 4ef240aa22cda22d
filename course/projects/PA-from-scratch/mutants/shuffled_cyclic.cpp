// slip: not every order is possible
// why: Every order of the numbers has to be possible, each number at each place. std::shuffle over the whole list does it; by hand, swap place i
//   with one of 0 to i, i included.
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
  std::mt19937_64 random(seed);
  for (std::size_t i = n; i > 1; i--) std::swap(order[i - 1], order[random() % (i - 1)]);
  return order;
}
