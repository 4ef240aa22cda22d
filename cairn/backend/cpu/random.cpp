// Random numbers: Philox4x32-10 on vectors, and the maps of random_map.h on the words it gives.
//
// A vector holds one 32-bit word of many blocks, each in the lower half of a 64-bit lane, where the multiplication 32 x 32 -> 64 wants
// it; the upper halves hold whatever is left there and are never looked at. Numbers are made 1024 at a time, in buffers that stay in L1.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/random.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include <cstring>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/random_map.h>
#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
using D64 = hn::ScalableTag<uint64_t>;
using V64 = hn::Vec<D64>;

HWY_INLINE V64 multiply(V64 a, V64 b) {
  const hn::ScalableTag<uint32_t> d;
  return hn::MulEven(hn::BitCast(d, a), hn::BitCast(d, b));
}
struct Blocks {
  V64 c0, c1, c2, c3;
  HWY_INLINE void round(V64 m0, V64 m1, V64 k0, V64 k1) {
    const V64 a = multiply(m0, c0), b = multiply(m1, c2);
    c0 = hn::Xor3(hn::ShiftRight<32>(b), c1, k0);
    c1 = b;
    c2 = hn::Xor3(hn::ShiftRight<32>(a), c3, k1);
    c3 = a;
  }
  HWY_INLINE void store(uint64_t* to) const {
    const D64 d;
    const V64 low = hn::Set(d, 0xffffffffu);
    const V64 w01 = hn::Or(hn::And(c0, low), hn::ShiftLeft<32>(c1)), w23 = hn::Or(hn::And(c2, low), hn::ShiftLeft<32>(c3));
    hn::StoreU(hn::InterleaveLower(d, w01, w23), d, to);
    hn::StoreU(hn::InterleaveUpper(d, w01, w23), d, to + hn::Lanes(d));
  }
};
#endif

// The words of blocks [first, first + block_size / 4) of the key, in order.
void philox_words(RandomKey key, uint64_t first, uint32_t* words) {
#if HWY_TARGET == HWY_SCALAR
  for (int64_t i = 0; i < block_size / 4; i++) {
    const PhiloxBlock b = key.block(first + uint64_t(i));
    std::memcpy(words + 4 * i, b.data(), sizeof(b));
  }
#else
  const D64 d;
  const int64_t lanes = hn::Lanes(d);
  V64 keys[10][2];
  uint32_t k0 = uint32_t(key.seed), k1 = uint32_t(key.seed >> 32);
  for (auto& k : keys) {
    k[0] = hn::Set(d, k0);
    k[1] = hn::Set(d, k1);
    k0 += 0x9E3779B9u, k1 += 0xBB67AE85u;
  }
  const V64 m0 = hn::Set(d, 0xD2511F53u), m1 = hn::Set(d, 0xCD9E8D57u), stream_low = hn::Set(d, key.stream),
            stream_high = hn::Set(d, key.stream >> 32);
  // Lanes 0, 2, 4, .. count blocks 0, 1, 2, .. and the odd lanes go on from there: interleaving then brings the words into order.
  HWY_ALIGN uint64_t order[hn::MaxLanes(d)];
  for (int64_t i = 0; i < lanes; i++) order[i] = uint64_t(i / 2 + i % 2 * (lanes / 2));
  V64 counter = hn::Add(hn::Load(d, order), hn::Set(d, key.offset + first));
  const V64 step = hn::Set(d, uint64_t(lanes));
  // Two vectors of blocks at a time: each hides the waiting times of the other's chain of multiplications.
  for (int64_t block = 0; block < block_size / 4; block += 2 * lanes) {
    const V64 next = hn::Add(counter, step);
    Blocks x{counter, hn::ShiftRight<32>(counter), stream_low, stream_high}, y{next, hn::ShiftRight<32>(next), stream_low, stream_high};
#pragma GCC unroll 10  // keeps the round keys in registers: a third faster
    for (const auto& k : keys) {
      x.round(m0, m1, k[0], k[1]);
      y.round(m0, m1, k[0], k[1]);
    }
    uint64_t* to = reinterpret_cast<uint64_t*>(words + 4 * block);
    x.store(to);
    y.store(to + 2 * lanes);
    counter = hn::Add(next, step);
  }
#endif
}

