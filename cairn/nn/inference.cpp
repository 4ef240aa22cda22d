#include <cairn/nn/inference.h>

#include <mutex>

#include <cairn/autograd/modes.h>
#include <cairn/ops/inference.h>
#include <cairn/ops/ops.h>

namespace cairn {

struct InferenceModel::State {
  explicit State(std::shared_ptr<Module> n) : net(std::move(n)) { net->eval(); }

  std::shared_ptr<const Graph> traced(const Tensor& x) {
    NoGrad no_grad;
    AutocastScope as_it_is(f32);  // a later call may have it on: then the calls of the graph cast for themselves
    try {
      const Graph g = trace([&](const std::vector<Tensor>& in) { return std::vector<Tensor>{net->apply(in[0])}; }, {x});
      return std::make_shared<const Graph>(fuse_relu(fold_batch_norm(g, &weights)));
    } catch (const UnsupportedError&) { return nullptr; }
  }

  std::shared_ptr<Module> net;
  std::mutex mutex;
  FoldedWeights weights;
  std::vector<std::pair<std::pair<Shape, DType>, std::shared_ptr<const Graph>>> graphs;
};

InferenceModel::InferenceModel(std::shared_ptr<Module> net) : state_(std::make_shared<State>(std::move(net))) {}

std::shared_ptr<const Graph> InferenceModel::graph(const Tensor& x) {
  std::lock_guard lock(state_->mutex);
  const std::pair<Shape, DType> key{x.shape(), x.dtype()};
  for (const auto& [k, g] : state_->graphs)
    if (k == key) return g;
  auto g = state_->traced(x);
  if (state_->graphs.size() >= 8) state_->graphs.erase(state_->graphs.begin());  // only for inputs whose shapes never repeat
  state_->graphs.emplace_back(key, g);
  return g;
}

Tensor InferenceModel::forward(const Tensor& x) {
  NoGrad no_grad;
  const auto g = graph(x);
  return g ? g->run({x})[0] : state_->net->apply(x);
}

std::string InferenceModel::options() const { return state_->net->type_name(); }

std::shared_ptr<InferenceModel> compile_for_inference(std::shared_ptr<Module> net, const Tensor& example) {
  auto model = std::make_shared<InferenceModel>(std::move(net));
  model->graph(example);
  return model;
}

}  // namespace cairn
