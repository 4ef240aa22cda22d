// dx = dy f'(.) as vector loops; r is x or f(x), as backend.h lists.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/unary_grad.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

template <class V> struct GradConstants { V a, b, zero, one, half; };

#define CAIRN_GRAD(Name, r, ...)                                                                                                                   \
  struct Name {                                                                                                                                    \
    template <class D, class V>                                                                                                                    \
    HWY_INLINE V operator()([[maybe_unused]] D d, [[maybe_unused]] V r, [[maybe_unused]] V dy, [[maybe_unused]] const GradConstants<V>& c) const { \
      __VA_ARGS__                                                                                                                                  \
    }                                                                                                                                              \
  }
// From y.
CAIRN_GRAD(ExpGrad, y, return hn::Mul(dy, y););
CAIRN_GRAD(Expm1Grad, y, return hn::Mul(dy, hn::Add(y, c.one)););
CAIRN_GRAD(SqrtGrad, y, return hn::Div(dy, hn::Add(y, y)););
CAIRN_GRAD(RsqrtGrad, y, return hn::Mul(hn::Mul(hn::Mul(hn::Mul(hn::Neg(c.half), dy), y), y), y););
CAIRN_GRAD(ReciprocalGrad, y, return hn::Neg(hn::Mul(dy, hn::Mul(y, y))););
CAIRN_GRAD(TanhGrad, y, return hn::Mul(dy, hn::Sub(c.one, hn::Mul(y, y))););
CAIRN_GRAD(SigmoidGrad, y, return hn::Mul(hn::Mul(dy, hn::Sub(c.one, y)), y););
CAIRN_GRAD(ReluGrad, y, return hn::IfThenElse(hn::Le(y, c.zero), c.zero, dy););
// From x.
CAIRN_GRAD(NegGrad, x, return hn::Neg(dy););
CAIRN_GRAD(AbsGrad, x, return hn::Mul(dy, hn::IfThenElse(hn::Gt(x, c.zero), c.one, hn::IfThenElse(hn::Lt(x, c.zero), hn::Neg(c.one), c.zero))););
CAIRN_GRAD(StepGrad, x, return c.zero;);
CAIRN_GRAD(LogGrad, x, return hn::Div(dy, x););
CAIRN_GRAD(Log1pGrad, x, return hn::Div(dy, hn::Add(c.one, x)););
CAIRN_GRAD(SquareGrad, x, return hn::Mul(hn::Add(x, x), dy););
CAIRN_GRAD(SinGrad, x, return hn::Mul(dy, sin_or_cos<true>(d, x)););
CAIRN_GRAD(CosGrad, x, return hn::Neg(hn::Mul(dy, sin_or_cos<false>(d, x))););
CAIRN_GRAD(ErfGrad, x, return hn::Mul(hn::Mul(hn::Set(d, 1.12837917f), exp_v(d, hn::Neg(hn::Mul(x, x)))), dy););
CAIRN_GRAD(ClampGrad, x, return hn::IfThenElseZero(hn::And(hn::Ge(x, c.a), hn::Le(x, c.b)), dy););
CAIRN_GRAD(LeakyReluGrad, x, return hn::IfThenElse(hn::Gt(x, c.zero), dy, hn::Mul(c.a, dy)););
CAIRN_GRAD(EluGrad, x, return hn::IfThenElse(hn::Le(x, c.zero), hn::Mul(hn::Mul(dy, c.a), exp_v(d, x)), dy););
// Phi(x) + x phi(x)
CAIRN_GRAD(GeluGrad, x, const V distribution = hn::MulAdd(erf_v(d, hn::Mul(x, hn::Set(d, 0.707106781f))), c.half, c.half);
           const V density = hn::Mul(hn::Set(d, 0.398942280f), exp_v(d, hn::Mul(hn::Neg(c.half), hn::Mul(x, x))));
           return hn::Mul(dy, hn::MulAdd(x, density, distribution)););
