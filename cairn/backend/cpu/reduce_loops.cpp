// Sums, extremes and the like over rows and columns (reduce_loops.h).
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/reduce_loops.cpp"
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <algorithm>
#include <limits>

#include "math-inl.h"
#include "reduce_loops.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

constexpr int64_t sum_block = 1024, row_block = 64;
constexpr bool kManyRegisters = HWY_TARGET <= HWY_AVX3;  // 32 of them

// A vector; what lies `ahead` floats further is fetched into the first cache meanwhile.
template <class D> HWY_INLINE hn::Vec<D> load_ahead(D d, const float* x, int64_t ahead) {
  hwy::Prefetch(x + ahead);
  return hn::LoadU(d, x);
}

struct Value {
  template <class V> HWY_INLINE V operator()(V sum, V x, V) const { return hn::Add(sum, x); }
};
struct Absolute {
  template <class V> HWY_INLINE V operator()(V sum, V x, V) const { return hn::Add(sum, hn::Abs(x)); }
};
struct Square {
  template <class V> HWY_INLINE V operator()(V sum, V x, V) const { return hn::MulAdd(x, x, sum); }
};
struct Difference {
  template <class V> HWY_INLINE V operator()(V sum, V x, V center) const { return hn::Add(sum, hn::Sub(x, center)); }
};
struct Deviation {
  template <class V> HWY_INLINE V operator()(V sum, V x, V center) const {
    const V d = hn::Sub(x, center);
    return hn::MulAdd(d, d, sum);
  }
};

// At most sum_block elements.
template <class Op> HWY_INLINE double block_sum(const float* x, int64_t n, float center) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const V c = hn::Set(d, center);
  const Op op;
  V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0;
  int64_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    s0 = op(s0, hn::LoadU(d, x + i), c);
    s1 = op(s1, hn::LoadU(d, x + i + lanes), c);
    s2 = op(s2, hn::LoadU(d, x + i + 2 * lanes), c);
    s3 = op(s3, hn::LoadU(d, x + i + 3 * lanes), c);
  }
  for (; i + lanes <= n; i += lanes) s0 = op(s0, hn::LoadU(d, x + i), c);
  if (i < n) {
    const auto part = hn::FirstN(d, static_cast<size_t>(n - i));
    s1 = op(s1, hn::IfThenElse(part, hn::MaskedLoad(part, d, x + i), c), c);  // the lanes beyond add 0
  }
  return hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3))));
}
template <class Op> double row_sum_of(const float* x, int64_t n, float center) {
  double sum = 0;
  for (int64_t i = 0; i < n; i += sum_block) sum += block_sum<Op>(x + i, std::min(sum_block, n - i), center);
  return sum;
}
double sum_row(Term term, const float* x, int64_t n, float center) {
  switch (term) {
    case Term::value: return row_sum_of<Value>(x, n, 0);
    case Term::absolute: return row_sum_of<Absolute>(x, n, 0);
    case Term::square: return row_sum_of<Square>(x, n, 0);
    case Term::difference: return row_sum_of<Difference>(x, n, center);
    case Term::deviation: return row_sum_of<Deviation>(x, n, center);
  }
  return 0;
}

