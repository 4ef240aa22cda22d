// Pooling of images blocked by channels, f32 and bf16: the channels of a pixel lie side by side and are one vector (two with 256 bits), so
// a window is so many vectors, and nothing has to be shifted. Windows at the border have fewer places; which, is worked out beforehand.
// Backward: each pixel of dx is the sum over the windows that it lies in.
#include "targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/pool_blocked.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <limits>
#include <vector>

#include "elements-inl.h"
#include "hwy/cache_control.h"
#include "pool_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

template <class D> HWY_INLINE void store_places(D, hn::Vec<hn::RebindToSigned<D>> v, int32_t* p) { hn::StoreU(v, hn::RebindToSigned<D>(), p); }
template <class D> HWY_INLINE void store_places(D, hn::Vec<hn::RebindToSigned<D>> v, uint8_t* p) {
  const hn::Rebind<uint8_t, D> d8;
  hn::StoreU(hn::TruncateTo(d8, hn::BitCast(hn::RebindToUnsigned<D>(), v)), d8, p);
}
template <class D> HWY_INLINE hn::Vec<hn::RebindToSigned<D>> load_places(D, const int32_t* p) { return hn::LoadU(hn::RebindToSigned<D>(), p); }
template <class D> HWY_INLINE hn::Vec<hn::RebindToSigned<D>> load_places(D, const uint8_t* p) {
  return hn::PromoteTo(hn::RebindToSigned<D>(), hn::LoadU(hn::Rebind<uint8_t, D>(), p));
}
// Blocks of an allocation are aligned to cache lines, and so are their pixels.
template <class D, class T> HWY_INLINE void put(D d, hn::Vec<D> v, T* p, bool past_caches) {
  if (past_caches) stream(d, v, p);
  else store(d, v, p);
}

std::vector<WindowSpan> spans_of(const PoolPlanes& p, int axis, int64_t n, int64_t m) {
  std::vector<WindowSpan> spans;
  for (int64_t i = 0; i < m; i++) spans.push_back(window_span(p.w, axis, i, n, m));
  return spans;
}

template <int B, bool kPlace, class T, class P> void max_blocks(const PoolPlanes& p, const T* x, T* y, P* place, int64_t begin, int64_t end) {
  const hn::CappedTag<float, B> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d), row = p.W * B;
  const auto rows = spans_of(p, 0, p.H, p.OH), columns = spans_of(p, 1, p.W, p.OW);
  for (int64_t block = begin; block < end; block++)
    for (int64_t i = 0; i < p.OH; i++)
      for (int64_t j = 0; j < p.OW; j++) {
        const WindowSpan down = rows[size_t(i)], across = columns[size_t(j)];
        const int64_t to = ((block * p.OH + i) * p.OW + j) * B;
        for (int64_t c = 0; c < B; c += lanes) {
          const T* from = x + block * p.H * row + down.place * row + across.place * B + c;
          V best = hn::Set(d, -std::numeric_limits<float>::infinity());
          auto at = hn::Set(di, int32_t(down.k * p.w.kernel.w + across.k));
          for (int64_t k = 0; k < down.count; k++, from += row)
            for (int64_t l = 0; l < across.count; l++) {
              const V v = load(d, from + l * B);
              const auto better = hn::Or(hn::Gt(v, best), hn::IsNaN(v));
              best = hn::IfThenElse(better, v, best);
              if (kPlace) at = hn::IfThenElse(hn::RebindMask(di, better), hn::Set(di, int32_t((down.k + k) * p.w.kernel.w + across.k + l)), at);
            }
          put(d, best, y + to + c, p.past_caches);
          if (kPlace) store_places(d, at, place + to + c);
        }
      }
  if (p.past_caches) hwy::FlushStream();
}

template <int B, class T> void avg_blocks(const PoolPlanes& p, const T* x, T* y, int64_t begin, int64_t end) {
  const hn::CappedTag<float, B> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d), row = p.W * B;
  const auto rows = spans_of(p, 0, p.H, p.OH), columns = spans_of(p, 1, p.W, p.OW);
  for (int64_t block = begin; block < end; block++)
    for (int64_t i = 0; i < p.OH; i++)
      for (int64_t j = 0; j < p.OW; j++) {
        const WindowSpan down = rows[size_t(i)], across = columns[size_t(j)];
        const int64_t to = ((block * p.OH + i) * p.OW + j) * B;
        const float area = float(window_length(p.w, 0, i, p.H, p.OH, p.count_padding) * window_length(p.w, 1, j, p.W, p.OW, p.count_padding));
        for (int64_t c = 0; c < B; c += lanes) {
          const T* from = x + block * p.H * row + down.place * row + across.place * B + c;
          V sum = hn::Zero(d);
          for (int64_t k = 0; k < down.count; k++, from += row) {
            // Rows are added up first: sums of a large window lose fewer digits.
            V even = hn::Zero(d), odd = hn::Zero(d);
            int64_t l = 0;
            for (; l + 2 <= across.count; l += 2) {
              even = hn::Add(even, load(d, from + l * B));
              odd = hn::Add(odd, load(d, from + (l + 1) * B));
            }
            if (l < across.count) even = hn::Add(even, load(d, from + l * B));
            sum = hn::Add(sum, hn::Add(even, odd));
          }
          put(d, hn::Div(sum, hn::Set(d, area)), y + to + c, p.past_caches);
        }
      }
  if (p.past_caches) hwy::FlushStream();
}

