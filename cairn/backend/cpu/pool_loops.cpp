// Pooling over planes of row-major images, f32 and bf16: forward.
//
// A vector is 16 neighbouring results of a row. The value of one place of their windows is every `stride`-th element of a row of x: for
// stride 2 two loads, whose even and odd elements are two places at once. The loops know no borders: where there is padding, a tile of
// rows is first copied to where it really has padding. Results that would not stay in the caches leave by way of a tile, too, past them.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/pool_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <limits>
#include <vector>

#include "pool_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace pool {

constexpr float infinity = std::numeric_limits<float>::infinity();

// NaN is larger than anything, and the last one stays.
HWY_INLINE auto better(V v, V best) { return hn::Or(hn::Gt(v, best), hn::IsNaN(v)); }
// Every stride-th element.
HWY_INLINE V load_every(const float* p, int64_t stride) {
  const DI di;
  return hn::GatherIndex(D(), p, hn::Mul(hn::Iota(di, 0), hn::Set(di, int32_t(stride))));
}
HWY_INLINE V load_every(const bf16_t* p, int64_t stride) {
  HWY_ALIGN float lanes[max_lanes];
  for (size_t i = 0; i < hn::Lanes(D()); i++) lanes[i] = p[int64_t(i) * stride];
  return hn::Load(D(), lanes);
}

// f(value) for the places of one row of a window in their order, for a vector of windows; x: the first place of the first of them.
// S: the stride (0: any).  K: the kernel's width (0: any).
template <int S, int K, class T, class F> HWY_INLINE void for_each_in_row(const PoolPlanes& p, const T* x, F f) {
  const int64_t width = K ? K : p.w.kernel.w, step = K ? 1 : p.w.dilation.w;
  if (S == 2 && step == 1) {
    V even, odd;
    int64_t l = 0;
    for (; l + 2 <= width; l += 2) {
      load_pairs(x + l, even, odd);
      f(even);
      f(odd);
    }
    if (l < width) {
      load_pairs(x + l, even, odd);
      f(even);
    }
    return;
  }
  for (int64_t l = 0; l < width; l++) f(S == 1 ? load(D(), x + l * step) : load_every(x + l * step, p.w.stride.w));
}

// Windows read several rows at a time, which the hardware does not foresee: the elements that the row of windows below adds are asked for
// while this one is computed. next: the first of the new rows; null where rows have been copied.
template <class T> HWY_INLINE void foresee(const PoolPlanes& p, const T* next, int64_t from, int64_t count) {
  if (!next) return;
  for (int64_t k = 0; k < p.w.stride.h; k++)
    for (int64_t i = 0; i < count; i += 64 / int64_t(sizeof(T))) hwy::Prefetch(next + k * p.W + from + i);
}

