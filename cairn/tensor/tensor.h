// Tensor: a small shared handle on values and, when gradients are wanted, on how they were computed.
//
// Copying a handle shares the values; clone() copies them. There is no differentiable in-place operation: the writers at the end
// raise StateError on a tensor that requires gradients unless a NoGrad is alive.
// Members marked (ops) are defined in ops/, beside their forward and backward.
#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <cairn/tensor/array.h>

namespace cairn {

class Tensor;
struct TensorImpl;

// A graph node as tensors see it: opaque; autograd has the rest.
class GraphNode : public RefCounted {};

// Where a value came from: output number `output` of `node`.
struct Edge {
  Ref<GraphNode> node;
  int output = 0;
  explicit operator bool() const { return bool(node); }
};

inline constexpr bool Keepdim = true;
// Slices: Slice{start, stop, step}; missing ends mean "from the end", as in NumPy.
struct Slice {
  std::optional<int64_t> start = {}, stop = {};
  int64_t step = 1;
};

// Nested braces: tensor({{1, 2}, {3, 4}}).
struct NestedList {
  std::vector<double> values;
  Shape shape;
  NestedList(double v) : values{v} {}
  NestedList(int v) : values{double(v)} {}
  NestedList(int64_t v) : values{double(v)} {}          // exact up to 2^53
  NestedList(std::initializer_list<NestedList> parts);  // ShapeError when ragged
};

class Tensor {
 public:
  Tensor() = default;     // not defined
  Tensor(double number);  // a 0-d f32 "weak" number: x * 2.0 keeps the type of x
  Tensor(float number) : Tensor(double{number}) {}
  Tensor(int number);  // a 0-d i64 "weak" number
  Tensor(int64_t number);
  explicit Tensor(Array values);  // no history
  explicit Tensor(Ref<TensorImpl> impl) : impl_(std::move(impl)) {}

  bool defined() const { return bool(impl_); }
  inline const Array& array() const;  // StateError when not defined
  const Shape& shape() const { return array().shape(); }
  const Strides& strides() const { return array().strides(); }
  int rank() const { return array().rank(); }
  int64_t size(int axis) const;  // -1 is the last; IndexError outside
  int64_t numel() const { return array().numel(); }
  DType dtype() const { return array().dtype(); }
  Device device() const { return array().device(); }
  bool is_contiguous() const { return array().contiguous(); }
  inline bool is_weak() const;  // a number written in C++
  const Ref<TensorImpl>& impl() const { return impl_; }

  // Reading values (converted).
  double item() const;                                    // ShapeError unless it has one element
  double at(std::initializer_list<int64_t> index) const;  // IndexError outside
  template <class T> std::vector<T> to_vector() const;    // row-major; float double bf16_t f16_t int8_t uint8_t int32_t int64_t bool
  // Direct access to row-major values of exactly type T (DtypeError, StateError if not contiguous); the pointer lives as long as the storage.
  template <class T> const T* data() const;
  template <class T> T* mutable_data();  // a write: see above
  std::string str() const;               // like NumPy: aligned, summarised above 1000 elements

  // Gradients (autograd/).
  bool requires_grad() const;
  Tensor& set_requires_grad(bool on = true);  // DtypeError unless floating; StateError on a result
  bool is_leaf() const;
  Tensor grad() const;  // not defined before backward
  void set_grad(const Tensor& g);
  void zero_grad();  // drops it
  void backward(const Tensor& gradient = {}, bool retain_graph = false, bool create_graph = false) const;
  Tensor detach() const;  // same values, no history
  // Called with the gradient of this tensor when it is complete; may return another. Removes itself by the returned number.
  int register_hook(std::function<Tensor(const Tensor&)> hook);
  void remove_hook(int number);
  void retain_grad();  // keep grad() of a result, too

