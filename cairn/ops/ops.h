// All differentiable operations, as free functions. Each stands in its own file with formula, forward, backward and samples.
// Axes count from the end when negative. Numbers convert to weak tensors: x * 2.0, maximum(x, 0).
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <cairn/tensor/size2.h>
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
// With `using namespace cairn` it is called cairn::std, since std alone is the standard library.
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
// "ij,jk->ik": a letter for each axis, sums over those that the output leaves out; `...` for any axes, diagonals for a letter twice in one operand.
// ConfigError for an equation that says nothing, ShapeError for sizes that differ.
Tensor einsum(const std::string& equation, const std::vector<Tensor>& operands);
// Factorisations of f32 and f64 matrices, one for each place of the leading axes; results have unique signs. k = min(m, n). NumericError for a
// matrix that has none: singular, not positive definite, NaN. cholesky and eigh take the symmetric part (a + a^T) / 2.
Tensor solve(const Tensor& a, const Tensor& b);  // x of a x = b: a [.., n, n], b [n] or [.., n, k]
Tensor cholesky(const Tensor& a);                // l of a = l l^T: lower triangular, diagonal > 0
std::vector<Tensor> qr(const Tensor& a);         // q [.., m, k], r [.., k, n] of a = q r: r's diagonal >= 0
std::vector<Tensor> eigh(const Tensor& a);       // eigenvalues [.., n], ascending; eigenvectors in columns, the largest component of each > 0
std::vector<Tensor> svd(const Tensor& a);        // u [.., m, k], s [.., k] descending, vh [.., k, n] of a = u diag(s) vh; largest of each of u's > 0

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
// To whole numbers: towards zero, beyond the range its nearest end, NaN 0; between whole numbers: modulo 2^bits; to bool: x != 0.
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

// ---- pooling, with PyTorch's names and rules. 2d: x [N, C, H, W] or [C, H, W]; 1d: x [N, C, L] or [C, L]. ConfigError for a kernel, stride or
// dilation below 1 and for a padding above half of the kernel; ShapeError where no window fits into the image.
template <class Size> struct MaxPoolOptions {
  Size stride = 0;  // 0: the kernel's
  Size padding = 0, dilation = 1;
  bool ceil_mode = false;  // also a last window that reaches beyond the end
};
template <class Size> struct AvgPoolOptions {
  Size stride = 0, padding = 0;
  bool ceil_mode = false;
  bool count_include_pad = true;  // false: divide by the number of places that the image has
};
using MaxPool1dOptions = MaxPoolOptions<int64_t>;
using MaxPool2dOptions = MaxPoolOptions<Size2>;
using AvgPool1dOptions = AvgPoolOptions<int64_t>;
using AvgPool2dOptions = AvgPoolOptions<Size2>;
Tensor max_pool1d(const Tensor& x, int64_t kernel, const MaxPool1dOptions& options = {});  // NaN wins; of equals the first gets the gradient
Tensor max_pool2d(const Tensor& x, Size2 kernel, const MaxPool2dOptions& options = {});
Tensor avg_pool1d(const Tensor& x, int64_t kernel, const AvgPool1dOptions& options = {});
Tensor avg_pool2d(const Tensor& x, Size2 kernel, const AvgPool2dOptions& options = {});
Tensor adaptive_max_pool1d(const Tensor& x, int64_t size);  // windows such that y has `size` places
Tensor adaptive_max_pool2d(const Tensor& x, Size2 size);
Tensor adaptive_avg_pool1d(const Tensor& x, int64_t size);
Tensor adaptive_avg_pool2d(const Tensor& x, Size2 size);
Tensor global_avg_pool2d(const Tensor& x);  // [N, C, H, W] -> [N, C]

// ---- images
enum class Upsampling { nearest, bilinear };
struct UpsampleOptions {
  Size2 size = 0;      // of the result; or
  Scale2 scale = 0.0;  // how many times as large it is, rounded down
  Upsampling mode = Upsampling::nearest;
  bool align_corners = false;  // bilinear: the centres of the corner pixels stay where they are
};
Tensor upsample(const Tensor& x, const UpsampleOptions& options);  // [N, C, H, W] -> [N, C, OH, OW]
enum class PadMode { reflect, replicate, circular };
// amounts: (before, after) of the last axis, then of the one before it. ShapeError for more than the axis has (reflect: minus 1; replicate: any).
Tensor pad(const Tensor& x, const std::vector<int64_t>& amounts, PadMode mode);
struct UnfoldOptions {
  Size2 dilation = 1, padding = 0, stride = 1;
};
Tensor unfold(const Tensor& x, Size2 kernel, const UnfoldOptions& options = {});            // [N, C, H, W] -> [N, C KH KW, windows]
Tensor fold(const Tensor& x, Size2 size, Size2 kernel, const UnfoldOptions& options = {});  // back to [N, C, size], adding up overlaps
Tensor pixel_shuffle(const Tensor& x, int64_t factor);                                      // [.., C r r, H, W] -> [.., C, H r, W r]
Tensor pixel_unshuffle(const Tensor& x, int64_t factor);

