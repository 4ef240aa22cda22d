// y = (sum |x|^p)^(1/p) over axes.                                       x: any shape; y: x's without the axes (1 with keepdim); p > 0
//   p = 1     dx = dy sign(x)                         p = 2     dx = dy x / y
//   other p   dx = dy sign(x) (|x| / y)^(p - 1)       p = inf   dx = dy sign(x) / k for the k elements with |x| = y
// Where y = 0 the gradient is 0. Integers are computed in f32.
#include <cmath>
#include <limits>

#include <cairn/ops/reduce/axes.h>

namespace cairn {

extern const OpInfo norm_op;

namespace {

void norm_kernel(Backend& kernel, const Array& x, double p, const Reduced& r, Array& y) {
  if (p == 1) return kernel.reduce(Reduce::sum_abs, x, r.mask, y);
  if (size_of(x.dtype()) == 2 && std::isfinite(p)) {  // powers leave the range of f16 long before the norm does
    Array wide(r.kept, f32);
    norm_kernel(kernel, cast_copy(x, f32), p, r, wide);
    return kernel.copy(wide, y);
  }
  Array partial(r.kept, x.dtype());
  if (p == 2) {
    kernel.reduce(Reduce::sum_square, x, r.mask, partial);
    return kernel.unary(Unary::sqrt, partial, 0, 0, y);
  }
  Array size(x.shape(), x.dtype());
  kernel.unary(Unary::abs, x, 0, 0, size);
  if (std::isinf(p)) return kernel.reduce(Reduce::max, size, r.mask, y);
  Array exponent(Shape{}, x.dtype()), powers(x.shape(), x.dtype());
  kernel.fill(exponent, p);
  kernel.binary(Binary::pow, size, exponent.expanded(x.shape()), powers);
  kernel.reduce(Reduce::sum, powers, r.mask, partial);
  kernel.fill(exponent, 1 / p);
  kernel.binary(Binary::pow, partial, exponent.expanded(r.kept), y);
}

// d norm / dx, with y in the kept form.
Tensor slope(const Tensor& x, const Tensor& y, const Tensor& dy, double p) {
  if (p == 1) return dy * sign(x);
  Tensor zero = y == 0, length = where(zero, 1.0, y);
  if (p == 2) return x * where(zero, 0.0, dy / length);
  if (std::isinf(p)) {
    Tensor largest = abs(x) == y;
    return sign(x) * where(largest, where(zero, 0.0, dy / sum_to(largest, y.shape())), 0.0);
  }
  Tensor ratio = where(x == 0, 1.0, abs(x)) / length;  // at x = 0 the sign makes it 0, whatever p
  return dy * (sign(x) * pow(ratio, p - 1));
}

}  // namespace

Tensor norm(const Tensor& input, double p, const Axes& axes, bool keepdim) {
  if (!(p > 0))
    throw ConfigError("[norm] p must be positive (" + Attributes({{"p", p}}).str() +
                      "). Hint: 2 is the Euclidean length, 1 the sum of sizes, infinity the largest.");
  const Tensor x = to_floating(input);
  const Reduced r("norm", x, axes, keepdim);
  if (std::isinf(p)) check_not_empty("norm", x, r);
  Call op(norm_op, {x}, {{"p", p}, {"axes", r.axes}, {"keepdim", keepdim}});
  Array y = op.out(r.kept);
  norm_kernel(op.kernel(), op[0], p, r, y);
  return op.differentiable(dropped(y, r), op.save_output({0}), [p, mask = r.mask](Backward& b) {
    b.give(0, [&] {
      Tensor x = b.input(0), y = kept_form(b.output(), x.shape(), mask), dy = kept_form(b.grad(), x.shape(), mask);
      return cast(slope(widened(x), widened(y), widened(dy), p), x.dtype());
    });
  });
}

namespace {

std::vector<Tensor> run_norm(const std::vector<Tensor>& in, const Attributes& at) {
  return {norm(in[0], at.number("p"), axes_of(at), at.boolean("keepdim"))};
}

Samples norm_samples() {
  const double infinity = std::numeric_limits<double>::infinity();
  Samples s(norm_op);
  for (double p : {1.0, 2.0, infinity, 3.0, 1.5}) {
    for (const ReductionCase& c : reduction_cases) s.add({sample_distinct(c.x) + 0.017}, {{"p", p}, {"axes", c.axes}, {"keepdim", c.keepdim}});
    s.add({sample_index({3, 4}, 9)}, {{"p", p}, {"axes", Shape{1}}, {"keepdim", false}});
  }
  s.add({sample_normal({0, 3})}, {{"p", 2.0}, {"axes", Shape{0}}, {"keepdim", false}});
  s.fails({sample_normal({0, 3})}, {{"p", infinity}, {"axes", Shape{0}}, {"keepdim", false}}, "[norm] cannot reduce an axis of size 0 (x [0, 3])");
  s.fails({sample_normal({3})}, {{"p", -1.0}, {"axes", Shape{0}}, {"keepdim", false}}, "[norm] p must be positive (p=-1)");
  return s;
}

}  // namespace

const OpInfo norm_op = {"norm", Autocast::f32, run_norm, norm_samples};

}  // namespace cairn
