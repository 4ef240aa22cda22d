// slip: training begins at 0
// why: It begins from what m is: the weights that were given are not set back.
#include <algorithm>
#include <cstddef>
#include <cstdint>
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
using solution_::shuffled;
using solution_::softmax_gradient;
using solution_::softmax_logits;

#include "training.inc"

Slips slips() { return {.zero = true}; }
