// Negative, absolute value, sign.                                                              x, y: any shape; integers stay integers
//   y = -x    dx = -dy        y = |x|   dx = dy sign(x), 0 at 0        y = sign(x) in {-1, 0, 1}   dx = 0
#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo neg_op, abs_op, sign_op;

Tensor neg(const Tensor& x) {
  refuse_bool("neg", x);
  Call op(neg_op, {x});
  Array y = op.out(x.shape());
  op.kernel().unary(Unary::neg, op[0], 0, 0, y);
  return op.differentiable(y, [](Backward& b) { b.give(0, [&] { return neg(b.grad()); }); });
}
Tensor abs(const Tensor& x) {
  refuse_bool("abs", x);
  return unary_by_input(abs_op, Unary::abs, x, [](const Tensor& x) { return sign(x); });
}
Tensor sign(const Tensor& x) {
  refuse_bool("sign", x);
  return unary_by_input(sign_op, Unary::sign, x, [](const Tensor& x) { return zeros_like(x); });
}
Tensor Tensor::operator-() const { return neg(*this); }

namespace {

template <const OpInfo& op> Samples signed_samples() {
  Samples s = samples_on_reals<op>();
  s.fails({sample_mask({2, 3})}, "[" + std::string(op.name) + "] is not defined for bool (x [2, 3])");
  return s;
}

}  // namespace

const OpInfo neg_op = {"neg", Autocast::widest, run_unary<neg>, signed_samples<neg_op>};
const OpInfo abs_op = {"abs", Autocast::widest, run_unary<abs>, signed_samples<abs_op>};
const OpInfo sign_op = {"sign", Autocast::widest, run_unary<sign>, signed_samples<sign_op>};

}  // namespace cairn
