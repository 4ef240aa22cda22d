// f32 and bf16 in memory as vectors of f32: loops over T* that are written once for both.
#if defined(CAIRN_CPU_ELEMENTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CAIRN_CPU_ELEMENTS_INL_H_
#undef CAIRN_CPU_ELEMENTS_INL_H_
#else
#define CAIRN_CPU_ELEMENTS_INL_H_
#endif

#include <cairn/tensor/dtype.h>

#include "hwy/highway.h"

// What a lambda needs that is called for every vector: gcc would call it where it is used twice, for whole vectors and for the last one.
#ifndef CAIRN_INLINE_LAMBDA
#define CAIRN_INLINE_LAMBDA HWY_ATTR __attribute__((always_inline))
#endif

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

template <class D> using Halves = hn::Rebind<uint16_t, D>;

template <class D> HWY_INLINE hn::Vec<D> widen(D d, hn::Vec<Halves<D>> bits) {
  const hn::RebindToUnsigned<D> du;
  return hn::BitCast(d, hn::ShiftLeft<16>(hn::PromoteTo(du, bits)));
}
// Rounds to nearest, ties to even; NaN keeps its upper half and becomes quiet.
template <class D> HWY_INLINE hn::Vec<Halves<D>> narrow(D, hn::Vec<D> v) {
  const hn::RebindToUnsigned<D> du;
  const auto bits = hn::BitCast(du, v), upper = hn::ShiftRight<16>(bits);
  const auto rounded = hn::ShiftRight<16>(hn::Add(bits, hn::Add(hn::And(upper, hn::Set(du, 1u)), hn::Set(du, 0x7fffu))));
  return hn::TruncateTo(Halves<D>(), hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(v)), hn::Or(upper, hn::Set(du, 0x40u)), rounded));
}

template <class D> HWY_INLINE hn::Vec<D> load(D d, const float* p) { return hn::LoadU(d, p); }
template <class D> HWY_INLINE hn::Vec<D> load(D d, const bf16_t* p) { return widen(d, hn::LoadU(Halves<D>(), reinterpret_cast<const uint16_t*>(p))); }
template <class D> HWY_INLINE void store(D d, hn::Vec<D> v, float* p) { hn::StoreU(v, d, p); }
template <class D> HWY_INLINE void store(D d, hn::Vec<D> v, bf16_t* p) { hn::StoreU(narrow(d, v), Halves<D>(), reinterpret_cast<uint16_t*>(p)); }
// Past the caches; p is aligned to the vector's bytes.
template <class D> HWY_INLINE void stream(D d, hn::Vec<D> v, float* p) { hn::Stream(v, d, p); }
template <class D> HWY_INLINE void stream(D d, hn::Vec<D> v, bf16_t* p) { hn::Stream(narrow(d, v), Halves<D>(), reinterpret_cast<uint16_t*>(p)); }

// The first n < Lanes elements; the others are 0 and are not touched.
template <class D> HWY_INLINE hn::Vec<D> load_first(D d, const float* p, int64_t n) { return hn::MaskedLoad(hn::FirstN(d, size_t(n)), d, p); }
template <class D> HWY_INLINE hn::Vec<D> load_first(D d, const bf16_t* p, int64_t n) {
  HWY_ALIGN float lanes[hn::MaxLanes(d)] = {};
  for (int64_t i = 0; i < n; i++) lanes[i] = p[i];
  return hn::Load(d, lanes);
}
template <class D> HWY_INLINE void store_first(D d, hn::Vec<D> v, float* p, int64_t n) { hn::BlendedStore(v, hn::FirstN(d, size_t(n)), d, p); }
template <class D> HWY_INLINE void store_first(D d, hn::Vec<D> v, bf16_t* p, int64_t n) {
  HWY_ALIGN float lanes[hn::MaxLanes(d)];
  hn::Store(v, d, lanes);
  for (int64_t i = 0; i < n; i++) p[i] = bf16_t(lanes[i]);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
