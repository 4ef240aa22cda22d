// Sine, cosine and the error function.                                                         x, y: any shape
//   y = sin(x)   dx = dy cos(x)         y = cos(x)   dx = -dy sin(x)
//   y = erf(x) = 2/sqrt(pi) integral_0^x exp(-t^2) dt      dx = dy 2/sqrt(pi) exp(-x^2)
#include <numbers>

#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo sin_op, cos_op, erf_op;

Tensor sin(const Tensor& x) {
  return unary_by_input(sin_op, Unary::sin, to_floating(x), [](const Tensor& x) { return cos(x); });
}
Tensor cos(const Tensor& x) {
  return unary_by_input(cos_op, Unary::cos, to_floating(x), [](const Tensor& x) { return -sin(x); });
}
Tensor erf(const Tensor& x) {
  return unary_by_input(erf_op, Unary::erf, to_floating(x), [](const Tensor& x) { return 2 * std::numbers::inv_sqrtpi * exp(-square(x)); });
}

const OpInfo sin_op = {"sin", Autocast::widest, run_unary<sin>, samples_on_reals<sin_op>};
const OpInfo cos_op = {"cos", Autocast::widest, run_unary<cos>, samples_on_reals<cos_op>};
const OpInfo erf_op = {"erf", Autocast::widest, run_unary<erf>, samples_on_reals<erf_op>};

}  // namespace cairn
