// Pictures: an RGB canvas with rectangles, images and small letters, and grids of captioned images (the worst mistakes of a model,
// samples of a data set). Save them by save_png(path, image) of io.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/io/image.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

struct Colour {
  uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Colour&) const = default;
};

namespace colours {
inline constexpr Colour white{255, 255, 255}, black{0, 0, 0}, ink{33, 37, 41}, grey{134, 142, 150}, pale{233, 236, 239}, right{25, 121, 66},
    wrong{196, 30, 30};
}

// One image of a batch: [H, W], [1, H, W] or [3, H, W]; u8 as it is, other types with `black` becoming 0 and `white` 255, clamped, and
// NaN becoming black. ShapeError otherwise.
Image image_of(const Tensor& x, double black = 0, double white = 1);

// A canvas. Coordinates are pixels from the upper left corner; whatever lies outside is not drawn.
class Picture {
 public:
  Picture(int64_t width, int64_t height, Colour background = colours::white);  // ShapeError below 1 or above max_image_side
  int64_t width() const { return image_.width; }
  int64_t height() const { return image_.height; }
  const Image& image() const { return image_; }  // RGB

  Colour at(int64_t x, int64_t y) const;  // IndexError outside
  void dot(int64_t x, int64_t y, Colour c);
  void fill(int64_t x, int64_t y, int64_t width, int64_t height, Colour c);
  void frame(int64_t x, int64_t y, int64_t width, int64_t height, Colour c);  // a line of one pixel along the inner edge
  // Grey or RGB, every pixel as a square of `scale` pixels.
  void draw(const Image& image, int64_t x, int64_t y, int64_t scale = 1);
  // One line, (x, y) its upper left corner. A letter is text_height(scale) high. There are letters for ASCII alone: others are spelled in them.
  void text(std::string_view line, int64_t x, int64_t y, Colour c = colours::ink, int64_t scale = 1);
  static int64_t text_width(std::string_view line, int64_t scale = 1);
  static int64_t text_height(int64_t scale = 1);
  // The line as text() draws it: Latin letters without their accents (and "ss", "ae"), '?' for each character of another script.
  static std::string spelled(std::string_view line);
  static bool can_spell(std::string_view line);  // without such a '?'

 private:
  Image image_;
};

enum class Mark : uint8_t { none, right, wrong };  // a caption's colour

struct MosaicOptions {
  int64_t columns = 0;  // 0: about twice as wide as high
  int64_t scale = 0;    // of the images; 0: about 140 pixels wide
  std::string title = {};
  std::vector<Mark> marks = {};  // of the captions; may be shorter
};

// A grid of images with captions below ('\n' begins another line; captions may be fewer than images). Images of several sizes are
// centred in cells of the largest. An empty list gives a small picture that says so. ShapeError when the result would be too large.
Image mosaic(const std::vector<Image>& images, const std::vector<std::string>& captions, const MosaicOptions& options = {});

}  // namespace cairn
