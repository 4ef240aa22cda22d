// A net for inference: traced, its batch norms folded into the weights before them, its activations fused (ops/inference.h).
#pragma once

#include <memory>

#include <cairn/nn/module.h>
#include <cairn/ops/graph.h>

namespace cairn {

// What it computes is what `net` computes in evaluation mode, up to rounding (1e-5 of the results' size), without gradients. The weights
// are those that the net has at the first call: compile again after training on. A net that cannot be traced (its forward reads values)
// runs as it is. Calls from several threads are safe.
class InferenceModel : public Layer<InferenceModel> {
 public:
  explicit InferenceModel(std::shared_ptr<Module> net);  // which goes into evaluation mode
  Tensor forward(const Tensor& x);                       // traces for a shape that is new; the errors are those of the net
  // The calls for inputs of x's shape; null for a net that cannot be traced.
  std::shared_ptr<const Graph> graph(const Tensor& x);
  std::string options() const override;

 private:
  struct State;
  struct Traced;
  Traced traced(const Tensor& x);
  std::shared_ptr<State> state_;
};

// Ready for inputs of the example's shape.
std::shared_ptr<InferenceModel> compile_for_inference(std::shared_ptr<Module> net, const Tensor& example);

}  // namespace cairn
