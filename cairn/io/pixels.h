// Loops over bytes of pictures, in vector code: what reading, resampling and augmenting pictures is made of.
#pragma once

#include <cstdint>

namespace cairn::detail {

// Brightness of a colour: 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), weights in 1/65536, as Pillow rounds it.
inline uint8_t luma(int r, int g, int b) { return uint8_t((19595 * r + 38470 * g + 7471 * b + 32768) >> 16); }

// Pixels beside each other to planes, and back; n pixels of 1 or 3 channels.
void split_channels(const uint8_t* pixels, int64_t n, int64_t channels, uint8_t* planes);
void join_channels(const uint8_t* planes, int64_t n, int64_t channels, uint8_t* pixels);
// luma of n colours in three planes.
void luma_row(const uint8_t* r, const uint8_t* g, const uint8_t* b, uint8_t* to, int64_t n);

// to[i] = the sum over k < taps of weights[k] * rows[k * stride + i], weights in 1/2^22, rounded and held within 0 to 255; i < n.
inline constexpr int weight_bits = 22;
void weighted_rows(const uint8_t* rows, int64_t stride, const int32_t* weights, int64_t taps, uint8_t* to, int64_t n);

// to[x * height + y] = from[y * stride + x].
void transpose_bytes(const uint8_t* from, int64_t stride, int64_t width, int64_t height, uint8_t* to);

// to[i] = from[n - 1 - i]; the two may not overlap.
void reverse_bytes(const uint8_t* from, uint8_t* to, int64_t n);

}  // namespace cairn::detail
