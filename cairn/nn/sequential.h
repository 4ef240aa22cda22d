// Containers: Sequential calls its layers one after another; ModuleList only holds them; Lambda makes a layer of a function.
//
//   auto net = Sequential(Flatten(), Linear(784, 128), ReLU(), Dropout(0.2), Linear(128, 10));
//   Tensor logits = net(x);          net[1] is the first Linear; net.at<Linear>(1).weight its weight
// (C++ reads `Sequential net(ReLU(), Tanh());` as the declaration of a function: write `auto net =` or braces.)
//
// Children are named "0", "1", ... Layers are taken by value; a copied layer is tied to its original (nn/module.h).
#pragma once

#include <functional>

#include <cairn/nn/module.h>

namespace cairn {

template <class M>
concept IsModule = std::derived_from<std::remove_cvref_t<M>, Module>;

// The list itself; copying it copies the layers, tied to the originals.
class ModuleVector {
 public:
  ModuleVector() = default;
  ModuleVector(const ModuleVector& o);
  ModuleVector(ModuleVector&&) = default;
  ModuleVector& operator=(ModuleVector o) {
    list_ = std::move(o.list_);
    return *this;
  }

  void push_back(std::unique_ptr<Module> m) { list_.push_back(std::move(m)); }
  size_t size() const { return list_.size(); }
  Module& operator[](int64_t i) const;  // -1 is the last; IndexError outside
  void visit(Visitor& v);
  const std::vector<std::unique_ptr<Module>>& list() const { return list_; }

 private:
  std::vector<std::unique_ptr<Module>> list_;
};

// What both containers offer.
template <class Self> class Container : public Layer<Self> {
 public:
  template <IsModule M> Self& push_back(M&& layer) {
    layers_.push_back(std::make_unique<std::remove_cvref_t<M>>(std::forward<M>(layer)));
    this->children_changed();
    return static_cast<Self&>(*this);
  }
  size_t size() const { return layers_.size(); }
  Module& operator[](int64_t i) { return layers_[i]; }
  const Module& operator[](int64_t i) const { return layers_[i]; }
  template <class M> M& at(int64_t i) {  // StateError when layer i is of another type
    if (auto* m = dynamic_cast<M*>(&layers_[i])) return *m;
    throw StateError("[" + this->type_name() + "] layer " + std::to_string(i) + " is a " + layers_[i].type_name());
  }
  void visit(Visitor& v) override { layers_.visit(v); }

 protected:
  ModuleVector layers_;
};

struct Sequential : Container<Sequential> {
  Sequential() = default;
  template <IsModule... M>
  requires(!(sizeof...(M) == 1 && (std::same_as<std::remove_cvref_t<M>, Sequential> && ...))) explicit Sequential(M&&... layers) {
    (push_back(std::forward<M>(layers)), ...);
  }

  Tensor forward(const Tensor& x) {
    Tensor y = x;
    for (const auto& layer : layers_.list()) y = layer->apply(y);
    return y;
  }
};

// No forward: how its layers are used is written by the module that owns it.
struct ModuleList : Container<ModuleList> {
  ModuleList() = default;
  template <IsModule... M>
  requires(!(sizeof...(M) == 1 && (std::same_as<std::remove_cvref_t<M>, ModuleList> && ...))) explicit ModuleList(M&&... layers) {
    (push_back(std::forward<M>(layers)), ...);
  }
};

// A function of one tensor as a layer: Lambda([](const Tensor& x) { return x * 2.0; }, "double").
struct Lambda : Layer<Lambda> {
  explicit Lambda(std::function<Tensor(const Tensor&)> f, std::string label = "") : function(std::move(f)), label(std::move(label)) {
    if (!function) throw ConfigError("[lambda] the function is empty");
  }
  Tensor forward(const Tensor& x) { return function(x); }
  std::string options() const override { return label; }
  std::function<Tensor(const Tensor&)> function;
  std::string label;
};

}  // namespace cairn
