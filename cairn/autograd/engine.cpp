// Backpropagation: nodes run from the latest to the earliest, each once, when the gradients of all its outputs have arrived.
// Nothing here recurses, so a chain of 100,000 calls is as good as one of ten.
#include <algorithm>
#include <atomic>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/hooks.h>
#include <cairn/autograd/node.h>
#include <cairn/tensor/grad_mode.h>

namespace cairn {

namespace {

// A place whose gradient grad() was asked for: a leaf, or output `output` of a node.
struct Target {
  TensorImpl* leaf = nullptr;
  Node* node = nullptr;
  int output = 0;
  Tensor gradient;
};

Node* node_of(const Edge& edge) { return static_cast<Node*>(edge.node.get()); }

std::string place(const Node& n) { return n.where.empty() ? "" : " in " + n.where; }

std::atomic<uint64_t> runs{0};  // of the process: a graph may be made in one thread and used in another

}  // namespace

class Engine {
 public:
  Engine(bool retain_graph, bool create_graph, std::vector<Target>* targets)
      : retain_(retain_graph), create_(create_graph), targets_(targets), run_(++runs), outer_(innermost) {
    anomaly_ = anomaly_enabled() || (outer_ && outer_->anomaly_);
    innermost = this;
    // Backward computes in the types of the forward, and its ops record only when the graph of gradients is wanted. Anomalies
    // are looked for where a whole gradient is known, not within its formula.
    detail::modes.grad = create_graph;
    detail::modes.autocast = f32;
    detail::modes.watchers &= ~uint32_t{detail::watch_anomaly};
  }
  ~Engine() { innermost = outer_; }

  void run(const std::vector<Tensor>& outputs, const std::vector<Tensor>& gradients) {
    try {
      go(outputs, gradients);
    } catch (...) {
      forget(outputs);
      throw;
    }
  }

 private:
  void go(const std::vector<Tensor>& outputs, const std::vector<Tensor>& gradients) {
    for (const Tensor& y : outputs)
      if (y.impl()->edge) discover(node_of(y.impl()->edge));
    for (size_t i = 0; i < outputs.size(); i++) arrive(outputs[i], gradients[i]);
    for (size_t i = 0; i < outputs.size(); i++)
      if (outputs[i].impl()->edge) {
        Node* n = node_of(outputs[i].impl()->edge);
        if (--n->visit.waiting == 0) make_ready(n);
      }
    while (!ready_.empty()) {
      std::pop_heap(ready_.begin(), ready_.end(), earlier);
      Ref<Node> n = std::move(ready_.back());
      ready_.pop_back();
      process(*n);
    }
    for (size_t i = 0; i < hooked_.size(); i++) {  // by index: a hook must not find the list half read
      auto [leaf, g] = std::move(hooked_[i]);
      call_hooks(leaf->hooks->list, g, leaf->array.dtype());
      deposit(leaf.get(), std::move(g));
    }
  }

  // After an error: gradients that wait in nodes could hold the graph that holds them.
  void forget(const std::vector<Tensor>& outputs) {
    std::vector<Node*> stack;
    auto push = [&](const Edge& edge) {
      if (edge && node_of(edge)->visit.run == run_) stack.push_back(node_of(edge));
    };
    for (const Tensor& y : outputs) push(y.impl()->edge);
    while (!stack.empty()) {
      Node* n = stack.back();
      stack.pop_back();
      n->visit.run = 0;
      n->visit.grads.clear();
      for (const Node::Input& in : n->inputs) push(in.edge);
    }
  }

  static bool earlier(const Ref<Node>& a, const Ref<Node>& b) { return a->sequence < b->sequence; }

  // Counts how many gradients each reachable node waits for, and which nodes lead to something that wants one. Depth first,
  // with an explicit stack: a node is finished when all its inputs are.
  void discover(Node* root) {
    root->visit.run == run_ ? void() : walk(root);
    root->visit.waiting++;  // the output itself; taken back in run()
  }

  void enter(Node* n) {
    for (const Engine* e = outer_; e; e = e->outer_)
      if (n->visit.run == e->run_)
        throw StateError(std::string("[") + n->name + "] backward was called, within a hook or a backward function, on the graph" + place(*n) +
                         " that is being worked on. Hint: detach() what the hook computes with.");
    n->visit.run = run_;
    n->visit.waiting = 0;
    n->visit.active = false;
    n->visit.grads.assign(n->outputs.size(), Tensor());
  }

  void walk(Node* root) {
    struct Frame {
      Node* node;
      size_t next;
    };
    std::vector<Frame> stack;
    enter(root);
    stack.push_back({root, 0});
    while (!stack.empty()) {
      Frame& f = stack.back();
      if (f.next < f.node->inputs.size()) {
        Node::Input& in = f.node->inputs[f.next];
        Node* child = in.needs ? node_of(in.edge) : nullptr;
        if (child && child->visit.run != run_) {
          enter(child);
          stack.push_back({child, 0});
          continue;  // come back to this input when the child is finished
        }
        in.active = in.needs && (child ? child->visit.active || is_target(child, in.edge.output) : wants(in.leaf.get()));
        if (in.active) f.node->visit.active = true;
        f.next++;
      } else {
        // Only inputs whose gradient will really be computed are waited for.
        if (f.node->visit.active && f.node->released)
          throw StateError(std::string("[") + f.node->name + "] backward ran through this graph" + place(*f.node) +
                           " before and freed what it had saved. Hint: pass retain_graph = true the first time, or run the forward again.");
        if (f.node->visit.active)
          for (Node::Input& in : f.node->inputs)
            if (in.active && in.edge) node_of(in.edge)->visit.waiting++;
        stack.pop_back();
      }
    }
  }

