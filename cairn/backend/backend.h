// The kernels: everything that touches many numbers, as one abstract list.
//
// A kernel reads and fills Arrays that the caller has allocated with the right shape and type; it knows no gradients. Inputs have
// any strides (also 0 and negative ones) unless a line says otherwise; outputs are fresh and row-major unless it says otherwise.
// ReferenceBackend implements all of them with the obvious loops and is the specification; CpuBackend overrides what it makes
// faster. bf16 and f16 are computed in f32 with one rounding at the end; integers exactly, wrapping around.
// What only the data shows (an index out of range) comes back as a Status, so that a GPU may deliver it late.
#pragma once

#include <span>
#include <string>

#include <cairn/backend/conv.h>
#include <cairn/base/random.h>
#include <cairn/tensor/array.h>
#include <cairn/tensor/size2.h>

namespace cairn {

// Functions of one number; a and b are their constants. y = f(x). The derivative that unary_grad multiplies with dy is written
// in terms of x or y, whichever the list names: the caller hands that one over.
// clang-format off
enum class Unary {
  neg, abs, sign, exp, expm1, log, log1p, sqrt, rsqrt, square, reciprocal, sin, cos, tanh, sigmoid, erf,
  floor, ceil, round,            // round: half to even
  clamp,                         // min(max(x, a), b); NaN stays
  relu, leaky_relu,              // leaky: x < 0 ? a x : x
  elu,                           // x < 0 ? a (exp(x) - 1) : x
  gelu, gelu_tanh, silu, softplus,   // softplus: log(1 + exp(a x)) / a, linear where a x > b
  logical_not, isfinite, isnan,      // y: bool
};
// clang-format on
enum class Binary { add, sub, mul, div, pow, maximum, minimum, logical_and, logical_or, logical_xor, eq, ne, lt, le, gt, ge };
// NaN anywhere gives NaN in maximum, minimum, max, min. Comparisons and logic fill bool. div of integers rounds toward zero and
// raises by Status when the divisor is 0. sign(0) = 0.
enum class Reduce { sum, mean, prod, max, min, any, all, sum_abs, sum_square, logsumexp };
enum class Distribution { uniform, normal, integer, bernoulli };  // [a, b); mean a, deviation b; whole numbers in [a, b); chance a of 1
enum class Scatter { set, add };

struct Status {
  int64_t bad_position = -1;  // row-major position in the index (or divisor) array; -1: all well
  int64_t bad_value = 0;
  bool ok() const { return bad_position < 0; }
};

// One tensor of an optimiser's step. All arrays are row-major, of one shape; p and g may be f32, f64, bf16; states have p's type
// (f32 for bf16). What `s0`, `s1` mean stands at each kernel.
struct OptimSlot {
  Array p, g, s0, s1;
};
struct SgdStep {
  double lr, momentum, dampening, weight_decay;
  bool nesterov, first;
};
struct AdamStep {
  double lr, beta1, beta2, eps, weight_decay;
  bool decoupled;                   // AdamW: p -= lr * weight_decay * p; otherwise g += weight_decay * p
  bool nesterov;                    // NAdam (Dozat 2016)
  double correction1, correction2;  // 1 - beta1^t, 1 - beta2^t
  double mu, mu_next, mu_product;   // NAdam only: mu_t, mu_{t+1}, prod_{i<=t} mu_i
};
struct RmspropStep {
  double lr, alpha, eps, weight_decay, momentum;
};
struct AdagradStep {
  double lr, eps, weight_decay;
};

// How a normalisation is computed; the formulas stand at the kernels.
struct BatchNormRule {
  double eps = 1e-5;
  double momentum = 0.1;  // share of the batch in the new running statistics
  bool training = true, relu = false;
};
struct GroupNormRule {
  int64_t groups = 1;
  double eps = 1e-5;
  bool centred = true;  // false: RMS norm, mean = 0 and var = mean(x^2)
};

// The windows of a pooling or an unfolding over the last two axes. Output (i, j) sees row i stride - padding + k dilation for
// 0 <= k < kernel, where the image has such a row; columns alike. adaptive: output i of m sees the rows from i H / m, rounded down, to
// (i + 1) H / m, rounded up, of the H that there are; no window is larger than `kernel` then, and the rest has no meaning.
struct Windows {
  Size2 kernel = 1, stride = 1, padding = 0, dilation = 1;
  bool adaptive = false;
};
// Where place i of an axis of the result comes from in an axis of n places of x.
//   nearest   place i step, rounded down (computed in f32, as PyTorch does), at most n - 1
//   bilinear  between two: s = (i + 1/2) step - 1/2, at least 0 (align_corners: s = i step); (1 - r) x[q] + r x[q + 1], s = q + r
//   reflect   ... 2 1 | 0 1 2 | 1 0 ...     replicate  ... 0 0 | 0 1 2 | 2 2 ...     circular  ... 1 2 | 0 1 2 | 0 1 ...
//             for place i - before
struct Resampling {
  enum Rule { nearest, bilinear, reflect, replicate, circular } rule = nearest;
  bool align_corners = false;
  Scale2 step = 1;
  Size2 before = 0;
};

class Backend {
 public:
  virtual ~Backend() = default;
  virtual const char* name() const = 0;  // "reference", "cpu"

