// What the vector loops over rows of planes share (pool_loops.cpp, pool_grad_loops.cpp): loads of pairs, places, and rows with room around.
#if defined(CAIRN_CPU_POOL_ROWS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef CAIRN_CPU_POOL_ROWS_INL_H_
#undef CAIRN_CPU_POOL_ROWS_INL_H_
#else
#define CAIRN_CPU_POOL_ROWS_INL_H_
#endif

#include <algorithm>
#include <cstring>
#include <vector>

#include "elements-inl.h"
#include "hwy/cache_control.h"
#include "hwy/highway.h"
#include "pool_loops.h"

// A lambda that is part of a loop: GCC would make a function of a large one.
#ifndef CAIRN_INLINED
#define CAIRN_INLINED HWY_ATTR __attribute__((always_inline))
#endif

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {
namespace pool {

using D = hn::ScalableTag<float>;
using DI = hn::RebindToSigned<D>;
using V = hn::Vec<D>;
using VI = hn::Vec<DI>;
constexpr int64_t max_lanes = hn::MaxLanes(D());
constexpr int64_t tile_elements = 4096;  // of 48 KiB of first cache, 16 for rows that are read and 16 for those that are written

// Elements p[0], p[2], ... and p[1], p[3], ...
HWY_INLINE void load_pairs(const float* p, V& even, V& odd) { hn::LoadInterleaved2(D(), p, even, odd); }
HWY_INLINE void load_pairs(const bf16_t* p, V& even, V& odd) {
#if HWY_TARGET == HWY_SCALAR
  even = hn::Set(D(), p[0]), odd = hn::Set(D(), p[1]);
#else
  const hn::RebindToUnsigned<D> du;
  const auto both = hn::LoadU(du, reinterpret_cast<const uint32_t*>(p));  // of two halves, the first is the lower one
  even = hn::BitCast(D(), hn::ShiftLeft<16>(both));
  odd = hn::BitCast(D(), hn::And(both, hn::Set(du, 0xffff0000u)));
#endif
}
HWY_INLINE void store_pairs(V even, V odd, float* p) { hn::StoreInterleaved2(even, odd, D(), p); }
HWY_INLINE void store_pairs(V even, V odd, bf16_t* p) {
  const hn::RebindToUnsigned<D> du;
  const auto rounded = [&](V v) HWY_ATTR {  // to nearest, ties to even, in the upper half; NaN stays one
    const auto bits = hn::BitCast(du, v);
    const auto up = hn::Add(bits, hn::Add(hn::And(hn::ShiftRight<16>(bits), hn::Set(du, 1u)), hn::Set(du, 0x7fffu)));
    return hn::IfThenElse(hn::RebindMask(du, hn::IsNaN(v)), hn::Or(bits, hn::Set(du, 0x400000u)), up);
  };
  const auto both = hn::Or(hn::ShiftRight<16>(rounded(even)), hn::And(rounded(odd), hn::Set(du, 0xffff0000u)));
  hn::StoreU(both, du, reinterpret_cast<uint32_t*>(p));
}
HWY_INLINE void store_places(VI v, int32_t* p) { hn::StoreU(v, DI(), p); }
HWY_INLINE void store_places(VI v, uint8_t* p) {
  const hn::Rebind<uint8_t, D> d8;
  hn::StoreU(hn::TruncateTo(d8, hn::BitCast(hn::RebindToUnsigned<D>(), v)), d8, p);
}
HWY_INLINE VI load_places(const int32_t* p) { return hn::LoadU(DI(), p); }
HWY_INLINE VI load_places(const uint8_t* p) { return hn::PromoteTo(DI(), hn::LoadU(hn::Rebind<uint8_t, D>(), p)); }

// n elements from a tile to where they belong, past the caches.
template <class T> void move_out(const T* tile, T* to, int64_t n) {
  const int64_t bytes = n * int64_t(sizeof(T));
  auto* from = reinterpret_cast<const uint8_t*>(tile);
  auto* out = reinterpret_cast<uint8_t*>(to);
  int64_t i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<uint8_t> d;
  const int64_t lanes = hn::Lanes(d);
  i = std::min<int64_t>(bytes, (0 - reinterpret_cast<uintptr_t>(out)) % uintptr_t(lanes));
  std::memcpy(out, from, size_t(i));
  for (; i + lanes <= bytes; i += lanes) hn::Stream(hn::LoadU(d, from + i), d, out + i);
#endif
  std::memcpy(out + i, from + i, size_t(bytes - i));
}

// Rows of planes, readable from `left` elements before their first to `right` behind their last, where `outside` is. Planes are read in
// place where that is as good.
template <class T> class TileOfRows {
 public:
  // x: [planes, rows, width], or null when it can never be read in place.
  TileOfRows(const T* x, int64_t planes, int64_t rows, int64_t width, int64_t left, int64_t right, T outside)
      : x_(x), end_(x ? x + planes * rows * width : nullptr), rows_(rows), width_(width), left_(left), right_(right), outside_(outside) {}
  int64_t rows() const { return std::max<int64_t>(1, tile_elements / (left_ + width_ + right_)); }  // how many a tile should have
  bool in_place(int64_t plane) const { return x_ && left_ == 0 && x_ + (plane + 1) * rows_ * width_ + right_ <= end_; }

  // Rows [first, last) of a plane, each of which copy(r, to) copies when it must be.
  template <class Copy> void take(int64_t plane, int64_t first, int64_t last, Copy copy) {
    first_ = first;
    if (in_place(plane)) {
      begin_ = x_ + (plane * rows_ + first) * width_, step_ = width_;
      return;
    }
    step_ = left_ + width_ + right_;
    if (int64_t(memory_.size()) < (last - first) * step_) memory_.assign(size_t((last - first) * step_), outside_);
    begin_ = memory_.data() + left_;
    T* to = memory_.data() + left_;
    for (int64_t r = first; r < last; r++, to += step_) copy(r, to);
  }
  const T* row(int64_t r) const { return begin_ + (r - first_) * step_; }
  int64_t step() const { return step_; }

 private:
  const T *x_, *end_, *begin_ = nullptr;
  int64_t rows_, width_, left_, right_, first_ = 0, step_ = 0;
  T outside_;
  std::vector<T> memory_;
};

template <class T> HWY_INLINE void copy_row(const T* from, T* to, int64_t n) {
  const int64_t bytes = n * int64_t(sizeof(T));
#if HWY_TARGET != HWY_SCALAR
  const hn::ScalableTag<uint8_t> d;
  const int64_t lanes = hn::Lanes(d);
  if (bytes >= lanes) {
    const auto* a = reinterpret_cast<const uint8_t*>(from);
    auto* b = reinterpret_cast<uint8_t*>(to);
    for (int64_t i = 0; i + lanes < bytes; i += lanes) hn::StoreU(hn::LoadU(d, a + i), d, b + i);
    hn::StoreU(hn::LoadU(d, a + bytes - lanes), d, b + bytes - lanes);
    return;
  }
#endif
  std::memcpy(to, from, size_t(bytes));
}

// Where rows of results are written: in place, or in a tile that moves out past the caches.
template <class T> class Results {
 public:
  Results(const PoolPlanes& p, T* y, int64_t rows, int64_t width) : y_(y), rows_(rows), width_(width), by_tile_(p.past_caches) {}
  ~Results() {
    if (by_tile_) hwy::FlushStream();
  }
  int64_t rows() const { return by_tile_ ? std::max<int64_t>(1, tile_elements / width_) : rows_; }
  // Where row `first` goes; behind it the rows up to `last` in order.
  T* begin(int64_t plane, int64_t first, int64_t last) {
    first_ = y_ + (plane * rows_ + first) * width_, count_ = (last - first) * width_;
    if (!by_tile_) return first_;
    if (int64_t(tile_.size()) < count_ + 2 * max_lanes) tile_.resize(size_t(count_ + 2 * max_lanes));
    return tile_.data();
  }
  // How many elements may be written from the beginning of row r on.
  int64_t room(int64_t r) const { return by_tile_ ? width_ + 2 * max_lanes : (rows_ - r) * width_; }
  void done() const {
    if (by_tile_) move_out(tile_.data(), first_, count_);
  }

 private:
  T *y_, *first_ = nullptr;
  int64_t rows_, width_, count_ = 0;
  bool by_tile_;
  std::vector<T> tile_;
};

// f(a value of the elements' type); of the places' type.
template <class F> void with_type(const PoolPlanes& p, F f) { p.dtype == bf16 ? f(bf16_t()) : f(float()); }
// Loops made for one window cost time to compile: vectors of f32 with places of a byte have them, the rest shares one for any window.
template <class T, class P = uint8_t> constexpr bool kOwnLoops = std::is_same_v<T, float> && !std::is_same_v<P, int32_t> && HWY_TARGET != HWY_SCALAR;
template <class F> void with_place(const PoolPlanes& p, F f) { p.wide ? f(int32_t()) : f(uint8_t()); }

}  // namespace pool
}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();
#endif
