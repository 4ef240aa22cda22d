// The fast backend: oneDNN for matrix products, Highway's vectors for the rest. It overrides what it makes faster; everything else, and
// every element type without a fast kernel, is the reference's. Which file has which kernels:
//   elementwise.cpp copy.cpp | reduce.cpp softmax.cpp cross_entropy.cpp | matmul.cpp | index.cpp | random.cpp | optimiser.cpp
#pragma once

#include <cairn/backend/reference/reference.h>

namespace cairn {

class CpuBackend : public ReferenceBackend {
 public:
  const char* name() const override { return "cpu"; }
  void copy(const Array& x, Array& y) override;
  void fill(Array& y, double value) override;
  void unary(Unary f, const Array& x, double a, double b, Array& y) override;
  void unary_grad(Unary f, const Array& r, const Array& dy, double a, double b, Array& dx) override;
  Status binary(Binary f, const Array& a, const Array& b, Array& y) override;
  void where(const Array& condition, const Array& a, const Array& b, Array& y) override;
  void matmul(const Array& a, const Array& b, Array& y) override;
  void linear(const Array& x, const Array& w, const Array& bias, Array& y) override;
};

}  // namespace cairn