  // Copies and constants.
  virtual void copy(const Array& x, Array& y) = 0;  // same shape; converts; y of any strides (no overlap)
  virtual void fill(Array& y, double value) = 0;    // y of any strides

  // Elementwise; inputs are already expanded to y's shape.
  virtual void unary(Unary f, const Array& x, double a, double b, Array& y) = 0;
  //   dx = dy * f'(.)   r is y for exp expm1 sqrt rsqrt reciprocal tanh sigmoid relu, x for all others
  virtual void unary_grad(Unary f, const Array& r, const Array& dy, double a, double b, Array& dx) = 0;
  virtual Status binary(Binary f, const Array& a, const Array& b, Array& y) = 0;  // a, b of one dtype
  virtual void where(const Array& condition, const Array& a, const Array& b, Array& y) = 0;

  // Reductions over the axes whose bit is set in `axes`; y has them as size 1. Sums are pairwise or better. sum and prod of
  // integers and bool fill i64; any, all fill bool; an empty max or min is the caller's error.
  virtual void reduce(Reduce f, const Array& x, uint32_t axes, Array& y) = 0;
  //   mean and variance, sum((x - mean)^2) / (n - correction); two passes or Welford, never E[x^2] - E[x]^2
  virtual void mean_var(const Array& x, uint32_t axes, double correction, Array& mean, Array& var) = 0;
  virtual void arg_reduce(bool largest, const Array& x, int axis, Array& y) = 0;  // y: i64, axis of size 1; the first of equals; NaN wins
  virtual void cumsum(const Array& x, int axis, bool reverse, Array& y) = 0;

  // Softmax over an axis. log: y = log softmax.  grad: dx = y (dy - sum(dy y)); log: dx = dy - exp(y) sum(dy)
  virtual void softmax(const Array& x, int axis, bool log, Array& y) = 0;
  virtual void softmax_grad(const Array& y, const Array& dy, int axis, bool log, Array& dx) = 0;

  // Matrix products: a [..., m, k], b [..., k, n], y [..., m, n]; equal batch axes (expanded: stride 0). Any strides, transposes
  // without a copy. linear: y = x w^T + bias, x [m, k], w [n, k], bias [n] or not defined.
  virtual void matmul(const Array& a, const Array& b, Array& y) = 0;
  virtual void linear(const Array& x, const Array& w, const Array& bias, Array& y) = 0;

