// slip: each epoch ends after its first batch
// why: An epoch takes all pictures, s.batch at a time, until none is left.
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

Slips slips() { return {.only_first = true}; }
