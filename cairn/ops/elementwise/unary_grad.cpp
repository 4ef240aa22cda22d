// dx = dy * f'(r): the backward of the elementwise functions in one pass over memory.        r, dy, dx: one shape, any
// r is y for exp expm1 sqrt rsqrt reciprocal tanh sigmoid relu, x for all others; a, b are the constants of f.
#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo unary_grad_op;

Tensor unary_grad(Unary f, const Tensor& r, const Tensor& dy, double a, double b) {
  Call op(unary_grad_op, {r, dy}, {{"function", int(f)}, {"a", a}, {"b", b}});
  const bool lanes = op[0].blocked() && op[0].layout() == op[1].layout() && keeps_zero(f);
  Array dx = lanes ? array_like(op[0]) : op.out(r.shape());
  if (lanes) {
    Array all = dx.lanes();
    op.kernel().unary_grad(f, op[0].lanes(), op[1].lanes(), a, b, all);
  } else {
    op.kernel().unary_grad(f, op[0], op[1], a, b, dx);
  }
  return op.not_differentiable(dx, "second derivatives go through the formula of f' in ops");
}

namespace {

std::vector<Tensor> run_unary_grad(const std::vector<Tensor>& in, const Attributes& at) {
  return {unary_grad(Unary(at.integer("function")), in[0], in[1], at.number("a"), at.number("b"))};
}

Samples unary_grad_samples() {
  Samples s(unary_grad_op);
  s.no_gradient("it is a gradient already; second derivatives go through the formula of f' in ops");
  for (Unary f : {Unary::neg,   Unary::abs,    Unary::sign,       Unary::exp,  Unary::expm1, Unary::log,       Unary::log1p,   Unary::sqrt,
                  Unary::rsqrt, Unary::square, Unary::reciprocal, Unary::sin,  Unary::cos,   Unary::tanh,      Unary::sigmoid, Unary::erf,
                  Unary::floor, Unary::ceil,   Unary::round,      Unary::relu, Unary::gelu,  Unary::gelu_tanh, Unary::silu})
    s.add({sample_uniform({3, 5}, 0.2, 0.9, 1), sample_normal({3, 5}, 2)}, {{"function", int(f)}, {"a", 0.0}, {"b", 0.0}});
  s.add({sample_distinct({2, 7}), sample_normal({2, 7}, 2)}, {{"function", int(Unary::clamp)}, {"a", -0.31}, {"b", 0.52}});
  s.add({sample_distinct({13}), sample_normal({13}, 2)}, {{"function", int(Unary::leaky_relu)}, {"a", 0.1}, {"b", 0.0}});
  s.add({sample_distinct({}), sample_normal({}, 2)}, {{"function", int(Unary::elu)}, {"a", 1.5}, {"b", 0.0}});
  s.add({sample_distinct({0, 2}), sample_normal({0, 2}, 2)}, {{"function", int(Unary::softplus)}, {"a", 1.0}, {"b", 20.0}});
  s.add({sample_distinct({3, 3}), sample_normal({3, 3}, 2)}, {{"function", int(Unary::softplus)}, {"a", 2.0}, {"b", 0.5}});
  return s;
}

}  // namespace

const OpInfo unary_grad_op = {"unary_grad", Autocast::widest, run_unary_grad, unary_grad_samples};

}  // namespace cairn
