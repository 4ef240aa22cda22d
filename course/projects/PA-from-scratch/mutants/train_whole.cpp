// slip: all pictures are in one step
// why: s.batch pictures make a step. Yours makes one step in each epoch.
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

Slips slips() { return {.whole = true}; }
