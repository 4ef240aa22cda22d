#include <cairn/tensor/array.h>

#include <cairn/tensor/host_loops.h>

namespace cairn {

namespace {

using detail::convert, detail::each_offset;

// What works before a backend is installed: plain loops.
void plain_copy(const Array& from, Array& to) {
  visit(from.dtype(), [&](auto f) {
    visit(to.dtype(), [&](auto t) {
      using From = decltype(f);
      using To = decltype(t);
      const From* x = from.ptr<From>();
      To* y = to.ptr<To>();
      each_offset(to.shape(), from.strides(), to.strides(), [&](int64_t a, int64_t b) { y[b] = convert<To>(x[a]); });
    });
  });
}

void plain_fill(Array& to, double value) {
  visit(to.dtype(), [&](auto t) {
    using To = decltype(t);
    To* y = to.ptr<To>();
    const To v = convert<To>(value);
    each_offset(to.shape(), to.strides(), to.strides(), [&](int64_t a, int64_t) { y[a] = v; });
  });
}

DeviceOps installed = {plain_copy, plain_fill};

}  // namespace

void install_device_ops(const DeviceOps& ops) { installed = ops; }
const DeviceOps& device_ops() { return installed; }

Array::Array(const Shape& shape, DType dtype, Device device)
    : storage_(make_ref<Storage>(size_t(checked_bytes(shape, size_of(dtype))), device)),
      shape_(shape),
      strides_(contiguous_strides(shape)),
      dtype_(dtype) {}

Array Array::reshaped(const Shape& shape) const { return with(shape, contiguous_strides(shape), offset_); }

Array Array::transposed(int a, int b) const {
  Array y = *this;
  std::swap(y.shape_[a], y.shape_[b]);
  std::swap(y.strides_[a], y.strides_[b]);
  return y;
}

Array Array::expanded(const Shape& shape) const {
  if (shape == shape_) return *this;
  Strides strides = Shape::filled(shape.rank(), 0);
  const int added = shape.rank() - rank();
  for (int i = 0; i < rank(); i++)
    if (shape_[i] == shape[added + i]) strides[added + i] = strides_[i];
  return with(shape, strides, offset_);
}

Array Array::sliced(int axis, int64_t start, int64_t length, int64_t step) const {
  Array y = *this;
  y.offset_ += start * strides_[axis];
  y.shape_[axis] = length;
  y.strides_[axis] *= step;
  return y;
}

Array contiguous_copy(const Array& x) { return cast_copy(x, x.dtype()); }

Array cast_copy(const Array& x, DType dtype) {
  Array y(x.shape(), dtype);
  device_ops().copy(x, y);
  return y;
}

}  // namespace cairn
