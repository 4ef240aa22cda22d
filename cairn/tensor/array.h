// An Array is values without history: a strided view on a storage. Kernels read and fill Arrays; a Tensor is an Array that
// remembers how it was computed.
#pragma once

#include <cairn/base/errors.h>
#include <cairn/tensor/dtype.h>
#include <cairn/tensor/shape.h>
#include <cairn/tensor/storage.h>

namespace cairn {

class Array {
 public:
  Array() = default;                                                                   // not defined
  explicit Array(const Shape& shape, DType dtype = f32, Device device = Device::cpu);  // uninitialised, row-major
  Array(Ref<Storage> storage, const Shape& shape, const Strides& strides, int64_t offset, DType dtype)
      : storage_(std::move(storage)), shape_(shape), strides_(strides), offset_(offset), dtype_(dtype) {}

  bool defined() const { return bool(storage_); }
  const Shape& shape() const { return shape_; }
  const Strides& strides() const { return strides_; }
  int rank() const { return shape_.rank(); }
  int64_t size(int axis) const { return shape_[axis < 0 ? axis + rank() : axis]; }  // unchecked
  int64_t numel() const { return shape_.numel(); }
  int64_t offset() const { return offset_; }
  DType dtype() const { return dtype_; }
  Device device() const { return storage_->device(); }
  const Ref<Storage>& storage() const { return storage_; }
  bool contiguous() const {  // row-major without gaps (axes of size 1 do not count)
    int64_t step = 1;
    for (int i = rank() - 1; i >= 0; i--) {
      if (shape_[i] != 1 && strides_[i] != step) return numel() == 0;
      step *= shape_[i];
    }
    return true;
  }

  void* raw() const { return storage_->data() + offset_ * size_of(dtype_); }
  // The first element. Unchecked in kernels, which dispatch on dtype() themselves.
  template <class T> T* ptr() const { return static_cast<T*>(raw()); }

  // Images blocked by channels (layout.h): does this array, all of it, lie so, too? Everything else may ignore it: raw() is always right.
  Layout layout() const { return storage_->blocked() ? whole_layout() : Layout::strided; }
  bool blocked() const { return layout() != Layout::strided; }
  Array lanes() const;  // the blocked memory as a flat array [N ceil(C / B) H W B]; only when blocked()

  // Views on the same storage.
  Array with(const Shape& shape, const Strides& strides, int64_t offset) const { return {storage_, shape, strides, offset, dtype_}; }
  Array reshaped(const Shape& shape) const;  // contiguous arrays only
  Array transposed(int a, int b) const;
  Array expanded(const Shape& shape) const;                                       // broadcast with strides 0
  Array sliced(int axis, int64_t start, int64_t length, int64_t step = 1) const;  // unchecked; step may be negative

 private:
  Layout whole_layout() const;
  Ref<Storage> storage_;
  Shape shape_;
  Strides strides_;
  int64_t offset_ = 0;
  DType dtype_ = f32;
};

// What tensor/ needs of a device before any op exists: copies, conversions, constants. The backend installs it.
struct DeviceOps {
  void (*copy)(const Array& from, Array& to);  // any strides and dtypes; broadcast already expanded
  void (*fill)(Array& to, double value);
};
void install_device_ops(const DeviceOps& ops);
const DeviceOps& device_ops();

Array contiguous_copy(const Array& x);  // fresh and row-major
Array cast_copy(const Array& x, DType dtype);

}  // namespace cairn
