#include <cairn/autograd/node.h>

#include <algorithm>

namespace cairn {

namespace {

thread_local uint64_t next_sequence = 0;

std::string place(const std::string& where) { return where.empty() ? "" : " in " + where; }

}  // namespace

Node::Node(const char* n) : name(n), sequence(next_sequence++) {}
Node::~Node() = default;

Node::Input Node::input_of(const Tensor& x) {
  Input in;
  if (!x.defined()) return in;
  in.shape = x.shape();
  in.dtype = x.dtype();
  in.needs = x.requires_grad();
  if (!in.needs) return in;
  if (x.impl()->edge) in.edge = x.impl()->edge;
  else in.leaf = x.impl();
  return in;
}

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

Tensor& Backward::grad_slot(int output) const {
  if (output < 0 || size_t(output) >= grads_->size())
    throw StateError(std::string("[") + node_->name + "] backward asks for the gradient of output " + std::to_string(output) + ", but the op has " +
                     std::to_string(grads_->size()) + ".");
  return (*grads_)[size_t(output)];
}

bool Backward::has_grad(int output) const { return grad_slot(output).defined(); }

Tensor Backward::grad(int output) const {
  Tensor& g = grad_slot(output);
  if (!g.defined()) g = zeros(node_->outputs[size_t(output)].shape, node_->outputs[size_t(output)].dtype);
  return g;
}

int Backward::input_count() const { return int(node_->inputs.size()); }

bool Backward::needs(int i) const {
  if (i < 0 || i >= input_count())
    throw StateError(std::string("[") + node_->name + "] backward speaks of input " + std::to_string(i) + ", but the op has " +
                     std::to_string(input_count()) + ".");
  return node_->inputs[size_t(i)].active;
}

const Shape& Backward::input_shape(int i) const {
  needs(i);
  return node_->inputs[size_t(i)].shape;
}

const SavedTensor& Backward::unchanged(const SavedTensor& s, const std::string& what) const {
  const Storage& storage = *s.tensor.array().storage();
  if (storage.version() != s.version)
    throw StateError(std::string("[") + node_->name + "] " + what + " " + s.tensor.shape().str() + place(node_->where) +
                     " is needed for backward, but " + storage.last_writer() +
                     " has written to its memory since the forward pass. Hint: write to a clone(), or call backward() first.");
  return s;
}

Tensor Backward::input(int i) const {
  for (const SavedTensor& s : node_->saved)
    if (s.input == i) return unchanged(s, "input " + std::to_string(i)).tensor;
  throw StateError(std::string("[") + node_->name + "] backward reads input " + std::to_string(i) + ", which the forward did not save.");
}

Tensor Backward::output(int i) const {
  for (const SavedTensor& s : node_->saved)
    if (s.output == i) {
      const Tensor& y = unchanged(s, "its result").tensor;
      if (!create_graph_ || !is_floating(y.dtype())) return y;
      auto impl = make_ref<TensorImpl>();
      impl->array = y.array();
      impl->edge = {Ref<GraphNode>(node_), i};
      impl->requires_grad = true;
      return Tensor(impl);
    }
  throw StateError(std::string("[") + node_->name + "] backward reads output " + std::to_string(i) + ", which the forward did not save.");
}

Tensor Backward::stored(int i) const {
  if (i < 0 || size_t(i) >= node_->kept.size())
    throw StateError(std::string("[") + node_->name + "] backward reads array " + std::to_string(i) + ", but the forward kept " +
                     std::to_string(node_->kept.size()) + ".");
  return unchanged(node_->kept[size_t(i)], "an array that the forward kept").tensor;
}

void Backward::none(int i, const char*) { none_.push_back(i); }

void Backward::put(int i, Tensor g) {
  const Node::Input& input = node_->inputs[size_t(i)];
  if (!g.defined() || g.shape() != input.shape)
    throw StateError(std::string("[") + node_->name + "] backward gave input " + std::to_string(i) + " a gradient of shape " +
                     (g.defined() ? g.shape().str() : "(not defined)") + " but the input is " + input.shape.str() + place(node_->where) + ".");
  if (g.dtype() != input.dtype) g = engine_ops().cast(g, input.dtype);
  (*given_)[size_t(i)] = std::move(g);
}

}  // namespace cairn
