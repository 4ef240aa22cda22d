// Activation checkpointing (Chen, Xu, Zhang, Guestrin 2016, "Training deep nets with sublinear memory cost"): the forward keeps
// only its inputs; backward runs it again, with the random numbers it drew the first time.
#include <cairn/autograd/autograd.h>
#include <cairn/autograd/node.h>
#include <cairn/base/module_path.h>
#include <cairn/base/random.h>
#include <cairn/tensor/grad_mode.h>

namespace cairn {

namespace {

struct ReplayRandom {                              // the generator as it was, for a scope
  explicit ReplayRandom(GeneratorState then) : now(generator_state()) { set_generator_state(then); }
  ~ReplayRandom() { set_generator_state(now); }
  GeneratorState now;
};

}  // namespace

Tensor checkpoint(const std::function<Tensor(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs) {
  if (!grad_enabled()) return f(inputs);
  const GeneratorState start = generator_state();
  Tensor y;
  {
    NoGrad off;
    y = f(inputs);
  }
  if (!is_floating(y.dtype()))
    throw DtypeError(std::string("[checkpoint] the function's result must be floating, it is ") + name_of(y.dtype()) + ".");

  auto node = make_ref<Node>("checkpoint");
  node->once_only = "the forward is replayed, not recorded. Hint: leave checkpoint() out where a second derivative is needed.";
  node->where = module_path();
  node->outputs.push_back({y.shape(), y.dtype()});
  for (size_t i = 0; i < inputs.size(); i++) {
    const Tensor& x = inputs[i];
    Node::Input in;
    in.needs = x.defined() && x.requires_grad();
    if (x.defined()) in.shape = x.shape(), in.dtype = x.dtype();
    if (in.needs && x.impl()->edge) in.edge = x.impl()->edge;
    else if (in.needs) in.leaf = x.impl();
    node->inputs.push_back(in);
    if (x.defined()) node->saved.push_back({x, x.array().storage()->version(), int(i), -1});
  }
  // Parameters that f reads from outside are inputs nobody can see from here: an input that always wants a gradient stands for
  // them, so that backward comes by; their gradients go straight into their leaves.
  auto outside = make_ref<TensorImpl>();
  outside->array = Array(Shape{0}, y.dtype());
  outside->requires_grad = true;
  Node::Input unseen;
  unseen.leaf = outside;
  unseen.needs = true;
  unseen.shape = Shape{0};
  unseen.dtype = y.dtype();
  node->inputs.push_back(unseen);

  const int count = int(inputs.size());
  node->set_function([f, start, count](Backward& b) {
    std::vector<Tensor> x(static_cast<size_t>(count));
    for (int i = 0; i < count; i++) {
      x[i] = b.input(i).detach();
      if (b.needs(i)) x[i].set_requires_grad();
    }
    Tensor again;
    {
      ReplayRandom replay(start);
      EnableGrad on;
      again = f(x);
    }
    if (again.requires_grad()) backward({again}, {b.grad(0)});
    for (int i = 0; i < count; i++)
      if (b.needs(i)) b.give(i, [&] { return x[i].grad().defined() ? x[i].grad() : zeros(x[i].shape(), x[i].dtype()); });
    b.none(count, "the outside parameters have theirs already");
  }, 0);

  auto impl = make_ref<TensorImpl>();
  impl->array = y.array();
  impl->edge = {node, 0};
  impl->requires_grad = true;
  return Tensor(impl);
}

}  // namespace cairn
