// Fixed powers.                                                                                x, y: any shape
//   y = sqrt(x)     dx = dy / (2 y)         y = rsqrt(x) = 1 / sqrt(x)     dx = -dy y^3 / 2
//   y = square(x)   dx = 2 x dy             y = reciprocal(x) = 1 / x      dx = -dy y^2
#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo sqrt_op, rsqrt_op, square_op, reciprocal_op;

Tensor sqrt(const Tensor& x) {
  return unary_by_output(sqrt_op, Unary::sqrt, to_floating(x), [](const Tensor& y) { return 0.5 / y; });
}
Tensor rsqrt(const Tensor& x) {
  return unary_by_output(rsqrt_op, Unary::rsqrt, to_floating(x), [](const Tensor& y) { return -0.5 * y * square(y); });
}
Tensor square(const Tensor& x) {
  refuse_bool("square", x);
  return unary_by_input(square_op, Unary::square, x, [](const Tensor& x) { return 2 * x; });
}
Tensor reciprocal(const Tensor& x) {
  return unary_by_output(reciprocal_op, Unary::reciprocal, to_floating(x), [](const Tensor& y) { return -square(y); });
}

namespace {

Samples square_samples() {
  Samples s = samples_on_reals<square_op>();
  s.fails({sample_mask({2})}, "[square] is not defined for bool (x [2])");
  return s;
}

}  // namespace

const OpInfo sqrt_op = {"sqrt", Autocast::widest, run_unary<sqrt>, samples_on_positives<sqrt_op>};
const OpInfo rsqrt_op = {"rsqrt", Autocast::f32, run_unary<rsqrt>, samples_on_positives<rsqrt_op>};
const OpInfo square_op = {"square", Autocast::widest, run_unary<square>, square_samples};
const OpInfo reciprocal_op = {"reciprocal", Autocast::f32, run_unary<reciprocal>, samples_on_positives<reciprocal_op>};

}  // namespace cairn
