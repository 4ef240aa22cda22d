// Pictures in files: PNG (by libpng), JPEG (by libjpeg-turbo) and PGM/PPM, as rows of 8-bit pixels.
//
//   Image photo = load_image("cat.jpg", {.at_least = 224});    // upright; a JPEG is decoded at 1/2, 1/4 or 1/8 where that is enough
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

struct ImageOptions {
  // The size that will be needed. A JPEG larger than that is decoded at 1/2, 1/4 or 1/8 of its size (straight from its cosine
  // coefficients, several times faster than all of it), the smallest whose sides are both at least this. 0: at full size.
  int64_t at_least = 0;
  int64_t max_pixels = max_image_pixels;  // pictures with more are refused before memory is taken for them
};

// What a file's first bytes say.
struct ImageInfo {
  std::string format;                           // "JPEG", "PNG", "PGM" or "PPM"
  int64_t width = 0, height = 0, channels = 1;  // as load_image gives them: upright, 1 or 3
  int orientation = 1;                          // EXIF's, 1 to 8; 1: stored upright
};

// Reads PNG (1 to 16 bits, grey, palette, RGB, interlaced; transparent places show white paper), JPEG (grey, YCbCr, RGB, and CMYK or YCCK as
// Adobe writes them, turned into RGB without a colour profile), PGM and PPM (plain or raw, up to 65535 levels). What the file holds counts,
// not its name's ending. Pictures stand upright: EXIF's orientation is applied. FileError with the file's name: no picture (and what the
// bytes look like), empty, truncated, damaged (what a viewer would paper over with grey, too), more than max_image_side pixels a side or
// max_pixels in all.
Image load_image(const std::string& path, const ImageOptions& options = {});
Image load_image(const ByteSource& source, const ImageOptions& options = {});
// Reads the header only: the pixels may still turn out to be damaged.
ImageInfo image_info(const ByteSource& source);

// Writes an 8-bit grey or RGB PNG, durably. ShapeError when the pixels do not fill width * height * channels.
void save_png(const std::string& path, const Image& picture);
// Encoded in memory.
std::string encode_png(const Image& picture);

Image to_grey(const Image& picture);  // 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601)
Image to_rgb(const Image& picture);
// Resampled with a triangle filter: an average of what a smaller pixel covers, linear between neighbours when larger (see resample.h).
Image resized(const Image& picture, int64_t width, int64_t height);

}  // namespace cairn
