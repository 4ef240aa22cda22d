// All differentiable operations, as free functions. Each stands in its own file with formula, forward, backward and samples.
// Axes count from the end when negative. Numbers convert to weak tensors: x * 2.0, maximum(x, 0).
#pragma once

#include <limits>
#include <string>
#include <vector>

#include <cairn/tensor/tensor.h>

namespace cairn {

using Axes = std::vector<int>;  // empty: all axes

// ---- elementwise, one operand (any shape; integers are computed in f32 except neg abs sign clamp relu square floor ceil round)
Tensor neg(const Tensor& x);
Tensor abs(const Tensor& x);
Tensor sign(const Tensor& x);
Tensor exp(const Tensor& x);
Tensor expm1(const Tensor& x);
Tensor log(const Tensor& x);
Tensor log1p(const Tensor& x);
Tensor sqrt(const Tensor& x);
Tensor rsqrt(const Tensor& x);
Tensor square(const Tensor& x);
Tensor reciprocal(const Tensor& x);
Tensor sin(const Tensor& x);
Tensor cos(const Tensor& x);
Tensor tanh(const Tensor& x);
Tensor sigmoid(const Tensor& x);
Tensor erf(const Tensor& x);
Tensor floor(const Tensor& x);
Tensor ceil(const Tensor& x);
Tensor round(const Tensor& x);  // half to even
Tensor clamp(const Tensor& x, double low, double high);
Tensor relu(const Tensor& x);
Tensor leaky_relu(const Tensor& x, double slope = 0.01);
Tensor elu(const Tensor& x, double alpha = 1.0);
Tensor gelu(const Tensor& x);       // x Phi(x), by erf
Tensor gelu_tanh(const Tensor& x);  // the tanh approximation (Hendrycks, Gimpel 2016)
Tensor silu(const Tensor& x);
Tensor softplus(const Tensor& x, double beta = 1.0, double threshold = 20.0);
Tensor logical_not(const Tensor& x);
Tensor isfinite(const Tensor& x);
Tensor isnan(const Tensor& x);

// ---- elementwise, two operands, with broadcasting and promotion (tensor/dtype.h)
Tensor add(const Tensor& a, const Tensor& b);
Tensor sub(const Tensor& a, const Tensor& b);
Tensor mul(const Tensor& a, const Tensor& b);
Tensor div(const Tensor& a, const Tensor& b);  // integers: f32 quotient
Tensor pow(const Tensor& a, const Tensor& b);
Tensor maximum(const Tensor& a, const Tensor& b);  // equal values share the gradient by halves
Tensor minimum(const Tensor& a, const Tensor& b);
Tensor where(const Tensor& condition, const Tensor& a, const Tensor& b);
Tensor eq(const Tensor& a, const Tensor& b);
Tensor ne(const Tensor& a, const Tensor& b);
Tensor lt(const Tensor& a, const Tensor& b);
Tensor le(const Tensor& a, const Tensor& b);
Tensor gt(const Tensor& a, const Tensor& b);
Tensor ge(const Tensor& a, const Tensor& b);
Tensor logical_and(const Tensor& a, const Tensor& b);
Tensor logical_or(const Tensor& a, const Tensor& b);
Tensor logical_xor(const Tensor& a, const Tensor& b);
inline Tensor operator+(const Tensor& a, const Tensor& b) { return add(a, b); }
inline Tensor operator-(const Tensor& a, const Tensor& b) { return sub(a, b); }
inline Tensor operator*(const Tensor& a, const Tensor& b) { return mul(a, b); }
inline Tensor operator/(const Tensor& a, const Tensor& b) { return div(a, b); }
inline Tensor operator==(const Tensor& a, const Tensor& b) { return eq(a, b); }
inline Tensor operator!=(const Tensor& a, const Tensor& b) { return ne(a, b); }
inline Tensor operator<(const Tensor& a, const Tensor& b) { return lt(a, b); }
inline Tensor operator<=(const Tensor& a, const Tensor& b) { return le(a, b); }
inline Tensor operator>(const Tensor& a, const Tensor& b) { return gt(a, b); }
inline Tensor operator>=(const Tensor& a, const Tensor& b) { return ge(a, b); }

// ---- reductions
enum class Variance { biased, unbiased };  // divide by n, or by n - 1
Tensor sum(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor mean(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor var(const Tensor& x, const Axes& axes = {}, bool keepdim = false, Variance kind = Variance::unbiased);
Tensor std(const Tensor& x, const Axes& axes = {}, bool keepdim = false, Variance kind = Variance::unbiased);
Tensor prod(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor max(const Tensor& x, const Axes& axes = {}, bool keepdim = false);  // equal values share the gradient evenly
Tensor min(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor any(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor all(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor logsumexp(const Tensor& x, const Axes& axes = {}, bool keepdim = false);
Tensor norm(const Tensor& x, double p = 2, const Axes& axes = {}, bool keepdim = false);  // p: 1, 2, infinity or any p > 0
Tensor argmax(const Tensor& x, int axis = -1, bool keepdim = false);                      // i64
Tensor argmin(const Tensor& x, int axis = -1, bool keepdim = false);
Tensor cumsum(const Tensor& x, int axis);
Tensor softmax(const Tensor& x, int axis = -1);
Tensor log_softmax(const Tensor& x, int axis = -1);
Tensor sum_to(const Tensor& x, const Shape& shape);  // undoes a broadcast

// ---- linear algebra
Tensor matmul(const Tensor& a, const Tensor& b);                                // NumPy's rules for vectors, matrices, batches
Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias = {});  // x [..., n], weight [m, n], bias [m] -> [..., m]
Tensor outer(const Tensor& a, const Tensor& b);                                 // [m], [n] -> [m, n]

// ---- shape
Tensor reshape(const Tensor& x, const Shape& shape);  // one size may be -1
Tensor permute(const Tensor& x, const std::vector<int>& axes);
Tensor transpose(const Tensor& x, int a, int b);
Tensor expand(const Tensor& x, const Shape& shape);  // -1 keeps a size
Tensor squeeze(const Tensor& x, int axis);
Tensor unsqueeze(const Tensor& x, int axis);
Tensor slice(const Tensor& x, int axis, Slice s);  // negative steps, too
Tensor select(const Tensor& x, int axis, int64_t index);
Tensor cat(const std::vector<Tensor>& xs, int axis = 0);
Tensor stack(const std::vector<Tensor>& xs, int axis = 0);
std::vector<Tensor> split(const Tensor& x, int64_t size, int axis = 0);  // pieces of `size`; the last may be shorter
std::vector<Tensor> split(const Tensor& x, const std::vector<int64_t>& sizes, int axis = 0);
std::vector<Tensor> chunk(const Tensor& x, int64_t pieces, int axis = 0);
Tensor pad(const Tensor& x, const std::vector<int64_t>& amounts, double value = 0);  // pairs (before, after) from the last axis on
Tensor roll(const Tensor& x, int64_t shift, int axis);
Tensor flip(const Tensor& x, const Axes& axes);
Tensor repeat(const Tensor& x, const std::vector<int64_t>& times);  // tiles, as torch.Tensor.repeat
Tensor contiguous(const Tensor& x);
Tensor clone(const Tensor& x);
Tensor cast(const Tensor& x, DType dtype);

// ---- index (indices: i32 or i64; negative ones count from the end; outside: IndexError with position and value)
Tensor index_select(const Tensor& x, int axis, const Tensor& index);
Tensor gather(const Tensor& x, int axis, const Tensor& index);
Tensor scatter(const Tensor& x, int axis, const Tensor& index, const Tensor& source);  // a copy of x with values replaced
Tensor scatter_add(const Tensor& x, int axis, const Tensor& index, const Tensor& source);
Tensor masked_fill(const Tensor& x, const Tensor& mask, double value);
Tensor masked_select(const Tensor& x, const Tensor& mask);                                 // [number of true]
Tensor one_hot(const Tensor& index, int64_t classes);                                      // i64 -> f32 [..., classes]
std::vector<Tensor> topk(const Tensor& x, int64_t k, int axis = -1, bool largest = true);  // values, indices
std::vector<Tensor> sort(const Tensor& x, int axis = -1, bool descending = false);         // values, indices; stable
Tensor nonzero(const Tensor& x);                                                           // i64 [count, rank]
Tensor tril(const Tensor& x, int64_t diagonal = 0);
Tensor triu(const Tensor& x, int64_t diagonal = 0);

// ---- losses (scalars unless Reduction::none)
enum class Reduction { none, mean, sum };
Tensor mse_loss(const Tensor& prediction, const Tensor& target, Reduction r = Reduction::mean);
Tensor l1_loss(const Tensor& prediction, const Tensor& target, Reduction r = Reduction::mean);
Tensor huber_loss(const Tensor& prediction, const Tensor& target, double delta = 1.0, Reduction r = Reduction::mean);
struct CrossEntropyOptions {
  Tensor weight;  // [classes]
  int64_t ignore_index = -100;
  double label_smoothing = 0;
  Reduction reduction = Reduction::mean;  // mean: weighted by the targets' weights
};
Tensor cross_entropy(const Tensor& logits, const Tensor& target,
                     const CrossEntropyOptions& options = {});  // [n, classes] (or [n, classes, ...]), i64 [n] (or [n, ...])
Tensor nll_loss(const Tensor& log_probabilities, const Tensor& target, const CrossEntropyOptions& options = {});
Tensor bce_with_logits(const Tensor& logits, const Tensor& target, const Tensor& pos_weight = {}, Reduction r = Reduction::mean);
Tensor kl_div(const Tensor& log_q, const Tensor& p, Reduction r = Reduction::mean);  // sum p (log p - log q), elementwise mean as in PyTorch
Tensor hinge_loss(const Tensor& scores, const Tensor& target, double margin = 1.0,
                  Reduction r = Reduction::mean);  // target -1 or 1: max(0, margin - t s)

// ---- random (draw from the process's generator: manual_seed)
Tensor rand(const Shape& shape, DType dtype = f32);  // [0, 1)
Tensor randn(const Shape& shape, DType dtype = f32);
Tensor randint(int64_t low, int64_t high, const Shape& shape, DType dtype = i64);
Tensor bernoulli(const Tensor& p);  // element-wise chances
Tensor randperm(int64_t n);         // i64
Tensor dropout(const Tensor& x, double p, bool training = true);

// ---- checks
bool all_finite(const Tensor& x);

// ---- autocast: matrix products and convolutions in bf16 while one is alive (DESIGN 3)
class AutocastScope {
 public:
  explicit AutocastScope(DType low = DType::bf16);
  ~AutocastScope();
 private:
  int before_;
};

}  // namespace cairn