// s + 2 x s (1 - s) u',  s = sigmoid(2 u), u = sqrt(2 / pi) (x + 0.044715 x^3)
CAIRN_GRAD(GeluTanhGrad, x, const V x2 = hn::Min(hn::Mul(x, x), hn::Set(d, 1e30f));  // finite, for 0 times it
           const V s = sigmoid_v(d, hn::Mul(x, hn::MulAdd(x2, hn::Set(d, 2 * 0.044715f * 0.797884561f), hn::Set(d, 2 * 0.797884561f))));
           const V twice_slope = hn::MulAdd(x2, hn::Set(d, 6 * 0.044715f * 0.797884561f), hn::Set(d, 2 * 0.797884561f));
           return hn::Mul(dy, hn::MulAdd(hn::Mul(hn::Mul(x, s), hn::Sub(c.one, s)), twice_slope, s)););
CAIRN_GRAD(SiluGrad, x, const V s = sigmoid_v(d, x); return hn::Mul(hn::Mul(dy, s), hn::MulAdd(x, hn::Sub(c.one, s), c.one)););
CAIRN_GRAD(SoftplusGrad, x, const V ax = hn::Mul(c.a, x); return hn::IfThenElse(hn::Gt(ax, c.b), dy, hn::Mul(dy, sigmoid_v(d, ax))););
#undef CAIRN_GRAD

template <class Op> void grad_row(const float* r, const float* dy, float* dx, int64_t n, float a, float b, bool past_caches) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const GradConstants<V> c{hn::Set(d, a), hn::Set(d, b), hn::Zero(d), hn::Set(d, 1.0f), hn::Set(d, 0.5f)};
  const Op op;
  const RowCut cut(d, dx, n, past_caches);
  for (int64_t i = cut.begin; i < cut.end; i += lanes) store_whole(d, op(d, hn::LoadU(d, r + i), hn::LoadU(d, dy + i), c), dx + i, past_caches);
  for (const auto& [i, m] : cut.part)
    if (m > 0) store_part(d, op(d, load_part(d, r + i, m), load_part(d, dy + i, m), c), dx + i, m);
}

UnaryGradLoop find_unary_grad(Unary f) {
  switch (f) {
    case Unary::exp: return grad_row<ExpGrad>;
    case Unary::expm1: return grad_row<Expm1Grad>;
    case Unary::sqrt: return grad_row<SqrtGrad>;
    case Unary::rsqrt: return grad_row<RsqrtGrad>;
    case Unary::reciprocal: return grad_row<ReciprocalGrad>;
    case Unary::tanh: return grad_row<TanhGrad>;
    case Unary::sigmoid: return grad_row<SigmoidGrad>;
    case Unary::relu: return grad_row<ReluGrad>;
    case Unary::neg: return grad_row<NegGrad>;
    case Unary::abs: return grad_row<AbsGrad>;
    case Unary::sign:
    case Unary::floor:
    case Unary::ceil:
    case Unary::round: return grad_row<StepGrad>;
    case Unary::log: return grad_row<LogGrad>;
    case Unary::log1p: return grad_row<Log1pGrad>;
    case Unary::square: return grad_row<SquareGrad>;
    case Unary::sin: return grad_row<SinGrad>;
    case Unary::cos: return grad_row<CosGrad>;
    case Unary::erf: return grad_row<ErfGrad>;
    case Unary::clamp: return grad_row<ClampGrad>;
    case Unary::leaky_relu: return grad_row<LeakyReluGrad>;
    case Unary::elu: return grad_row<EluGrad>;
    case Unary::gelu: return grad_row<GeluGrad>;
    case Unary::gelu_tanh: return grad_row<GeluTanhGrad>;
    case Unary::silu: return grad_row<SiluGrad>;
    case Unary::softplus: return grad_row<SoftplusGrad>;
    case Unary::logical_not:
    case Unary::isfinite:
    case Unary::isnan: break;
  }
  return nullptr;
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(find_unary_grad);
UnaryGradLoop unary_grad_loop(Unary f) { return HWY_DYNAMIC_DISPATCH(find_unary_grad)(f); }
}  // namespace cairn::cpu
#endif