  // Linear algebra: f32 (computed in f64, rounded once) and f64; a matrix for each place of the leading axes. A bad Status names the matrix.
  //   solve: a x = b, a [.., n, n], b, x [.., n, k]; bad_value: the pivot (from 1) that is zero within rounding
  //   cholesky: (a + a^T) / 2 = l l^T, l lower triangular; bad_value: the leading minor (from 1) that is not positive
  //   qr: x = q r, x [.., m, n], q [.., m, k] with orthonormal columns, r [.., k, n] upper triangular with the diagonal >= 0, k = min(m, n)
  //   eigh: (a + a^T) / 2 = v diag(w) v^T, w [.., n] ascending, v [.., n, n] orthogonal, the largest component of each column > 0
  //   svd: a = u diag(s) vh, s [.., k] descending, u [.., m, k] and vh^T with orthonormal columns, the largest component of each of u's > 0
  //     eigh, svd: bad_value 1: it did not converge, 2: NaN or infinity in a
  virtual Status solve(const Array& a, const Array& b, Array& x) = 0;
  virtual Status cholesky(const Array& a, Array& l) = 0;
  virtual void qr(const Array& x, Array& q, Array& r) = 0;
  virtual Status eigh(const Array& a, Array& w, Array& v) = 0;
  virtual Status svd(const Array& a, Array& u, Array& s, Array& vh) = 0;

  // Index. Indices are i64 in [0, size) (the caller has wrapped negative ones by `wrap_indices`).
  virtual Status wrap_indices(const Array& index, int64_t size, Array& y) = 0;              // i32 or i64 in [-size, size) -> i64 in [0, size)
  virtual void index_select(const Array& x, int axis, const Array& index, Array& y) = 0;    // index [k]; y: x's shape with k at axis
  virtual void index_add(int axis, const Array& index, const Array& source, Array& y) = 0;  // y[.., index[i], ..] += source[.., i, ..], in order
  virtual void gather(const Array& x, int axis, const Array& index, Array& y) = 0;          // y[i][j] = x[index[i][j]][j] for axis 0
  virtual void scatter(Scatter how, int axis, const Array& index, const Array& source, Array& y) = 0;  // into y, which holds values; in order
  virtual int64_t count_true(const Array& mask) = 0;
  virtual void masked_select(const Array& x, const Array& mask, Array& y) = 0;                      // y [count_true]
  virtual void nonzero(const Array& mask, Array& y) = 0;                                            // y i64 [count_true, rank], row-major order
  virtual void sort(const Array& x, int axis, bool descending, Array& values, Array& indices) = 0;  // stable; NaN last (first when descending)
  virtual void topk(const Array& x, int64_t k, int axis, bool largest, Array& values, Array& indices) = 0;  // sorted; ties by index
  virtual Status one_hot(const Array& index, Array& y) = 0;                                                 // y [..., classes], zeros and ones
  virtual void triangle(const Array& x, int64_t diagonal, bool upper, Array& y) = 0;                        // last two axes; the rest zero

  // Random numbers: element i of y uses word i % 4 of block i / 4 (normal: pairs by Box-Muller; f64: two words a number; random_map.h
  // has it exactly), so the values depend on nothing but the key. dropout: y = u < p ? 0 : x / (1 - p); the same key gives the same mask.
  virtual void random(Distribution d, RandomKey key, double a, double b, Array& y) = 0;
  virtual void dropout(const Array& x, RandomKey key, double p, Array& y) = 0;

  // Cross-entropy over rows: logits [m, n], target i64 [m] (a row with target == ignore counts nothing), weight [n] or not defined.
  //   lse_i = logsumexp(logits_i);  w = weight[t] (or 1);  s = smoothing
  //   loss_i = (1 - s) w (lse_i - logits_it) + s / n sum_j weight_j (lse_i - logits_ij);  0 for an ignored row
  //   dlogits_i = scale_i * d loss_i / d logits_i
  virtual Status cross_entropy(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, Array& loss,
                               Array& lse) = 0;
  virtual void cross_entropy_grad(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, const Array& lse,
                                  const Array& scale, Array& dlogits) = 0;  // scale [m], may have stride 0

