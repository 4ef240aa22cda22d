// Pooling of images blocked by channels, f32 and bf16: the channels of a pixel lie side by side and are one vector (two with 256 bits), so
// a window is so many vectors, and nothing has to be shifted. Windows at the border have fewer places; which, is worked out beforehand.
// Backward: each pixel of dx is the sum over the windows that it lies in.
#include <cairn/base/targets.h>
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
namespace pool_blocks {

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

// Windows read several rows at a time, which the hardware does not foresee: the pixels that the row of windows below adds are asked for
// while this one is computed. Behind the last row of a block follows the next block.
template <class T> HWY_INLINE void foresee(const PoolPlanes& p, const T* block, int64_t i, int64_t j, int64_t pixel) {
  const T* next = block + (((i + 1) * p.w.stride.h - p.w.padding.h + p.w.kernel.h - p.w.stride.h) * p.W + j * p.w.stride.w) * pixel;
  const int64_t row = p.W * pixel;
  if (p.w.stride == Size2(2)) {
    hwy::Prefetch(next), hwy::Prefetch(next + pixel), hwy::Prefetch(next + row), hwy::Prefetch(next + row + pixel);
    return;
  }
  for (int64_t k = 0; k < p.w.stride.h; k++, next += row)
    for (int64_t l = 0; l < p.w.stride.w; l++) hwy::Prefetch(next + l * pixel);
}

// One more place of the window. Without NaN, the largest value is found by max, which waits for no comparison; the sum of all tells whether
// there is one.
template <bool kPlace, class D, class VI> HWY_INLINE void take(D, hn::Vec<D> v, hn::Vec<D>& best, hn::Vec<D>& sum, VI& at, VI& number) {
  const hn::RebindToSigned<D> di;
  if (kPlace) {
    at = hn::IfThenElse(hn::RebindMask(di, hn::Gt(v, best)), number, at);
    number = hn::Add(number, hn::Set(di, 1));
  }
  best = hn::Max(best, v);
  sum = hn::Add(sum, v);
}

// L: the most lanes of a vector, of B channels to a block.  K: the size of the window where it lies within the image (0: any).
template <int L, int K, bool kPlace, class T, class P>
void max_blocks(const PoolPlanes& p, int64_t B, const T* x, T* y, P* place, int64_t begin, int64_t end) {
  const hn::CappedTag<float, L> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d), row = p.W * B;
  const auto rows = spans_of(p, 0, p.H, p.OH), columns = spans_of(p, 1, p.W, p.OW);
  for (int64_t block = begin; block < end; block++) {
    const T* image = x + block * p.H * row;
    for (int64_t i = 0, to = block * p.OH * p.OW * B; i < p.OH; i++)
      for (int64_t j = 0; j < p.OW; j++, to += B) {
        const WindowSpan down = rows[size_t(i)], across = columns[size_t(j)];
        foresee(p, image, i, j, B);
        for (int64_t c = 0; c < B; c += lanes) {
          const T* const from = image + down.place * row + across.place * B + c;
          const auto start = hn::Set(di, int32_t(down.k * p.w.kernel.w + across.k));
          V best = hn::Set(d, -std::numeric_limits<float>::infinity()), sum = hn::Zero(d);
          auto at = start, number = start;
          if (K > 0 && down.count == K && across.count == K) {
            for (int k = 0; k < K; k++)
              for (int l = 0; l < K; l++) take<kPlace>(d, load(d, from + k * row + l * B), best, sum, at, number);
          } else {
            const auto skip = hn::Set(di, int32_t(p.w.kernel.w - across.count));
            for (int64_t k = 0; k < down.count; k++, number = hn::Add(number, skip))
              for (int64_t l = 0; l < across.count; l++) take<kPlace>(d, load(d, from + k * row + l * B), best, sum, at, number);
          }
          if (HWY_UNLIKELY(!hn::AllFalse(d, hn::IsNaN(sum)))) {  // NaN, or infinities of both signs: the last NaN wins
            best = hn::Set(d, -std::numeric_limits<float>::infinity()), at = start;
            for (int64_t k = 0; k < down.count; k++)
              for (int64_t l = 0; l < across.count; l++) {
                const V v = load(d, from + k * row + l * B);
                const auto wins = hn::Or(hn::Gt(v, best), hn::IsNaN(v));
                best = hn::IfThenElse(wins, v, best);
                at = hn::IfThenElse(hn::RebindMask(di, wins), hn::Set(di, int32_t((down.k + k) * p.w.kernel.w + across.k + l)), at);
              }
          }
          put(d, best, y + to + c, p.past_caches);
          if (kPlace) store_places(d, at, place + to + c);
        }
      }
  }
  if (p.past_caches) hwy::FlushStream();
}

