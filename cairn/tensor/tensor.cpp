// The Tensor handle: making it from an array or a number, reading values, writing values, comparing.
#include <cairn/tensor/tensor.h>

#include <cmath>

#include <cairn/tensor/grad_mode.h>
#include <cairn/tensor/host_loops.h>

namespace cairn {

namespace {

Ref<TensorImpl> weak_number(double value, DType dtype) {
  auto impl = make_ref<TensorImpl>();
  impl->array = Array(Shape{}, dtype);
  if (dtype == f32) *impl->array.ptr<float>() = float(value);
  else *impl->array.ptr<int64_t>() = int64_t(value);
  impl->weak = true;
  impl->number = value;
  return impl;
}

void not_while_tracing(const char* op) {
  if (detail::tracing())
    throw UnsupportedError(std::string("[") + op +
                           "] values cannot be read while tracing: the graph would keep this one for ever. Hint: use ops (where, masked_fill) "
                           "instead of C++ conditions.");
}

}  // namespace

Tensor::Tensor(Array values) : impl_(make_ref<TensorImpl>()) { impl_->array = std::move(values); }
Tensor::Tensor(double number) : impl_(weak_number(number, f32)) {}
Tensor::Tensor(int number) : impl_(weak_number(number, i64)) {}
Tensor::Tensor(int64_t number) : impl_(make_ref<TensorImpl>()) {
  impl_->array = Array(Shape{}, i64);
  *impl_->array.ptr<int64_t>() = number;
  impl_->weak = true;
}

void Tensor::not_defined() { throw StateError("the tensor is not defined (an empty Tensor). Hint: was it ever assigned?"); }

int64_t Tensor::size(int axis) const { return shape()[normal_axis("size", axis, rank())]; }

double Tensor::item() const {
  not_while_tracing("item");
  if (is_weak() && dtype() == f32) return impl_->number;
  if (numel() != 1)
    throw ShapeError("[item] the tensor must have exactly one element, its shape is " + shape().str() + ". Hint: at({i, j}) reads one of many.");
  return visit(dtype(), [&](auto tag) { return double(*array().ptr<decltype(tag)>()); });
}

namespace {
int64_t offset_of(const char* op, const Array& x, std::initializer_list<int64_t> index) {
  if (int(index.size()) != x.rank())
    throw IndexError(std::string("[") + op + "] " + std::to_string(index.size()) + " indices for a tensor of shape " + x.shape().str() +
                     ". Hint: one index for each axis.");
  int64_t offset = 0;
  int axis = 0;
  for (int64_t i : index) {
    const int64_t n = x.shape()[axis];
    if (i < -n || i >= n)
      throw IndexError(std::string("[") + op + "] index " + std::to_string(i) + " is outside axis " + std::to_string(axis) + " of " +
                       x.shape().str() + ". Hint: they count from 0, or from the end from -1 on.");
    offset += (i < 0 ? i + n : i) * x.strides()[axis++];
  }
  return offset;
}
}  // namespace

double Tensor::at(std::initializer_list<int64_t> index) const {
  not_while_tracing("at");
  const int64_t offset = offset_of("at", array(), index);
  return visit(dtype(), [&](auto tag) { return double(array().ptr<decltype(tag)>()[offset]); });
}

template <class T> std::vector<T> Tensor::to_vector() const {
  not_while_tracing("to_vector");
  const Array c = dtype() == dtype_of<T> && is_contiguous() ? array() : cast_copy(array(), dtype_of<T>);
  return std::vector<T>(c.ptr<T>(), c.ptr<T>() + c.numel());
}

namespace {
template <class T> void check_direct(const char* op, const Array& x) {
  if (x.dtype() != dtype_of<T>)
    throw DtypeError(std::string("[") + op + "] the tensor is " + name_of(x.dtype()) + ", not " + name_of(dtype_of<T>) +
                     ". Hint: to() converts, to_vector() copies and converts.");
  if (!x.contiguous())
    throw StateError(std::string("[") + op + "] the tensor " + x.shape().str() + " is a view that is not row-major. Hint: contiguous() first.");
}
}  // namespace

template <class T> const T* Tensor::data() const {
  not_while_tracing("data");
  check_direct<T>("data", array());
  return array().ptr<T>();
}

template <class T> T* Tensor::mutable_data() {
  check_direct<T>("mutable_data", array());
  return write_access("mutable_data").ptr<T>();
}

#define CAIRN_FOR_TYPE(T)                               \
  template std::vector<T> Tensor::to_vector<T>() const; \
  template const T* Tensor::data<T>() const;            \
  template T* Tensor::mutable_data<T>();
CAIRN_FOR_TYPE(float)
CAIRN_FOR_TYPE(double)
CAIRN_FOR_TYPE(bf16_t)
CAIRN_FOR_TYPE(f16_t)
CAIRN_FOR_TYPE(int8_t)
CAIRN_FOR_TYPE(uint8_t)
CAIRN_FOR_TYPE(int32_t)
CAIRN_FOR_TYPE(int64_t)
#undef CAIRN_FOR_TYPE
template const bool* Tensor::data<bool>() const;
template bool* Tensor::mutable_data<bool>();
template <> std::vector<bool> Tensor::to_vector<bool>() const {
  not_while_tracing("to_vector");
  const Array c = cast_copy(array(), boolean);
  return std::vector<bool>(c.ptr<bool>(), c.ptr<bool>() + c.numel());
}

// ---- writers

Array& Tensor::write_access(const char* op) {
  array();
  if (impl_->requires_grad && grad_mode())
    throw StateError(
        std::string("[") + op + "] this tensor " + shape().str() +
        " requires gradients: writing into it would falsify them.\nHint: put the write under NoGrad, or compute a new tensor (masked_fill, where).");
  for (int i = 0; i < rank(); i++)
    if (strides()[i] == 0 && size(i) > 1)
      throw StateError(std::string("[") + op + "] along axis " + std::to_string(i) + " of this expanded tensor " + shape().str() +
                       " all elements lie at one place in memory.\nHint: clone() gives each its own.");
  impl_->array.storage()->written(op, &impl_->array.shape());
  return impl_->array;
}

Tensor& Tensor::fill_(double value) {
  check_fits("fill_", value, dtype());
  device_ops().fill(write_access("fill_"), value);
  return *this;
}

Tensor& Tensor::copy_(const Tensor& from) {
  if (broadcast_shapes("copy_", shape(), from.shape()) != shape())
    throw ShapeError("[copy_] values of shape " + from.shape().str() + " do not fit into " + shape().str() +
                     ". Hint: counted from the right, sizes must be equal or 1.");
  // A source that shares the storage may be overwritten while it is read.
  const Array source = from.array().storage() == array().storage() ? contiguous_copy(from.array()) : from.array();
  device_ops().copy(source.expanded(shape()), write_access("copy_"));
  return *this;
}

Tensor& Tensor::set_(std::initializer_list<int64_t> index, double value) {
  const int64_t offset = offset_of("set_", array(), index);
  check_fits("set_", value, dtype());
  Array& x = write_access("set_");
  Array one = x.with(Shape{}, Strides{}, x.offset() + offset);
  device_ops().fill(one, value);
  return *this;
}

Tensor& Tensor::masked_fill_(const Tensor& mask, double value) {
  if (mask.dtype() != boolean)
    throw DtypeError(std::string("[masked_fill_] the mask must be bool, it is ") + name_of(mask.dtype()) + ". Hint: ne(mask, 0).");
  if (broadcast_shapes("masked_fill_", shape(), mask.shape()) != shape())
    throw ShapeError("[masked_fill_] a mask of shape " + mask.shape().str() + " does not fit on " + shape().str() +
                     ". Hint: counted from the right, sizes must be equal or 1.");
  check_fits("masked_fill_", value, dtype());
  Array& x = write_access("masked_fill_");
  const Array wide = mask.array().expanded(shape());
  const Array m = mask.array().storage() == x.storage() ? contiguous_copy(wide) : wide;  // x may be its own mask
  visit(dtype(), [&](auto tag) {
    using T = decltype(tag);
    T* values = x.ptr<T>();
    const bool* chosen = m.ptr<bool>();
    const T v = detail::convert<T>(value);
    detail::each_offset(shape(), x.strides(), m.strides(), [&](int64_t i, int64_t j) {
      if (chosen[j]) values[i] = v;
    });
  });
  return *this;
}

bool allclose(const Tensor& a, const Tensor& b, double rtol, double atol) {
  if (a.shape() != b.shape()) return false;
  const std::vector<double> x = a.to_vector<double>(), y = b.to_vector<double>();
  for (size_t i = 0; i < x.size(); i++)
    if (!(x[i] == y[i] || (std::isfinite(y[i]) && std::abs(x[i] - y[i]) <= atol + rtol * std::abs(y[i])))) return false;
  return true;
}

}  // namespace cairn
