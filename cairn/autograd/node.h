// The graph: one Node a recorded call. A node knows its inputs' edges, what it saved, and a function that turns the gradients of
// its outputs into gradients of its inputs. Nodes point only towards inputs (outputs are stored without their edge), so no cycle
// can arise.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include <cairn/tensor/tensor.h>

namespace cairn {

class Node;
using HookList = std::vector<std::pair<int, std::function<Tensor(const Tensor&)>>>;  // each with the number that removes it

// A tensor that backward needs, as it was: reading it checks the storage's version and names both places when it was written to.
struct SavedTensor {
  Tensor tensor;  // an input (with its edge); or an output without its edge
  uint32_t version = 0;
  int input = -1, output = -1;  // which input or output of the node it is; neither for auxiliary arrays
};

// What a backward function sees. DESIGN 3 has the contract: each input that needs a gradient is given one or is none().
class Backward {
 public:
  Tensor grad(int output = 0) const;  // zeros when nothing flowed into it
  bool has_grad(int output) const;
  Tensor input(int i) const;       // StateError unless saved
  Tensor output(int i = 0) const;  // StateError unless saved; re-attached to the graph under create_graph
  bool needs(int i) const;         // does input i want a gradient? StateError when there is no input i
  bool create_graph() const { return create_graph_; }
  int input_count() const;
  const Shape& input_shape(int i) const;  // known without saving input i; of an undefined one []
  // An auxiliary array that the forward stored, or under create_graph the formula that makes it differentiable.
  template <class F> Tensor kept(int i, F&& formula) const { return create_graph_ ? formula() : stored(i); }
  Tensor stored(int i) const;
  // Gives input i its gradient; the formula runs only when it is needed.
  template <class F> void give(int i, F&& formula) {
    if (needs(i)) put(i, formula());
  }
  void none(int i, const char* why);  // no gradient reaches input i, and that is right

 private:
  friend class Engine;
  explicit Backward(Node* node, std::vector<Tensor>* grads, std::vector<Tensor>* given, bool create_graph)
      : node_(node), grads_(grads), given_(given), create_graph_(create_graph) {}
  void put(int i, Tensor g);
  Tensor& grad_slot(int output) const;
  const SavedTensor& unchanged(const SavedTensor& s, const std::string& what) const;  // StateError when it was written to
  Node* node_ = nullptr;
  std::vector<Tensor>* grads_ = nullptr;  // of outputs
  std::vector<Tensor>* given_ = nullptr;  // of inputs
  bool create_graph_ = false;
  std::vector<int> none_;  // inputs that none() spoke of
};

class Node final : public GraphNode {
 public:
  static constexpr size_t closure_bytes = 160;
  // Where a gradient goes: to the node that made the input, or into a leaf's grad. `active`: wanted in the run under way.
  struct Input {
    Edge edge;
    Ref<TensorImpl> leaf;
    bool needs = false, active = false;
    Shape shape;
    DType dtype = f32;
  };
  struct Output {
    Shape shape;
    DType dtype = f32;
  };

  static Input input_of(const Tensor& x);  // where x's gradient will go

  explicit Node(const char* name);
  ~Node() override;

  // Closures capture plain values only: tensors go through save(), where versions are checked and cycles avoided.
  template <class F> void set_function(F f) {
    static_assert(std::is_trivially_copyable_v<F>, "a backward closure captures plain values only; save tensors with op.save()");
    static_assert(sizeof(F) <= closure_bytes);
    new (closure_) F(f);
    call_ = [](const void* c, Backward& b) { (*static_cast<const F*>(c))(b); };
  }
  // For whatever needs owned state (checkpointing, user functions in std::function).
  void set_function(std::function<void(Backward&)> f, int) { general_ = std::move(f); }

  const char* name;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<SavedTensor> saved;
  std::vector<SavedTensor> kept;                          // auxiliary arrays of the forward
  std::string where;                                      // module path at the call; empty at the top
  uint64_t sequence;                                      // order of creation: backward runs from the highest down
  const char* once_only = nullptr;                        // why it has no second derivative
  bool released = false;                                  // its saved values are gone (backward without retain_graph)
  std::vector<HookList> hooks;                            // of each output; empty when there are none at all
  std::vector<std::pair<int, Ref<TensorImpl>>> retained;  // results that keep their gradient (as impl without edge)

  void run(Backward& b) const;
  void release_saved();

  // Scratch of the engine: a graph belongs to one thread.
  struct Visit {
    uint64_t run = 0;           // the run that these values belong to
    int waiting = 0;            // consumers whose gradient has not arrived
    bool active = false;        // leads to something that wants a gradient
    std::vector<Tensor> grads;  // of the outputs, summed so far
  } visit;

 private:
  void destroy() const noexcept override;  // iterative, so that a chain of 100,000 nodes does not overflow the stack
  alignas(16) std::byte closure_[closure_bytes];
  void (*call_)(const void*, Backward&) = nullptr;
  std::function<void(Backward&)> general_;
};

// The few ops that the engine itself needs. Defined in ops/engine_ops.cpp, as Tensor's members are: autograd knows no op by name.
struct EngineOps {
  Tensor (*add)(const Tensor&, const Tensor&);
  Tensor (*cast)(const Tensor&, DType);
  Tensor (*clone)(const Tensor&);
  bool (*all_finite)(const Array&);
};
const EngineOps& engine_ops();

}  // namespace cairn
