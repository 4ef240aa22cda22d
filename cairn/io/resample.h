// Changing the size of a picture, one plane of bytes at a time, with the results of Pillow's Image.resize, bit for bit
// (to version 12; later ones begin with the columns where that is less work, and some bytes then differ by 1).
//
// A new pixel at i is a weighted average of old ones around its centre c = (i + 1/2) s - 1/2, s = old size / new size. The filter is
// stretched by s when the picture shrinks, so that every old pixel counts ("antialiasing"): w(k) = f((k - c) / max(1, s)), scaled to sum 1.
//   nearest    the one pixel that holds the centre
//   bilinear   f(x) = 1 - |x|, |x| < 1
//   bicubic    Keys' with a = -1/2, |x| < 2 (Keys 1981: Cubic convolution interpolation for digital image processing)
// First along the rows, rounded to bytes, then along the columns.
#pragma once

#include <cstdint>
#include <vector>

namespace cairn {

enum class Interpolation : uint8_t { nearest, bilinear, bicubic };
const char* name_of(Interpolation how);

// The weights of one change of size, for any number of planes. Safe to use from several threads.
class Resampler {
 public:
  // ShapeError for a size below 1.
  Resampler(int64_t width, int64_t height, int64_t to_width, int64_t to_height, Interpolation how = Interpolation::bilinear);
  // from: rows of `width` bytes, `stride` apart; to: to_height rows of to_width without gaps, elsewhere in memory.
  void run(const uint8_t* from, int64_t stride, uint8_t* to) const;

 private:
  struct Axis {
    int64_t from = 0, to = 0, taps = 0;  // taps: the most
    std::vector<int32_t> first, count;   // for each new pixel: the first old one, and how many
    std::vector<int32_t> weights;        // taps for each
  };
  static Axis axis(int64_t from, int64_t to, Interpolation how);
  Axis x_, y_;
};

}  // namespace cairn