// What a row of results is made of: the first row of the windows that there is, padding included, `step` from each to the next, and `span`
// rows in all; `next`: see foresee().
template <class T> struct RowOfWindows {
  const T* x;
  int64_t step;
  WindowSpan span;
  const T* next;
};
// f(windows, plane, i, y, room) for each row i of results; y: where the results go, and how many may be written there.
template <class T, class F> HWY_INLINE void for_each_row(const PoolPlanes& p, const T* x, T outside, T* y, int64_t begin, int64_t end, F f) {
  // Whole vectors of results are computed, each with its last place and the odd one of the last pair.
  const int64_t reach = (p.OW + max_lanes) * p.w.stride.w + (p.w.kernel.w - 1) * p.w.dilation.w + 2;
  // Windows that hang over the right edge (ceil_mode) must not see the next row.
  const bool hangs_over = (p.OW - 1) * p.w.stride.w + (p.w.kernel.w - 1) * p.w.dilation.w + 1 > p.W + p.w.padding.w;
  TileOfRows<T> source(hangs_over ? nullptr : x, p.count, p.H, p.W, p.w.padding.w, std::max<int64_t>(0, reach - p.w.padding.w - p.W), outside);
  Results<T> results(p, y, p.OH, p.OW);
  std::vector<WindowSpan> spans;
  for (int64_t i = 0; i < p.OH; i++) spans.push_back(window_span(p.w, 0, i, p.H, p.OH));
  for (int64_t plane = begin; plane < end; plane++) {
    const bool in_place = source.in_place(plane);
    const int64_t tile = std::min(in_place ? p.OH : std::max<int64_t>(1, source.rows() / p.w.stride.h), results.rows());
    const T* from = x + plane * p.H * p.W;
    for (int64_t i0 = 0; i0 < p.OH; i0 += tile) {
      const int64_t i1 = std::min(p.OH, i0 + tile);
      int64_t first = in_place ? 0 : p.H - 1, last = in_place ? p.H : 0;
      for (int64_t i = i0; i < i1 && !in_place; i++)
        if (const WindowSpan s = spans[size_t(i)]; s.count > 0)
          first = std::min(first, s.place), last = std::max(last, s.place + (s.count - 1) * p.w.dilation.h + 1);
      source.take(plane, first, last, [&](int64_t r, T* to) HWY_ATTR { copy_row(from + r * p.W, to, p.W); });
      T* to = results.begin(plane, i0, i1);
      for (int64_t i = i0; i < i1; i++, to += p.OW) {
        const WindowSpan span = spans[size_t(i)];
        const T* top = source.row(span.count > 0 ? span.place : first) - p.w.padding.w;
        const T* next = in_place ? source.row((i + 1) * p.w.stride.h - p.w.padding.h + p.w.kernel.h - p.w.stride.h) : nullptr;
        f(RowOfWindows<T>{top, source.step() * p.w.dilation.h, span, next}, plane, i, to, results.room(i));
      }
      results.done();
    }
  }
}

// A vector of results and their places. x: the rows of the windows, `count` of them; numbers begin with `start`, and `at` is the place where
// nothing is larger than -infinity. Without NaN, the largest values are found by max, which waits for no comparison; the sum of all
// tells whether there is one.
template <int S, int K, bool kPlace, class T> HWY_INLINE V largest(const PoolPlanes& p, const T* x, int64_t step, int64_t count, VI start, VI& at) {
  const DI di;
  const VI one = hn::Set(di, 1);
  V best = hn::Set(D(), -infinity), sum = hn::Zero(D());
  VI number = start, found = at;
  const T* row = x;
  for (int64_t k = 0; k < count; k++, row += step)
    for_each_in_row<S, K>(p, row, [&](V v) CAIRN_INLINED {
      if (kPlace) {
        found = hn::IfThenElse(hn::RebindMask(di, hn::Gt(v, best)), number, found);
        number = hn::Add(number, one);
      }
      best = hn::Max(best, v);
      sum = hn::Add(sum, v);
    });
  if (HWY_UNLIKELY(!hn::AllFalse(D(), hn::IsNaN(sum)))) {
    best = hn::Set(D(), -infinity), number = start, found = at;
    for (int64_t k = 0; k < count; k++)
      for_each_in_row<S, K>(p, x + k * step, [&](V v) CAIRN_INLINED {
        const auto wins = better(v, best);
        best = hn::IfThenElse(wins, v, best);
        found = hn::IfThenElse(hn::RebindMask(di, wins), number, found);
        number = hn::Add(number, one);
      });
  }
  at = found;
  return best;
}

