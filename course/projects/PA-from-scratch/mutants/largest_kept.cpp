// slip: the best logit goes on from the picture before
// why: The search begins anew with each picture. Yours still holds the largest logit of those before.
#include <cstddef>
#include <vector>

using solution_::classify_with_mlp;
using solution_::classify_with_softmax;
using solution_::cross_entropy;
using solution_::cross_entropy_gradient;
using solution_::halved;
using solution_::mlp_gradient;
using solution_::mlp_logits;
using solution_::random_mlp;
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;
using solution_::train_mlp;
using solution_::train_softmax;

std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  std::vector<int> list;
  double best = z[0];
  for (std::size_t i = 0; i < z.size(); i += classes) {
    int which = 0;
    for (std::size_t c = 0; c < classes; c++)
      if (z[i + c] > best) best = z[i + c], which = int(c);
    list.push_back(which);
  }
  return list;
}
