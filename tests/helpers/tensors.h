// Tensors for tests of ops and of gradients: leaves made from lists of numbers, read back as lists.
#pragma once

#include <vector>

#include <cairn/autograd/autograd.h>
#include <tests/helpers/numbers.h>

namespace cairn {

using Inputs = std::vector<Tensor>;

// All elements, row-major.
inline Numbers list(const Tensor& x) { return x.to_vector<double>(); }

// A tensor that gathers gradients; f64, since differences are taken in it.
inline Tensor leaf(const NestedList& values, DType dtype = f64) { return tensor(values, dtype).set_requires_grad(); }

// d sum(f(x)) / dx
template <class F> Numbers slope(const Tensor& x, F f) {
  Tensor y = f(x);
  return list(grad({y}, {x}, {ones(y.shape(), y.dtype())})[0]);
}

// 0, 1, 2, ... in this shape.
inline Tensor counting(const Shape& shape) { return arange(double(shape.numel())).reshape(shape); }

}  // namespace cairn