  bool is_target(Node* n, int output) const {
    if (!targets_) return false;
    return std::any_of(targets_->begin(), targets_->end(), [&](const Target& t) { return t.node == n && t.output == output; });
  }
  bool wants(TensorImpl* leaf) const {
    if (!leaf) return false;
    if (!targets_) return true;
    return std::any_of(targets_->begin(), targets_->end(), [&](const Target& t) { return t.leaf == leaf; });
  }

  void arrive(const Tensor& y, const Tensor& g) {
    if (y.impl()->edge) add_to(node_of(y.impl()->edge)->visit.grads[y.impl()->edge.output], g);
    else accumulate(y.impl().get(), g);
  }

  void add_to(Tensor& sum, const Tensor& g) const {
    if (!sum.defined()) {
      sum = g;
      return;
    }
    sum = engine_ops().add(sum, g);
    if (anomaly_ && !engine_ops().all_finite(sum.array()))
      throw NumericError("[backward] two finite gradients " + g.shape().str() + " " + name_of(g.dtype()) +
                         " of one tensor overflow when they are added up.");
  }

  // Hooks in the order of their registration; each sees what the one before returned.
  static void call_hooks(const HookList& hooks, Tensor& g, DType dtype) {
    const HookList list = hooks;  // a hook may remove itself
    for (const auto& [number, hook] : list) {
      Tensor changed = hook(g);
      if (!changed.defined()) continue;
      if (changed.shape() != g.shape())
        throw ShapeError("[register_hook] a hook changed the shape of its gradient (got " + g.shape().str() + ", returned " + changed.shape().str() +
                         ").");
      g = changed.dtype() == dtype ? changed : engine_ops().cast(changed, dtype);
    }
  }

  void make_ready(Node* n) {
    ready_.push_back(Ref<Node>(n));
    std::push_heap(ready_.begin(), ready_.end(), earlier);
  }

  void process(Node& n) {
    std::vector<Tensor> grads = std::move(n.visit.grads);
    n.visit.grads.clear();
    complete_outputs(n, grads);
    const bool any = std::any_of(grads.begin(), grads.end(), [](const Tensor& g) { return g.defined(); });
    std::vector<Tensor> given(n.inputs.size());
    if (n.visit.active && any) {
      if (create_ && n.once_only) throw UnsupportedError(std::string("[") + n.name + "] has no second derivative: " + n.once_only);
      Backward b(&n, &grads, &given, create_);
      n.run(b);
      check_decisions(n, b, given);
      if (!retain_) n.release_saved();
    }
    for (size_t i = 0; i < n.inputs.size(); i++) {
      Node::Input& in = n.inputs[i];
      if (!in.active) continue;
      Tensor g = std::move(given[i]);
      if (in.leaf) {
        if (g.defined()) accumulate(in.leaf.get(), std::move(g));
      } else if (n.visit.active) {
        Node* child = node_of(in.edge);
        if (g.defined()) add_to(child->visit.grads[in.edge.output], g);
        if (--child->visit.waiting == 0) make_ready(child);
      }
    }
  }

  // The gradients of a node's outputs are complete: hooks may change them, retain_grad and grad() keep them.
  void complete_outputs(Node& n, std::vector<Tensor>& grads) {
    for (size_t o = 0; o < n.hooks.size(); o++)
      if (grads[o].defined()) call_hooks(n.hooks[o], grads[o], n.outputs[o].dtype);
    if (!targets_)
      for (auto& [output, box] : n.retained)
        if (const Tensor& g = grads[size_t(output)]; g.defined())
          box->array = box->array.defined() ? engine_ops().add(Tensor(box->array), g.detach()).array() : contiguous_copy(g.array());
    if (targets_)
      for (Target& t : *targets_)
        if (t.node == &n) t.gradient = grads[t.output];
  }

  void check_decisions(const Node& n, const Backward& b, const std::vector<Tensor>& given) {
    for (size_t i = 0; i < n.inputs.size(); i++) {
      if (!n.inputs[i].active) continue;
      if (!given[i].defined() && std::find(b.none_.begin(), b.none_.end(), int(i)) == b.none_.end())
        throw StateError(std::string("[") + n.name + "] backward decided nothing about input " + std::to_string(i) +
                         ": give() it a gradient or none() it with the reason.");
      if (given[i].defined() && anomaly_ && !engine_ops().all_finite(given[i].array()))
        throw NumericError(std::string("[") + n.name + "] backward made NaN or infinity in the gradient of input " + std::to_string(i) + " " +
                           n.inputs[i].shape.str() + place(n) + ".");
    }
  }