template <int L, int K, class T> void avg_blocks(const PoolPlanes& p, int64_t B, const T* x, T* y, int64_t begin, int64_t end) {
  const hn::CappedTag<float, L> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d), row = p.W * B;
  const auto rows = spans_of(p, 0, p.H, p.OH), columns = spans_of(p, 1, p.W, p.OW);
  std::vector<float> heights, widths;
  for (int64_t i = 0; i < p.OH; i++) heights.push_back(1.0f / float(window_length(p.w, 0, i, p.H, p.OH, p.count_padding)));
  for (int64_t j = 0; j < p.OW; j++) widths.push_back(1.0f / float(window_length(p.w, 1, j, p.W, p.OW, p.count_padding)));
  for (int64_t block = begin; block < end; block++) {
    const T* image = x + block * p.H * row;
    for (int64_t i = 0, to = block * p.OH * p.OW * B; i < p.OH; i++)
      for (int64_t j = 0; j < p.OW; j++, to += B) {
        const WindowSpan down = rows[size_t(i)], across = columns[size_t(j)];
        foresee(p, image, i, j, B);
        for (int64_t c = 0; c < B; c += lanes) {
          const T* from = image + down.place * row + across.place * B + c;
          V sum = hn::Zero(d);
          if (K > 0 && down.count == K && across.count == K) {
            for (int k = 0; k < K; k++)
              for (int l = 0; l < K; l++) sum = hn::Add(sum, load(d, from + k * row + l * B));
          } else {
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
          }
          put(d, hn::Mul(sum, hn::Set(d, heights[size_t(i)] * widths[size_t(j)])), y + to + c, p.past_caches);
        }
      }
  }
  if (p.past_caches) hwy::FlushStream();
}

// The windows that the rows (or columns) of dx lie in, one after the other: place k of window `at`. Those of row h: [begin[h], begin[h + 1]).
struct Coverings {
  struct Covering {
    int64_t at, k;
  };
  Coverings(const PoolPlanes& p, int axis, int64_t n, int64_t m) {
    std::vector<std::vector<Covering>> found(static_cast<size_t>(n));
    for (int64_t i = 0; i < m; i++) {
      const WindowSpan span = window_span(p.w, axis, i, n, m);
      for (int64_t k = 0; k < span.count; k++) found[size_t(span.place + k)].push_back({i, span.k + k});
      lengths.push_back(1.0f / float(window_length(p.w, axis, i, n, m, p.count_padding)));
    }
    for (const std::vector<Covering>& f : found) {
      begin.push_back(list.size());
      list.insert(list.end(), f.begin(), f.end());
    }
    begin.push_back(list.size());
  }
  std::vector<Covering> list;
  std::vector<size_t> begin;
  std::vector<float> lengths;  // what an average is multiplied by, for each window
};

