// A backend that notes which kernels were called and hands the work on. The conformance test compares its list with the virtual
// functions that backend.h declares.
#pragma once

#include <set>
#include <string>

#include <cairn/backend/backend.h>

namespace cairn {

class SpyBackend final : public Backend {
 public:
  explicit SpyBackend(Backend& inner) : inner_(inner) {}
  std::set<std::string> seen;

  const char* name() const override { return "spy"; }
  // Each line: the result type, the name, the parameters, the arguments handed on.
#define SPY(R, NAME, PARAMETERS, ARGUMENTS) \
  R NAME PARAMETERS override {              \
    seen.insert(#NAME);                     \
    return inner_.NAME ARGUMENTS;           \
  }
  SPY(void, copy, (const Array& x, Array& y), (x, y))
  SPY(void, fill, (Array & y, double v), (y, v))
  SPY(void, unary, (Unary f, const Array& x, double a, double b, Array& y), (f, x, a, b, y))
  SPY(void, unary_grad, (Unary f, const Array& r, const Array& dy, double a, double b, Array& dx), (f, r, dy, a, b, dx))
  SPY(Status, binary, (Binary f, const Array& a, const Array& b, Array& y), (f, a, b, y))
  SPY(void, where, (const Array& c, const Array& a, const Array& b, Array& y), (c, a, b, y))
  SPY(void, reduce, (Reduce f, const Array& x, uint32_t axes, Array& y), (f, x, axes, y))
  SPY(void, mean_var, (const Array& x, uint32_t axes, double c, Array& m, Array& v), (x, axes, c, m, v))
  SPY(void, arg_reduce, (bool largest, const Array& x, int axis, Array& y), (largest, x, axis, y))
  SPY(void, cumsum, (const Array& x, int axis, bool reverse, Array& y), (x, axis, reverse, y))
  SPY(void, softmax, (const Array& x, int axis, bool log, Array& y), (x, axis, log, y))
  SPY(void, softmax_grad, (const Array& y, const Array& dy, int axis, bool log, Array& dx), (y, dy, axis, log, dx))
  SPY(void, matmul, (const Array& a, const Array& b, Array& y), (a, b, y))
  SPY(void, linear, (const Array& x, const Array& w, const Array& bias, Array& y), (x, w, bias, y))
  SPY(Status, solve, (const Array& a, const Array& b, Array& x), (a, b, x))
  SPY(Status, cholesky, (const Array& a, Array& l), (a, l))
  SPY(void, qr, (const Array& x, Array& q, Array& r), (x, q, r))
  SPY(Status, eigh, (const Array& a, Array& w, Array& v), (a, w, v))
  SPY(Status, svd, (const Array& a, Array& u, Array& s, Array& vh), (a, u, s, vh))
  SPY(Status, wrap_indices, (const Array& index, int64_t size, Array& y), (index, size, y))
  SPY(void, index_select, (const Array& x, int axis, const Array& index, Array& y), (x, axis, index, y))
  SPY(void, index_add, (int axis, const Array& index, const Array& source, Array& y), (axis, index, source, y))
  SPY(void, gather, (const Array& x, int axis, const Array& index, Array& y), (x, axis, index, y))
  SPY(void, scatter, (Scatter how, int axis, const Array& index, const Array& source, Array& y), (how, axis, index, source, y))
  SPY(int64_t, count_true, (const Array& mask), (mask))
  SPY(void, masked_select, (const Array& x, const Array& mask, Array& y), (x, mask, y))
  SPY(void, nonzero, (const Array& mask, Array& y), (mask, y))
  SPY(void, sort, (const Array& x, int axis, bool descending, Array& v, Array& i), (x, axis, descending, v, i))
  SPY(void, topk, (const Array& x, int64_t k, int axis, bool largest, Array& v, Array& i), (x, k, axis, largest, v, i))
  SPY(Status, one_hot, (const Array& index, Array& y), (index, y))
  SPY(void, triangle, (const Array& x, int64_t diagonal, bool upper, Array& y), (x, diagonal, upper, y))
  SPY(void, random, (Distribution d, RandomKey key, double a, double b, Array& y), (d, key, a, b, y))
  SPY(void, dropout, (const Array& x, RandomKey key, double p, Array& y), (x, key, p, y))
  SPY(Status, cross_entropy,
      (const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, Array& loss, Array& lse),
      (logits, target, weight, ignore, smoothing, loss, lse))
  SPY(void, cross_entropy_grad,
      (const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, const Array& lse, const Array& scale,
       Array& dlogits),
      (logits, target, weight, ignore, smoothing, lse, scale, dlogits))
  SPY(void, batch_norm,
      (const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean, Array& running_var, Array& y,
       Array& mean, Array& rstd),
      (x, weight, bias, rule, running_mean, running_var, y, mean, rstd))
  SPY(void, batch_norm_grad,
      (const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd, const BatchNormRule& rule,
       Array& dx, Array& dweight, Array& dbias),
      (x, dy, weight, bias, mean, rstd, rule, dx, dweight, dbias))
  SPY(void, group_norm, (const Array& x, const Array& weight, const Array& bias, const GroupNormRule& rule, Array& y, Array& mean, Array& rstd),
      (x, weight, bias, rule, y, mean, rstd))
  SPY(void, group_norm_grad,
      (const Array& x, const Array& dy, const Array& weight, const Array& mean, const Array& rstd, const GroupNormRule& rule, Array& dx,
       Array& dweight, Array& dbias),
      (x, dy, weight, mean, rstd, rule, dx, dweight, dbias))
  SPY(void, max_pool, (const Array& x, const Windows& w, Array& y, Array& place), (x, w, y, place))
  SPY(void, max_pool_grad, (const Array& dy, const Array& place, const Windows& w, Array& dx), (dy, place, w, dx))
  SPY(void, max_pool_pick, (const Array& x, const Array& place, const Windows& w, Array& y), (x, place, w, y))
  SPY(void, avg_pool, (const Array& x, const Windows& w, bool count_padding, Array& y), (x, w, count_padding, y))
  SPY(void, avg_pool_grad, (const Array& dy, const Windows& w, bool count_padding, Array& dx), (dy, w, count_padding, dx))
  SPY(void, resample, (const Array& x, const Resampling& r, Array& y), (x, r, y))
  SPY(void, resample_grad, (const Array& dy, const Resampling& r, Array& dx), (dy, r, dx))
  SPY(void, unfold, (const Array& x, const Windows& w, Array& y), (x, w, y))
  SPY(void, fold, (const Array& y, const Windows& w, Array& x), (y, w, x))
  SPY(void, conv2d, (const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y), (x, w, bias, g, relu, y))
  SPY(void, conv2d_grad_input, (const Array& dy, const Array& w, const ConvGeometry& g, Array& dx), (dy, w, g, dx))
  SPY(void, conv2d_grad_weight, (const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias), (x, dy, g, dw, dbias))
  SPY(std::string, conv2d_plan, (ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType t, const ConvGeometry& g),
      (pass, x, w, y, t, g))
  SPY(Layout, conv2d_layout, (ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType t, const ConvGeometry& g), (pass, x, w, y, t, g))
  SPY(void, sgd_step, (std::span<OptimSlot> slots, const SgdStep& s), (slots, s))
  SPY(void, adam_step, (std::span<OptimSlot> slots, const AdamStep& s), (slots, s))
  SPY(void, rmsprop_step, (std::span<OptimSlot> slots, const RmspropStep& s), (slots, s))
  SPY(void, adagrad_step, (std::span<OptimSlot> slots, const AdagradStep& s), (slots, s))
  SPY(void, ema_step, (std::span<OptimSlot> slots, double decay), (slots, decay))
  SPY(void, scale, (std::span<Array> xs, double factor), (xs, factor))
  SPY(void, clamp, (std::span<Array> xs, double low, double high), (xs, low, high))
  SPY(double, sum_square, (std::span<const Array> xs), (xs))
  SPY(bool, all_finite, (const Array& x), (x))
#undef SPY

 private:
  Backend& inner_;
};

}  // namespace cairn
