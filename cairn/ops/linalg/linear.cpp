// The affine map of a layer.                                   x: [..., n]   w: [m, n]   bias: [m] or none   y: [..., m]
//   y  = x w^T + bias                  one kernel; the bias is added on the way out
//   dx = dy w,   dw = dy^T x,   dbias = sum of dy's rows         (all leading axes count as rows)
// Beside a 16-bit x, w and bias may be f32: they are rounded to x's type, and their gradients are f32 sums, which are not rounded.
#include <cairn/ops/linalg/partners.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/ops/shape/view.h>

namespace cairn {

extern const OpInfo linear_op;

namespace {

void check_linear(const Tensor& x, const Tensor& w, const Tensor& bias) {
  check_rank("linear", x, at_least(1));
  check_rank("linear", w, exactly(2), "weight");
  if (x.shape().back() != w.shape()[1])
    fail_shape("linear", "the input has " + std::to_string(x.shape().back()) + " features but the weight expects " + std::to_string(w.shape()[1]),
               {{"input", x}, {"weight", w}}, "the weight is [outputs, inputs]; images may have to be flattened first.");
  if (bias.defined() && !(bias.rank() == 1 && bias.shape()[0] == w.shape()[0]))
    fail_shape("linear", "the bias must have one number for each of the " + std::to_string(w.shape()[0]) + " outputs",
               {{"weight", w}, {"bias", bias}}, "the weight is [outputs, inputs], the bias [outputs].");
}

}  // namespace

Tensor linear(const Tensor& x, const Tensor& weight, const Tensor& bias) {
  check_linear(x, weight, bias);
  const bool biased = bias.defined();
  const Tensor inputs[] = {x, weight, bias};
  Call op(linear_op, std::span<const Tensor>(inputs, biased ? 3 : 2));
  if (op[0].dtype() != op[1].dtype()) check_beside("linear", {"input", op.input(0)}, {"weight", op.input(1)});
  if (biased && op[1].dtype() != op[2].dtype()) check_same_dtype("linear", {{"weight", op.input(1)}, {"bias", op.input(2)}});

  const Shape from = op[0].shape();
  const int64_t n = from.back(), m = op[1].size(0);
  Shape to = from;
  to[to.rank() - 1] = m;
  int64_t rows = 1;
  for (int i = 0; i + 1 < from.rank(); ++i) rows *= from[i];

  const bool wide = op[1].dtype() != op[0].dtype();
  const Array w = wide ? cast_copy(op[1], op[0].dtype()) : op[1], offset = biased && wide ? cast_copy(op[2], op[0].dtype())
                                                                           : biased       ? op[2]
                                                                                          : Array();
  Array y = op.out({rows, m});
  op.kernel().linear(from.rank() == 2 ? op[0] : reshaped_or_copied(op[0], {rows, n}), w, offset, y);
  if (from.rank() != 2) y = y.reshaped(to);

  Call::Saved saved = save_partners(op);
  if (wide && op.needs(0)) saved.arrays[saved.count++] = w;
  return op.differentiable(y, saved, [from, rows, m, n, biased, wide](Backward& g) {
    Tensor dy = reshape(g.grad(0), {rows, m});
    g.give(0, [&] {
      const Tensor w = wide ? g.kept(0, [&] { return cast(g.input(1), dy.dtype()); }) : g.input(1);
      return reshape(matmul(dy, w), from);
    });
    g.give(1, [&] {
      const Tensor x = reshape(g.input(0), {rows, n});
      return wide ? matmul_to_f32(transpose(dy, 0, 1), x) : matmul(transpose(dy, 0, 1), x);
    });
    if (biased) g.give(2, [&] { return sum(wide ? cast(dy, f32) : dy, {0}); });
  });
}

namespace {

std::vector<Tensor> run_linear(const std::vector<Tensor>& in, const Attributes&) { return {linear(in[0], in[1], in.size() > 2 ? in[2] : Tensor())}; }

int64_t linear_flops(const std::vector<Shape>& in, const Attributes&) { return 2 * in[0].numel() * in[1][0]; }

Samples linear_samples() {
  Samples s(linear_op);
  for (const Shape& x : {Shape{3, 4}, {4}, {2, 3, 4}, {1, 4}, {0, 4}, {2, 2, 1, 4}}) {
    s.add({sample_normal(x, 1), sample_normal({2, 4}, 2), sample_normal({2}, 3)});
    s.add({sample_normal(x, 1), sample_normal({3, 4}, 2)});
  }
  s.add({sample_normal({3, 0}, 1), sample_normal({2, 0}, 2), sample_normal({2}, 3)});
  s.add({sample_normal({3, 1}, 1), sample_normal({1, 1}, 2), sample_normal({1}, 3)});
  s.add({transpose(sample_normal({4, 3}, 1), 0, 1), transpose(sample_normal({4, 2}, 2), 0, 1), sample_normal({2}, 3)});
  s.fails({sample_normal({64, 784}), sample_normal({10, 1024})},
          "[linear] the input has 784 features but the weight expects 1024 (input [64, 784], weight [10, 1024]).");
  s.fails({sample_normal({2, 3}), sample_normal({4, 3}), sample_normal({3})},
          "[linear] the bias must have one number for each of the 4 outputs (weight [4, 3], bias [3])");
  return s;
}

}  // namespace

const OpInfo linear_op = {"linear", Autocast::low_input, run_linear, linear_samples, linear_flops};

}  // namespace cairn