// Sums of x - c and of its square over a block of at most sum_block elements.
struct Deviations {
  double sum, squares;
};
HWY_INLINE Deviations deviations(const float* x, int64_t n, float center, int64_t ahead) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const V c = hn::Set(d, center);
  V s0 = hn::Zero(d), s1 = s0, s2 = s0, s3 = s0, q0 = s0, q1 = s0, q2 = s0, q3 = s0;
  const auto take = [&](V v, V& s, V& q) HWY_ATTR {
    const V difference = hn::Sub(v, c);
    s = hn::Add(s, difference);
    q = hn::MulAdd(difference, difference, q);
  };
  int64_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    take(load_ahead(d, x + i, ahead), s0, q0);
    take(load_ahead(d, x + i + lanes, ahead), s1, q1);
    take(load_ahead(d, x + i + 2 * lanes, ahead), s2, q2);
    take(load_ahead(d, x + i + 3 * lanes, ahead), s3, q3);
  }
  for (; i < n; i += lanes) {
    const auto part = hn::FirstN(d, static_cast<size_t>(std::min(lanes, n - i)));
    take(hn::IfThenElse(part, hn::MaskedLoad(part, d, x + i), c), s0, q0);  // the lanes beyond add 0
  }
  return {hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(s0, s1), hn::Add(s2, s3)))),
          hn::GetLane(hn::SumOfLanes(d, hn::Add(hn::Add(q0, q1), hn::Add(q2, q3))))};
}
// Block by block about a number c near the mean: sum((x - mean)^2) = sum((x - c)^2) - n (mean - c)^2. c is the row's first number, or the
// mean of an earlier block; where it turns out to be further off than the block's spread, which would cost digits, the block is taken
// again, about its own mean.
Moments moments_row(const float* x, int64_t n, int64_t ahead) {
  Moments all;
  float c = std::isfinite(x[0]) ? x[0] : 0;
  for (int64_t i = 0; i < n; i += sum_block) {
    const int64_t m = std::min(sum_block, n - i);
    Deviations v = deviations(x + i, m, c, ahead);
    if (const float mean = float(double(c) + v.sum / double(m)); v.sum * v.sum > 0.6 * double(m) * v.squares && std::isfinite(mean)) {
      c = mean;
      v = deviations(x + i, m, c, 0);
    }
    const double shift = v.sum / double(m), excess = shift * v.sum;
    all.merge({double(m), double(c) + shift, std::isfinite(excess) ? std::max(0.0, v.squares - excess) : v.squares - excess});
  }
  return all;
}

double double_sum_row(const float* x, int64_t n) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> df;
  const int64_t lanes = hn::Lanes(d);
  auto s = hn::Zero(d), t = s;
  int64_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    s = hn::Add(s, hn::PromoteTo(d, hn::LoadU(df, x + i)));
    t = hn::Add(t, hn::PromoteTo(d, hn::LoadU(df, x + i + lanes)));
  }
  double sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(s, t)));
  for (; i < n; i++) sum += double(x[i]);
  return sum;
}
// Sums within a vector of doubles by doubling distances: v_i += v_{i-1}, then v_{i-2}, v_{i-4}; the sum so far is added last, so that
// the chain from vector to vector is one addition long.
template <bool kReverse> double running_sums(const float* x, float* y, int64_t n, double start, bool past_caches) {
  const hn::ScalableTag<double> d;
  const hn::Rebind<float, decltype(d)> df;
  constexpr int64_t max_lanes = hn::MaxLanes(d);
  const int64_t lanes = hn::Lanes(d), bytes = lanes * sizeof(float);
  // Element i of the walk lies at at(i); a vector of it at at(i) or, backwards, at(i + lanes - 1).
  const auto at = [&](int64_t i) { return kReverse ? n - 1 - i : i; };
  const auto one = [&](int64_t i) { y[at(i)] = float(start += double(x[at(i)])); };
  const uintptr_t edge = reinterpret_cast<uintptr_t>(kReverse ? y + n : y);
  const int64_t head = past_caches ? int64_t((kReverse ? edge : 0 - edge) % bytes / sizeof(float)) : 0;
  int64_t i = 0;
  for (; i < std::min(head, n); i++) one(i);
  HWY_ALIGN int64_t places[4][max_lanes];
  for (int64_t k = 0; k < 3; k++)
    for (int64_t j = 0; j < lanes; j++) places[k][j] = std::max<int64_t>(0, j - (1 << k));
  for (int64_t j = 0; j < lanes; j++) places[3][j] = lanes - 1;
  const auto from1 = hn::SetTableIndices(d, places[0]), from2 = hn::SetTableIndices(d, places[1]), from4 = hn::SetTableIndices(d, places[2]),
             last = hn::SetTableIndices(d, places[3]);
  const auto below1 = hn::FirstN(d, 1), below2 = hn::FirstN(d, 2), below4 = hn::FirstN(d, 4);
  auto sum = hn::Set(d, start);
  const int64_t begin = i;
  for (; i + lanes <= n; i += lanes) {
    const int64_t p = kReverse ? at(i + lanes - 1) : i;
    auto v = hn::PromoteTo(d, hn::LoadU(df, x + p));
    if constexpr (kReverse) v = hn::Reverse(d, v);
    if constexpr (max_lanes > 1) v = hn::Add(v, hn::IfThenZeroElse(below1, hn::TableLookupLanes(v, from1)));
    if constexpr (max_lanes > 2) v = hn::Add(v, hn::IfThenZeroElse(below2, hn::TableLookupLanes(v, from2)));
    if constexpr (max_lanes > 4) v = hn::Add(v, hn::IfThenZeroElse(below4, hn::TableLookupLanes(v, from4)));
    const auto all = hn::TableLookupLanes(v, last);
    v = hn::Add(v, sum);
    sum = hn::Add(sum, all);
    if constexpr (kReverse) v = hn::Reverse(d, v);
    if (past_caches) hn::Stream(hn::DemoteTo(df, v), df, y + p);
    else hn::StoreU(hn::DemoteTo(df, v), df, y + p);
  }
  if (i > begin) start = hn::GetLane(sum);
  for (; i < n; i++) one(i);
  return start;
}
double running_sums_row(const float* x, float* y, int64_t n, double start, bool reverse, bool past_caches) {
  return reverse ? running_sums<true>(x, y, n, start, past_caches) : running_sums<false>(x, y, n, start, past_caches);
}

