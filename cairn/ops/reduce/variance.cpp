// Variance and standard deviation over axes.        x: any shape; y: x's without the axes (1 with keepdim); c = 1 unbiased, 0 biased
//   var  y = sum((x - mean)^2) / (n - c)            dx = dy 2 (x - mean) / (n - c)
//   std  y = sqrt(var)                              dx = dy (x - mean) / ((n - c) y), 0 where y = 0 (as PyTorch)
// Integers are computed in f32. Fewer than c + 1 elements have no variance: NaN.
#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo var_op, std_op;

namespace {

const char* name_of(Variance kind) { return kind == Variance::biased ? "biased" : "unbiased"; }
Variance kind_of(const Attributes& at) { return at.text("kind") == "biased" ? Variance::biased : Variance::unbiased; }

// x - mean(x), from the mean that the forward stored.
Tensor centered(const Backward& b, uint32_t mask) {
  Tensor x = b.input(0);
  return x - b.kept(0, [&] { return mask ? mean(x, axes_of(mask), Keepdim) : x; });
}

}  // namespace

Tensor var(const Tensor& input, const Axes& axes, bool keepdim, Variance kind) {
  const Tensor x = to_floating(input);
  const Reduced r("var", x, axes, keepdim);
  const double correction = kind == Variance::unbiased ? 1 : 0;
  Call op(var_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}, {"kind", name_of(kind)}});
  Array mean = op.out(r.kept), y = op.out(r.kept);
  op.kernel().mean_var(op[0], r.mask, correction, mean, y);
  return op.differentiable(dropped(y, r), op.save({0}, {mean}), [mask = r.mask, divisor = double(r.count) - correction](Backward& b) {
    b.give(0, [&] { return centered(b, mask) * (kept_form(b.grad(), b.input_shape(0), mask) * (2 / divisor)); });
  });
}

Tensor std(const Tensor& input, const Axes& axes, bool keepdim, Variance kind) {
  const Tensor x = to_floating(input);
  const Reduced r("std", x, axes, keepdim);
  const double correction = kind == Variance::unbiased ? 1 : 0;
  Call op(std_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}, {"kind", name_of(kind)}});
  Array mean = op.out(r.kept), var = op.out(r.kept), y = op.out(r.kept);
  op.kernel().mean_var(op[0], r.mask, correction, mean, var);
  op.kernel().unary(Unary::sqrt, var, 0, 0, y);
  return op.differentiable(dropped(y, r), op.save_output({0}, {mean}), [mask = r.mask, divisor = double(r.count) - correction](Backward& b) {
    b.give(0, [&] {
      Tensor y = kept_form(b.output(), b.input_shape(0), mask), dy = kept_form(b.grad(), b.input_shape(0), mask);
      Tensor flat = y == 0;
      return centered(b, mask) * where(flat, 0.0, dy / (where(flat, 1.0, y) * divisor));
    });
  });
}

namespace {

template <Tensor (*f)(const Tensor&, const Axes&, bool, Variance)>
std::vector<Tensor> run_variance(const std::vector<Tensor>& in, const Attributes& at) {
  return {f(in[0], axes_of(at), at.boolean("keepdim"), kind_of(at))};
}

template <const OpInfo& op> Samples variance_samples() {
  Samples s(op);
  for (const ReductionCase& c : reduction_cases) {
    int64_t n = 1;
    for (int64_t axis : c.axes) n *= c.x[int(axis < 0 ? axis + c.x.rank() : axis)];
    if (n < 2) continue;  // no variance in one element
    for (Variance kind : {Variance::biased, Variance::unbiased})
      s.add({sample_normal(c.x)}, {{"axes", c.axes}, {"keepdim", c.keepdim}, {"kind", name_of(kind)}});
  }
  s.add({sample_index({3, 4}, 9)}, {{"axes", Shape{1}}, {"keepdim", false}, {"kind", "unbiased"}});
  s.fails({sample_normal({2, 3})}, {{"axes", Shape{1, 1}}, {"keepdim", false}, {"kind", "biased"}},
          std::string("[") + op.name + "] an axis is named twice in [1, 1] (x [2, 3])");
  return s;
}

}  // namespace

const OpInfo var_op = {"var", Autocast::f32, run_variance<var>, variance_samples<var_op>};
const OpInfo std_op = {"std", Autocast::f32, run_variance<std>, variance_samples<std_op>};

}  // namespace cairn
