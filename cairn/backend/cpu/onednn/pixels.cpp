#include <cairn/backend/cpu/onednn/pixels.h>

#include <algorithm>
#include <cstring>

#include <cairn/backend/cpu/loops.h>

namespace cairn::onednn {
namespace {

constexpr int64_t block = 16;

int64_t blocks_of(int64_t C) { return (C + block - 1) / block; }

// f(c, p, n) for all of an image's P pixels and blocks of channels: n channels from c on of pixel p. Some pixels at a time stay in the L1 cache.
template <class F> void each_piece(int64_t C, int64_t P, F f) {
  constexpr int64_t some = 64;
  for (int64_t p0 = 0; p0 < P; p0 += some)
    for (int64_t c = 0; c < C; c += block)
      for (int64_t p = p0; p < std::min(P, p0 + some); p++) f(c, p, std::min(block, C - c));
}

// A block's channels of one pixel: a vector register where it is full.
void copy_piece(const bf16_t* from, int64_t n, bf16_t* to) {
  if (n == block) std::memcpy(static_cast<void*>(to), from, block * sizeof(bf16_t));
  else std::memcpy(static_cast<void*>(to), from, size_t(n) * sizeof(bf16_t));
}

}  // namespace

Array in_blocks(const Array& x) { return x.size(1) < block ? cpu::row_major(x) : to_blocked(x, Layout::nChw16c); }

void take_pixels(const Array& x, int64_t first, int64_t count, int64_t images, bf16_t* to) {
  const int64_t C = x.size(1), P = x.size(2) * x.size(3), image = (x.blocked() ? blocks_of(C) * block : C) * P;
  const bf16_t* from = (x.blocked() ? x.lanes() : x).ptr<bf16_t>() + first * image;
  for (int64_t n = 0; n < count; n++, from += image, to += C * P) {
    if (x.blocked()) {
      each_piece(C, P, [&](int64_t c, int64_t p, int64_t n_channels) { copy_piece(from + c * P + p * block, n_channels, to + p * C + c); });
    } else {
      for (int64_t c = 0; c < C; c++)
        for (int64_t p = 0; p < P; p++) to[p * C + c] = from[c * P + p];
    }
  }
  std::memset(static_cast<void*>(to), 0, size_t((images - count) * C * P) * sizeof(bf16_t));
}

// And back; channels that fill up the last block are zeros.
void put_pixels(const bf16_t* from, int64_t first, int64_t count, Array& y) {
  const int64_t C = y.size(1), P = y.size(2) * y.size(3), image = blocks_of(C) * block * P;
  bf16_t* to = y.lanes().ptr<bf16_t>() + first * image;
  for (int64_t n = 0; n < count; n++, from += C * P, to += image)
    each_piece(C, P, [&](int64_t c, int64_t p, int64_t n_channels) {
      bf16_t* piece = to + c * P + p * block;
      copy_piece(from + p * C + c, n_channels, piece);
      std::fill(piece + n_channels, piece + block, bf16_t(0.0f));
    });
}

Array result_for(const Array& y) { return y.layout() == Layout::nChw16c ? y : blocked_array(y.shape(), y.dtype(), Layout::nChw16c); }

void bring(const Array& from, Array& y) {
  if (from.storage() != y.storage()) assign(from, y);
}

}  // namespace cairn::onednn