template <int S, int K, bool kPlace, class T, class P> void max_planes(const PoolPlanes& p, const T* x, T* y, P* place, int64_t begin, int64_t end) {
  const D d;
  const DI di;
  const int64_t lanes = hn::Lanes(d), size = p.OH * p.OW, stride = S ? S : p.w.stride.w;
  std::vector<int32_t> first(size_t(p.OW + max_lanes));  // the first place of a window's row that the image has
  for (int64_t j = 0; j < p.OW; j++) first[size_t(j)] = int32_t(window_span(p.w, 1, j, p.W, p.OW).k);
  for_each_row(p, x, T(-infinity), y, begin, end, [&](const RowOfWindows<T>& from, int64_t plane, int64_t i, T* to, int64_t room) CAIRN_INLINED {
    P* to_place = kPlace ? place + plane * size + i * p.OW : nullptr;
    const VI start = hn::Set(di, int32_t(from.span.k * p.w.kernel.w));
    for (int64_t j = 0; j < p.OW; j += lanes) {
      foresee(p, from.next, j * stride, lanes * stride);
      VI at = hn::Add(start, hn::LoadU(di, first.data() + j));
      const V best = largest<S, K, kPlace>(p, from.x + j * stride, from.step, from.span.count, start, at);
      // A vector that reaches beyond its row is written over by the next row, if there is one.
      if (room - j >= lanes) store(d, best, to + j);
      else store_first(d, best, to + j, room - j);
      if (!kPlace) continue;
      const int64_t rest = size - i * p.OW - j;
      if (rest >= lanes) {
        store_places(at, to_place + j);
      } else {
        P last[max_lanes];
        store_places(at, last);
        std::copy_n(last, rest, to_place + j);
      }
    }
  });
}

template <int S, int K, class T> void avg_planes(const PoolPlanes& p, const T* x, T* y, int64_t begin, int64_t end) {
  const D d;
  const int64_t lanes = hn::Lanes(d), stride = S ? S : p.w.stride.w;
  std::vector<float> shares(size_t(p.OW + max_lanes)), row_shares;
  for (int64_t j = 0; j < p.OW; j++) shares[size_t(j)] = 1.0f / float(window_length(p.w, 1, j, p.W, p.OW, p.count_padding));
  for (int64_t i = 0; i < p.OH; i++) row_shares.push_back(1.0f / float(window_length(p.w, 0, i, p.H, p.OH, p.count_padding)));
  for_each_row(p, x, T(0.0f), y, begin, end, [&](const RowOfWindows<T>& from, int64_t, int64_t i, T* to, int64_t room) CAIRN_INLINED {
    const V row_share = hn::Set(d, row_shares[size_t(i)]);
    for (int64_t j = 0; j < p.OW; j += lanes) {
      foresee(p, from.next, j * stride, lanes * stride);
      V sum = hn::Zero(d);
      const T* row = from.x + j * stride;
      for (int64_t k = 0; k < from.span.count; k++, row += from.step)
        for_each_in_row<S, K>(p, row, [&](V v) CAIRN_INLINED { sum = hn::Add(sum, v); });
      const V mean = hn::Mul(sum, hn::Mul(row_share, hn::LoadU(d, shares.data() + j)));
      if (room - j >= lanes) store(d, mean, to + j);
      else store_first(d, mean, to + j, room - j);
    }
  });
}

// ---- one window for all

// The first n < Lanes elements, of which `readable` can be read; what the other lanes hold is left open.
template <class T> HWY_INLINE V load_rest(const T* x, int64_t n, int64_t readable) {
  return readable >= int64_t(hn::Lanes(D())) ? load(D(), x) : load_first(D(), x, n);
}

