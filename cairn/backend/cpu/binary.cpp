// Functions of two numbers, comparisons and selection, as vector loops. An operand is a row, or one value for the whole row.
#include "targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/binary.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cstring>

#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

// An operand: its next vector, or always the same one.
template <bool kOne> struct Operand {
  template <class D> static HWY_INLINE hn::Vec<D> load(D d, const float* p, int64_t i, hn::Vec<D> one) {
    if constexpr (kOne) return one;
    else return hn::LoadU(d, p + i);
  }
  template <class D> static HWY_INLINE hn::Vec<D> load_last(D d, const float* p, int64_t i, int64_t n, hn::Vec<D> one) {
    if constexpr (kOne) return one;
    else return load_part(d, p + i, n);
  }
};

#define CAIRN_BINARY(Name, expression)                                                \
  struct Name {                                                                       \
    template <class V> HWY_INLINE V operator()(V a, V b) const { return expression; } \
  }
CAIRN_BINARY(AddOp, hn::Add(a, b));
CAIRN_BINARY(SubOp, hn::Sub(a, b));
CAIRN_BINARY(MulOp, hn::Mul(a, b));
CAIRN_BINARY(DivOp, hn::Div(a, b));
CAIRN_BINARY(MaximumOp, hn::IfThenElse(hn::Or(hn::Gt(a, b), hn::IsNaN(a)), a, b));
CAIRN_BINARY(MinimumOp, hn::IfThenElse(hn::Or(hn::Lt(a, b), hn::IsNaN(a)), a, b));
#undef CAIRN_BINARY

template <class Op, bool kOneA, bool kOneB> HWY_INLINE void binary_part(const float* a, const float* b, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  const Op op;
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) hn::StoreU(op(Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1)), d, y + i);
  if (i < n) store_part(d, op(Operand<kOneA>::load_last(d, a, i, n - i, a1), Operand<kOneB>::load_last(d, b, i, n - i, b1)), y + i, n - i);
}
template <class Op> void binary_row(const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n) {
  if (one_b) one_a ? binary_part<Op, true, true>(a, b, y, n) : binary_part<Op, false, true>(a, b, y, n);
  else one_a ? binary_part<Op, true, false>(a, b, y, n) : binary_part<Op, false, false>(a, b, y, n);
}

// a^b: <cmath> a number at a time (correct to the last bit or so, which exp(b log a) is not), except for the powers that have a name.
void pow_row(const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n) {
  if (one_b && !one_a && *b == 2) return binary_row<MulOp>(a, false, a, false, y, n);
  for (int64_t i = 0; i < n; i++) y[i] = std::pow(a[one_a ? 0 : i], b[one_b ? 0 : i]);
}

BinaryLoop find_binary(Binary f) {
  switch (f) {
    case Binary::add: return binary_row<AddOp>;
    case Binary::sub: return binary_row<SubOp>;
    case Binary::mul: return binary_row<MulOp>;
    case Binary::div: return binary_row<DivOp>;
    case Binary::pow: return pow_row;
    case Binary::maximum: return binary_row<MaximumOp>;
    case Binary::minimum: return binary_row<MinimumOp>;
    default: return nullptr;
  }
}

// A mask as bytes 0 and 1.
template <class D, class M> HWY_INLINE void store_mask(D d, M mask, uint8_t* y, int64_t n) {
  const hn::RebindToUnsigned<D> du;
  const hn::Rebind<uint8_t, D> d8;
  const auto bytes = hn::TruncateTo(d8, hn::ShiftRight<31>(hn::BitCast(du, hn::VecFromMask(d, mask))));
  if (n >= static_cast<int64_t>(hn::Lanes(d))) return hn::StoreU(bytes, d8, y);
  HWY_ALIGN uint8_t last[hn::MaxLanes(d8)];
  hn::Store(bytes, d8, last);
  std::memcpy(y, last, static_cast<size_t>(n));
}

#define CAIRN_COMPARE(Name, expression)                                                  \
  struct Name {                                                                          \
    template <class V> HWY_INLINE auto operator()(V a, V b) const { return expression; } \
  }
CAIRN_COMPARE(EqOp, hn::Eq(a, b));
CAIRN_COMPARE(NeOp, hn::Not(hn::Eq(a, b)));  // hn::Ne says no to NaN
CAIRN_COMPARE(LtOp, hn::Lt(a, b));
CAIRN_COMPARE(LeOp, hn::Le(a, b));
CAIRN_COMPARE(GtOp, hn::Gt(a, b));
CAIRN_COMPARE(GeOp, hn::Ge(a, b));
#undef CAIRN_COMPARE

template <class Op, bool kOneA, bool kOneB> HWY_INLINE void compare_part(const float* a, const float* b, uint8_t* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  const Op op;
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) store_mask(d, op(Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1)), y + i, lanes);
  if (i < n) store_mask(d, op(Operand<kOneA>::load_last(d, a, i, n - i, a1), Operand<kOneB>::load_last(d, b, i, n - i, b1)), y + i, n - i);
}
template <class Op> void compare_row(const float* a, bool one_a, const float* b, bool one_b, uint8_t* y, int64_t n) {
  if (one_b) one_a ? compare_part<Op, true, true>(a, b, y, n) : compare_part<Op, false, true>(a, b, y, n);
  else one_a ? compare_part<Op, true, false>(a, b, y, n) : compare_part<Op, false, false>(a, b, y, n);
}

CompareLoop find_compare(Binary f) {
  switch (f) {
    case Binary::eq: return compare_row<EqOp>;
    case Binary::ne: return compare_row<NeOp>;
    case Binary::lt: return compare_row<LtOp>;
    case Binary::le: return compare_row<LeOp>;
    case Binary::gt: return compare_row<GtOp>;
    case Binary::ge: return compare_row<GeOp>;
    default: return nullptr;
  }
}

template <bool kOneA, bool kOneB> HWY_INLINE void where_part(const uint8_t* condition, const float* a, const float* b, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) {
    const auto mask = hn::RebindMask(d, hn::Ne(hn::PromoteTo(du, hn::LoadU(d8, condition + i)), hn::Zero(du)));
    hn::StoreU(hn::IfThenElse(mask, Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1)), d, y + i);
  }
  for (; i < n; i++) y[i] = condition[i] ? a[kOneA ? 0 : i] : b[kOneB ? 0 : i];
}
void where_row(const uint8_t* condition, bool one_c, const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n) {
  if (one_c) {
    const float* from = *condition ? a : b;
    const bool one = *condition ? one_a : one_b;
    for (int64_t i = 0; i < n; i++) y[i] = from[one ? 0 : i];
    return;
  }
  if (one_b) one_a ? where_part<true, true>(condition, a, b, y, n) : where_part<false, true>(condition, a, b, y, n);
  else one_a ? where_part<true, false>(condition, a, b, y, n) : where_part<false, false>(condition, a, b, y, n);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(find_binary);
HWY_EXPORT(find_compare);
HWY_EXPORT(where_row);
BinaryLoop binary_loop(Binary f) { return HWY_DYNAMIC_DISPATCH(find_binary)(f); }
CompareLoop compare_loop(Binary f) { return HWY_DYNAMIC_DISPATCH(find_compare)(f); }
void where_loop(const uint8_t* condition, bool one_c, const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n) {
  HWY_DYNAMIC_DISPATCH(where_row)(condition, one_c, a, one_a, b, one_b, y, n);
}
}  // namespace cairn::cpu
#endif
