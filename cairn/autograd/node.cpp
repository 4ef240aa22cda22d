#include <cairn/autograd/node.h>

#include <algorithm>

#include <cairn/autograd/modes.h>
#include <cairn/base/module_path.h>

namespace cairn {

namespace {

thread_local uint64_t next_sequence = 0;
EngineOps installed_ops{};

std::string place(const std::string& where) { return where.empty() ? "" : " in " + where; }

}  // namespace

void install_engine_ops(const EngineOps& ops) { installed_ops = ops; }
const EngineOps& engine_ops() { return installed_ops; }

Node::Node(const char* n) : name(n), sequence(next_sequence++) {}
Node::~Node() = default;

void Node::run(Backward& b) const { call_ ? call_(closure_, b) : general_(b); }

void Node::release_saved() {
  saved.clear();
  kept.clear();
  general_ = nullptr;
  released = true;
}

// Deleting a node drops its inputs' nodes, which drop theirs: through a queue, so that the depth of the stack does not grow.
void Node::destroy() const noexcept {
  thread_local std::vector<const Node*>* queue = nullptr;
  if (queue) {
    queue->push_back(this);
    return;
  }
  std::vector<const Node*> waiting;
  queue = &waiting;
  delete this;
  while (!waiting.empty()) {
    const Node* next = waiting.back();
    waiting.pop_back();
    delete next;
  }
  queue = nullptr;
}

// ---- what a backward function sees

bool Backward::has_grad(int output) const { return (*grads_)[output].defined(); }

Tensor Backward::grad(int output) const {
  Tensor& g = (*grads_)[output];
  if (!g.defined()) g = zeros(node_->outputs[output].shape, node_->outputs[output].dtype);
  return g;
}

int Backward::input_count() const { return int(node_->inputs.size()); }
bool Backward::needs(int i) const { return node_->inputs[i].active; }

Tensor Backward::input(int i) const {
  for (const SavedTensor& s : node_->saved)
    if (s.input == i) {
      if (s.tensor.array().storage()->version() != s.version)
        throw StateError(std::string("[") + node_->name + "] input " + std::to_string(i) + " " + s.tensor.shape().str() + place(node_->where) +
                         " is needed for backward, but its values were written by " + s.tensor.array().storage()->last_writer() +
                         " after the forward pass. Hint: write to a clone(), or call backward() first.");
      return s.tensor;
    }
  throw StateError(std::string("[") + node_->name + "] backward reads input " + std::to_string(i) + ", which the forward did not save.");
}

Tensor Backward::output(int i) const {
  for (const SavedTensor& s : node_->saved)
    if (s.output == i) {
      if (s.tensor.array().storage()->version() != s.version)
        throw StateError(std::string("[") + node_->name + "] its result " + s.tensor.shape().str() + place(node_->where) +
                         " is needed for backward, but its values were written by " + s.tensor.array().storage()->last_writer() +
                         " after the forward pass. Hint: write to a clone(), or call backward() first.");
      if (!create_graph_) return s.tensor;
      auto impl = make_ref<TensorImpl>();
      impl->array = s.tensor.array();
      impl->edge = {Ref<GraphNode>(node_), i};
      impl->requires_grad = true;
      return Tensor(impl);
    }
  throw StateError(std::string("[") + node_->name + "] backward reads output " + std::to_string(i) + ", which the forward did not save.");
}

Tensor Backward::stored(int i) const { return Tensor(node_->kept.at(i)); }

void Backward::none(int i, const char*) { none_.push_back(i); }

void Backward::put(int i, Tensor g) {
  const Node::Input& input = node_->inputs[i];
  if (g.shape() != input.shape)
    throw StateError(std::string("[") + node_->name + "] backward gave input " + std::to_string(i) + " a gradient of shape " + g.shape().str() +
                     " but the input is " + input.shape.str() + place(node_->where) + ".");
  if (g.dtype() != input.dtype) g = engine_ops().cast(g, input.dtype);
  (*given_)[i] = std::move(g);
}

}  // namespace cairn