template <bool kPlace, class T, class P> void max_of(const PoolPlanes& p, const T* x, T* y, P* place, int64_t begin, int64_t end) {
  const D d;
  const DI di;
  const int64_t lanes = hn::Lanes(d), n = p.H * p.W;
  for (int64_t plane = begin; plane < end; plane++) {
    const T* from = x + plane * n;
    const auto vector_at = [&](int64_t i) HWY_ATTR {
      if (i + lanes <= n) return load(d, from + i);
      return hn::IfThenElse(hn::FirstN(d, size_t(n - i)), load_rest(from + i, n - i, (p.count - plane) * n - i), hn::Set(d, -infinity));
    };
    const VI start = hn::Iota(di, 0), step = hn::Set(di, int32_t(lanes));
    V best = hn::Set(d, -infinity), sum = hn::Zero(d);  // as in largest(): the sum tells whether there is NaN
    VI at = hn::Zero(di), here = start;
    for (int64_t i = 0; i < n; i += lanes, here = hn::Add(here, step)) {
      const V v = vector_at(i);
      at = hn::IfThenElse(hn::RebindMask(di, hn::Gt(v, best)), here, at);
      best = hn::Max(best, v);
      sum = hn::Add(sum, v);
    }
    if (HWY_UNLIKELY(!hn::AllFalse(d, hn::IsNaN(sum)))) {
      best = hn::Set(d, -infinity), at = hn::Zero(di), here = start;
      for (int64_t i = 0; i < n; i += lanes, here = hn::Add(here, step)) {
        const V v = vector_at(i);
        const auto wins = better(v, best);
        best = hn::IfThenElse(wins, v, best);
        at = hn::IfThenElse(hn::RebindMask(di, wins), here, at);
      }
    }
    // Of the lanes' largest the largest, and of its places the first (of NaN's the last).
    const auto nan = hn::IsNaN(best);
    float value = hn::GetLane(hn::MaxOfLanes(d, best));
    int32_t where = 0;
    if (HWY_LIKELY(hn::AllFalse(d, nan))) {
      const auto equal = hn::RebindMask(di, hn::Eq(best, hn::Set(d, value)));
      if (kPlace) where = hn::GetLane(hn::MinOfLanes(di, hn::IfThenElse(equal, at, hn::Set(di, std::numeric_limits<int32_t>::max()))));
    } else {
      value = std::numeric_limits<float>::quiet_NaN();
      if (kPlace) where = hn::GetLane(hn::MaxOfLanes(di, hn::IfThenElseZero(hn::RebindMask(di, nan), at)));
    }
    y[plane] = T(value);
    if (kPlace) place[plane] = P(where);
  }
}

// Blocks of 4096 are added up in double.
template <class T> float sum_of(const T* x, int64_t n, int64_t readable) {
  const D d;
  const int64_t lanes = hn::Lanes(d);
  double total = 0;
  for (int64_t start = 0; start < n; start += 4096) {
    const int64_t end = std::min(n, start + 4096);
    V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
    int64_t i = start;
    for (; i + 4 * lanes <= end; i += 4 * lanes) {
      s0 = hn::Add(s0, load(d, x + i));
      s1 = hn::Add(s1, load(d, x + i + lanes));
      s2 = hn::Add(s2, load(d, x + i + 2 * lanes));
      s3 = hn::Add(s3, load(d, x + i + 3 * lanes));
    }
    for (; i + lanes <= end; i += lanes) s0 = hn::Add(s0, load(d, x + i));
    if (i < end) s1 = hn::Add(s1, hn::IfThenElseZero(hn::FirstN(d, size_t(end - i)), load_rest(x + i, end - i, readable - i)));
    total += hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
  }
  return float(total);
}

// dx = factor dy all over a plane; with places: 0, and dy there.
template <class T, class P> void fill_of(const PoolPlanes& p, const T* dy, double factor, const P* place, T* dx, int64_t begin, int64_t end) {
  const D d;
  const int64_t lanes = hn::Lanes(d), n = p.H * p.W;
  Results<T> results(p, dx, p.count, n);
  const int64_t tile = std::min(results.rows(), end - begin);
  for (int64_t p0 = begin; p0 < end; p0 += tile) {
    const int64_t p1 = std::min(end, p0 + tile);
    T* to = results.begin(0, p0, p1);
    int64_t room = (p1 - p0) * n + (p.past_caches ? 2 * max_lanes : 0);
    for (int64_t plane = p0; plane < p1; plane++, to += n, room -= n) {
      const V v = hn::Set(d, place ? 0.0f : float(double(float(dy[plane])) * factor));
      // A vector that reaches beyond its plane is written over by the next plane, if there is one.
      for (int64_t i = 0; i < n; i += lanes) {
        if (room - i >= lanes) store(d, v, to + i);
        else store_first(d, v, to + i, room - i);
      }
      if (place && int64_t(place[plane]) < n) to[place[plane]] = dy[plane];
    }
    results.done();
  }
}

}  // namespace pool