// Up to 64 rows of K vectors of columns; the sums stay in registers.
template <class Op, int K, bool kPart>
HWY_INLINE void column_block(const float* x, int64_t row_stride, int64_t rows, int64_t part, const float* centers, double* sums) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const Op op;
  V s[K], c[K];
  for (int k = 0; k < K; k++) {
    s[k] = hn::Zero(d);
    c[k] = !centers ? s[k] : kPart ? load_part(d, centers + k * lanes, part) : hn::LoadU(d, centers + k * lanes);
  }
  for (int64_t r = 0; r < rows; r++, x += row_stride)
    for (int k = 0; k < K; k++) s[k] = op(s[k], kPart ? load_part(d, x + k * lanes, part) : hn::LoadU(d, x + k * lanes), c[k]);
  HWY_ALIGN float out[hn::MaxLanes(d)];
  for (int k = 0; k < K; k++) {
    hn::Store(s[k], d, out);
    for (int64_t i = 0; i < (kPart ? part : lanes); i++) sums[k * lanes + i] += out[i];
  }
}
// Long rows are read one run of columns at a time, eight rows side by side, which is what the hardware's prefetching follows; the sums of
// the run stay in the first cache.
constexpr int64_t run = 2048, side_by_side = 8;
template <class Op> void long_column_sums(const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const Op op;
  HWY_ALIGN float out[run];
  for (int64_t j = 0; j < columns; j += lanes) hn::Store(hn::Zero(d), d, out + j);
  int64_t r = 0;
  for (; r + side_by_side <= rows; r += side_by_side, x += side_by_side * row_stride)
    for (int64_t j = 0; j < columns; j += lanes) {
      const V c = centers ? hn::LoadU(d, centers + j) : hn::Zero(d);
      V s = hn::Load(d, out + j), t = hn::Zero(d);
      for (int64_t i = 0; i < side_by_side; i += 2) {
        s = op(s, hn::LoadU(d, x + i * row_stride + j), c);
        t = op(t, hn::LoadU(d, x + (i + 1) * row_stride + j), c);
      }
      hn::Store(hn::Add(s, t), d, out + j);
    }
  for (; r < rows; r++, x += row_stride)
    for (int64_t j = 0; j < columns; j += lanes)
      hn::Store(op(hn::Load(d, out + j), hn::LoadU(d, x + j), centers ? hn::LoadU(d, centers + j) : hn::Zero(d)), d, out + j);
  for (int64_t j = 0; j < columns; j++) sums[j] += out[j];
}
template <class Op> void column_sums_of(const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  const int64_t lanes = hn::Lanes(hn::ScalableTag<float>());
  for (int64_t r = 0; r < rows; r += row_block, x += row_block * row_stride) {
    const int64_t m = std::min(row_block, rows - r);
    int64_t j = 0;
    while (columns - j >= run / 2) {
      const int64_t n = std::min(run, (columns - j) / lanes * lanes);
      long_column_sums<Op>(x + j, row_stride, m, n, centers ? centers + j : nullptr, sums + j);
      j += n;
    }
    if constexpr (kManyRegisters)
      for (; j + 16 * lanes <= columns; j += 16 * lanes)
        column_block<Op, 16, false>(x + j, row_stride, m, 0, centers ? centers + j : nullptr, sums + j);
    for (; j + 8 * lanes <= columns; j += 8 * lanes) column_block<Op, 8, false>(x + j, row_stride, m, 0, centers ? centers + j : nullptr, sums + j);
    for (; j + lanes <= columns; j += lanes) column_block<Op, 1, false>(x + j, row_stride, m, 0, centers ? centers + j : nullptr, sums + j);
    if (j < columns) column_block<Op, 1, true>(x + j, row_stride, m, columns - j, centers ? centers + j : nullptr, sums + j);
  }
}
void sum_columns(Term term, const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  switch (term) {
    case Term::value: return column_sums_of<Value>(x, row_stride, rows, columns, nullptr, sums);
    case Term::absolute: return column_sums_of<Absolute>(x, row_stride, rows, columns, nullptr, sums);
    case Term::square: return column_sums_of<Square>(x, row_stride, rows, columns, nullptr, sums);
    case Term::difference: return column_sums_of<Difference>(x, row_stride, rows, columns, centers, sums);
    case Term::deviation: return column_sums_of<Deviation>(x, row_stride, rows, columns, centers, sums);
  }
}

