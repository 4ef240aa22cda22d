// Tensor's members that belong to autograd.
#include <algorithm>
#include <atomic>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/hooks.h>
#include <cairn/autograd/node.h>

namespace cairn {

namespace {

TensorImpl& defined_impl(const char* op, const Ref<TensorImpl>& impl) {
  if (!impl) throw StateError(std::string("[") + op + "] the tensor is not defined.");
  return *impl;
}

// Where the hooks of this tensor lie.
HookList* hooks_of(TensorImpl& t, bool make) {
  if (t.edge) {
    Node& n = *static_cast<Node*>(t.edge.node.get());
    if (n.hooks.empty() && make) n.hooks.resize(n.outputs.size());
    return n.hooks.empty() ? nullptr : &n.hooks[size_t(t.edge.output)];
  }
  if (!t.hooks && make) t.hooks = {new TensorImpl::Hooks, [](TensorImpl::Hooks* h) { delete h; }};
  return t.hooks ? &t.hooks->list : nullptr;
}

std::atomic<int> next_hook{1};

}  // namespace

bool Tensor::requires_grad() const { return impl_ && impl_->requires_grad; }
bool Tensor::is_leaf() const { return !impl_ || !impl_->edge; }

Tensor& Tensor::set_requires_grad(bool on) {
  TensorImpl& t = defined_impl("set_requires_grad", impl_);
  if (on && !is_floating(dtype()))
    throw DtypeError(std::string("[set_requires_grad] only floating tensors have gradients, this one is ") + name_of(dtype()) + ". Hint: x.to(f32).");
  if (t.edge) throw StateError("[set_requires_grad] this tensor is the result of a computation. Hint: detach() gives a leaf with the same values.");
  t.requires_grad = on;
  return *this;
}

// The kept gradient of a result lies in a box that its node writes into: readers get a handle of their own.
Tensor Tensor::grad() const {
  const TensorImpl& t = defined_impl("grad", impl_);
  if (!t.grad || !t.grad->array.defined()) return {};
  return t.keeps_grad ? Tensor(t.grad->array) : Tensor(t.grad);
}

void Tensor::set_grad(const Tensor& g) {
  TensorImpl& t = defined_impl("set_grad", impl_);
  if (g.defined() && (g.shape() != shape() || g.dtype() != dtype()))
    throw ShapeError("[set_grad] a gradient has its tensor's shape and type (tensor " + shape().str() + " " + name_of(dtype()) + ", gradient " +
                     g.shape().str() + " " + name_of(g.dtype()) + ").");
  if (t.keeps_grad) t.grad->array = g.defined() ? g.array() : Array();
  else t.grad = g.impl();
}

void Tensor::zero_grad() {
  TensorImpl& t = defined_impl("zero_grad", impl_);
  if (t.keeps_grad) t.grad->array = Array();
  else t.grad = nullptr;
}

void Tensor::backward(const Tensor& gradient, bool retain_graph, bool create_graph) const {
  cairn::backward({*this}, gradient.defined() ? std::vector<Tensor>{gradient} : std::vector<Tensor>{}, retain_graph, create_graph);
}

Tensor Tensor::detach() const { return Tensor(array()); }

int Tensor::register_hook(std::function<Tensor(const Tensor&)> hook) {
  TensorImpl& t = defined_impl("register_hook", impl_);
  if (!t.requires_grad) throw StateError("[register_hook] this tensor does not require gradients, so its hook would never run.");
  if (!hook) throw StateError("[register_hook] the hook is an empty function.");
  const int number = next_hook++;
  hooks_of(t, true)->emplace_back(number, std::move(hook));
  return number;
}

void Tensor::remove_hook(int number) {
  if (HookList* list = hooks_of(defined_impl("remove_hook", impl_), false)) std::erase_if(*list, [&](const auto& h) { return h.first == number; });
}

// The gradient goes into a box that both the tensor and the node hold: the node must not point back at the tensor.
void Tensor::retain_grad() {
  TensorImpl& t = defined_impl("retain_grad", impl_);
  if (!t.requires_grad) throw StateError("[retain_grad] this tensor does not require gradients, so there will be none to keep.");
  if (!t.edge || t.keeps_grad) return;
  t.keeps_grad = true;
  t.grad = make_ref<TensorImpl>();
  static_cast<Node*>(t.edge.node.get())->retained.push_back({t.edge.output, t.grad});
}

}  // namespace cairn