// What a row of dx gets from a row of windows.
template <class T, class P> struct Source {
  const T* dy;
  const P* place;
  int32_t number;  // of the first place of the row
  float length;
};
// A row of dx. R: how many sources there are (0: any).
template <int L, int R, class T, class P>
HWY_INLINE void grad_row(const PoolPlanes& p, int64_t B, const Source<T, P>* sources, int64_t count, const Coverings& columns, T* to) {
  const hn::CappedTag<float, L> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d), rows = R ? R : count;
  const int64_t next = p.OW * B, asked = count > 0 ? p.OW : 0;
  for (int64_t w = 0; w < p.W; w++, to += B) {
    if (w < asked) {  // the next row of windows is needed soon: see foresee()
      hwy::Prefetch(sources[0].dy + next + w * B);
      if constexpr (!std::is_void_v<P>) hwy::Prefetch(sources[0].place + next + w * B);
    }
    const Coverings::Covering *const across = columns.list.data() + columns.begin[size_t(w)], *const end =
                                                                                                  columns.list.data() + columns.begin[size_t(w) + 1];
    for (int64_t c = 0; c < B; c += lanes) {
      V sum = hn::Zero(d);
      for (const Coverings::Covering* b = across; b < end; b++)
        for (int64_t r = 0; r < rows; r++) {
          const int64_t from = b->at * B + c;
          V g = load(d, sources[r].dy + from);
          if constexpr (!std::is_void_v<P>) {
            const auto here = hn::Eq(load_places(d, sources[r].place + from), hn::Set(di, sources[r].number + int32_t(b->k)));
            g = hn::IfThenElseZero(hn::RebindMask(d, here), g);
          } else {
            g = hn::Mul(g, hn::Set(d, sources[r].length * columns.lengths[size_t(b->at)]));
          }
          sum = hn::Add(sum, g);
        }
      put(d, sum, to + c, p.past_caches);
    }
  }
}
// The same where each pixel lies in one window, and each window within the image.
template <int L, class T, class P> HWY_INLINE void grad_row_tiled(const PoolPlanes& p, int64_t B, const Source<T, P>& source, float length, T* to) {
  const hn::CappedTag<float, L> d;
  const hn::RebindToSigned<decltype(d)> di;
  const int64_t lanes = hn::Lanes(d);
  const auto one = hn::Set(di, 1), first = hn::Set(di, source.number);
  const auto factor = hn::Set(d, source.length * length);
  for (int64_t j = 0; j < p.OW; j++, to += p.w.kernel.w * B)
    for (int64_t c = 0; c < B; c += lanes) {
      const auto g = load(d, source.dy + j * B + c);
      if constexpr (!std::is_void_v<P>) {
        const auto found = load_places(d, source.place + j * B + c);
        auto wanted = first;
        for (int64_t l = 0; l < p.w.kernel.w; l++, wanted = hn::Add(wanted, one))
          put(d, hn::IfThenElseZero(hn::RebindMask(d, hn::Eq(found, wanted)), g), to + l * B + c, p.past_caches);
      } else {
        for (int64_t l = 0; l < p.w.kernel.w; l++) put(d, hn::Mul(g, factor), to + l * B + c, p.past_caches);
      }
    }
}

bool tiled(const PoolPlanes& p) {
  const auto along = [&](int axis, int64_t n, int64_t m) {
    return p.w.kernel[axis] == p.w.stride[axis] && p.w.padding[axis] == 0 && m * p.w.kernel[axis] == n;
  };
  return along(0, p.H, p.OH) && along(1, p.W, p.OW);
}

