// A picture on its way through a pipeline of transforms: bytes [C, H, W], C channels as planes, H rows of W pixels.
//
// Crops and flips only choose which pixels of the source are seen, so a Sample remembers them as a window and copies nothing. The first
// step that changes values makes the copy; and when none does, the window is read, mirrored and turned to floats in one pass over the
// pixels: 128 pictures of CIFAR are cropped, flipped and normalised in the time it takes to write the batch.
#pragma once

#include <cstdint>
#include <vector>

#include <cairn/io/image.h>
#include <cairn/tensor/tensor.h>

namespace cairn::transforms {

// Pixels of one's own, without gaps.
struct Planes {
  int64_t channels = 0, height = 0, width = 0;
  std::vector<uint8_t> values;

  void resize(int64_t c, int64_t h, int64_t w) {
    channels = c, height = h, width = w;
    values.resize(size_t(c * h * w));
  }
  int64_t area() const { return height * width; }
  uint8_t* plane(int64_t c) { return values.data() + c * area(); }
  const uint8_t* plane(int64_t c) const { return values.data() + c * area(); }
  uint8_t& at(int64_t c, int64_t y, int64_t x) { return values[size_t((c * height + y) * width + x)]; }
  uint8_t at(int64_t c, int64_t y, int64_t x) const { return values[size_t((c * height + y) * width + x)]; }
};
Planes to_planes(const Image& picture);
Planes to_planes(const Tensor& x);  // u8 [C, H, W] with C 1 or 3; ShapeError, DtypeError
Image to_image(const Planes& planes);
Tensor to_tensor(const Planes& planes);  // u8 [C, H, W]

// Pixels that lie elsewhere, perhaps with gaps: `row` and `plane` are the distances of neighbours.
struct Look {
  const uint8_t* values = nullptr;
  int64_t channels = 0, height = 0, width = 0, row = 0, plane = 0;
  Look() = default;
  Look(const Planes& p) : Look(p.values.data(), p.channels, p.height, p.width) {}
  Look(const uint8_t* v, int64_t c, int64_t h, int64_t w) : values(v), channels(c), height(h), width(w), row(w), plane(h * w) {}
};

// What is seen beyond the edge: one value; the edge's; the picture mirrored without (reflect) or with (symmetric) the edge repeated.
enum class Border : uint8_t { constant, edge, reflect, symmetric };
const char* name_of(Border border);

// Which part of a source is seen. It may begin before the source and end behind it.
struct Window {
  int64_t top = 0, left = 0, height = 0, width = 0;
  bool mirrored = false, upside_down = false;  // after cutting out
  Border border = Border::constant;
  uint8_t fill = 0;
};

class Sample {
 public:
  Sample() = default;
  explicit Sample(const Look& source) { reset(source); }
  void reset(const Look& source);  // the source must stay while it is used; memory of the last one is used again

  // As transformed so far.
  int64_t channels() const { return source_.channels; }
  int64_t height() const { return window_.height; }
  int64_t width() const { return window_.width; }

  // ---- remembered, no pixel is touched
  void crop(int64_t top, int64_t left, int64_t height, int64_t width, Border border = Border::constant, uint8_t fill = 0);
  void mirror() { window_.mirrored = !window_.mirrored; }
  void turn_upside_down() { window_.upside_down = !window_.upside_down; }
  // The floats to write: y = (x - centre) * scale, a value a channel, or one for all. What comes after can only erase.
  void normalize(const std::vector<float>& centre, const std::vector<float>& scale);

  // ---- values. StateError after normalize().
  Planes& pixels();  // to be changed in place, in size too
  Look look();       // the same for reading; a plain crop of the source is not copied
  // Somewhere to write a result to; done() makes it the picture.
  Planes& spare() { return spare_; }
  void done();

  // Before normalize(): the bytes become `value`. After it: the floats become 0, each channel's mean (what the bytes had been does not
  // matter then), or normal noise when there is a `noise`. The box is held within the picture.
  struct Noise {
    uint64_t seed, stream;
  };
  void erase(int64_t top, int64_t left, int64_t height, int64_t width, uint8_t value = 0, const Noise* noise = nullptr);

  bool normalized() const { return centre_ != nullptr; }
  void write(uint8_t* to);      // channels() * height() * width(), as bytes: erased boxes of floats have the mean colour
  void write(float* to) const;  // the same as floats; StateError unless normalize() was called

 private:
  struct Box {
    int64_t top, left, height, width;
    bool noisy;
    Noise noise;
  };
  bool plain() const;  // a window inside of the source, not mirrored
  void check_bytes(const char* what) const;

  Look source_;
  Window window_;
  Planes own_, spare_;
  const std::vector<float>*centre_ = nullptr, *scale_ = nullptr;
  std::vector<Box> erased_;
};

}  // namespace cairn::transforms
