// slip: the sum of the batch means is divided by the pictures
// why: A batch's mean counts once for each of its pictures: multiply by their number before you divide by that of all.
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

Slips slips() { return {.report = 9}; }
