// Functions of two numbers, comparisons and selection, as vector loops. An operand is a row, or one value for the whole row.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/binary.cpp"
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cstring>

#include "loops.h"
#include "pow-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

// An operand: its next vector, or always the same one.
template <bool kOne> struct Operand {
  template <class D> static HWY_INLINE hn::Vec<D> load(D d, const float* p, int64_t i, hn::Vec<D> one) {
    if constexpr (kOne) return one;
    else return hn::LoadU(d, p + i);
  }
  template <class D> static HWY_INLINE hn::Vec<D> load_part_of(D d, const float* p, int64_t i, int64_t n, hn::Vec<D> one) {
    if constexpr (kOne) return one;
    else return load_part(d, p + i, n);
  }
};

#define CAIRN_BINARY(Name, expression)                                                                               \
  struct Name {                                                                                                      \
    template <class D, class V> HWY_INLINE V operator()([[maybe_unused]] D d, V a, V b) const { return expression; } \
  }
CAIRN_BINARY(AddOp, hn::Add(a, b));
CAIRN_BINARY(SubOp, hn::Sub(a, b));
CAIRN_BINARY(MulOp, hn::Mul(a, b));
CAIRN_BINARY(DivOp, hn::Div(a, b));
CAIRN_BINARY(MaximumOp, hn::IfThenElse(hn::Or(hn::Gt(a, b), hn::IsNaN(a)), a, b));
CAIRN_BINARY(MinimumOp, hn::IfThenElse(hn::Or(hn::Lt(a, b), hn::IsNaN(a)), a, b));
#undef CAIRN_BINARY
struct PowOp {
  const PowParts& table = pow_table<pow_parts>();
  template <class D, class V> HWY_INLINE V operator()(D d, V a, V b) const { return pow_v(d, table, a, b); }
};

template <class Op, bool kOneA, bool kOneB> HWY_INLINE void binary_part(const float* a, const float* b, float* y, int64_t n, bool past_caches) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  const Op op;
  const RowCut cut(d, y, n, past_caches);
  for (int64_t i = cut.begin; i < cut.end; i += lanes)
    store_whole(d, op(d, Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1)), y + i, past_caches);
  for (const auto& [i, m] : cut.part)
    if (m > 0) store_part(d, op(d, Operand<kOneA>::load_part_of(d, a, i, m, a1), Operand<kOneB>::load_part_of(d, b, i, m, b1)), y + i, m);
}
template <class Op> void binary_row(const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches) {
  if (one_b) one_a ? binary_part<Op, true, true>(a, b, y, n, past_caches) : binary_part<Op, false, true>(a, b, y, n, past_caches);
  else one_a ? binary_part<Op, true, false>(a, b, y, n, past_caches) : binary_part<Op, false, false>(a, b, y, n, past_caches);
}

