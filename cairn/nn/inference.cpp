#include <cairn/nn/inference.h>

#include <mutex>
#include <optional>

#include <cairn/autograd/modes.h>
#include <cairn/base/threads.h>
#include <cairn/ops/inference.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

// A pass of fewer operations stays on one thread as a whole, a tenth of a millisecond or two: a second one would have to be woken for
// every large op of it, which gains a third on an idle machine and loses a multiple wherever another program has that core.
constexpr double one_thread_flops = 5e7;

}  // namespace

struct InferenceModel::Traced {
  std::shared_ptr<const Graph> graph;  // null: cannot be traced
  bool one_thread = false;
};

struct InferenceModel::State {
  explicit State(std::shared_ptr<Module> n) : net(std::move(n)) { net->eval(); }

  Traced traced(const Tensor& x) {
    NoGrad no_grad;
    FlopCounter flops;
    AutocastScope as_it_is(f32);  // a later call may have it on: then the calls of the graph cast for themselves
    try {
      const Graph g = trace([&](const std::vector<Tensor>& in) { return std::vector<Tensor>{net->apply(in[0])}; }, {x});
      return {std::make_shared<const Graph>(fuse_relu(fold_batch_norm(g, &weights))), double(flops.total()) < one_thread_flops};
    } catch (const UnsupportedError&) { return {}; }
  }

  std::shared_ptr<Module> net;
  std::mutex mutex;
  FoldedWeights weights;
  std::vector<std::pair<std::pair<Shape, DType>, Traced>> graphs;
};

InferenceModel::InferenceModel(std::shared_ptr<Module> net) : state_(std::make_shared<State>(std::move(net))) {}

InferenceModel::Traced InferenceModel::traced(const Tensor& x) {
  std::lock_guard lock(state_->mutex);
  const std::pair<Shape, DType> key{x.shape(), x.dtype()};
  for (const auto& [k, t] : state_->graphs)
    if (k == key) return t;
  const Traced t = state_->traced(x);
  if (state_->graphs.size() >= 8) state_->graphs.erase(state_->graphs.begin());  // only for inputs whose shapes never repeat
  state_->graphs.emplace_back(key, t);
  return t;
}

std::shared_ptr<const Graph> InferenceModel::graph(const Tensor& x) { return traced(x).graph; }

Tensor InferenceModel::forward(const Tensor& x) {
  NoGrad no_grad;
  const Traced t = traced(x);
  if (!t.graph) return state_->net->apply(x);
  std::optional<InlineScope> alone;
  if (t.one_thread && num_threads() > 1) alone.emplace();
  return t.graph->run({x})[0];
}

std::string InferenceModel::options() const { return state_->net->type_name(); }

std::shared_ptr<InferenceModel> compile_for_inference(std::shared_ptr<Module> net, const Tensor& example) {
  auto model = std::make_shared<InferenceModel>(std::move(net));
  model->graph(example);
  return model;
}

}  // namespace cairn