// P: the places' type; void for an average.
template <int L, class T, class P> void grad_blocks(const PoolPlanes& p, int64_t B, const T* dy, const P* place, T* dx, int64_t begin, int64_t end) {
  const Coverings rows(p, 0, p.H, p.OH), columns(p, 1, p.W, p.OW);
  const bool one_window_each = tiled(p);
  std::vector<Source<T, P>> sources(static_cast<size_t>(p.w.kernel.h));
  for (int64_t block = begin; block < end; block++)
    for (int64_t h = 0; h < p.H; h++) {
      int64_t count = 0;
      for (size_t r = rows.begin[size_t(h)]; r < rows.begin[size_t(h) + 1]; r++) {
        const Coverings::Covering& c = rows.list[r];
        const int64_t from = (block * p.OH + c.at) * p.OW * B;
        Source<T, P>& source = sources[size_t(count++)];
        source = {dy + from, nullptr, int32_t(c.k * p.w.kernel.w), rows.lengths[size_t(c.at)]};
        if constexpr (!std::is_void_v<P>) source.place = place + from;
      }
      T* to = dx + (block * p.H + h) * p.W * B;
      if (one_window_each) grad_row_tiled<L>(p, B, sources[0], columns.lengths[0], to);
      else if (count == 1) grad_row<L, 1>(p, B, sources.data(), count, columns, to);
      else if (count == 2) grad_row<L, 2>(p, B, sources.data(), count, columns, to);
      else grad_row<L, 0>(p, B, sources.data(), count, columns, to);
    }
  if (p.past_caches) hwy::FlushStream();
}

}  // namespace pool_blocks

using namespace pool_blocks;

// ---- the choice of the loop

// f(L as a constant, element): a vector holds a block, or a part of it where vectors are shorter.
template <class F> void with_lanes(const PoolPlanes& p, int64_t block, F f) {
  constexpr int most = int(HWY_LANES(float));
  const auto typed = [&](auto l) { p.dtype == bf16 ? f(l, bf16_t()) : f(l, float()); };
  if constexpr (most > 8)
    if (block == 8) return typed(std::integral_constant<int, 8>());
  typed(std::integral_constant<int, (most < 16 ? most : 16)>());
}
// f(K as a constant).
template <class F> void with_size(const PoolPlanes& p, F f) {
  if constexpr (HWY_TARGET != HWY_SCALAR) {
    if (p.w.kernel == Size2(2)) return f(std::integral_constant<int, 2>());
    if (p.w.kernel == Size2(3)) return f(std::integral_constant<int, 3>());
  }
  f(std::integral_constant<int, 0>());
}

void max_pool(const PoolPlanes& p, int64_t block, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  with_lanes(p, block, [&](auto l, auto t) {
    using T = decltype(t);
    constexpr int L = decltype(l)::value;
    const auto* from = static_cast<const T*>(x);
    auto* to = static_cast<T*>(y);
    if (p.wide && place) return max_blocks<L, 0, true>(p, block, from, to, static_cast<int32_t*>(place), begin, end);
    with_size(p, [&](auto k) {
      constexpr int K = decltype(k)::value;
      const auto loop = place ? max_blocks<L, K, true, T, uint8_t> : max_blocks<L, K, false, T, uint8_t>;
      loop(p, block, from, to, static_cast<uint8_t*>(place), begin, end);
    });
  });
}
void avg_pool(const PoolPlanes& p, int64_t block, const void* x, void* y, int64_t begin, int64_t end) {
  with_lanes(p, block, [&](auto l, auto t) {
    using T = decltype(t);
    with_size(
        p, [&](auto k) { avg_blocks<decltype(l)::value, decltype(k)::value>(p, block, static_cast<const T*>(x), static_cast<T*>(y), begin, end); });
  });
}
void max_pool_grad(const PoolPlanes& p, int64_t block, const void* dy, const void* place, void* dx, int64_t begin, int64_t end) {
  with_lanes(p, block, [&](auto l, auto t) {
    using T = decltype(t);
    constexpr int L = decltype(l)::value;
    const auto* from = static_cast<const T*>(dy);
    auto* to = static_cast<T*>(dx);
    if (p.wide) grad_blocks<L>(p, block, from, static_cast<const int32_t*>(place), to, begin, end);
    else grad_blocks<L>(p, block, from, static_cast<const uint8_t*>(place), to, begin, end);
  });
}
void avg_pool_grad(const PoolPlanes& p, int64_t block, const void* dy, void* dx, int64_t begin, int64_t end) {
  with_lanes(p, block, [&](auto l, auto t) {
    using T = decltype(t);
    grad_blocks<decltype(l)::value, T, void>(p, block, static_cast<const T*>(dy), nullptr, static_cast<T*>(dx), begin, end);
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
