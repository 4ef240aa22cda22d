// slip: the smallest logit is looked for
// why: The class whose logit is the LARGEST.
#include <algorithm>
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
  for (std::size_t i = 0; i < z.size(); i += classes) list.push_back(int(std::min_element(&z[i], &z[i] + classes) - &z[i]));
  return list;
}
