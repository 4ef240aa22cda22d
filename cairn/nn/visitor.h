// A module describes itself once, in visit: names of its parameters, buffers and children. State dict, saving, cloning, moves
// of type, freezing, summary and printing are visitors.
//
//   void visit(Visitor& v) override { v("fc1", fc1); v("fc2", fc2); v("scale", scale); }
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <cairn/autograd/parameter.h>

namespace cairn {

class Module;

// A tensor that belongs to a module's state but is not trained (running means). Copying the handle shares it, as with Parameter.
struct Buffer : Parameter {
  Buffer() = default;
  explicit Buffer(const Tensor& values) : Parameter(values, false) {}
};

class Visitor {
 public:
  virtual ~Visitor() = default;

  // Slots that are not defined (a layer without bias) are passed over.
  void operator()(std::string_view name, Parameter& p) {
    if (p.defined()) parameter(name, p);
  }
  void operator()(std::string_view name, Buffer& b) {
    if (b.defined()) buffer(name, b);
  }
  template <class M>
  requires std::is_base_of_v<Module, M>
  void operator()(std::string_view name, M& child) { module(name, child); }
  // Several children: "blocks.0", "blocks.1", ...
  template <class M> void operator()(std::string_view name, std::vector<M>& children) {
    for (size_t i = 0; i < children.size(); i++) (*this)(std::string(name) + "." + std::to_string(i), children[i]);
  }
  template <class M> void operator()(std::string_view name, std::optional<M>& child) {
    if (child) (*this)(name, *child);
  }
  template <class M> void operator()(std::string_view name, std::unique_ptr<M>& child) {
    if (child) (*this)(name, *child);
  }
  template <class M> void operator()(std::string_view name, std::shared_ptr<M>& child) {
    if (!child) return;
    if (std::shared_ptr<Module> other = instead_of(child)) child = std::dynamic_pointer_cast<M>(std::move(other));
    (*this)(name, *child);
  }

 protected:
  virtual void parameter(std::string_view name, Parameter& p) = 0;
  virtual void buffer(std::string_view name, Buffer& b) = 0;
  virtual void module(std::string_view name, Module& child) = 0;
  // What a shared pointer shall hold from now on: a module of the same type, or null to leave it (clone() takes copies in this way).
  virtual std::shared_ptr<Module> instead_of(const std::shared_ptr<Module>&) { return nullptr; }
};

}  // namespace cairn
