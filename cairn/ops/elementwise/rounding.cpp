// Whole numbers and bounds.                                                                    x, y: any shape; integers stay integers
//   floor, ceil, round (half to even): steps, dx = 0 everywhere
//   y = clamp(x, low, high) = min(max(x, low), high)     dx = dy where low <= x <= high, otherwise 0
#include <limits>

#include <cairn/ops/elementwise/unary.h>

namespace cairn {

extern const OpInfo floor_op, ceil_op, round_op, clamp_op;

Tensor floor(const Tensor& x) {
  refuse_bool("floor", x);
  return unary_by_input(floor_op, Unary::floor, x, [](const Tensor& x) { return zeros_like(x); });
}
Tensor ceil(const Tensor& x) {
  refuse_bool("ceil", x);
  return unary_by_input(ceil_op, Unary::ceil, x, [](const Tensor& x) { return zeros_like(x); });
}
Tensor round(const Tensor& x) {
  refuse_bool("round", x);
  return unary_by_input(round_op, Unary::round, x, [](const Tensor& x) { return zeros_like(x); });
}
Tensor clamp(const Tensor& x, double low, double high) {
  refuse_bool("clamp", x);
  if (!(low <= high))
    throw ConfigError("[clamp] low must be at most high (" + Attributes({{"low", low}, {"high", high}}).str() +
                      "). Hint: clamp(x, low, high), in this order.");
  return unary_by_input(clamp_op, Unary::clamp, x, [low, high](const Tensor& x) { return cast(logical_and(x >= low, x <= high), x.dtype()); }, low,
                        high, {{"low", low}, {"high", high}});
}

namespace {

std::vector<Tensor> run_clamp(const std::vector<Tensor>& in, const Attributes& at) { return {clamp(in[0], at.number("low"), at.number("high"))}; }

template <const OpInfo& op> Samples step_samples() {
  Samples s = samples_on_steps<op>();
  s.fails({sample_mask({4})}, ("[" + std::string(op.name)) + "] is not defined for bool (x [4])");
  return s;
}

Samples clamp_samples() {
  const double infinity = std::numeric_limits<double>::infinity();
  Samples s(clamp_op);
  for (const Shape& shape : unary_shapes) s.add({sample_distinct(shape)}, {{"low", -0.313}, {"high", 0.527}});
  s.add({sample_distinct({9})}, {{"low", -infinity}, {"high", 0.012}});
  s.add({sample_index({2, 5}, 20)}, {{"low", 3.0}, {"high", 11.0}});
  s.fails({sample_mask({3})}, {{"low", 0.0}, {"high", 1.0}}, "[clamp] is not defined for bool (x [3])");
  s.fails({sample_normal({3})}, {{"low", 1.0}, {"high", 0.0}}, "[clamp] low must be at most high (low=1, high=0)");
  return s;
}

}  // namespace

const OpInfo floor_op = {"floor", Autocast::widest, run_unary<floor>, step_samples<floor_op>};
const OpInfo ceil_op = {"ceil", Autocast::widest, run_unary<ceil>, step_samples<ceil_op>};
const OpInfo round_op = {"round", Autocast::widest, run_unary<round>, step_samples<round_op>};
const OpInfo clamp_op = {"clamp", Autocast::widest, run_clamp, clamp_samples};

}  // namespace cairn
