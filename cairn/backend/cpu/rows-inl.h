// Loops over rows of f32 or bf16 in vectors of f32, as many lanes as there are, the last one in part. Shared by the norms.
#if defined(CAIRN_CPU_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CAIRN_CPU_ROWS_INL_H_
#undef CAIRN_CPU_ROWS_INL_H_
#else
#define CAIRN_CPU_ROWS_INL_H_
#endif

#include "elements-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

template <class T> HWY_INLINE V load_n(const T* p, int64_t n, int64_t lanes) { return n == lanes ? load(D(), p) : load_first(D(), p, n); }
template <class T> HWY_INLINE void store_n(V v, T* p, int64_t n, int64_t lanes, bool past = false) {
  if (n < lanes) store_first(D(), v, p, n);
  else past ? stream(D(), v, p) : store(D(), v, p);
}
// one(i, n) for every vector of a row; n < lanes at its end.
template <class One> HWY_INLINE void for_each_vector(int64_t n, One one) {
  const int64_t lanes = hn::Lanes(D());
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes) one(i, lanes);
  if (i < n) one(i, n - i);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
