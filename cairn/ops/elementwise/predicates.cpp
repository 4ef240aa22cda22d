// Questions with yes or no: logical_not (is it zero?), isfinite, isnan.                        x: any shape and type    y: bool
#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo logical_not_op, isfinite_op, isnan_op;

namespace {

Tensor ask(const OpInfo& info, Unary f, const Tensor& x) {
  Call op(info, {x});
  Array y = op.out(x.shape(), boolean);
  op.kernel().unary(f, op[0], 0, 0, y);
  return op.not_differentiable(y, "piecewise constant");
}

template <const OpInfo& op> Samples samples_of_questions() {
  const double infinity = std::numeric_limits<double>::infinity();
  Samples s = samples_on_reals<op>();
  s.no_gradient("the answer is a bool");
  s.add({tensor({0.0, -0.0, 1.5, infinity, -infinity, std::numeric_limits<double>::quiet_NaN()})});
  s.add({sample_index({3, 4}, 3)}).add({sample_mask({5})});
  return s;
}

}  // namespace

Tensor logical_not(const Tensor& x) { return ask(logical_not_op, Unary::logical_not, x); }
Tensor isfinite(const Tensor& x) { return ask(isfinite_op, Unary::isfinite, x); }
Tensor isnan(const Tensor& x) { return ask(isnan_op, Unary::isnan, x); }

const OpInfo logical_not_op = {"logical_not", Autocast::widest, run_unary<logical_not>, samples_of_questions<logical_not_op>};
const OpInfo isfinite_op = {"isfinite", Autocast::widest, run_unary<isfinite>, samples_of_questions<isfinite_op>};
const OpInfo isnan_op = {"isnan", Autocast::widest, run_unary<isnan>, samples_of_questions<isnan_op>};

}  // namespace cairn
