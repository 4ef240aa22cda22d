// Exponentials and logarithms.                                                                 x, y: any shape
//   y = exp(x)     dx = dy y          y = expm1(x) = exp(x) - 1, exact near 0     dx = dy (y + 1)
//   y = log(x)     dx = dy / x        y = log1p(x) = log(1 + x), exact near 0     dx = dy / (1 + x)
#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo exp_op, expm1_op, log_op, log1p_op;

Tensor exp(const Tensor& x) {
  return unary_by_output(exp_op, Unary::exp, to_floating(x), [](const Tensor& y) { return y; });
}
Tensor expm1(const Tensor& x) {
  return unary_by_output(expm1_op, Unary::expm1, to_floating(x), [](const Tensor& y) { return y + 1; });
}
Tensor log(const Tensor& x) {
  return unary_by_input(log_op, Unary::log, to_floating(x), [](const Tensor& x) { return reciprocal(x); });
}
Tensor log1p(const Tensor& x) {
  return unary_by_input(log1p_op, Unary::log1p, to_floating(x), [](const Tensor& x) { return reciprocal(x + 1); });
}

const OpInfo exp_op = {"exp", Autocast::f32, run_unary<exp>, samples_on_reals<exp_op>};
const OpInfo expm1_op = {"expm1", Autocast::f32, run_unary<expm1>, samples_on_reals<expm1_op>};
const OpInfo log_op = {"log", Autocast::f32, run_unary<log>, samples_on_positives<log_op>};
const OpInfo log1p_op = {"log1p", Autocast::f32, run_unary<log1p>, samples_on_positives<log1p_op>};

}  // namespace cairn
