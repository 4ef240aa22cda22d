// Module: what every layer and model is. Layer<Self>: the base that gives a plain struct with `forward` and `visit` the rest.
//
//   struct Mlp : Layer<Mlp> {
//     Linear fc1{784, 128}, fc2{128, 10};
//     Tensor forward(const Tensor& x) { return fc2(relu(fc1(x))); }            // any signature
//     void visit(Visitor& v) override { v("fc1", fc1); v("fc2", fc2); }
//   };
//
// State is keyed by path ("fc1.weight"). Parameters are shared slots: copying a module ties the copy to the original, clone()
// separates them. A module is called by one thread while it trains; inference from several threads is safe.
#pragma once

#include <atomic>
#include <concepts>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/module_path.h>
#include <cairn/nn/visitor.h>
#include <cairn/tensor/stateful.h>

namespace cairn {

using NamedParameters = std::vector<std::pair<std::string, Parameter>>;
using StateDict = std::map<std::string, Tensor>;

// How a state dict and a module differ.
struct StateDifference {
  std::vector<std::string> missing;     // the module has it, the dict has not
  std::vector<std::string> unexpected;  // the other way round
  std::vector<std::string> mismatched;  // "fc1.weight (file [10, 5], module [10, 4])"
  std::vector<std::string> untied;      // "head.weight (embed.weight has other values)": one parameter in the module, two in the dict
  bool none() const { return missing.empty() && unexpected.empty() && mismatched.empty() && untied.empty(); }
  std::string str() const;  // a line for each, by kind; beyond a thousand lines how many more
};

// Called around each forward of a module. `inputs` and `outputs` are those arguments and results that are tensors.
struct ForwardHook {
  std::function<void(Module&, std::span<const Tensor> inputs)> before;
  std::function<void(Module&, std::span<const Tensor> inputs, std::span<const Tensor> outputs)> after;
};

class Module : public Stateful {
 public:
  ~Module() override;

  virtual void visit(Visitor&) {}
  // One tensor in, one out: what Sequential calls. UnsupportedError when forward has another signature.
  virtual Tensor apply(const Tensor& x) = 0;
  virtual std::string type_name() const;                    // "Linear"
  virtual std::string options() const { return ""; }        // "784 -> 128": shown by printing and errors
  virtual std::unique_ptr<Module> copy_module() const = 0;  // tied to this one
  std::unique_ptr<Module> clone_module() const;             // with slots of its own

  // Parameters in the order of visit; tied ones once, under their first path.
  NamedParameters parameters() const;
  NamedParameters buffers() const;
  std::vector<std::pair<std::string, Module*>> modules() const;  // itself first, under the path ""
  int64_t parameter_count() const;
  void zero_grad();  // drops all gradients

  // Dropout and the like behave differently while training. Both go through all children.
  void train(bool on = true);
  void eval() { train(false); }
  bool training() const { return training_; }

  // The values by path, sharing memory with the module; tied parameters once.
  StateDict state_dict() const;
  // Copies values in (converting the type) and returns what differs. strict: StateError with the difference when anything
  // does, before anything is changed. Not strict: loads what is there and fits. Tied parameters answer to each of their paths.
  // Counters of batches (num_batches_tracked) that the module does not have are no difference.
  StateDifference load_state_dict(const StateDict& values, bool strict = true);
  State state() const override { return {state_dict(), Json::object()}; }
  void load_state(const State& s) override { load_state_dict(s.tensors); }

  // Every parameter at or below the path ("" is all): requires_grad off (gradients are dropped), or on. ConfigError when there is
  // no such path. Returns how many parameters it reached.
  int freeze(std::string_view path = "");
  int unfreeze(std::string_view path = "");
  // Converts all floating parameters and buffers; slots stay, so optimisers and ties follow. DtypeError for integers.
  void to(DType dtype);

  // Hooks are not copied with the module.
  int add_hook(ForwardHook hook);
  void remove_hook(int number);

  std::string str() const;  // the tree of layers

 protected:
  Module() = default;
  // Names and hooks belong to the place, not to the value: a copy starts without, an assignment keeps its own.
  Module(const Module& o) noexcept : Stateful(o), training_(o.training_) {}
  Module& operator=(const Module& o) noexcept {
    training_ = o.training_;
    named_.store(false, std::memory_order_relaxed);
    return *this;
  }
  void children_changed() { named_.store(false, std::memory_order_relaxed); }

  // The scope of one call: names the children on the first one and pushes this module's name for errors and profiles.
  class Entered {
   public:
    explicit Entered(Module& m) : scope_(m.enter()) {}
   private:
    ModuleScope scope_;
  };
  bool hooked() const { return hooks_ != nullptr; }
  void before_forward(std::span<const Tensor> inputs);
  void after_forward(std::span<const Tensor> inputs, std::span<const Tensor> outputs);
  // Gives every slot that visit reaches a copy of its own; ties among them stay.
  void separate();

 private:
  struct Hooks;
  const char* enter() {
    if (!named_.load(std::memory_order_acquire)) [[unlikely]]
      name_children();
    return name_.load(std::memory_order_relaxed);
  }
  void name_children();

  std::atomic<const char*> name_{""};  // within its parent; lives as long as the process
  std::atomic<bool> named_{false};     // the children have their names
  bool training_ = true;
  std::unique_ptr<Hooks, void (*)(Hooks*)> hooks_{nullptr, nullptr};
};

std::ostream& operator<<(std::ostream& out, const Module& m);

namespace detail {
template <class T> void collect(std::vector<Tensor>& into, const T& value) {
  if constexpr (std::is_same_v<T, Tensor>) into.push_back(value);
  else if constexpr (std::is_same_v<T, std::vector<Tensor>>) into.insert(into.end(), value.begin(), value.end());
}
}  // namespace detail

template <class Self> class Layer : public Module {
 public:
  // Calls forward within this module's scope, between its hooks.
  template <class... A> auto operator()(A&&... inputs) {
    Entered scope(*this);
    if (hooked()) [[unlikely]]
      return call_with_hooks(std::forward<A>(inputs)...);
    return self().forward(std::forward<A>(inputs)...);
  }

  Tensor apply(const Tensor& x) override {
    if constexpr (requires(Self & s) {
                    { s.forward(x) } -> std::convertible_to<Tensor>;
                  })
      return (*this)(x);
    else
      throw UnsupportedError(
          "[" + type_name() +
          "] its forward does not take one tensor and give one. Hint: call it in the forward of a module of your own, not in Sequential.");
  }

  std::unique_ptr<Module> copy_module() const override {
    if constexpr (std::is_copy_constructible_v<Self>) return std::make_unique<Self>(static_cast<const Self&>(*this));
    else throw UnsupportedError("[" + type_name() + "] it cannot be copied. Hint: give it a copy constructor.");
  }

  // A copy with slots of its own, each copied once: what was tied within the module is tied within the clone.
  Self clone() const {
    Self copy(static_cast<const Self&>(*this));
    static_cast<Layer&>(copy).separate();
    return copy;
  }

 private:
  Self& self() { return static_cast<Self&>(*this); }

  template <class... A> auto call_with_hooks(A&&... inputs) {
    std::vector<Tensor> in, out;
    (detail::collect(in, inputs), ...);
    before_forward(in);
    auto result = self().forward(std::forward<A>(inputs)...);
    detail::collect(out, result);
    after_forward(in, out);
    return result;
  }
};

}  // namespace cairn