  // Hooks want the sum over all uses of a leaf, which is known at the end.
  void accumulate(TensorImpl* leaf, Tensor g) {
    if (!leaf->hooks || leaf->hooks->list.empty()) return deposit(leaf, std::move(g));
    for (auto& [other, sum] : hooked_)
      if (other.get() == leaf) return add_to(sum, g);
    hooked_.emplace_back(Ref<TensorImpl>(leaf), std::move(g));
  }

  void deposit(TensorImpl* leaf, Tensor g) {
    if (targets_) {
      for (Target& t : *targets_)
        if (t.leaf == leaf) add_to(t.gradient, g);
      return;
    }
    if (leaf->grad && leaf->grad->array.defined()) {
      Tensor sum(leaf->grad);
      add_to(sum, g);
      leaf->grad = sum.impl();
    } else {
      // A gradient that nobody else holds becomes the leaf's; anything shared or expanded is copied.
      const Array& a = g.array();
      const bool ours =
          g.impl()->unique() && a.storage()->unique() && a.contiguous() && a.numel() * size_of(a.dtype()) == int64_t(a.storage()->bytes());
      leaf->grad = ours ? g.impl() : create_ ? engine_ops().clone(g).impl() : Tensor(contiguous_copy(a)).impl();
    }
  }

  detail::ModesScope modes_;  // first: what the constructor changes comes back, whatever happens
  bool retain_, create_, anomaly_ = false;
  std::vector<Target>* targets_;
  uint64_t run_;
  std::vector<Ref<Node>> ready_;
  std::vector<std::pair<Ref<TensorImpl>, Tensor>> hooked_;  // leaves with hooks, and their gradients so far
  Engine* outer_;                                           // the run whose node or hook called this one
  static inline thread_local constinit Engine* innermost = nullptr;
};

namespace {

std::vector<Tensor> first_gradients(const char* who, const std::vector<Tensor>& outputs, const std::vector<Tensor>& gradients) {
  if (!gradients.empty() && gradients.size() != outputs.size())
    throw StateError(std::string("[") + who + "] got " + std::to_string(gradients.size()) + " gradients for " + std::to_string(outputs.size()) +
                     " outputs.");
  std::vector<Tensor> result;
  for (size_t i = 0; i < outputs.size(); i++) {
    const Tensor& y = outputs[i];
    if (!y.defined() || !y.requires_grad())
      throw StateError(
          std::string("[") + who + "] output " + std::to_string(i) +
          " does not depend on anything that requires gradients. Hint: set_requires_grad() on a leaf, and no NoGrad around the forward.");
    Tensor g = i < gradients.size() ? gradients[i] : Tensor();
    if (!g.defined()) {
      if (y.numel() != 1)
        throw StateError(
            std::string("[") + who + "] output " + y.shape().str() +
            " has more than one element, so its gradient must be given. Hint: take a mean() or sum(), or pass a gradient of that shape.");
      g = ones(y.shape(), y.dtype());
    } else if (g.shape() != y.shape()) {
      throw ShapeError(std::string("[") + who + "] the gradient must have the output's shape (output " + y.shape().str() + ", gradient " +
                       g.shape().str() + ").");
    }
    result.push_back(g.dtype() == y.dtype() ? g : engine_ops().cast(g, y.dtype()));
  }
  return result;
}

}  // namespace

void backward(const std::vector<Tensor>& outputs, const std::vector<Tensor>& gradients, bool retain_graph, bool create_graph) {
  std::vector<Tensor> first = first_gradients("backward", outputs, gradients);
  Engine(retain_graph || create_graph, create_graph, nullptr).run(outputs, first);
}

std::vector<Tensor> grad(const std::vector<Tensor>& outputs, const std::vector<Tensor>& inputs, const std::vector<Tensor>& gradients,
                         bool retain_graph, bool create_graph, bool allow_unused) {
  std::vector<Tensor> first = first_gradients("grad", outputs, gradients);
  std::vector<Target> targets;
  for (size_t i = 0; i < inputs.size(); i++) {
    const Tensor& x = inputs[i];
    if (!x.defined() || !x.requires_grad())
      throw StateError("[grad] input " + std::to_string(i) + " does not require gradients. Hint: set_requires_grad() before the forward.");
    Target t;
    if (x.impl()->edge) t.node = node_of(x.impl()->edge), t.output = x.impl()->edge.output;
    else t.leaf = x.impl().get();
    targets.push_back(t);
  }
  Engine(retain_graph || create_graph, create_graph, &targets).run(outputs, first);
  std::vector<Tensor> result;
  for (size_t i = 0; i < targets.size(); i++) {
    if (!targets[i].gradient.defined() && !allow_unused)
      throw StateError("[grad] the outputs do not depend on input " + std::to_string(i) + " " + inputs[i].shape().str() +
                       ". Hint: allow_unused = true returns an undefined tensor for it.");
    result.push_back(targets[i].gradient);
  }
  return result;
}

}  // namespace cairn