// The better of two; NaN is better than anything and stays.
template <bool kLargest, class V> HWY_INLINE V better(V best, V x) {
  return hn::IfThenElse(hn::Or(kLargest ? hn::Gt(x, best) : hn::Lt(x, best), hn::IsNaN(x)), x, best);
}
// Extremes, and beside them a watch for NaN, which read as an integer without sign is above infinity: two chains that do not wait for
// each other.
template <bool kLargest> float extreme_of(const float* x, int64_t n, int64_t ahead) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const auto magnitude = hn::Set(di, 0x7fffffff), infinity = hn::Set(di, 0x7f800000);
  const V first = hn::Set(d, x[0]);
  V b[4] = {first, first, first, first};
  auto w0 = hn::And(hn::BitCast(di, first), magnitude), w1 = w0;
  const auto take = [&](V v, V& best, auto& watch) HWY_ATTR {
    best = kLargest ? hn::Max(best, v) : hn::Min(best, v);
    watch = hn::Max(watch, hn::And(hn::BitCast(di, v), magnitude));
  };
  int64_t i = 0;
  for (; i + 4 * lanes <= n; i += 4 * lanes) {
    take(load_ahead(d, x + i, ahead), b[0], w0);
    take(load_ahead(d, x + i + lanes, ahead), b[1], w1);
    take(load_ahead(d, x + i + 2 * lanes, ahead), b[2], w0);
    take(load_ahead(d, x + i + 3 * lanes, ahead), b[3], w1);
  }
  for (; i + lanes <= n; i += lanes) take(hn::LoadU(d, x + i), b[0], w0);
  if (i < n) {
    const auto part = hn::FirstN(d, static_cast<size_t>(n - i));
    take(hn::IfThenElse(part, hn::MaskedLoad(part, d, x + i), first), b[1], w1);
  }
  if (!hn::AllFalse(di, hn::Gt(hn::Max(w0, w1), infinity))) return std::numeric_limits<float>::quiet_NaN();
  if constexpr (kLargest) return hn::GetLane(hn::MaxOfLanes(d, hn::Max(hn::Max(b[0], b[1]), hn::Max(b[2], b[3]))));
  else return hn::GetLane(hn::MinOfLanes(d, hn::Min(hn::Min(b[0], b[1]), hn::Min(b[2], b[3]))));
}
float extreme_row(bool largest, const float* x, int64_t n, int64_t ahead) {
  return largest ? extreme_of<true>(x, n, ahead) : extreme_of<false>(x, n, ahead);
}

