// Dropout of whole groups: of channels (the activations of one filter are too alike for dropout of single ones to matter), of examples.
//   y_g = u_g < p ? 0 : x_g / (1 - p), u_g uniform in [0, 1), one for each group         x, y, dy, dx: [N, C, ...] or [N, ...]
//   dropout2d: a group is a channel of an example            Tompson, Goroshin, Jain, LeCun, Bregler 2015
//   stochastic_depth: a group is an example: in a residual branch, its layer is skipped      Huang, Sun, Liu, Sedra, Weinberger 2016
//   dx = the same map of dy: it is linear, and its key draws the same u again
#include <fmt/format.h>

#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/tensor/layout.h>

namespace cairn {

extern const OpInfo dropout2d_op, stochastic_depth_op, dropout_groups_op;

namespace {

// One factor for each group of the first `axes` axes: 0 or 1 / (1 - p).
Array factors_of(const Call& op, RandomKey key, double p, int axes) {
  Array factors(Shape(std::span(op[0].shape().begin(), size_t(axes))), op[0].dtype());
  op.kernel().random(Distribution::bernoulli, key, 1 - p, 0, factors);
  if (p < 1) op.kernel().scale(std::span(&factors, 1), 1 / (1 - p));
  return factors;
}

// `values` [groups, n] times the factors of the groups.
void scale_groups(const Call& op, const Array& values, const Array& factors, Array& result) {
  const int64_t groups = factors.numel(), n = groups ? values.numel() / groups : 0;
  Array y = result.reshaped({groups, n});
  op.kernel().binary(Binary::mul, values.reshaped({groups, n}), factors.reshaped({groups, 1}).expanded({groups, n}), y);
}

// The same for images blocked by channels: a block's factors lie side by side, as its channels do. Factors beyond C multiply zeros.
void scale_blocked(const Call& op, const Array& x, const Array& factors, Array& result) {
  const int64_t block = block_of(x.layout()), N = x.size(0), C = x.size(1), blocks = (C + block - 1) / block, pixels = x.size(2) * x.size(3);
  Array padded({N, blocks * block}, x.dtype());
  op.kernel().fill(padded, 0);
  Array filled = padded.sliced(1, 0, C);
  op.kernel().copy(factors, filled);
  const Shape shape = {N * blocks, pixels, block};
  Array y = result.lanes().reshaped(shape);
  op.kernel().binary(Binary::mul, x.lanes().reshaped(shape), padded.reshaped({N * blocks, 1, block}).expanded(shape), y);
}

Array dropped(const Call& op, RandomKey key, double p, int axes) {
  const Array factors = factors_of(op, key, p, axes);
  Array y = array_like(op[0]);
  if (!y.blocked()) {
    scale_groups(op, op[0].contiguous() ? op[0] : contiguous_copy(op[0]), factors, y);
  } else if (axes == 1) {
    Array lanes = y.lanes();
    scale_groups(op, op[0].lanes(), factors, lanes);
  } else {
    scale_blocked(op, op[0], factors, y);
  }
  return y;
}

// The mask that `key` draws. A function of its own, so that the gradient has a gradient.
Tensor dropout_groups(const Tensor& x, RandomKey key, double p, int axes) {
  Call op(dropout_groups_op, {x}, {{"p", p}, {"axes", axes}, {"seed", key.seed}, {"stream", key.stream}, {"offset", key.offset}});
  return op.differentiable(dropped(op, key, p, axes),
                           [key, p, axes](Backward& b) { b.give(0, [&] { return dropout_groups(b.grad(), key, p, axes); }); });
}

Tensor drop(const OpInfo& info, const Tensor& x, double p, bool training, int axes) {
  if (!(p >= 0 && p <= 1))
    throw ConfigError(fmt::format("[{}] p is a chance and must lie in [0, 1], not {}. Hint: 0.2 drops a fifth of them.", info.name, p));
  check_floating(info.name, x);
  check_rank(info.name, x, at_least(axes));
  if (!training || p == 0) return x;
  Call op(info, {x}, {{"p", p}});
  int64_t groups = 1;
  for (int i = 0; i < axes; i++) groups *= x.size(i);
  const RandomKey key = take_random(uint64_t(groups + 3) / 4);
  return op.differentiable(dropped(op, key, p, axes),
                           [key, p, axes](Backward& b) { b.give(0, [&] { return dropout_groups(b.grad(), key, p, axes); }); });
}

}  // namespace

Tensor dropout2d(const Tensor& x, double p, bool training) { return drop(dropout2d_op, x, p, training, 2); }
Tensor stochastic_depth(const Tensor& x, double p, bool training) { return drop(stochastic_depth_op, x, p, training, 1); }

namespace {

template <Tensor (*f)(const Tensor&, double, bool)> std::vector<Tensor> run_drop(const std::vector<Tensor>& in, const Attributes& a) {
  return {f(in[0], a.number("p"), true)};
}
std::vector<Tensor> run_dropout_groups(const std::vector<Tensor>& in, const Attributes& a) {
  const auto part = [&](const char* name) { return uint64_t(a.integer(name)); };
  return {dropout_groups(in[0], {part("seed"), part("stream"), part("offset")}, a.number("p"), int(a.integer("axes")))};
}

template <const OpInfo& op> Samples drop_samples() {
  Samples s(op);
  for (const Shape& x : {Shape{7, 3}, {4, 5, 2}, {3, 4, 2, 3}, {0, 3, 2}, {2, 3, 0}}) s.add({sample_normal(x)}, {{"p", 0.4}});
  s.add({sample_normal({5, 2})}, {{"p", 1.0}});
  s.fails({sample_normal({5, 2})}, {{"p", -0.5}}, "[" + std::string(op.name) + "] p is a chance and must lie in [0, 1], not -0.5");
  s.fails({sample_normal({})}, {{"p", 0.5}}, "[" + std::string(op.name) + "] x must have at least");
  s.random("draws its mask");
  return s;
}

Samples dropout_groups_samples() {
  Samples s(dropout_groups_op);
  for (const int axes : {1, 2})
    for (const Shape& x : {Shape{7, 3}, {4, 5, 2}, {0, 3, 2}})
      s.add({sample_normal(x)}, {{"p", 0.4}, {"axes", axes}, {"seed", 5}, {"stream", 0}, {"offset", 12}});
  return s;
}

}  // namespace

const OpInfo dropout2d_op = {"dropout2d", Autocast::widest, run_drop<dropout2d>, drop_samples<dropout2d_op>};
const OpInfo stochastic_depth_op = {"stochastic_depth", Autocast::widest, run_drop<stochastic_depth>, drop_samples<stochastic_depth_op>};
const OpInfo dropout_groups_op = {"dropout_groups", Autocast::widest, run_dropout_groups, dropout_groups_samples};

}  // namespace cairn