// All buffers below hold block_size numbers.
template <class D> HWY_INLINE hn::Vec<D> unit(D d, const uint32_t* words) {
  const hn::RebindToSigned<D> di;
  const hn::RebindToUnsigned<D> du;
  return hn::Mul(hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<8>(hn::LoadU(du, words)))), hn::Set(d, 0x1p-24f));
}
void scaled_units(const uint32_t* words, float length, float* y) {
  const hn::ScalableTag<float> d;
  for (int64_t i = 0; i < block_size; i += int64_t(hn::Lanes(d))) hn::Store(hn::Mul(hn::Set(d, length), unit(d, words + i)), d, y + i);
}
// Apart from the multiplication, lest the compiler makes one operation with one rounding of the two.
void shift_below(float* y, float low, float last) {
  const hn::ScalableTag<float> d;
  for (int64_t i = 0; i < block_size; i += int64_t(hn::Lanes(d)))
    hn::Store(hn::Min(hn::Add(hn::Set(d, low), hn::Load(d, y + i)), hn::Set(d, last)), d, y + i);
}
void normals(const uint32_t* words, float mean, float deviation, float* y) {
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const int64_t lanes = hn::Lanes(d);
  HWY_ALIGN uint32_t first[hn::MaxLanes(du)], second[hn::MaxLanes(du)];
  for (int64_t i = 0; i < block_size; i += 2 * lanes) {
    hn::Vec<decltype(du)> w1, w2;
    hn::LoadInterleaved2(du, words + i, w1, w2);
    hn::Store(w1, du, first);
    hn::Store(w2, du, second);
    const auto r = hn::Sqrt(hn::Mul(hn::Set(d, -2.0f), log_v(d, hn::Add(unit(d, first), hn::Set(d, 0x1p-24f)))));
    const auto t = hn::Mul(hn::Set(d, 2 * std::numbers::pi_v<float>), unit(d, second)), s = hn::Set(d, deviation), m = hn::Set(d, mean);
    hn::StoreInterleaved2(hn::MulAdd(s, hn::Mul(r, sin_or_cos<true>(d, t)), m), hn::MulAdd(s, hn::Mul(r, sin_or_cos<false>(d, t)), m), d, y + i);
  }
}
void choose(const uint32_t* words, float p, float* y) {
  const hn::ScalableTag<float> d;
  for (int64_t i = 0; i < block_size; i += int64_t(hn::Lanes(d)))
    hn::Store(hn::IfThenElseZero(hn::Lt(unit(d, words + i), hn::Set(d, p)), hn::Set(d, 1.0f)), d, y + i);
}
void drop(const uint32_t* words, const float* x, float p, float factor, float* y, int64_t n) {
  const hn::ScalableTag<float> d;
  const int64_t lanes = hn::Lanes(d);
  int64_t i = 0;
  for (; i + lanes <= n; i += lanes)
    hn::StoreU(hn::IfThenZeroElse(hn::Lt(unit(d, words + i), hn::Set(d, p)), hn::Mul(hn::LoadU(d, x + i), hn::Set(d, factor))), d, y + i);
  for (; i < n; i++) y[i] = unit_f32(words[i]) < p ? 0 : x[i] * factor;
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn {
namespace cpu {
HWY_EXPORT(philox_words);
HWY_EXPORT(scaled_units);
HWY_EXPORT(shift_below);
HWY_EXPORT(normals);
HWY_EXPORT(choose);
HWY_EXPORT(drop);

namespace {

// f(words, at, n): the words of elements [at, at + n), for all elements of an array of `numel`.
template <class F> void for_each_block(RandomKey key, int64_t numel, F f) {
  const int64_t blocks = (numel + block_size - 1) / block_size;
  parallel_for(blocks, costly_grain / block_size, [&](int64_t begin, int64_t end) {
    alignas(64) uint32_t words[block_size];
    for (int64_t i = begin; i < end; i++) {
      HWY_DYNAMIC_DISPATCH(philox_words)(key, uint64_t(i * block_size / 4), words);
      f(words, i * block_size, std::min(block_size, numel - i * block_size));
    }
  });
}

// make(words, y): block_size floats, of which the array takes what it needs.
template <class F> void fill_floats(RandomKey key, Array& y, F make) {
  const bool stream = y.numel() * 4 >= streaming_bytes;
  float* to = y.ptr<float>();
  for_each_block(key, y.numel(), [=](const uint32_t* words, int64_t at, int64_t n) {
    alignas(64) float numbers[block_size];
    make(words, numbers);
    if (stream) stream_loop(numbers, to + at, n), end_stream();
    else std::memcpy(to + at, numbers, size_t(n) * sizeof(float));
  });
}

}  // namespace
}  // namespace cpu

using namespace cpu;

void CpuBackend::random(Distribution d, RandomKey key, double a, double b, Array& y) {
  if (y.dtype() != f32 || d == Distribution::integer) return ReferenceBackend::random(d, key, a, b, y);
  const float fa = float(a), fb = float(b);
  if (d == Distribution::uniform) {
    const float length = fb - fa, last = last_uniform<float>(fa, fb);
    return fill_floats(key, y, [=](const uint32_t* words, float* numbers) {
      HWY_DYNAMIC_DISPATCH(scaled_units)(words, length, numbers);
      if (fa != 0 || fb != 1) HWY_DYNAMIC_DISPATCH(shift_below)(numbers, fa, last);
    });
  }
  if (d == Distribution::normal)
    return fill_floats(key, y, [=](const uint32_t* words, float* numbers) { HWY_DYNAMIC_DISPATCH(normals)(words, fa, fb, numbers); });
  fill_floats(key, y, [=](const uint32_t* words, float* numbers) { HWY_DYNAMIC_DISPATCH(choose)(words, fa, numbers); });
}

void CpuBackend::dropout(const Array& x, RandomKey key, double p, Array& y) {
  if (!fast(x) || y.dtype() != x.dtype()) return ReferenceBackend::dropout(x, key, p, y);
  if (!x.contiguous()) return dropout(contiguous_copy(x), key, p, y);
  const Feed feed(x.dtype(), 1, Feed::single);
  const Sink sink(y, y.numel());
  const int64_t size = size_of(x.dtype());
  const std::byte* from = x.ptr<std::byte>();
  std::byte* to = y.ptr<std::byte>();
  const float fp = float(p), factor = float(1 / (1 - p));
  for_each_block(key, y.numel(), [=](const uint32_t* words, int64_t at, int64_t n) {
    alignas(64) float buffers[2][block_size];
    HWY_DYNAMIC_DISPATCH(drop)(words, feed.take(from + at * size, 0, n, buffers[0]), fp, factor, sink.place(to + at * size, 0, buffers[1]), n);
    sink.done(to + at * size, 0, n, buffers[1]);
    sink.finish();
  });
}

}  // namespace cairn
#endif