// The windows that row h (or column w) of dx lies in: `at`, the window; k, its place there.
struct Covering {
  int64_t at, k;
};
std::vector<std::vector<Covering>> coverings_of(const PoolPlanes& p, int axis, int64_t n, int64_t m) {
  std::vector<std::vector<Covering>> result(static_cast<size_t>(n));
  for (int64_t i = 0; i < m; i++) {
    const WindowSpan span = window_span(p.w, axis, i, n, m);
    for (int64_t k = 0; k < span.count; k++) result[size_t(span.place + k)].push_back({i, span.k + k});
  }
  return result;
}

// P: the places' type; void for an average, whose dy is shared out by 1 / (heights[i] widths[j]).
template <int B, class T, class P> void grad_blocks(const PoolPlanes& p, const T* dy, const P* place, T* dx, int64_t begin, int64_t end) {
  constexpr bool kMax = !std::is_void_v<P>;
  const hn::CappedTag<float, B> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const auto rows = coverings_of(p, 0, p.H, p.OH), columns = coverings_of(p, 1, p.W, p.OW);
  std::vector<float> heights, widths;
  for (int64_t i = 0; i < p.OH; i++) heights.push_back(float(window_length(p.w, 0, i, p.H, p.OH, p.count_padding)));
  for (int64_t j = 0; j < p.OW; j++) widths.push_back(float(window_length(p.w, 1, j, p.W, p.OW, p.count_padding)));
  for (int64_t block = begin; block < end; block++)
    for (int64_t h = 0; h < p.H; h++)
      for (int64_t w = 0; w < p.W; w++) {
        T* to = dx + ((block * p.H + h) * p.W + w) * B;
        for (int64_t c = 0; c < B; c += lanes) {
          V sum = hn::Zero(d);
          for (const Covering& down : rows[size_t(h)])
            for (const Covering& across : columns[size_t(w)]) {
              const int64_t from = ((block * p.OH + down.at) * p.OW + across.at) * B + c;
              V g = load(d, dy + from);
              if constexpr (kMax) {
                const auto here = hn::Eq(load_places(d, place + from), hn::Set(di, int32_t(down.k * p.w.kernel.w + across.k)));
                g = hn::IfThenElseZero(hn::RebindMask(d, here), g);
              } else {
                g = hn::Mul(g, hn::Set(d, 1.0f / (heights[size_t(down.at)] * widths[size_t(across.at)])));
              }
              sum = hn::Add(sum, g);
            }
          put(d, sum, to + c, p.past_caches);
        }
      }
  if (p.past_caches) hwy::FlushStream();
}

// ---- the choice of the loop: f(block as a constant, element, place)
template <class F> void with_block(const PoolPlanes& p, int64_t block, F f) {
  const auto typed = [&](auto b) { p.dtype == bf16 ? f(b, bf16_t()) : f(b, float()); };
  block == 16 ? typed(std::integral_constant<int, 16>()) : typed(std::integral_constant<int, 8>());
}

void max_pool(const PoolPlanes& p, int64_t block, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  with_block(p, block, [&](auto b, auto t) {
    using T = decltype(t);
    constexpr int B = decltype(b)::value;
    const auto* from = static_cast<const T*>(x);
    auto* to = static_cast<T*>(y);
    if (!place) max_blocks<B, false>(p, from, to, static_cast<uint8_t*>(nullptr), begin, end);
    else if (p.wide) max_blocks<B, true>(p, from, to, static_cast<int32_t*>(place), begin, end);
    else max_blocks<B, true>(p, from, to, static_cast<uint8_t*>(place), begin, end);
  });
}
void avg_pool(const PoolPlanes& p, int64_t block, const void* x, void* y, int64_t begin, int64_t end) {
  with_block(p, block, [&](auto b, auto t) {
    using T = decltype(t);
    avg_blocks<decltype(b)::value>(p, static_cast<const T*>(x), static_cast<T*>(y), begin, end);
  });
}
void max_pool_grad(const PoolPlanes& p, int64_t block, const void* dy, const void* place, void* dx, int64_t begin, int64_t end) {
  with_block(p, block, [&](auto b, auto t) {
    using T = decltype(t);
    constexpr int B = decltype(b)::value;
    const auto* from = static_cast<const T*>(dy);
    auto* to = static_cast<T*>(dx);
    if (p.wide) grad_blocks<B, T, int32_t>(p, from, static_cast<const int32_t*>(place), to, begin, end);
    else grad_blocks<B, T, uint8_t>(p, from, static_cast<const uint8_t*>(place), to, begin, end);
  });
}
void avg_pool_grad(const PoolPlanes& p, int64_t block, const void* dy, void* dx, int64_t begin, int64_t end) {
  with_block(p, block, [&](auto b, auto t) {
    using T = decltype(t);
    grad_blocks<decltype(b)::value, T, void>(p, static_cast<const T*>(dy), nullptr, static_cast<T*>(dx), begin, end);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(max_pool);
HWY_EXPORT(avg_pool);
HWY_EXPORT(max_pool_grad);
HWY_EXPORT(avg_pool_grad);
void max_pool_blocks(const PoolPlanes& p, int64_t block, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(max_pool)(p, block, x, y, place, begin, end);
}
void avg_pool_blocks(const PoolPlanes& p, int64_t block, const void* x, void* y, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(avg_pool)(p, block, x, y, begin, end);
}
void max_pool_grad_blocks(const PoolPlanes& p, int64_t block, const void* dy, const void* place, void* dx, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(max_pool_grad)(p, block, dy, place, dx, begin, end);
}
void avg_pool_grad_blocks(const PoolPlanes& p, int64_t block, const void* dy, void* dx, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(avg_pool_grad)(p, block, dy, dx, begin, end);
}
}  // namespace cairn::cpu
#endif
