// The canvas, and tensors as images.
#include <cairn/plot/picture.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/font.h>

namespace cairn {
using namespace plot_detail;

namespace {

constexpr int64_t advance = glyph_columns + 1;  // a blank column between letters

// Calls f(character) for each character of UTF-8; what is none counts as one, 0.
template <class F> void each_character(std::string_view line, F f) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(line[i]); };
  for (size_t i = 0; i < line.size();) {
    const uint32_t first = byte(i++);
    const int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
    uint32_t c = first < 0x80 ? first : first < 0xC0 ? 0 : first & (0x3Fu >> more);
    for (int k = 0; k < more; k++) {
      if (i == line.size() || (byte(i) & 0xC0) != 0x80) {
        c = 0;
        break;
      }
      c = c << 6 | (byte(i++) & 0x3F);
    }
    f(c);
  }
}

}  // namespace

Image image_of(const Tensor& x, double black, double white) {
  const Shape& s = x.shape();
  bool plane = s.rank() == 2, channels_first = s.rank() == 3 && (s[0] == 1 || s[0] == 3);
  if (!plane && !channels_first)
    throw ShapeError(fmt::format("[image_of] an image has the shape [H, W], [1, H, W] or [3, H, W], this is {}", s.str()));
  if (black == white) throw ConfigError(fmt::format("[image_of] black and white are the same value {}", black));
  Image out;
  out.channels = plane ? 1 : s[0];
  out.height = s[s.rank() - 2];
  out.width = s[s.rank() - 1];
  if (out.height < 1 || out.width < 1 || out.height > max_image_side || out.width > max_image_side)
    throw ShapeError(fmt::format("[image_of] a side of the image {} is outside 1 to {}", s.str(), max_image_side));
  out.pixels.resize(size_t(out.width * out.height * out.channels));
  std::vector<double> values = x.to_vector<double>();
  bool bytes = x.dtype() == u8;
  for (int64_t c = 0, i = 0; c < out.channels; c++)
    for (int64_t row = 0; row < out.height; row++)
      for (int64_t column = 0; column < out.width; column++, i++) {
        double v = values[size_t(i)];
        if (!bytes) v = std::round((v - black) / (white - black) * 255);
        out.at(column, row, c) = v >= 255 ? 255 : v > 0 ? uint8_t(v) : 0;  // NaN compares false: black
      }
  return out;
}

Picture::Picture(int64_t width, int64_t height, Colour background) {
  if (width < 1 || height < 1 || width > max_image_side || height > max_image_side || width * height > max_image_pixels)
    throw ShapeError(
        fmt::format("[picture] {} x {} pixels; a side has 1 to {}, and all {} at most", width, height, max_image_side, max_image_pixels));
  image_.width = width;
  image_.height = height;
  image_.channels = 3;
  image_.pixels.resize(size_t(width * height * 3));
  fill(0, 0, width, height, background);
}

Colour Picture::at(int64_t x, int64_t y) const {
  if (x < 0 || y < 0 || x >= width() || y >= height())
    throw IndexError(fmt::format("[picture] ({}, {}) is outside {} x {}", x, y, width(), height()));
  return {image_.at(x, y, 0), image_.at(x, y, 1), image_.at(x, y, 2)};
}

void Picture::dot(int64_t x, int64_t y, Colour c) { fill(x, y, 1, 1, c); }

void Picture::fill(int64_t x, int64_t y, int64_t w, int64_t h, Colour c) {
  int64_t right = std::min(x + w, width()), bottom = std::min(y + h, height());
  for (int64_t row = std::max<int64_t>(y, 0); row < bottom; row++)
    for (int64_t column = std::max<int64_t>(x, 0); column < right; column++) {
      image_.at(column, row, 0) = c.r;
      image_.at(column, row, 1) = c.g;
      image_.at(column, row, 2) = c.b;
    }
}

void Picture::frame(int64_t x, int64_t y, int64_t w, int64_t h, Colour c) {
  fill(x, y, w, 1, c);
  fill(x, y + h - 1, w, 1, c);
  fill(x, y, 1, h, c);
  fill(x + w - 1, y, 1, h, c);
}

void Picture::draw(const Image& image, int64_t x, int64_t y, int64_t scale) {
  int64_t g = image.channels == 3 ? 1 : 0, b = image.channels == 3 ? 2 : 0;
  for (int64_t row = 0; row < image.height; row++)
    for (int64_t column = 0; column < image.width; column++)
      fill(x + column * scale, y + row * scale, scale, scale, {image.at(column, row, 0), image.at(column, row, g), image.at(column, row, b)});
}

void Picture::text(std::string_view line, int64_t x, int64_t y, Colour c, int64_t scale) {
  for (const char letter : spelled(line)) {
    const uint8_t* rows = font[letter - 32];
    for (int row = 0; row < glyph_rows; row++)
      for (int column = 0; column < glyph_columns; column++)
        if (rows[row] >> (glyph_columns - 1 - column) & 1) fill(x + column * scale, y + row * scale, scale, scale, c);
    x += advance * scale;
  }
}

int64_t Picture::text_width(std::string_view line, int64_t scale) {
  const int64_t letters = int64_t(spelled(line).size());
  return letters ? (letters * advance - 1) * scale : 0;
}

std::string Picture::spelled(std::string_view line) {
  std::string letters;
  each_character(line, [&](uint32_t c) { letters += plot_detail::spelled(c); });
  return letters;
}

bool Picture::can_spell(std::string_view line) {
  bool all = true;
  each_character(line, [&](uint32_t c) { all = all && (c == '?' || c == '\n' || plot_detail::spelled(c) != "?"); });
  return all;
}

int64_t Picture::text_height(int64_t scale) { return glyph_rows * scale; }

}  // namespace cairn
