// Functions of one number, as vector loops: a row of f32 in, a row of f32 out. Which numbers: elementwise.cpp.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/unary.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

// A function's constants, as vectors.
template <class V> struct Constants { V a, b, zero, one; };

#define CAIRN_UNARY(Name, ...)                                                                                                                   \
  struct Name {                                                                                                                                  \
    template <class D, class V> HWY_INLINE V operator()([[maybe_unused]] D d, V x, [[maybe_unused]] const Constants<V>& c) const { __VA_ARGS__ } \
  }
CAIRN_UNARY(NegOp, return hn::Neg(x););
CAIRN_UNARY(AbsOp, return hn::Abs(x););
CAIRN_UNARY(SignOp, return hn::IfThenElse(hn::Gt(x, c.zero), c.one, hn::IfThenElse(hn::Lt(x, c.zero), hn::Neg(c.one), c.zero)););  // NaN: 0
CAIRN_UNARY(ExpOp, return exp_v(d, x););
CAIRN_UNARY(Expm1Op, return expm1_v(d, x););
CAIRN_UNARY(LogOp, return log_v(d, x););
CAIRN_UNARY(Log1pOp, return log1p_v(d, x););
CAIRN_UNARY(SqrtOp, return hn::Sqrt(x););
CAIRN_UNARY(RsqrtOp, return hn::Div(c.one, hn::Sqrt(x)););
CAIRN_UNARY(SquareOp, return hn::Mul(x, x););
CAIRN_UNARY(ReciprocalOp, return hn::Div(c.one, x););
CAIRN_UNARY(SinOp, return sin_or_cos<false>(d, x););
CAIRN_UNARY(CosOp, return sin_or_cos<true>(d, x););
CAIRN_UNARY(TanhOp, return tanh_v(d, x););
CAIRN_UNARY(SigmoidOp, return sigmoid_v(d, x););
CAIRN_UNARY(ErfOp, return erf_v(d, x););
CAIRN_UNARY(FloorOp, return hn::Floor(x););
CAIRN_UNARY(CeilOp, return hn::Ceil(x););
CAIRN_UNARY(RoundOp, return hn::Round(x););
CAIRN_UNARY(ClampOp, return hn::IfThenElse(hn::IsNaN(x), x, hn::Min(hn::Max(x, c.a), c.b)););
CAIRN_UNARY(ReluOp, return hn::IfThenElse(hn::Le(x, c.zero), c.zero, x););  // NaN stays
CAIRN_UNARY(LeakyReluOp, return hn::IfThenElse(hn::Lt(x, c.zero), hn::Mul(x, c.a), x););
CAIRN_UNARY(EluOp, return hn::IfThenElse(hn::Lt(x, c.zero), hn::Mul(c.a, expm1_v(d, x)), x););
CAIRN_UNARY(GeluOp, return gelu_v(d, x););
// (1 + tanh u) / 2 = sigmoid(2 u), which loses nothing where tanh is near -1.
CAIRN_UNARY(GeluTanhOp,
            const V minus_2u = hn::Mul(x, hn::MulAdd(hn::Mul(x, x), hn::Set(d, -2 * 0.044715f * 0.797884561f), hn::Set(d, -2 * 0.797884561f)));
            return hn::Div(x, hn::Add(c.one, exp_v(d, minus_2u))););
CAIRN_UNARY(SiluOp, return hn::Div(x, hn::Add(c.one, exp_v(d, hn::Neg(x)))););
CAIRN_UNARY(SoftplusOp, const V ax = hn::Mul(x, c.a); return hn::IfThenElse(hn::Gt(ax, c.b), x, hn::Div(log1p_v(d, exp_v(d, ax)), c.a)););
#undef CAIRN_UNARY

template <class Op> void unary_row(const float* x, float* y, int64_t n, float a, float b, bool past_caches) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const Constants<V> c{hn::Set(d, a), hn::Set(d, b), hn::Zero(d), hn::Set(d, 1.0f)};
  const Op op;
  const RowCut cut(d, y, n, past_caches);
  for (int64_t i = cut.begin; i < cut.end; i += lanes) store_whole(d, op(d, hn::LoadU(d, x + i), c), y + i, past_caches);
  for (const auto& [i, m] : cut.part)
    if (m > 0) store_part(d, op(d, load_part(d, x + i, m), c), y + i, m);
}

UnaryLoop find_unary(Unary f) {
  switch (f) {
    case Unary::neg: return unary_row<NegOp>;
    case Unary::abs: return unary_row<AbsOp>;
    case Unary::sign: return unary_row<SignOp>;
    case Unary::exp: return unary_row<ExpOp>;
    case Unary::expm1: return unary_row<Expm1Op>;
    case Unary::log: return unary_row<LogOp>;
    case Unary::log1p: return unary_row<Log1pOp>;
    case Unary::sqrt: return unary_row<SqrtOp>;
    case Unary::rsqrt: return unary_row<RsqrtOp>;
    case Unary::square: return unary_row<SquareOp>;
    case Unary::reciprocal: return unary_row<ReciprocalOp>;
    case Unary::sin: return unary_row<SinOp>;
    case Unary::cos: return unary_row<CosOp>;
    case Unary::tanh: return unary_row<TanhOp>;
    case Unary::sigmoid: return unary_row<SigmoidOp>;
    case Unary::erf: return unary_row<ErfOp>;
    case Unary::floor: return unary_row<FloorOp>;
    case Unary::ceil: return unary_row<CeilOp>;
    case Unary::round: return unary_row<RoundOp>;
    case Unary::clamp: return unary_row<ClampOp>;
    case Unary::relu: return unary_row<ReluOp>;
    case Unary::leaky_relu: return unary_row<LeakyReluOp>;
    case Unary::elu: return unary_row<EluOp>;
    case Unary::gelu: return unary_row<GeluOp>;
    case Unary::gelu_tanh: return unary_row<GeluTanhOp>;
    case Unary::silu: return unary_row<SiluOp>;
    case Unary::softplus: return unary_row<SoftplusOp>;
    case Unary::logical_not:
    case Unary::isfinite:
    case Unary::isnan: break;  // these fill bool
  }
  return nullptr;
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(find_unary);
UnaryLoop unary_loop(Unary f) { return HWY_DYNAMIC_DISPATCH(find_unary)(f); }
}  // namespace cairn::cpu
#endif
