// Graphs made faster for inference: what a net computes in evaluation mode, with fewer calls.
#pragma once

#include <vector>

#include <cairn/ops/graph.h>

namespace cairn {

// Weights and biases that batch norms have been folded into, so that graphs of one net share them (one a batch size, say).
struct FoldedWeight {
  Tensor weight, running_var;  // whose they are
  Tensor folded_weight, folded_bias;
};
using FoldedWeights = std::vector<FoldedWeight>;

// Batch norms with running statistics that directly follow a convolution or a linear map become part of its weight and bias:
//
//   y = (w x + b - mean) rstd gamma + beta = (s w) x + (b - mean) s + beta       s = gamma rstd, one number for each output channel
//
// computed in f64 from the values that the constants have now: later changes of them do not reach the new graph. Results are equal up to
// rounding (1e-5 of their size). Everything else stays as it is: batch norms in training mode, behind something else, or whose input is
// used elsewhere, too.
Graph fold_batch_norm(const Graph& graph, FoldedWeights* shared = nullptr);

// A relu that directly follows a convolution becomes part of its kernel. The graph has no gradients from then on.
Graph fuse_relu(const Graph& graph);

}  // namespace cairn