  // Normalisation. x, y, dy, dx: [N, C, ...]; batch_norm's y and dx may lie blocked where x does. weight, bias [C]: any floating type, each may be
  // not defined (1, 0). Statistics and parameters are computed in f32 for 16-bit x; mean, rstd: f32, or f64 for f64.
  //   batch_norm: y = f((x - mean_c) rstd_c weight_c + bias_c), rstd = 1 / sqrt(var + eps), f = relu or the identity.  mean, rstd [C]
  //     training: mean and (biased) var of each channel over all other axes. The running statistics, where defined, become
  //     (1 - momentum) running + momentum (mean; var n / (n - 1)).  Otherwise mean and var are the running statistics.
  //   gradient: g = dy, with relu where y > 0 only; dweight = sum g xhat, dbias = sum g (each computed where defined)
  //     training: dx = weight rstd (g - mean(g) - xhat mean(g xhat));  otherwise dx = weight rstd g
  virtual void batch_norm(const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean, Array& running_var,
                          Array& y, Array& mean, Array& rstd) = 0;
  virtual void batch_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd,
                               const BatchNormRule& rule, Array& dx, Array& dweight, Array& dbias) = 0;
  //   group_norm: the C channels of each of the N in `groups` groups of neighbours: y = (x - mean_ng) rstd_ng weight_c + bias_c.
  //     mean, rstd [N, groups].  One group: layer norm (C: the normalised elements); C groups: instance norm.
  //   gradient, with g = dy weight and means over the group: dx = rstd (g - mean(g) - xhat mean(g xhat)); not centred: without mean(g)
  virtual void group_norm(const Array& x, const Array& weight, const Array& bias, const GroupNormRule& rule, Array& y, Array& mean, Array& rstd) = 0;
  virtual void group_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& mean, const Array& rstd, const GroupNormRule& rule,
                               Array& dx, Array& dweight, Array& dbias) = 0;

  // Pooling. x, dx [N, C, H, W]; y, dy, place [N, C, OH, OW]; all may lie blocked by channels, with x.
  //   max_pool: y = the largest value of the window, the first of equals; the last NaN, where there is one; -infinity where it has no value.
  //     place: k KW + l for row k and column l of the window, u8 or i32; not defined: not wanted
  //   max_pool_grad: dx = sum of dy over the windows whose place it is;  max_pool_pick: y = x at the place, 0 outside of the image
  virtual void max_pool(const Array& x, const Windows& w, Array& y, Array& place) = 0;
  virtual void max_pool_grad(const Array& dy, const Array& place, const Windows& w, Array& dx) = 0;
  virtual void max_pool_pick(const Array& x, const Array& place, const Windows& w, Array& y) = 0;
  //   avg_pool: y = the sum of the window / its size: the places within the image, or, count_padding, also those within the padding
  virtual void avg_pool(const Array& x, const Windows& w, bool count_padding, Array& y) = 0;
  virtual void avg_pool_grad(const Array& dy, const Windows& w, bool count_padding, Array& dx) = 0;

  // Images. resample: y[.., i, j] = x at (i, j) as each axis' rule says; resample_grad is its adjoint. x, dx [.., H, W], y, dy [.., OH, OW].
  //   unfold: y [N, C KH KW, L] = the windows of x [N, C, H, W] as columns, 0 outside of the image; fold, its adjoint: x = sum of the columns
  virtual void resample(const Array& x, const Resampling& r, Array& y) = 0;
  virtual void resample_grad(const Array& dy, const Resampling& r, Array& dx) = 0;
  virtual void unfold(const Array& x, const Windows& w, Array& y) = 0;
  virtual void fold(const Array& y, const Windows& w, Array& x) = 0;

  // Does it multiply bf16 as fast as it can anything (or is speed not what it is for)? Else bf16 is right, but slower than f32.
  virtual bool has_bf16() const { return true; }

  // Convolutions (conv.h has the formula and the letters). x, y, dy, dx may lie blocked; dw, dbias do not. bias and dbias: [O] or not
  // defined. Beside bf16 and f16 images, w and bias, or dw and dbias, may be f32. relu: y = max(0, .), for inference.
  virtual void conv2d(const Array& x, const Array& w, const Array& bias, const ConvGeometry& g, bool relu, Array& y) = 0;
  virtual void conv2d_grad_input(const Array& dy, const Array& w, const ConvGeometry& g, Array& dx) = 0;
  virtual void conv2d_grad_weight(const Array& x, const Array& dy, const ConvGeometry& g, Array& dw, Array& dbias) = 0;
  //   What a pass is computed by, and why: "Winograd F(4x4,3x3): 3x3, stride 1, 64 and 64 channels".
  virtual std::string conv2d_plan(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) = 0;
  //   How a pass wants its result (y, dx) to lie: blocked where the next convolution is faster for it (tensor/layout.h).
  virtual Layout conv2d_layout(ConvPass pass, const Shape& x, const Shape& w, const Shape& y, DType dtype, const ConvGeometry& g) = 0;

  // Optimiser steps, all tensors of a group in one call.
  //   sgd: g += wd p; s0 = first ? g : momentum s0 + (1 - dampening) g; g' = nesterov ? g + momentum s0 : s0; p -= lr g'  (s0 undefined: no momentum)
  virtual void sgd_step(std::span<OptimSlot> slots, const SgdStep& s) = 0;
  //   adam: s0 = b1 s0 + (1 - b1) g; s1 = b2 s1 + (1 - b2) g^2; p -= lr / correction1 * s0 / (sqrt(s1 / correction2) + eps)
  //   nadam: p -= lr (1 - mu) / (1 - mu_product) g / d + lr mu_next / (1 - mu_product mu_next) s0 / d,  d = sqrt(s1 / correction2) + eps
  virtual void adam_step(std::span<OptimSlot> slots, const AdamStep& s) = 0;
  //   rmsprop: s0 = a s0 + (1 - a) g^2; u = g / (sqrt(s0) + eps); momentum: s1 = momentum s1 + u, p -= lr s1; else p -= lr u
  virtual void rmsprop_step(std::span<OptimSlot> slots, const RmspropStep& s) = 0;
  //   adagrad: s0 += g^2; p -= lr g / (sqrt(s0) + eps)
  virtual void adagrad_step(std::span<OptimSlot> slots, const AdagradStep& s) = 0;
  virtual void ema_step(std::span<OptimSlot> slots, double decay) = 0;   // p = decay p + (1 - decay) g
  virtual void scale(std::span<Array> xs, double factor) = 0;            // in place
  virtual void clamp(std::span<Array> xs, double low, double high) = 0;  // in place
  virtual double sum_square(std::span<const Array> xs) = 0;              // in double
  virtual bool all_finite(const Array& x) = 0;
};

// The backend that the process uses: CAIRN_BACKEND or use_backend("reference" | "cpu"); "cpu" otherwise. ConfigError for other names.
Backend& backend();
// Makes tensor's copies and constants (DeviceOps) run on backend(); its first use does so, too. Before, tensor has loops of its own.
void ensure_backend_installed();
void use_backend(const std::string& name);
Backend& reference_backend();
Backend& cpu_backend();
class UseBackend {  // another backend for a scope (tests, spies)
 public:
  explicit UseBackend(Backend& b);
  ~UseBackend();
 private:
  Backend* before_;
};

// What `cairn doctor` prints about the fast kernels: instruction set of Highway, oneDNN's version and its effective ISA.
std::string describe_cpu_backend();

}  // namespace cairn