using namespace pool;

// ---- the choice of the loop

// f(S, K) as constants.
template <class T, class P = uint8_t, class F> void with_window(const PoolPlanes& p, F f) {
  using std::integral_constant;
  const int64_t s = p.w.stride.w, k = p.w.dilation.w == 1 ? p.w.kernel.w : 0;
  if constexpr (kOwnLoops<T, P>) {
    if (s == 2 && k == 2) return f(integral_constant<int, 2>(), integral_constant<int, 2>());
    if (s == 2 && k == 3) return f(integral_constant<int, 2>(), integral_constant<int, 3>());
  }
  if constexpr (HWY_TARGET != HWY_SCALAR && !std::is_same_v<P, int32_t>) {
    if (s == 2 && k != 0) return f(integral_constant<int, 2>(), integral_constant<int, 0>());
    if (s == 1) return f(integral_constant<int, 1>(), integral_constant<int, 0>());
  }
  f(integral_constant<int, 0>(), integral_constant<int, 0>());
}

void max_pool(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    with_place(p, [&](auto q) {
      using T = decltype(t);
      using P = decltype(q);
      with_window<T, P>(p, [&](auto s, auto k) {
        if (place) max_planes<s(), k(), true>(p, static_cast<const T*>(x), static_cast<T*>(y), static_cast<P*>(place), begin, end);
        else if constexpr (sizeof(P) == 1)
          max_planes<s(), k(), false>(p, static_cast<const T*>(x), static_cast<T*>(y), static_cast<P*>(place), begin, end);
      });
    });
  });
}
void avg_pool(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    using T = decltype(t);
    with_window<T>(p, [&](auto s, auto k) { avg_planes<s(), k()>(p, static_cast<const T*>(x), static_cast<T*>(y), begin, end); });
  });
}
void max_of_all(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    with_place(p, [&](auto q) {
      using T = decltype(t);
      using P = decltype(q);
      const auto loop = place ? max_of<true, T, P> : max_of<false, T, P>;
      loop(p, static_cast<const T*>(x), static_cast<T*>(y), static_cast<P*>(place), begin, end);
    });
  });
}
void avg_of_all(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    using T = decltype(t);
    const int64_t n = p.H * p.W;
    for (int64_t i = begin; i < end; i++) static_cast<T*>(y)[i] = T(sum_of(static_cast<const T*>(x) + i * n, n, (p.count - i) * n) / float(n));
  });
}
void fill_all(const PoolPlanes& p, const void* dy, double factor, const void* place, void* dx, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    with_place(p, [&](auto q) {
      using T = decltype(t);
      using P = decltype(q);
      fill_of(p, static_cast<const T*>(dy), factor, static_cast<const P*>(place), static_cast<T*>(dx), begin, end);
    });
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(max_pool);
HWY_EXPORT(avg_pool);
HWY_EXPORT(max_of_all);
HWY_EXPORT(avg_of_all);
HWY_EXPORT(fill_all);
void max_pool_planes(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(max_pool)(p, x, y, place, begin, end);
}
void avg_pool_planes(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end) { HWY_DYNAMIC_DISPATCH(avg_pool)(p, x, y, begin, end); }
void max_of_planes(const PoolPlanes& p, const void* x, void* y, void* place, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(max_of_all)(p, x, y, place, begin, end);
}
void avg_of_planes(const PoolPlanes& p, const void* x, void* y, int64_t begin, int64_t end) { HWY_DYNAMIC_DISPATCH(avg_of_all)(p, x, y, begin, end); }
void fill_planes(const PoolPlanes& p, const void* dy, double factor, const void* place, void* dx, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(fill_all)(p, dy, factor, place, dx, begin, end);
}
}  // namespace cairn::cpu
#endif