// Several rows at a time, so that the extremes are loaded and stored once for all of them.
template <bool kLargest> HWY_INLINE void extremes_of(const float* x, int64_t row_stride, int64_t rows, int64_t columns, float* extremes) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  for (int64_t r = 0; r < rows; r += side_by_side, x += side_by_side * row_stride) {
    const int64_t m = std::min(side_by_side, rows - r);
    int64_t j = 0;
    for (; j + lanes <= columns; j += lanes) {
      auto best = hn::LoadU(d, extremes + j);
      for (int64_t i = 0; i < m; i++) best = better<kLargest>(best, hn::LoadU(d, x + i * row_stride + j));
      hn::StoreU(best, d, extremes + j);
    }
    if (j == columns) continue;
    auto best = load_part(d, extremes + j, columns - j);
    for (int64_t i = 0; i < m; i++) best = better<kLargest>(best, load_part(d, x + i * row_stride + j, columns - j));
    store_part(d, best, extremes + j, columns - j);
  }
}
void extreme_columns(bool largest, const float* x, int64_t row_stride, int64_t rows, int64_t columns, float* extremes) {
  largest ? extremes_of<true>(x, row_stride, rows, columns, extremes) : extremes_of<false>(x, row_stride, rows, columns, extremes);
}

// Every lane keeps its best and the number of the group of four vectors that it came from; NaN, when there is one, is looked for again.
template <bool kLargest> int64_t arg_of(const float* x, int64_t n, int64_t ahead) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  using V = hn::Vec<decltype(d)>;
  using VI = hn::Vec<decltype(di)>;
  const int64_t lanes = hn::Lanes(d), group = 4 * lanes;
  const auto find = [&](int64_t i, V wanted, bool nan) HWY_ATTR {
    for (; i + lanes <= n; i += lanes) {
      const V v = hn::LoadU(d, x + i);
      const intptr_t at = hn::FindFirstTrue(d, nan ? hn::IsNaN(v) : hn::Eq(v, wanted));
      if (at >= 0) return i + at;
    }
    const float value = hn::GetLane(wanted);
    while (i < n && !(nan ? x[i] != x[i] : x[i] == value)) i++;
    return i;
  };
  if (n < group || n > (int64_t{1} << 30)) {
    const float best = extreme_of<kLargest>(x, n, ahead);
    return find(0, hn::Set(d, best), best != best);
  }
  const VI magnitude = hn::Set(di, 0x7fffffff), infinity = hn::Set(di, 0x7f800000), one = hn::Set(di, 1);
  V b0 = hn::LoadU(d, x), b1 = hn::LoadU(d, x + lanes), b2 = hn::LoadU(d, x + 2 * lanes), b3 = hn::LoadU(d, x + 3 * lanes);
  VI g = hn::Zero(di), g0 = g, g1 = g, g2 = g, g3 = g;
  const auto bits = [&](V v) HWY_ATTR { return hn::And(hn::BitCast(di, v), magnitude); };
  VI w0 = hn::Max(bits(b0), bits(b1)), w1 = hn::Max(bits(b2), bits(b3));
  const auto take = [&](int64_t i, V& best, VI& from, VI& watch) HWY_ATTR {
    const V v = load_ahead(d, x + i, ahead);
    const auto better = kLargest ? hn::Gt(v, best) : hn::Lt(v, best);
    best = hn::IfThenElse(better, v, best);
    from = hn::IfThenElse(hn::RebindMask(di, better), g, from);
    watch = hn::Max(watch, bits(v));
  };
  int64_t i = group;
  for (; i + group <= n; i += group) {
    g = hn::Add(g, one);
    take(i, b0, g0, w0), take(i + lanes, b1, g1, w1), take(i + 2 * lanes, b2, g2, w0), take(i + 3 * lanes, b3, g3, w1);
  }
  const float rest = i < n ? extreme_of<kLargest>(x + i, n - i, 0) : x[0];
  if (rest != rest || !hn::AllFalse(di, hn::Gt(hn::Max(w0, w1), infinity))) return find(0, hn::Zero(d), true);
  const auto best_of = [](V a, V b) HWY_ATTR { return kLargest ? hn::Max(a, b) : hn::Min(a, b); };
  const V lane_best = best_of(best_of(b0, b1), best_of(b2, b3));
  const V best = kLargest ? hn::MaxOfLanes(d, lane_best) : hn::MinOfLanes(d, lane_best);
  if (i < n && (kLargest ? rest > hn::GetLane(best) : rest < hn::GetLane(best))) return find(i, hn::Set(d, rest), false);
  // Of the equal ones, the first.
  const auto place = [&](V b, VI from, int32_t k) HWY_ATTR {
    const VI at = hn::Add(hn::Mul(from, hn::Set(di, int32_t(group))), hn::Iota(di, k * int32_t(lanes)));
    return hn::IfThenElse(hn::RebindMask(di, hn::Eq(b, best)), at, magnitude);
  };
  const VI first = hn::Min(hn::Min(place(b0, g0, 0), place(b1, g1, 1)), hn::Min(place(b2, g2, 2), place(b3, g3, 3)));
  return hn::GetLane(hn::MinOfLanes(di, first));
}
int64_t arg_row(bool largest, const float* x, int64_t n, int64_t ahead) { return largest ? arg_of<true>(x, n, ahead) : arg_of<false>(x, n, ahead); }