void pow_row(const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches) {
  if (one_b && !one_a && *b == 2) return binary_row<MulOp>(a, false, a, false, y, n, past_caches);
  binary_row<PowOp>(a, one_a, b, one_b, y, n, past_caches);
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

// A mask as bytes 0 and 1, one a lane.
template <class D, class M> HWY_INLINE auto bytes_of(D d, M mask) {
  const hn::RebindToUnsigned<D> du;
  return hn::TruncateTo(hn::Rebind<uint8_t, D>(), hn::ShiftRight<31>(hn::BitCast(du, hn::VecFromMask(d, mask))));
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

// Four vectors of numbers make one of bytes.
template <class Op, bool kOneA, bool kOneB>
HWY_INLINE void compare_part(const float* a, const float* b, uint8_t* y, int64_t n, [[maybe_unused]] bool past_caches) {
  const hn::ScalableTag<float> d;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  const Op op;
  const auto at = [&](int64_t i) HWY_ATTR { return bytes_of(d, op(Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1))); };
  const auto some = [&](int64_t i, int64_t m) HWY_ATTR {
    HWY_ALIGN uint8_t last[hn::MaxLanes(d8)];
    hn::Store(bytes_of(d, op(Operand<kOneA>::load_part_of(d, a, i, m, a1), Operand<kOneB>::load_part_of(d, b, i, m, b1))), d8, last);
    std::memcpy(y + i, last, static_cast<size_t>(m));
  };
  int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::Repartition<uint8_t, decltype(d)> whole;
  const hn::Half<decltype(whole)> half;
  if (past_caches)
    for (const int64_t head = std::min<int64_t>(n, (0 - reinterpret_cast<uintptr_t>(y)) % (4 * lanes)); i < head; i += std::min(lanes, head - i))
      some(i, std::min(lanes, head - i));
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    const auto bytes = hn::Combine(whole, hn::Combine(half, at(i + 3 * lanes), at(i + 2 * lanes)), hn::Combine(half, at(i + lanes), at(i)));
    if (past_caches) hn::Stream(bytes, whole, y + i);
    else hn::StoreU(bytes, whole, y + i);
  }
#endif
  for (; i + lanes <= n; i += lanes) hn::StoreU(at(i), d8, y + i);
  if (i < n) some(i, n - i);
}
template <class Op> void compare_row(const float* a, bool one_a, const float* b, bool one_b, uint8_t* y, int64_t n, bool past_caches) {
  if (one_b) one_a ? compare_part<Op, true, true>(a, b, y, n, past_caches) : compare_part<Op, false, true>(a, b, y, n, past_caches);
  else one_a ? compare_part<Op, true, false>(a, b, y, n, past_caches) : compare_part<Op, false, false>(a, b, y, n, past_caches);
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

template <bool kOneA, bool kOneB>
HWY_INLINE void where_part(const uint8_t* condition, const float* a, const float* b, float* y, int64_t n, bool past_caches) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Rebind<uint8_t, decltype(d)> d8;
  const int64_t lanes = hn::Lanes(d);
  const auto a1 = hn::Set(d, a[0]), b1 = hn::Set(d, b[0]);
  const RowCut cut(d, y, n, past_caches);
  // With a third operand the hardware no longer reads ahead far enough (16 M floats, one core: 63 -> 87 % of the rate of a * b).
  const int64_t ahead = past_caches ? 512 : 0;
  for (int64_t i = cut.begin; i < cut.end; i += lanes) {
    if constexpr (!kOneA) hwy::Prefetch(a + i + ahead);
    if constexpr (!kOneB) hwy::Prefetch(b + i + ahead);
    const auto mask = hn::RebindMask(d, hn::Ne(hn::PromoteTo(du, hn::LoadU(d8, condition + i)), hn::Zero(du)));
    store_whole(d, hn::IfThenElse(mask, Operand<kOneA>::load(d, a, i, a1), Operand<kOneB>::load(d, b, i, b1)), y + i, past_caches);
  }
  for (const auto& [at, m] : cut.part)
    for (int64_t i = at; i < at + m; i++) y[i] = condition[i] ? a[kOneA ? 0 : i] : b[kOneB ? 0 : i];
}
void where_row(const uint8_t* condition, bool one_c, const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches) {
  if (one_c) {
    const float* from = *condition ? a : b;
    const bool one = *condition ? one_a : one_b;
    for (int64_t i = 0; i < n; i++) y[i] = from[one ? 0 : i];
    return;
  }
  if (one_b) one_a ? where_part<true, true>(condition, a, b, y, n, past_caches) : where_part<false, true>(condition, a, b, y, n, past_caches);
  else one_a ? where_part<true, false>(condition, a, b, y, n, past_caches) : where_part<false, false>(condition, a, b, y, n, past_caches);
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
void where_loop(const uint8_t* condition, bool one_c, const float* a, bool one_a, const float* b, bool one_b, float* y, int64_t n, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(where_row)(condition, one_c, a, one_a, b, one_b, y, n, past_caches);
}
}  // namespace cairn::cpu
#endif
