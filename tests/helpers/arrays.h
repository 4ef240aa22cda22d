// Arrays for kernel tests: made from lists of numbers, read back as lists, by code that shares nothing with the kernels.
#pragma once

#include <vector>

#include <cairn/tensor/array.h>

namespace cairn {

// Row-major, from numbers of any kind: make({2, 2}, {1, 2, 3, 4}) is f32.
template <class V = double> Array make(const Shape& shape, const std::vector<V>& values, DType dtype = f32) {
  Array y(shape, dtype);
  visit(dtype, [&](auto tag) {
    using T = decltype(tag);
    for (size_t i = 0; i < values.size(); i++) y.ptr<T>()[i] = static_cast<T>(static_cast<Wide<T>>(values[i]));
  });
  return y;
}
inline Array vec(const std::vector<double>& values, DType dtype = f32) { return make({int64_t(values.size())}, values, dtype); }

// The element at a row-major position, by the definition of strides.
template <class V = double> V element(const Array& x, int64_t position) {
  int64_t offset = 0;
  for (int axis = x.rank() - 1; axis >= 0; axis--) {
    offset += position % x.size(axis) * x.strides()[axis];
    position /= x.size(axis);
  }
  return visit(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    return static_cast<V>(static_cast<Wide<T>>(x.ptr<T>()[offset]));
  });
}

// All elements, row-major.
template <class V = double> std::vector<V> list(const Array& x) {
  std::vector<V> values;
  for (int64_t i = 0; i < x.numel(); i++) values.push_back(element<V>(x, i));
  return values;
}

}  // namespace cairn
