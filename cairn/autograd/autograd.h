// Gradients as a user sees them.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <cairn/autograd/modes.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

// Accumulates d(outputs)/d(leaf) into leaf.grad() for every leaf that requires it. `gradients`: of the outputs; missing ones are 1 for
// outputs of one element (StateError otherwise). The graph is freed as it is consumed unless retain_graph (create_graph implies it).
// With create_graph the gradients are results themselves: leaf.grad() then holds the graph that holds the leaf, until
// zero_grad(). grad() has no such circle.
void backward(const std::vector<Tensor>& outputs, const std::vector<Tensor>& gradients = {}, bool retain_graph = false, bool create_graph = false);

// The gradients with respect to `inputs` (leaves or results), without touching any .grad(). An input that the outputs do not depend
// on: StateError, or an undefined tensor when allow_unused.
std::vector<Tensor> grad(const std::vector<Tensor>& outputs, const std::vector<Tensor>& inputs, const std::vector<Tensor>& gradients = {},
                         bool retain_graph = false, bool create_graph = false, bool allow_unused = false);

// Activation checkpointing: runs f without recording and runs it again in backward, random ops replayed from the same positions.
// Saves the memory of everything between inputs and outputs for one more forward (Chen et al. 2016).
// Parameters and tensors that f holds get their gradients as the inputs do. f is kept until backward, so what it captures by
// reference must live as long; it must compute the same both times (StateError when it does not). No second derivative.
Tensor checkpoint(const std::function<Tensor(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs);

using TensorFunction = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;
struct GradcheckOptions {
  double eps = 1e-6, rtol = 1e-5, atol = 1e-7;
};
struct GradcheckResult {
  bool ok = true;
  double worst_error = 0;                 // largest |analytic - numeric|
  int64_t elements = 0;                   // how many partial derivatives were compared
  std::string message;                    // where it is worst: input, element, both values
  std::vector<Tensor> analytic, numeric;  // Jacobians [outputs, inputs], a pair for each (output, input)
};
// Compares backward with central differences, every element of every f64 input that requires gradients against every element of
// every output. DtypeError for inputs that are not f64.
GradcheckResult gradcheck(const TensorFunction& f, const std::vector<Tensor>& inputs, const GradcheckOptions& options = {});
// The same for the gradient function itself (second derivatives).
GradcheckResult gradgradcheck(const TensorFunction& f, const std::vector<Tensor>& inputs, const GradcheckOptions& options = {});

// The graph behind a tensor in Graphviz's DOT language.
std::string graph_dot(const Tensor& output);

}  // namespace cairn
