// Pooling over planes of row-major images, f32 and bf16: backward.
//
// Each element of dx is the sum over the windows that it lies in. With stride 2, even and odd columns lie at different places of their
// windows, so both are computed side by side and stored interleaved; dx is written once, in order. Where a row of windows does not cover
// a row of dx exactly, rows of dy and places are first copied to where there are zeros around them.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/pool_grad_loops.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <vector>

#include "pool_rows-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace pool {

// Column s j + q of dx lies at place l of window j + shift, for each such pair.
struct Tap {
  int64_t l, shift;
};
std::vector<Tap> taps_of(const PoolPlanes& p, int axis, int64_t q) {
  std::vector<Tap> taps;
  const int64_t s = p.w.stride[axis];
  for (int64_t l = 0; l < p.w.kernel[axis]; l++) {
    const int64_t before = q + p.w.padding[axis] - l * p.w.dilation[axis];
    if (before % s == 0) taps.push_back({l, before / s});
  }
  return taps;
}

// The windows that row h of dx lies in: row k of window i.
struct Covering {
  int64_t i, k;
};
struct Coverings {
  explicit Coverings(const PoolPlanes& p) {
    for (int64_t h = 0; h < p.H; h++) {
      begin.push_back(list.size());
      for (int64_t k = 0; k < p.w.kernel.h; k++) {
        const int64_t from = h + p.w.padding.h - k * p.w.dilation.h, i = from / p.w.stride.h;
        if (from >= 0 && from % p.w.stride.h == 0 && i < p.OH) list.push_back({i, k});
        if (from < 0) break;
      }
    }
    begin.push_back(list.size());
  }
  std::vector<Covering> list;
  std::vector<size_t> begin;  // of row h: [begin[h], begin[h + 1])
};

// What an average is divided by, as factors: of the rows of windows and of their columns.
struct Shares {
  explicit Shares(const PoolPlanes& p) {
    for (int64_t i = 0; i < p.OH; i++) rows.push_back(1.0f / float(window_length(p.w, 0, i, p.H, p.OH, p.count_padding)));
    for (int64_t j = 0; j < p.OW; j++) columns.push_back(1.0f / float(window_length(p.w, 1, j, p.W, p.OW, p.count_padding)));
    const auto equal = [](const std::vector<float>& v) { return std::all_of(v.begin(), v.end(), [&](float f) { return f == v[0]; }); };
    even = equal(rows) && equal(columns);
    columns.resize(size_t(p.OW + max_lanes));
  }
  std::vector<float> rows, columns;
  bool even;  // all windows are of one size
};

// What one row of dx gets from one row of windows.
template <class G, class P> struct Source {
  const G* dy;
  const P* place;
  int64_t number;  // of the first place of the row
};
// The sum over the sources and taps for a vector of groups of columns, the first of which is j. N: how many taps (0: as many as there are).
template <int N, bool kMax, class G, class P>
HWY_INLINE V gathered(const Source<G, P>* sources, int64_t count, const Tap* taps, int64_t tap_count, int64_t j) {
  if (N) tap_count = N;
  V sum = hn::Zero(D());
  for (int64_t r = 0; r < count; r++)
    for (int64_t t = 0; t < tap_count; t++) {
      const int64_t at = j + taps[t].shift;
      V g = load(D(), sources[r].dy + at);
      if constexpr (kMax) {
        const VI wanted = hn::Set(DI(), int32_t(sources[r].number + taps[t].l));
        g = hn::IfThenElseZero(hn::RebindMask(D(), hn::Eq(load_places(sources[r].place + at), wanted)), g);
      }
      sum = hn::Add(sum, g);
    }
  return sum;
}

