// Activation functions.                                                                        x, y: any shape
//   relu        max(x, 0)                             f' = [y > 0]                  Nair, Hinton 2010
//   leaky_relu  x > 0 ? x : slope x                   f' = x > 0 ? 1 : slope        Maas et al. 2013
//   elu         x > 0 ? x : alpha (exp(x) - 1)        f' = x > 0 ? 1 : alpha exp(x) Clevert et al. 2015
//   sigmoid     s(x) = 1 / (1 + exp(-x))              f' = y (1 - y)
//   tanh                                              f' = 1 - y^2
//   silu        x s(x)                                f' = s + x s (1 - s)          Elfwing et al. 2017
//   gelu        x Phi(x), Phi(x) = (1 + erf(x/sqrt 2)) / 2      f' = Phi + x phi, phi = exp(-x^2/2) / sqrt(2 pi)
//   gelu_tanh   x (1 + t) / 2, t = tanh(u), u = sqrt(2/pi) (x + 0.044715 x^3)       Hendrycks, Gimpel 2016
//               f' = (1 + t) / 2 + x (1 - t^2) u' / 2
//   softplus    log(1 + exp(beta x)) / beta, x itself where beta x > threshold      f' = s(beta x), or 1
#include <numbers>

#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo relu_op, leaky_relu_op, elu_op, sigmoid_op, tanh_op, silu_op, gelu_op, gelu_tanh_op, softplus_op;

Tensor relu(const Tensor& x) {
  refuse_bool("relu", x);
  return unary_by_output(relu_op, Unary::relu, x, [](const Tensor& y) { return cast(y > 0, y.dtype()); });
}

Tensor leaky_relu(const Tensor& x, double slope) {
  return unary_by_input(leaky_relu_op, Unary::leaky_relu, to_floating(x),
                        [slope](const Tensor& x) { return where(x > 0, 1.0, to_dtype(slope, x.dtype())); }, slope, 0, {{"slope", slope}});
}

Tensor elu(const Tensor& x, double alpha) {
  // The minimum keeps exp of the other branch finite.
  return unary_by_input(elu_op, Unary::elu, to_floating(x), [alpha](const Tensor& x) { return where(x > 0, 1.0, alpha * exp(minimum(x, 0))); }, alpha,
                        0, {{"alpha", alpha}});
}

Tensor sigmoid(const Tensor& x) {
  return unary_by_output(sigmoid_op, Unary::sigmoid, to_floating(x), [](const Tensor& y) { return y * (1 - y); });
}

Tensor tanh(const Tensor& x) {
  return unary_by_output(tanh_op, Unary::tanh, to_floating(x), [](const Tensor& y) { return 1 - square(y); });
}

Tensor silu(const Tensor& x) {
  return unary_by_input(silu_op, Unary::silu, to_floating(x), [](const Tensor& x) {
    Tensor s = sigmoid(x);
    return s * (1 + x * (1 - s));
  });
}

Tensor gelu(const Tensor& x) {
  return unary_by_input(gelu_op, Unary::gelu, to_floating(x), [](const Tensor& x) {
    Tensor below = 0.5 * (1 + erf(x * (1 / std::numbers::sqrt2)));
    Tensor density = std::numbers::inv_sqrtpi / std::numbers::sqrt2 * exp(-0.5 * square(x));
    return below + x * density;
  });
}

Tensor gelu_tanh(const Tensor& x) {
  return unary_by_input(gelu_tanh_op, Unary::gelu_tanh, to_floating(x), [](const Tensor& x) {
    const double c = std::numbers::sqrt2 * std::numbers::inv_sqrtpi, k = 0.044715;
    Tensor t = tanh(c * x * (1 + k * square(x))), slope = c * (1 + 3 * k * square(x));
    return 0.5 * (1 + t) + 0.5 * x * (1 - square(t)) * slope;
  });
}

Tensor softplus(const Tensor& x, double beta, double threshold) {
  return unary_by_input(softplus_op, Unary::softplus, to_floating(x),
                        [beta, threshold](const Tensor& x) { return where(beta * x > threshold, 1.0, sigmoid(beta * x)); }, beta, threshold,
                        {{"beta", beta}, {"threshold", threshold}});
}

namespace {

std::vector<Tensor> run_leaky_relu(const std::vector<Tensor>& in, const Attributes& at) { return {leaky_relu(in[0], at.number("slope"))}; }
std::vector<Tensor> run_elu(const std::vector<Tensor>& in, const Attributes& at) { return {elu(in[0], at.number("alpha"))}; }
std::vector<Tensor> run_softplus(const std::vector<Tensor>& in, const Attributes& at) {
  return {softplus(in[0], at.number("beta"), at.number("threshold"))};
}

Samples relu_samples() {
  Samples s = samples_on_reals<relu_op>();
  s.fails({sample_mask({3})}, "[relu] is not defined for bool (x [3])");
  return s;
}
Samples leaky_relu_samples() {
  Samples s(leaky_relu_op);
  for (const Shape& shape : unary_shapes) s.add({sample_distinct(shape)}, {{"slope", 0.1}});
  return s;
}
Samples elu_samples() {
  Samples s(elu_op);
  for (const Shape& shape : unary_shapes) s.add({sample_distinct(shape)}, {{"alpha", 1.5}});
  return s;
}
Samples softplus_samples() {
  Samples s(softplus_op);
  for (const Shape& shape : unary_shapes) s.add({sample_distinct(shape)}, {{"beta", 2.0}, {"threshold", 20.0}});
  s.add({sample_distinct({9}) * 40}, {{"beta", 1.0}, {"threshold", 20.0}});
  return s;
}

}  // namespace

const OpInfo relu_op = {"relu", Autocast::widest, run_unary<relu>, relu_samples};
const OpInfo leaky_relu_op = {"leaky_relu", Autocast::widest, run_leaky_relu, leaky_relu_samples};
const OpInfo elu_op = {"elu", Autocast::widest, run_elu, elu_samples};
const OpInfo sigmoid_op = {"sigmoid", Autocast::widest, run_unary<sigmoid>, samples_on_reals<sigmoid_op>};
const OpInfo tanh_op = {"tanh", Autocast::widest, run_unary<tanh>, samples_on_reals<tanh_op>};
const OpInfo silu_op = {"silu", Autocast::widest, run_unary<silu>, samples_on_reals<silu_op>};
const OpInfo gelu_op = {"gelu", Autocast::widest, run_unary<gelu>, samples_on_reals<gelu_op>};
const OpInfo gelu_tanh_op = {"gelu_tanh", Autocast::widest, run_unary<gelu_tanh>, samples_on_reals<gelu_tanh_op>};
const OpInfo softplus_op = {"softplus", Autocast::f32, run_softplus, softplus_samples};

}  // namespace cairn
