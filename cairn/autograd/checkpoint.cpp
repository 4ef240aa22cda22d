// Activation checkpointing (Chen, Xu, Zhang, Guestrin 2016, "Training deep nets with sublinear memory cost"): the forward keeps
// only what the function reads; backward runs it again, with the random numbers it drew the first time.
//
// What it reads are its inputs and whatever its closure holds (parameters, other tensors): the door of the ops shows them
// (outside.h), and all of them become inputs of one node. In backward each is replaced by a fresh leaf, so that the replayed graph
// ends there: the run under way is not disturbed, and the node gives gradients to its inputs as any other does.
#include <cairn/autograd/autograd.h>
#include <cairn/autograd/node.h>
#include <cairn/autograd/outside.h>
#include <cairn/base/module_path.h>
#include <cairn/base/random.h>
#include <cairn/tensor/grad_mode.h>

namespace cairn {

namespace {

struct ReplayRandom {  // the generator as it was, for a scope
  explicit ReplayRandom(GeneratorState then) : now(generator_state()) { set_generator_state(then); }
  ~ReplayRandom() { set_generator_state(now); }
  GeneratorState now;
};

int place_of(const std::vector<Tensor>& list, const Tensor& x) {
  for (size_t i = 0; i < list.size(); i++)
    if (list[i].impl() == x.impl()) return int(i);
  return -1;
}

// The first run: collects what requires gradients. Nothing that it computes does, since it is not recorded.
class Collect final : public OutsideTensors {
 public:
  explicit Collect(const std::vector<Tensor>& inputs) : keys(inputs) {
    for (const Tensor& x : inputs) values.push_back(x.requires_grad() ? use_outer(x) : x);
  }
  Tensor use(const Tensor& x) override {
    int i = place_of(keys, x);
    if (i < 0) {
      i = int(keys.size());
      keys.push_back(x);
      values.push_back(use_outer(x));  // within another replay: the leaf that stands there
    }
    return values[size_t(i)];
  }
  std::vector<Tensor> keys, values;  // what the function holds, and what it computes with
};

// The second: computes with leaves in their place.
class StandIns final : public OutsideTensors {
 public:
  StandIns(const std::vector<Tensor>& keys, const std::vector<Tensor>& leaves) : keys_(keys), leaves_(leaves) {}
  Tensor use(const Tensor& x) override {
    const int i = place_of(keys_, x);
    return i < 0 ? use_outer(x) : leaves_[size_t(i)];
  }
 private:
  const std::vector<Tensor>&keys_, &leaves_;
};

// The whole state of the first run.
struct Recipe {
  std::function<Tensor(const std::vector<Tensor>&)> f;
  std::vector<Tensor> keys;
  size_t inputs = 0;  // the first of the keys are the inputs
  GeneratorState random;
  DType autocast = DType::f32;
  std::string where;

  void replay(Backward& b) const {
    std::vector<Tensor> leaves, wanted;
    std::vector<int> places;
    for (int i = 0; i < int(keys.size()); i++) {
      Tensor x = keys[size_t(i)].defined() ? b.input(i) : Tensor();
      if (x.requires_grad()) x = x.detach();  // numbers and constants stay what they are
      if (b.needs(i)) {
        wanted.push_back(x.set_requires_grad());
        places.push_back(i);
      }
      leaves.push_back(x);
    }
    Tensor again;
    {
      ReplayRandom numbers(random);
      detail::ModesScope modes;
      detail::modes.grad = true;
      detail::modes.autocast = autocast;
      if (autocast != f32) detail::modes.watchers |= detail::watch_autocast;
      ModuleScope at(where.c_str());
      StandIns scope(keys, leaves);
      again = f({leaves.begin(), leaves.begin() + int64_t(inputs)});
      if (again.requires_grad()) again = scope.use(again);  // it may return what it was given
    }
    const Tensor dy = b.grad(0);
    if (!again.defined() || again.shape() != dy.shape() || again.dtype() != dy.dtype())
      throw StateError("[checkpoint] the function's result was " + dy.shape().str() + " " + name_of(dy.dtype()) + " in the forward pass and is " +
                       (again.defined() ? again.shape().str() + " " + name_of(again.dtype()) : "not defined") +
                       " when it is replayed. Hint: it must compute the same both times.");
    std::vector<Tensor> g(wanted.size());
    if (again.requires_grad()) g = grad({again}, wanted, {dy}, false, false, true);
    for (size_t k = 0; k < wanted.size(); k++) {
      if (g[k].defined()) b.give(places[k], [&] { return g[k]; });
      else b.none(places[k], "the function does not depend on it");
    }
  }
};

}  // namespace

Tensor checkpoint(const std::function<Tensor(const std::vector<Tensor>&)>& f, const std::vector<Tensor>& inputs) {
  if (!f) throw StateError("[checkpoint] the function is empty.");
  if (!grad_enabled() || detail::tracing()) return f(inputs);  // a trace wants the calls themselves
  Recipe recipe{f, {}, inputs.size(), generator_state(), detail::modes.autocast, module_path()};
  std::vector<Tensor> values;
  Tensor y;
  {
    NoGrad off;
    Collect scope(inputs);
    y = f(inputs);
    if (y.requires_grad()) scope.use(y);
    recipe.keys = std::move(scope.keys);
    values = std::move(scope.values);
  }
  if (!is_floating(y.dtype()))
    throw DtypeError(std::string("[checkpoint] the function's result must be floating, it is ") + name_of(y.dtype()) + ".");

  bool any = false;
  for (const Tensor& x : values) any |= x.requires_grad();
  if (!any) return y;

  auto node = make_ref<Node>("checkpoint");
  node->once_only = "the forward is replayed, not recorded. Hint: leave checkpoint() out where a second derivative is needed.";
  node->where = recipe.where;
  node->outputs.push_back({y.shape(), y.dtype()});
  for (size_t i = 0; i < values.size(); i++) {
    node->inputs.push_back(Node::input_of(values[i]));
    if (values[i].defined()) node->saved.push_back({values[i], values[i].array().storage()->version(), int(i), -1});
  }
  node->set_function([recipe = std::move(recipe)](Backward& b) { recipe.replay(b); }, 0);

  auto impl = make_ref<TensorImpl>();
  impl->array = y.array();
  impl->edge = {node, 0};
  impl->requires_grad = true;
  return Tensor(impl);
}

}  // namespace cairn
