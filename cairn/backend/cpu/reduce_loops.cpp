// Sums, extremes and the like over rows and columns (reduce_loops.h).
#include "targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/reduce_loops.cpp"
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

// A block's sums of x - c and of its square, c near the mean; beside them the mean of the next block, which is read from memory while the
// units compute with this one. Both blocks are whole, or there is no next one.
struct BlockMoments {
  double differences, squares;
  float next_mean;
};
template <bool kNext> HWY_INLINE BlockMoments block_moments(const float* x, int64_t n, float center, const float* next) {
  const hn::ScalableTag<float> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  const V c = hn::Set(d, center), share = hn::Set(d, 1.0f / float(sum_block));
  V s[2] = {hn::Zero(d), hn::Zero(d)}, q[2] = {s[0], s[0]}, m[2] = {s[0], s[0]};
  const auto take = [&](V v, int k) HWY_ATTR {
    const V difference = hn::Sub(v, c);
    s[k] = hn::Add(s[k], difference);
    q[k] = hn::MulAdd(difference, difference, q[k]);
  };
  int64_t i = 0;
  for (; i + 2 * lanes <= n; i += 2 * lanes) {
    take(hn::LoadU(d, x + i), 0), take(hn::LoadU(d, x + i + lanes), 1);
    if constexpr (kNext) {
      m[0] = hn::MulAdd(hn::LoadU(d, next + i), share, m[0]);
      m[1] = hn::MulAdd(hn::LoadU(d, next + i + lanes), share, m[1]);
    }
  }
  for (; i < n; i += lanes) {
    const auto part = hn::FirstN(d, static_cast<size_t>(std::min(lanes, n - i)));
    take(hn::IfThenElse(part, hn::MaskedLoad(part, d, x + i), c), 0);  // the lanes beyond add 0
  }
  const auto total = [&](V a, V b) HWY_ATTR { return hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b))); };
  return {total(s[0], s[1]), total(q[0], q[1]), kNext ? total(m[0], m[1]) : 0};
}
// The mean in float, without overflow on the way.
HWY_INLINE float rough_mean(const float* x, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const auto share = hn::Set(d, 1.0f / float(n));
  auto sum = hn::Zero(d);
  for (int64_t i = 0; i < n; i += lanes) sum = hn::MulAdd(i + lanes <= n ? hn::LoadU(d, x + i) : load_part(d, x + i, n - i), share, sum);
  return hn::GetLane(hn::SumOfLanes(d, sum));
}
Moments moments_row(const float* x, int64_t n) {
  Moments all;
  float mean = rough_mean(x, std::min(n, sum_block));
  for (int64_t i = 0; i < n; i += sum_block) {
    const int64_t m = std::min(sum_block, n - i), after = n - i - m;
    // Its first number where that is as near: equal numbers then have a variance of exactly 0.
    const float c = std::abs(mean - x[i]) <= 1e-5f * std::abs(x[i]) ? x[i] : std::isfinite(mean) ? mean : 0;
    const BlockMoments b = after >= sum_block ? block_moments<true>(x + i, m, c, x + i + m) : block_moments<false>(x + i, m, c, nullptr);
    mean = after >= sum_block ? b.next_mean : after > 0 ? rough_mean(x + i + m, after) : 0;
    const double shift = b.differences / double(m), excess = shift * b.differences;
    all.merge({double(m), double(c) + shift, std::isfinite(excess) ? std::max(0.0, b.squares - excess) : b.squares - excess});
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
// Long rows are read two at a time and from end to end, which is what the hardware's prefetching follows; the sums of a run of columns
// stay in the first cache.
constexpr int64_t run = 4096, side_by_side = 8;
template <class Op> void long_column_sums(const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  const Op op;
  const auto center = [&](int64_t j) HWY_ATTR { return centers ? hn::LoadU(d, centers + j) : hn::Zero(d); };
  HWY_ALIGN float out[run];
  for (int64_t j = 0; j < columns; j += lanes) hn::Store(hn::Zero(d), d, out + j);
  int64_t r = 0;
  for (; r + 2 <= rows; r += 2, x += 2 * row_stride)
    for (int64_t j = 0; j < columns; j += lanes) {
      const auto c = center(j);
      const auto s = op(hn::Load(d, out + j), hn::LoadU(d, x + j), c), t = op(hn::Zero(d), hn::LoadU(d, x + row_stride + j), c);
      hn::Store(hn::Add(s, t), d, out + j);
    }
  if (r < rows)
    for (int64_t j = 0; j < columns; j += lanes) hn::Store(op(hn::Load(d, out + j), hn::LoadU(d, x + j), center(j)), d, out + j);
  const hn::ScalableTag<double> dd;
  const hn::Rebind<float, decltype(dd)> half;
  for (int64_t j = 0; j < columns; j += int64_t(hn::Lanes(dd)))
    hn::StoreU(hn::Add(hn::LoadU(dd, sums + j), hn::PromoteTo(dd, hn::LoadU(half, out + j))), dd, sums + j);
}
template <class Op> void column_sums_of(const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums) {
  const int64_t lanes = hn::Lanes(hn::ScalableTag<float>());
  for (int64_t r = 0; r < rows; r += row_block, x += row_block * row_stride) {
    const int64_t m = std::min(row_block, rows - r);
    int64_t j = 0;
    while (columns - j >= run / 4) {
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
template <bool kLargest> float extreme_of(const float* x, int64_t n) {
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
    take(hn::LoadU(d, x + i), b[0], w0);
    take(hn::LoadU(d, x + i + lanes), b[1], w1);
    take(hn::LoadU(d, x + i + 2 * lanes), b[2], w0);
    take(hn::LoadU(d, x + i + 3 * lanes), b[3], w1);
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
float extreme_row(bool largest, const float* x, int64_t n) { return largest ? extreme_of<true>(x, n) : extreme_of<false>(x, n); }

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

// The best block first: only that one is searched for the place.
int64_t arg_row(bool largest, const float* x, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  float best = extreme_row(largest, x, std::min(n, sum_block));
  int64_t i = 0;
  for (int64_t start = sum_block; start < n && best == best; start += sum_block) {
    const float other = extreme_row(largest, x + start, std::min(sum_block, n - start));
    if ((largest ? other > best : other < best) || other != other) best = other, i = start;
  }
  const auto wanted = hn::Set(d, best);
  const bool nan = best != best;
  for (; i + lanes <= n; i += lanes) {
    const auto v = hn::LoadU(d, x + i);
    const intptr_t at = hn::FindFirstTrue(d, nan ? hn::IsNaN(v) : hn::Eq(v, wanted));
    if (at >= 0) return i + at;
  }
  while (i < n && !(nan ? x[i] != x[i] : x[i] == best)) i++;
  return i;
}

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
Moments row_moments(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(moments_row)(x, n); }
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
float row_extreme(bool largest, const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(extreme_row)(largest, x, n); }
void column_extremes(bool largest, const float* x, int64_t row_stride, int64_t rows, int64_t columns, float* extremes) {
  HWY_DYNAMIC_DISPATCH(extreme_columns)(largest, x, row_stride, rows, columns, extremes);
}
int64_t row_arg_extreme(bool largest, const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(arg_row)(largest, x, n); }
bool row_finite(const float* x, int64_t n) { return HWY_DYNAMIC_DISPATCH(finite_row)(x, n); }
}  // namespace cairn::cpu
#endif
