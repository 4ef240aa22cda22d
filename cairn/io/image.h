// Pictures in files: PNG (by libpng), JPEG (by libjpeg-turbo) and PGM/PPM, as rows of 8-bit pixels.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cairn/io/bytes.h>

namespace cairn {

struct Image {
  int64_t width = 0, height = 0, channels = 1;  // 1 grey, 3 RGB
  std::vector<uint8_t> pixels;                  // row by row, the channels of a pixel beside each other
  uint8_t& at(int64_t x, int64_t y, int64_t c = 0) { return pixels[size_t((y * width + x) * channels + c)]; }
  uint8_t at(int64_t x, int64_t y, int64_t c = 0) const { return pixels[size_t((y * width + x) * channels + c)]; }
};

inline constexpr int64_t max_image_side = 1 << 15, max_image_pixels = 1 << 27;

// Reads PNG (1 to 16 bits, grey, palette, RGB, with alpha on white), JPEG (grey or RGB), PGM and PPM (plain or raw, up to 65535 levels). FileError: no picture
// (and what the bytes look like), truncated, damaged, larger than max_image_side or max_image_pixels.
Image load_image(const std::string& path);
Image load_image(const ByteSource& source);
Image load_jpeg(const ByteSource& source);  // a part of load_image
// Writes an 8-bit grey or RGB PNG, durably. ShapeError when the pixels do not fill width * height * channels.
void save_png(const std::string& path, const Image& picture);
// Encoded in memory.
std::string encode_png(const Image& picture);

Image to_grey(const Image& picture);  // 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601)
Image to_rgb(const Image& picture);
// Resampled with a triangle filter: an average of what a smaller pixel covers, linear between neighbours when larger.
Image resized(const Image& picture, int64_t width, int64_t height);

}  // namespace cairn
