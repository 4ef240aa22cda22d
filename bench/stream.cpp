#include <cairn/base/targets.h>

#include <bench/stream.h>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/stream.cpp"
#include <hwy/cache_control.h>
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace cairn::bench::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::ScalableTag<float>;
using V = hn::Vec<D>;

// Latency times rate of a multiply-add is at most ten on the cores of today: twelve chains keep the units busy and fit into 16 registers.
// Each chain begins with a number of its own: a compiler sees through equal ones and computes one chain instead of twelve.
// What to expect: 2 units x 16 lanes x 2 = 64 operations a cycle where registers of 512 bits are whole (Zen 5, Xeon), 32 with AVX2.
int64_t multiply_add(int64_t rounds, float* sink) {
  const D d;
  const V m = hn::Set(d, 0.999999f), p = hn::Set(d, 1e-6f);
  const auto start = [&](float x) HWY_ATTR { return hn::Set(d, x); };
  V s0 = start(0.01f), s1 = start(0.02f), s2 = start(0.03f), s3 = start(0.04f), s4 = start(0.05f), s5 = start(0.06f);
  V s6 = start(0.07f), s7 = start(0.08f), s8 = start(0.09f), s9 = start(0.10f), s10 = start(0.11f), s11 = start(0.12f);
  for (int64_t r = 0; r < rounds; r++)
    for (int half = 0; half < 2; half++) {
      s0 = hn::MulAdd(s0, m, p), s1 = hn::MulAdd(s1, m, p), s2 = hn::MulAdd(s2, m, p), s3 = hn::MulAdd(s3, m, p);
      s4 = hn::MulAdd(s4, m, p), s5 = hn::MulAdd(s5, m, p), s6 = hn::MulAdd(s6, m, p), s7 = hn::MulAdd(s7, m, p);
      s8 = hn::MulAdd(s8, m, p), s9 = hn::MulAdd(s9, m, p), s10 = hn::MulAdd(s10, m, p), s11 = hn::MulAdd(s11, m, p);
    }
  const V sum = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
  *sink += hn::GetLane(hn::SumOfLanes(d, sum));
  return rounds * 24 * 2 * int64_t(hn::Lanes(d));
}

template <int reads, bool write, bool past_caches> float pass(const float* a, const float* b, const float* c, float* y, int64_t n) {
  const D d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  const V k = hn::Set(d, 0.5f);
  V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
  const auto one = [&](int64_t i, V& s) HWY_ATTR {
    V v = k;
    if constexpr (reads > 0) v = hn::LoadU(d, a + i);
    if constexpr (reads > 1) v = hn::MulAdd(k, hn::LoadU(d, b + i), v);
    if constexpr (reads > 2) v = hn::MulAdd(k, hn::LoadU(d, c + i), v);
    if constexpr (write && past_caches) hn::Stream(v, d, y + i);
    else if constexpr (write) hn::StoreU(v, d, y + i);
    else s = s + v;
  };
  for (int64_t i = 0; i < n; i += 4 * lanes) one(i, s0), one(i + lanes, s1), one(i + 2 * lanes, s2), one(i + 3 * lanes, s3);
  if constexpr (write && past_caches) hwy::FlushStream();
  return hn::GetLane(hn::SumOfLanes(d, s0 + s1 + s2 + s3));
}

float stream(int reads, bool write, bool past_caches, const float* a, const float* b, const float* c, float* y, int64_t n) {
  using Pass = float (*)(const float*, const float*, const float*, float*, int64_t);
  static constexpr Pass stored[4][2] = {{pass<0, true, false>, pass<0, true, true>},
                                        {pass<1, true, false>, pass<1, true, true>},
                                        {pass<2, true, false>, pass<2, true, true>},
                                        {pass<3, true, false>, pass<3, true, true>}};
  static constexpr Pass read_only[4] = {pass<0, false, false>, pass<1, false, false>, pass<2, false, false>, pass<3, false, false>};
  return (write ? stored[reads][past_caches] : read_only[reads])(a, b, c, y, n);
}

HWY_INLINE void put(V v, float* p, bool past_caches) { past_caches ? hn::Stream(v, D(), p) : hn::StoreU(v, D(), p); }
void choice(const float* a, const float* b, const float* mask, float* y, int64_t n, bool past_caches) {
  const D d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  for (int64_t i = 0; i < n; i += 4 * lanes) {
    const V k = hn::LoadU(d, mask + i / 4);
    for (int64_t j = i; j < i + 4 * lanes; j += lanes) put(hn::MulAdd(k, hn::LoadU(d, b + j), hn::LoadU(d, a + j)), y + j, past_caches);
  }
  if (past_caches) hwy::FlushStream();
}
void comparison(const float* a, const float* b, float* mask, int64_t n, bool past_caches) {
  const D d;
  const int64_t lanes = int64_t(hn::Lanes(d));
  for (int64_t i = 0; i < n; i += 4 * lanes) {
    V s = hn::Zero(d);
    for (int64_t j = i; j < i + 4 * lanes; j += lanes) s = hn::MulAdd(hn::LoadU(d, a + j), hn::LoadU(d, b + j), s);
    put(s, mask + i / 4, past_caches);
  }
  if (past_caches) hwy::FlushStream();
}

}  // namespace cairn::bench::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::bench {

HWY_EXPORT(multiply_add);
HWY_EXPORT(stream);
HWY_EXPORT(choice);
HWY_EXPORT(comparison);

int64_t multiply_add(int64_t rounds, float* sink) { return HWY_DYNAMIC_DISPATCH(multiply_add)(rounds, sink); }
float stream(int reads, bool write, bool past_caches, const float* a, const float* b, const float* c, float* y, int64_t n) {
  return HWY_DYNAMIC_DISPATCH(stream)(reads, write, past_caches, a, b, c, y, n);
}
void stream_choice(const float* a, const float* b, const float* mask, float* y, int64_t n, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(choice)(a, b, mask, y, n, past_caches);
}
void stream_comparison(const float* a, const float* b, float* mask, int64_t n, bool past_caches) {
  HWY_DYNAMIC_DISPATCH(comparison)(a, b, mask, n, past_caches);
}

}  // namespace cairn::bench
#endif
