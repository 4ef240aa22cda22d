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

// x - mean(x), from the mean that the forward stored; both in f32 at least, since a mean of two neighbours in bf16 is one of them.
Tensor centered(const Backward& b, uint32_t mask) {
  Tensor x = widened(b.input(0));
  return x - b.kept(0, [&] { return mask ? mean(x, axes_of(mask), Keepdim) : x; });
}

DType wide_type(DType t) { return size_of(t) == 2 ? f32 : t; }

// mean: of wide_type. y: the variance, or its root; in f16 the variance leaves the range long before the root does.
void variance(Backend& kernel, const Array& x, const Reduced& r, double correction, bool root, Array& mean, Array& y) {
  if (x.dtype() != mean.dtype()) {
    Array wide(r.kept, mean.dtype());
    variance(kernel, cast_copy(x, mean.dtype()), r, correction, root, mean, wide);
    return kernel.copy(wide, y);
  }
  if (!root) return kernel.mean_var(x, r.mask, correction, mean, y);
  Array square(r.kept, x.dtype());
  kernel.mean_var(x, r.mask, correction, mean, square);
  kernel.unary(Unary::sqrt, square, 0, 0, y);
}

}  // namespace

Tensor var(const Tensor& input, const Axes& axes, bool keepdim, Variance kind) {
  const Tensor x = to_floating(input);
  const Reduced r("var", x, axes, keepdim);
  const double correction = kind == Variance::unbiased ? 1 : 0;
  Call op(var_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}, {"kind", name_of(kind)}});
  Array mean(r.kept, wide_type(op[0].dtype())), y = op.out(r.kept);
  variance(op.kernel(), op[0], r, correction, false, mean, y);
  return op.differentiable(dropped(y, r), op.save({0}, {mean}), [mask = r.mask, divisor = double(r.count) - correction](Backward& b) {
    b.give(0, [&] {
      Tensor dy = kept_form(b.grad(), b.input_shape(0), mask);
      return cast(centered(b, mask) * (widened(dy) * (2 / divisor)), dy.dtype());
    });
  });
}

Tensor std(const Tensor& input, const Axes& axes, bool keepdim, Variance kind) {
  const Tensor x = to_floating(input);
  const Reduced r("std", x, axes, keepdim);
  const double correction = kind == Variance::unbiased ? 1 : 0;
  Call op(std_op, {x}, {{"axes", r.axes}, {"keepdim", keepdim}, {"kind", name_of(kind)}});
  Array mean(r.kept, wide_type(op[0].dtype())), y = op.out(r.kept);
  variance(op.kernel(), op[0], r, correction, true, mean, y);
  return op.differentiable(dropped(y, r), op.save_output({0}, {mean}), [mask = r.mask, divisor = double(r.count) - correction](Backward& b) {
    b.give(0, [&] {
      Tensor y = widened(kept_form(b.output(), b.input_shape(0), mask)), dy = kept_form(b.grad(), b.input_shape(0), mask);
      Tensor flat = y == 0;
      return cast(centered(b, mask) * where(flat, 0.0, widened(dy) / (where(flat, 1.0, y) * divisor)), dy.dtype());
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
          "[" + std::string(op.name) + "] an axis is named twice in [1, 1] (x [2, 3])");
  return s;
}

}  // namespace

const OpInfo var_op = {"var", Autocast::f32, run_variance<var>, variance_samples<var_op>};
const OpInfo std_op = {"std", Autocast::f32, run_variance<std>, variance_samples<std_op>};

}  // namespace cairn