// S: the stride along rows, 1 or 2. A, B: how many taps even and odd columns have (0: any). P: the places' type; void for an average, where
// kShared says that dy is divided before it is added up.
template <int S, int A, int B, bool kShared, class T, class P>
void grad_planes(const PoolPlanes& p, const T* dy, const P* place, T* dx, int64_t begin, int64_t end) {
  constexpr bool kMax = !std::is_void_v<P>;
  using G = std::conditional_t<kShared, float, T>;
  using Place = std::conditional_t<kMax, P, uint8_t>;
  const D d;
  const int64_t lanes = hn::Lanes(d), groups = (p.W + S - 1) / S, size = p.OH * p.OW;  // groups: of S columns of dx
  const Coverings rows(p);
  const Shares shares(p);
  const V factor = hn::Set(d, kMax || kShared ? 1.0f : shares.rows[0] * shares.columns[0]);
  std::vector<Tap> taps[2];
  int64_t left = 0, right = 0;
  bool exact = true;  // every column of dx that a tap gives something lies in a window: what follows a row of dy is never added
  for (int q = 0; q < S; q++) {
    taps[q] = taps_of(p, 1, q);
    for (const Tap& t : taps[q]) {
      left = std::max(left, -t.shift), right = std::max(right, t.shift);
      exact = exact && (p.W - 1 - q) / S + t.shift < p.OW;
    }
  }
  right = std::max<int64_t>(0, groups + right + max_lanes - p.OW);
  const G* in_place = nullptr;
  if constexpr (!kShared) in_place = exact ? dy : nullptr;
  TileOfRows<G> dys(in_place, p.count, p.OH, p.OW, left, right, G(0.0f));
  TileOfRows<Place> places(exact ? static_cast<const Place*>(place) : nullptr, p.count, p.OH, p.OW, left, right, Place(0));
  Results<T> results(p, dx, p.H, p.W);
  std::vector<Source<G, Place>> sources(static_cast<size_t>(p.w.kernel.h));
  for (int64_t plane = begin; plane < end; plane++) {
    const bool in_memory = dys.in_place(plane);
    const int64_t readable = in_memory ? p.H : std::max<int64_t>(1, dys.rows() * p.w.stride.h);
    const int64_t tile = std::min({p.H, readable, results.rows()});
    for (int64_t h0 = 0; h0 < p.H; h0 += tile) {
      const int64_t h1 = std::min(p.H, h0 + tile);
      int64_t first = in_memory ? 0 : p.OH, last = in_memory ? p.OH : 0;
      for (size_t c = rows.begin[size_t(h0)]; c < rows.begin[size_t(h1)] && !in_memory; c++)
        first = std::min(first, rows.list[c].i), last = std::max(last, rows.list[c].i + 1);
      dys.take(plane, first, last, [&](int64_t i, G* to) HWY_ATTR {
        const T* from = dy + plane * size + i * p.OW;
        if constexpr (!kShared) {
          copy_row(from, to, p.OW);
        } else {
          const V row_share = hn::Set(d, shares.rows[size_t(i)]);
          int64_t j = 0;
          for (; j + lanes <= p.OW; j += lanes)
            store(d, hn::Mul(load(d, from + j), hn::Mul(row_share, hn::LoadU(d, shares.columns.data() + j))), to + j);
          for (; j < p.OW; j++) to[j] = float(from[j]) * (shares.rows[size_t(i)] * shares.columns[size_t(j)]);
        }
      });
      if constexpr (kMax) places.take(plane, first, last, [&](int64_t i, P* to) HWY_ATTR { copy_row(place + plane * size + i * p.OW, to, p.OW); });
      T* to = results.begin(plane, h0, h1);
      for (int64_t h = h0; h < h1; h++, to += p.W) {
        const Covering *c = rows.list.data() + rows.begin[size_t(h)], *const c_end = rows.list.data() + rows.begin[size_t(h) + 1];
        const int64_t count = c_end - c, room = results.room(h);
        for (int64_t r = 0; r < count; r++) sources[size_t(r)] = {dys.row(c[r].i), kMax ? places.row(c[r].i) : nullptr, c[r].k * p.w.kernel.w};
        for (int64_t j = 0; j < groups; j += lanes) {
          V even = gathered<A, kMax>(sources.data(), count, taps[0].data(), int64_t(taps[0].size()), j), odd = even;
          if constexpr (S == 2) odd = gathered<B, kMax>(sources.data(), count, taps[1].data(), int64_t(taps[1].size()), j);
          if constexpr (!kMax && !kShared) even = hn::Mul(even, factor), odd = hn::Mul(odd, factor);
          // A vector that reaches beyond its row is written over by the next row, if there is one.
          T rest[S * max_lanes];
          const bool whole = room - S * j >= S * lanes;
          T* here = whole ? to + S * j : rest;
          if constexpr (S == 1) store(d, even, here);
          else store_pairs(even, odd, here);
          if (!whole) std::copy_n(rest, room - S * j, to + S * j);
        }
      }
      results.done();
    }
  }
}
// The choice of S, A, B.
template <bool kShared, class T, class P> void grad_of(const PoolPlanes& p, const T* dy, const P* place, T* dx, int64_t begin, int64_t end) {
  auto loop = p.w.stride.w == 1 ? grad_planes<1, 0, 0, kShared, T, P> : grad_planes<2, 0, 0, kShared, T, P>;
  if constexpr (kOwnLoops<T, P> && !kShared) {
    const size_t even = taps_of(p, 1, 0).size(), odd = p.w.stride.w == 2 ? taps_of(p, 1, 1).size() : 0;
    if (even == 1 && odd == 1) loop = grad_planes<2, 1, 1, kShared, T, P>;
    if (even == 1 && odd == 2) loop = grad_planes<2, 1, 2, kShared, T, P>;
    if (even == 2 && odd == 1) loop = grad_planes<2, 2, 1, kShared, T, P>;
  }
  loop(p, dy, place, dx, begin, end);
}

}  // namespace pool

using namespace pool;

void max_pool_grad(const PoolPlanes& p, const void* dy, const void* place, void* dx, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    with_place(p, [&](auto q) {
      using T = decltype(t);
      using P = decltype(q);
      grad_of<false>(p, static_cast<const T*>(dy), static_cast<const P*>(place), static_cast<T*>(dx), begin, end);
    });
  });
}
void avg_pool_grad(const PoolPlanes& p, const void* dy, void* dx, int64_t begin, int64_t end) {
  with_type(p, [&](auto t) {
    using T = decltype(t);
    const auto loop = Shares(p).even ? grad_of<false, T, void> : grad_of<true, T, void>;
    loop(p, static_cast<const T*>(dy), nullptr, static_cast<T*>(dx), begin, end);
  });
}
}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(max_pool_grad);
HWY_EXPORT(avg_pool_grad);
void max_pool_grad_planes(const PoolPlanes& p, const void* dy, const void* place, void* dx, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(max_pool_grad)(p, dy, place, dx, begin, end);
}
void avg_pool_grad_planes(const PoolPlanes& p, const void* dy, void* dx, int64_t begin, int64_t end) {
  HWY_DYNAMIC_DISPATCH(avg_pool_grad)(p, dy, dx, begin, end);
}
}  // namespace cairn::cpu
#endif