// Infinities and NaN have all bits of the exponent set, more than any finite number when read as an integer.
bool finite_row(const float* x, int64_t n) {
  const hn::ScalableTag<float> d;
  const hn::RebindToSigned<decltype(d)> di;
  const int64_t lanes = hn::Lanes(d);
  const auto magnitude = hn::Set(di, 0x7fffffff), limit = hn::Set(di, 0x7f800000);
  int64_t i = 0;
  while (i + lanes <= n) {
    auto largest = hn::Zero(di);
    for (const int64_t end = std::min(n, i + 4096); i + lanes <= end; i += lanes)
      largest = hn::Max(largest, hn::And(hn::BitCast(di, hn::LoadU(d, x + i)), magnitude));
    if (!hn::AllTrue(di, hn::Lt(largest, limit))) return false;
  }
  for (; i < n; i++)
    if (!std::isfinite(x[i])) return false;
  return true;
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(sum_row);
HWY_EXPORT(moments_row);
HWY_EXPORT(double_sum_row);
HWY_EXPORT(running_sums_row);
HWY_EXPORT(sum_columns);
HWY_EXPORT(extreme_row);
HWY_EXPORT(extreme_columns);
HWY_EXPORT(arg_row);
HWY_EXPORT(finite_row);
double row_sum(Term term, const float* x, int64_t n, float center) { return HWY_DYNAMIC_DISPATCH(sum_row)(term, x, n, center); }
Moments row_moments(const float* x, int64_t n, int64_t ahead) { return HWY_DYNAMIC_DISPATCH(moments_row)(x, n, ahead); }
double row_double_sum(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(double_sum_row)(x, n); }
double row_running_sums(const float* x, float* y, int64_t n, double start, bool reverse, bool past_caches) {
  return HWY_DYNAMIC_DISPATCH(running_sums_row)(x, y, n, start, reverse, past_caches);
}
void Moments::merge(const Moments& o) {
  if (o.n == 0) return;
  const double all = n + o.n, difference = o.mean - mean;
  squares += o.squares + difference * difference * (n * o.n / all);
  mean += difference * (o.n / all);
  n = all;
}
void column_sums(Term term, const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  HWY_DYNAMIC_DISPATCH(sum_columns)(term, x, row_stride, rows, columns, centers, sums);
}
float row_extreme(bool largest, const float* x, int64_t n, int64_t ahead) { return HWY_DYNAMIC_DISPATCH(extreme_row)(largest, x, n, ahead); }
void column_extremes(bool largest, const float* x, int64_t row_stride, int64_t rows, int64_t columns, float* extremes) {
  HWY_DYNAMIC_DISPATCH(extreme_columns)(largest, x, row_stride, rows, columns, extremes);
}
int64_t row_arg_extreme(bool largest, const float* x, int64_t n, int64_t ahead) { return HWY_DYNAMIC_DISPATCH(arg_row)(largest, x, n, ahead); }
bool row_finite(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(finite_row)(x, n); }
}  // namespace cairn::cpu
#endif