  // Views (ops): share memory with this tensor.
  Tensor reshape(const Shape& shape) const;  // one size may be -1; copies only when strides force it
  Tensor flatten(int from = 0, int to = -1) const;
  Tensor transpose(int a, int b) const;
  Tensor t() const;  // the last two axes swapped
  Tensor permute(std::initializer_list<int> axes) const;
  Tensor expand(const Shape& shape) const;
  Tensor squeeze(int axis) const;
  Tensor squeeze() const;  // all axes of size 1
  Tensor unsqueeze(int axis) const;
  Tensor slice(int axis, Slice s) const;
  Tensor select(int axis, int64_t index) const;  // the axis disappears
  Tensor operator[](int64_t index) const { return select(0, index); }

  // Values (ops).
  Tensor contiguous() const;
  Tensor clone() const;
  Tensor to(DType dtype) const;
  Tensor sum() const;
  Tensor sum(int axis, bool keepdim = false) const;
  Tensor mean() const;
  Tensor mean(int axis, bool keepdim = false) const;
  Tensor max() const;
  Tensor min() const;
  Tensor argmax(int axis = -1, bool keepdim = false) const;
  Tensor matmul(const Tensor& other) const;
  Tensor operator-() const;

  // Writers: StateError on a tensor that requires gradients unless under NoGrad; each counts the storage's version up.
  Tensor& fill_(double value);
  Tensor& copy_(const Tensor& from);                                 // broadcasts and converts
  Tensor& set_(std::initializer_list<int64_t> index, double value);  // one element
  Tensor& masked_fill_(const Tensor& mask, double value);            // mask: bool, broadcastable

 private:
  [[noreturn]] static void not_defined();
  Array& write_access(const char* op);
  Ref<TensorImpl> impl_;
};

struct TensorImpl final : RefCounted {
  Array array;
  Edge edge;
  bool requires_grad = false, weak = false, keeps_grad = false;
  double number = 0;  // weak f32: the number itself, so that x_f64 * 0.1 is exact
  Ref<TensorImpl> grad;
  struct Hooks;  // of leaves; those of results lie in their node
  std::unique_ptr<Hooks, void (*)(Hooks*)> hooks{nullptr, nullptr};
};

inline const Array& Tensor::array() const {
  if (!impl_) [[unlikely]]
    not_defined();
  return impl_->array;
}
inline bool Tensor::is_weak() const { return impl_ && impl_->weak; }

// Making tensors. All are row-major and without history.
Tensor empty(const Shape& shape, DType dtype = f32);
Tensor zeros(const Shape& shape, DType dtype = f32);
Tensor ones(const Shape& shape, DType dtype = f32);
Tensor full(const Shape& shape, double value, DType dtype = f32);
Tensor eye(int64_t n, DType dtype = f32);
Tensor arange(double stop, DType dtype = f32);
Tensor arange(double start, double stop, double step = 1, DType dtype = f32);  // ConfigError when step is 0 or leads away
Tensor linspace(double start, double stop, int64_t count, DType dtype = f32);  // both ends included
Tensor empty_like(const Tensor& x);
Tensor zeros_like(const Tensor& x);
Tensor ones_like(const Tensor& x);
Tensor full_like(const Tensor& x, double value);
Tensor tensor(const NestedList& values, DType dtype = f32);
template <class T> Tensor from_span(std::span<const T> values, const Shape& shape);  // copies; ShapeError when counts differ
template <class T> Tensor from_vector(const std::vector<T>& v) { return from_span(std::span<const T>(v), {int64_t(v.size())}); }

bool allclose(const Tensor& a, const Tensor& b, double rtol = 1e-5, double atol = 1e-8);  // false for other shapes or NaN
std::ostream& operator<<(std::ostream& out, const Tensor& x);

struct PrintOptions {
  int precision = 4;
  int64_t threshold = 1000;
  int edge_items = 3;
  int line_width = 75;
};
void set_print_options(const PrintOptions& options);

}  // namespace cairn
