// slip: the mean is taken of two neighbours in a column, not of a 2 x 2 block
// why: The block has two columns: at[1] and at[width + 1] belong to it.
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::largest;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

Pictures halved(const Pictures& p) {
  Pictures small{p.channels, p.height / 2, p.width / 2, {}, p.y};
  for (std::size_t row = 0; row < p.x.size() / p.width; row += 2)
    for (std::size_t column = 0; column < p.width; column += 2) {
      const float* at = &p.x[row * p.width + column];
      small.x.push_back((at[0] + at[p.width]) / 2);
    }
  return small;
}