// ---- losses (scalars unless Reduction::none)
enum class Reduction { none, mean, sum };
Tensor mse_loss(const Tensor& prediction, const Tensor& target, Reduction r = Reduction::mean);
Tensor l1_loss(const Tensor& prediction, const Tensor& target, Reduction r = Reduction::mean);
Tensor huber_loss(const Tensor& prediction, const Tensor& target, double delta = 1.0, Reduction r = Reduction::mean);
struct CrossEntropyOptions {
  Tensor weight = {};  // [classes]
  int64_t ignore_index = -100;
  double label_smoothing = 0;
  Reduction reduction = Reduction::mean;  // mean: weighted by the targets' weights
};
// logits [n, classes] (or [n, classes, ...]); target: labels, i64 [n] (or [n, ...]), or shares of the classes (chances), floats in the logits'
// shape: -sum_j w_j t_j log softmax(logits)_j. A mean over shares is over the rows; ignore_index has no meaning for them.
Tensor cross_entropy(const Tensor& logits, const Tensor& target, const CrossEntropyOptions& options = {});
Tensor nll_loss(const Tensor& log_probabilities, const Tensor& target, const CrossEntropyOptions& options = {});
Tensor bce_with_logits(const Tensor& logits, const Tensor& target, const Tensor& pos_weight = {}, Reduction r = Reduction::mean);
Tensor kl_div(const Tensor& log_q, const Tensor& p, Reduction r = Reduction::mean);  // sum p (log p - log q), elementwise mean as in PyTorch
Tensor hinge_loss(const Tensor& scores, const Tensor& target, double margin = 1.0,
                  Reduction r = Reduction::mean);  // target -1 or 1: max(0, margin - t s)

// ---- convolution. Images are [N, C, H, W], N of them with C channels. One number stands for both directions: {.stride = 2}.
struct ConvOptions {
  Size2 stride = 1, padding = 0, dilation = 1;
  int64_t groups = 1;  // channels are cut into so many groups that do not see each other; groups = C: depthwise
  bool same = false;   // pad with zeros so that the output is ceil(size / stride); an odd pixel goes below and to the right
};
// x [N, C, H, W], weight [O, C / groups, KH, KW], bias [O] -> [N, O, OH, OW], OH = (H + 2 padding - dilation (KH - 1) - 1) / stride + 1
Tensor conv2d(const Tensor& x, const Tensor& weight, const Tensor& bias = {}, const ConvOptions& options = {});
// x [N, C, L], weight [O, C / groups, K] -> [N, O, OL]; of the options the heights count
Tensor conv1d(const Tensor& x, const Tensor& weight, const Tensor& bias = {}, const ConvOptions& options = {});
struct ConvTransposeOptions {
  Size2 stride = 1, padding = 0, output_padding = 0, dilation = 1;
  int64_t groups = 1;
};
// The gradient of a convolution as a layer of its own (Zeiler et al. 2010): every pixel of x stamps the filter onto y.
// x [N, C, H, W], weight [C, O / groups, KH, KW], bias [O] -> [N, O, OH, OW], OH = (H - 1) stride - 2 padding + dilation (KH - 1) + output_padding + 1
Tensor conv_transpose2d(const Tensor& x, const Tensor& weight, const Tensor& bias = {}, const ConvTransposeOptions& options = {});
Tensor conv_transpose1d(const Tensor& x, const Tensor& weight, const Tensor& bias = {}, const ConvTransposeOptions& options = {});  // [N, C, L]

// ---- normalisation. weight, bias: a learned scale and shift (each may be left out), of x's type, or f32 beside a 16-bit x; what is
// computed between is f32 at least. Variances are biased.
struct BatchNormOptions {
  bool training = true;   // normalise with the batch's statistics, and move the running ones; false: with the running ones
  double momentum = 0.1;  // running = (1 - momentum) running + momentum batch
  double eps = 1e-5;
  bool relu = false;  // y = relu(normalised x): saves a pass over memory, and one in backward
};
// x [N, C, ...]; the others [C]. running_mean and running_var (unbiased) are changed in place while training; both may be left out then.
Tensor batch_norm(const Tensor& x, const Tensor& weight = {}, const Tensor& bias = {}, const Tensor& running_mean = {},
                  const Tensor& running_var = {}, const BatchNormOptions& options = {});
// Over the last axes, which have the shape `last`, as weight and bias do.
Tensor layer_norm(const Tensor& x, const Shape& last, const Tensor& weight = {}, const Tensor& bias = {}, double eps = 1e-5);
Tensor rms_norm(const Tensor& x, const Shape& last, const Tensor& weight = {}, std::optional<double> eps = {});  // no eps: the type's epsilon
// x [N, C, ...], weight and bias [C]. Over groups of neighbouring channels of one example; over each channel of one example.
Tensor group_norm(const Tensor& x, int64_t groups, const Tensor& weight = {}, const Tensor& bias = {}, double eps = 1e-5);
Tensor instance_norm(const Tensor& x, const Tensor& weight = {}, const Tensor& bias = {}, double eps = 1e-5);

// ---- random (draw from the process's generator: manual_seed)
Tensor rand(const Shape& shape, DType dtype = f32);  // [0, 1)
Tensor randn(const Shape& shape, DType dtype = f32);
Tensor randint(int64_t low, int64_t high, const Shape& shape, DType dtype = i64);
Tensor bernoulli(const Tensor& p);  // element-wise chances
Tensor randperm(int64_t n);         // i64
Tensor dropout(const Tensor& x, double p, bool training = true);
Tensor dropout2d(const Tensor& x, double p, bool training = true);         // whole channels: x [N, C, ...]
Tensor stochastic_depth(const Tensor& x, double p, bool training = true);  // whole examples: x [N, ...]

// ---- checks
bool all_finite(const Tensor& x);

// ---- autocast: matrix products and convolutions in bf16 while one is alive, of f32 weights, which get f32 gradients
// (docs/mixed-precision.md; f32 switches it off; UnsupportedError for other types)
class AutocastScope {
 public:
  explicit AutocastScope(DType low = DType::bf16);
  ~AutocastScope();
 private:
  int before_;
};

}  // namespace cairn
