#include <cairn/backend/cpu/onednn/pixels.h>

#include <algorithm>
#include <cstring>

#include <cairn/backend/cpu/loops.h>

namespace cairn::onednn {
namespace {

constexpr int64_t block = 16;

int64_t blocks_of(int64_t C) { return (C + block - 1) / block; }

// f(c, h, w, n) for all of H x W pixels and blocks of channels: n channels from c on. Some rows at a time stay in the L1 cache.
template <class F> void each_piece(int64_t C, int64_t H, int64_t W, F f) {
  const int64_t rows = std::max<int64_t>(1, 64 / W);
  for (int64_t h0 = 0; h0 < H; h0 += rows)
    for (int64_t c = 0; c < C; c += block)
      for (int64_t h = h0; h < std::min(H, h0 + rows); h++)
        for (int64_t w = 0; w < W; w++) f(c, h, w, std::min(block, C - c));
}

// A block's channels of one pixel: a vector register where it is full.
void copy_piece(const bf16_t* from, int64_t n, bf16_t* to) {
  if (n == block) std::memcpy(static_cast<void*>(to), from, block * sizeof(bf16_t));
  else std::memcpy(static_cast<void*>(to), from, size_t(n) * sizeof(bf16_t));
}

}  // namespace

Array in_blocks(const Array& x) { return x.size(1) < block ? cpu::row_major(x) : to_blocked(x, Layout::nChw16c); }

void take_pixels(const Array& x, int64_t first, int64_t count, int64_t images, bf16_t* to, Step step) {
  const int64_t C = x.size(1), W = x.size(3), P = x.size(2) * W, image = (x.blocked() ? blocks_of(C) * block : C) * P;
  const int64_t rows = (x.size(2) + step[0] - 1) / step[0], columns = (W + step[1] - 1) / step[1], taken = rows * columns * C;
  const bf16_t* from = (x.blocked() ? x.lanes() : x).ptr<bf16_t>() + first * image;
  for (int64_t i = 0; i < count; i++, from += image, to += taken) {
    if (x.blocked()) {
      each_piece(C, rows, columns, [&](int64_t c, int64_t h, int64_t w, int64_t n) {
        copy_piece(from + c * P + (h * step[0] * W + w * step[1]) * block, n, to + (h * columns + w) * C + c);
      });
    } else {
      for (int64_t c = 0; c < C; c++)
        for (int64_t h = 0; h < rows; h++)
          for (int64_t w = 0; w < columns; w++) to[(h * columns + w) * C + c] = from[c * P + h * step[0] * W + w * step[1]];
    }
  }
  std::memset(static_cast<void*>(to), 0, size_t((images - count) * taken) * sizeof(bf16_t));
}

// Channels that fill up the last block are zeros, too. What a step leaves out is written beside its neighbours, so that each cache line is
// brought once.
void put_pixels(const bf16_t* from, int64_t first, int64_t count, Array& y, Step step) {
  const int64_t C = y.size(1), H = y.size(2), W = y.size(3), P = H * W, image = blocks_of(C) * block * P;
  const int64_t rows = (H + step[0] - 1) / step[0], columns = (W + step[1] - 1) / step[1];
  bf16_t* to = y.lanes().ptr<bf16_t>() + first * image;
  const auto zeros = [](bf16_t* at, int64_t pixels) { std::memset(static_cast<void*>(at), 0, size_t(pixels * block) * sizeof(bf16_t)); };
  if (C % block != 0) zeros(to, count * image / block);
  for (int64_t i = 0; i < count; i++, from += rows * columns * C, to += image)
    each_piece(C, rows, columns, [&](int64_t c, int64_t h, int64_t w, int64_t n) {
      bf16_t* pixel = to + c * P + (h * step[0] * W + w * step[1]) * block;
      copy_piece(from + (h * columns + w) * C + c, n, pixel);
      for (int64_t k = 1; k < step[1] && w * step[1] + k < W; k++) zeros(pixel + k * block, 1);
      if (step[0] > 1 && w == 0) zeros(pixel + W * block, (std::min(step[0], H - h * step[0]) - 1) * W);
    });
}

}  // namespace cairn::onednn
