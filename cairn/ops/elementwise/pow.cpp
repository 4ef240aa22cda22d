// y = a^b, with broadcasting and promotion.                                a, b: shapes that broadcast to y's
//   da = dy b a^(b - 1), 0 where b = 0          db = dy y log(a), 0 where a = 0 and b >= 0
// The exponents 1, 2, 1/2, -1/2, -1 written as numbers are their own exact functions. A negative power of an integer is cut toward 0.
#include <cairn/ops/elementwise/binary.h>

namespace cairn {

extern const OpInfo pow_op;

namespace {

// The function that a number as exponent stands for; not defined when there is none.
Tensor fixed_power(const Tensor& x, const Tensor& exponent) {
  const double e = exponent.dtype() == f32 ? exponent.impl()->number : double(*exponent.array().ptr<int64_t>());
  if (e == 1) return x;
  if (e == 2) return square(x);
  if (!is_floating(x.dtype())) return {};
  return e == 0.5 ? sqrt(x) : e == -0.5 ? rsqrt(x) : e == -1 ? reciprocal(x) : Tensor();
}

}  // namespace

Tensor pow(const Tensor& a, const Tensor& b) {
  if (b.is_weak())
    if (Tensor y = fixed_power(to_dtype(a, common_dtype(a, b)), b); y.defined()) return y;
  if (a.dtype() != b.dtype()) {
    const Operands o = to_promoted(a, b);
    return pow(o.a, o.b);
  }
  refuse_bool("pow", a);
  const Shape shape = broadcast_shapes("pow", a.shape(), b.shape());
  Call op(pow_op, {a, b});
  return op.differentiable(apply(op, Binary::pow, shape), save_operands(op, true, true, op.needs(1)), [](Backward& g) {
    Tensor a = g.input(0), b = g.input(1), dy = g.grad();
    g.give(0, [&] { return sum_to(where(b == 0, 0, dy * (b * pow(a, b - 1))), a.shape()); });
    g.give(1, [&] {
      Tensor flat = logical_and(a == 0, b >= 0);  // 0^b does not move with b: log(1) = 0
      return sum_to(dy * g.output() * log(where(flat, 1, a)), b.shape());
    });
  });
}

namespace {

Samples pow_samples() {
  Samples s = binary_samples(
      pow_op, [](const Shape& shape) { return sample_uniform(shape, 0.4, 2.0, 1); }, [](const Shape& shape) { return sample_normal(shape, 2); });
  s.add({sample_uniform({3, 5}, 0.4, 2.0), full({}, 3)});
  s.add({sample_index({2, 3}, 5), sample_index({3}, 6, 2)});
  s.fails({sample_mask({5}), sample_mask({5}, 2)}, "[pow] is not defined for bool (x [5])");
  return s;
}

}  // namespace

const OpInfo pow_op = {"pow", Autocast::f32, run_binary<pow>, pow_samples};

}  // namespace cairn
