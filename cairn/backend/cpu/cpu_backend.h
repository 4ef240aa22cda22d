// The fast backend: oneDNN for matrix products, LAPACK for factorisations, Highway's vectors for the rest. It overrides what it makes faster; everything else, and
// every element type without a fast kernel, is the reference's. Which file has which kernels:
//   elementwise.cpp copy.cpp | reduce.cpp scan.cpp softmax.cpp | norm.cpp group_norm.cpp | matmul.cpp row_product.cpp pool.cpp |
//   conv.cpp conv_few.cpp conv_mixed.cpp winograd.cpp | index.cpp sort.cpp | random.cpp | optimiser.cpp | linalg.cpp
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
  void reduce(Reduce f, const Array& x, uint32_t axes, Array& y) override;
  void mean_var(const Array& x, uint32_t axes, double correction, Array& mean, Array& var) override;
  void arg_reduce(bool largest, const Array& x, int axis, Array& y) override;
  void softmax(const Array& x, int axis, bool log, Array& y) override;
  void softmax_grad(const Array& y, const Array& dy, int axis, bool log, Array& dx) override;
  Status cross_entropy(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, Array& loss,
                       Array& lse) override;
  void cross_entropy_grad(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, const Array& lse,
                          const Array& scale, Array& dlogits) override;
  double sum_square(std::span<const Array> xs) override;
  bool all_finite(const Array& x) override;
  void cumsum(const Array& x, int axis, bool reverse, Array& y) override;
  Status wrap_indices(const Array& index, int64_t size, Array& y) override;
  void index_select(const Array& x, int axis, const Array& index, Array& y) override;
  void index_add(int axis, const Array& index, const Array& source, Array& y) override;
  void gather(const Array& x, int axis, const Array& index, Array& y) override;
  void scatter(Scatter how, int axis, const Array& index, const Array& source, Array& y) override;
  void sort(const Array& x, int axis, bool descending, Array& values, Array& indices) override;
  void topk(const Array& x, int64_t k, int axis, bool largest, Array& values, Array& indices) override;
  Status one_hot(const Array& index, Array& y) override;
  void triangle(const Array& x, int64_t diagonal, bool upper, Array& y) override;
  void random(Distribution d, RandomKey key, double a, double b, Array& y) override;
  void dropout(const Array& x, RandomKey key, double p, Array& y) override;
  void conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) override;
  void conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) override;
  void conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) override;
  std::string conv2d_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) override;
  Layout conv2d_layout(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) override;
  // Normalisation.
  void batch_norm(const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean, Array& running_var,
                  Array& y, Array& mean, Array& rstd) override;
  void batch_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd,
                       const BatchNormRule& rule, Array& dx, Array& dweight, Array& dbias) override;
  void group_norm(const Array& x, const Array& weight, const Array& bias, const GroupNormRule& rule, Array& y, Array& mean, Array& rstd) override;
  void group_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& mean, const Array& rstd, const GroupNormRule& rule,
                       Array& dx, Array& dweight, Array& dbias) override;
  // Optimiser steps and their helpers.
  void sgd_step(std::span<OptimSlot> slots, const SgdStep& s) override;
  void adam_step(std::span<OptimSlot> slots, const AdamStep& s) override;
  void rmsprop_step(std::span<OptimSlot> slots, const RmspropStep& s) override;
  void adagrad_step(std::span<OptimSlot> slots, const AdagradStep& s) override;
  void ema_step(std::span<OptimSlot> slots, double decay) override;
  void scale(std::span<Array> xs, double factor) override;
  void clamp(std::span<Array> xs, double low, double high) override;
  // Pooling.
  void max_pool(const Array& x, const Windows& w, Array& y, Array& place) override;
  void max_pool_grad(const Array& dy, const Array& place, const Windows& w, Array& dx) override;
  void avg_pool(const Array& x, const Windows& w, bool count_padding, Array& y) override;
  void avg_pool_grad(const Array& dy, const Windows& w, bool count_padding, Array& dx) override;
  bool has_bf16() const override;
  void matmul(const Array& a, const Array& b, Array& y) override;
  void linear(const Array& x, const Array& w, const Array& bias, Array& y) override;
  Status solve(const Array& a, const Array& b, Array& x) override;
  Status cholesky(const Array& a, Array& l) override;
  void qr(const Array& x, Array& q, Array& r) override;
  Status eigh(const Array& a, Array& w, Array& v) override;
  Status svd(const Array& a, Array& u, Array& s, Array& vh) override;
};

}  // namespace cairn
