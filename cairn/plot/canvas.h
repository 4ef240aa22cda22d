// The plotting area of a terminal as dots. A braille character is a grid of 2 x 4 dots (U+2800 and a bit a dot), so lines come out eight
// times as fine as letters.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <cairn/plot/text.h>

namespace cairn::plot::detail {

// Characters of the plotting area; dots are counted from the upper left.
class Canvas {
 public:
  static constexpr int plain = 1 << 20;  // the colour of text
  Canvas(int columns, int rows, bool braille)
      : columns_(columns), rows_(rows), fine_x_(braille ? 2 : 1), fine_y_(braille ? 4 : 1), cells_(size_t(columns * rows)) {}

  // `quiet` dots make way for others, as those of bands.
  void line(Point a, Point b, int colour, bool quiet = false) {
    double x0 = x_of(a.x), y0 = y_of(a.y), x1 = x_of(b.x), y1 = y_of(b.y);
    int steps = int(std::ceil(std::max({std::abs(x1 - x0), std::abs(y1 - y0), 1.0})));
    for (int k = 0; k <= steps; k++) dot(int(std::lround(x0 + (x1 - x0) * k / steps)), int(std::lround(y0 + (y1 - y0) * k / steps)), colour, quiet);
  }
  // A whole character: a point that no line joins, the head of an arrow.
  void symbol(Point p, int colour, std::string text) {
    const auto [column, row] = cell_of(p);
    cells_[size_t(row * columns_ + column)] = {1, colour, false, std::move(text)};
  }
  std::pair<int, int> cell_of(Point p) const {
    return {std::clamp(int(p.x * columns_), 0, columns_ - 1), std::clamp(int((1 - p.y) * rows_), 0, rows_ - 1)};
  }
  int columns() const { return columns_; }
  int rows() const { return rows_; }
  void fill(double left, double right, double low, double high, int colour) {
    if (!(high > low)) return;
    int x0 = int(std::lround(left * fine_x_ * columns_)), x1 = std::max(x0 + 1, int(std::lround(right * fine_x_ * columns_)));
    int y0 = int(std::lround((1 - high) * fine_y_ * rows_)), y1 = int(std::lround((1 - low) * fine_y_ * rows_));
    if (fine_x_ > 1 && x1 - x0 > 4) x1--;  // a gap between bars
    for (int y = y0; y < y1; y++)
      for (int x = x0; x < x1; x++) dot(x, y, colour, false);
  }
  // Every other dot between the edges of a band; its outline runs along the upper edge and back.
  void band(const Piece& outline, int colour) {
    size_t half = outline.size() / 2;
    for (size_t i = 0; i + 1 < half; i++) {
      Point a = outline[i], b = outline[i + 1], c = outline[outline.size() - 1 - i], d = outline[outline.size() - 2 - i];
      int x0 = int(std::ceil(x_of(a.x))), x1 = int(std::floor(x_of(b.x)));
      for (int x = std::min(x0, x1); x <= std::max(x0, x1); x++) {
        double u = b.x > a.x ? std::clamp((double(x) / std::max(fine_x_ * columns_ - 1, 1) - a.x) / (b.x - a.x), 0.0, 1.0) : 0;
        int top = int(std::lround(y_of(a.y + u * (b.y - a.y)))), bottom = int(std::lround(y_of(c.y + u * (d.y - c.y))));
        for (int y = top; y <= bottom; y++)
          if (fine_x_ == 1 || (x + y) % 2 == 0) dot(x, y, colour, true);
      }
    }
  }

  struct Cell {
    int dots = 0;  // bits of the braille pattern; 1 for letters
    int colour = -1;
    bool band = false;  // nothing but a band was drawn here
    std::string symbol = {};
  };
  const Cell& at(int column, int row) const { return cells_[size_t(row * columns_ + column)]; }

 private:
  double x_of(double u) const { return u * (fine_x_ * columns_ - 1); }
  double y_of(double v) const { return (1 - v) * (fine_y_ * rows_ - 1); }
  void dot(int x, int y, int colour, bool band) {
    static constexpr int bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (x < 0 || y < 0 || x >= fine_x_ * columns_ || y >= fine_y_ * rows_) return;
    Cell& c = cells_[size_t(y / fine_y_ * columns_ + x / fine_x_)];
    if (c.band && !band) c = {};  // lines stand out from bands
    c.band = band && (c.band || c.dots == 0);
    if (band && !c.band) return;
    c.dots |= fine_x_ == 1 ? 1 : bits[y % 4][x % 2];
    c.colour = colour;
  }
  int columns_, rows_, fine_x_, fine_y_;
  std::vector<Cell> cells_;
};

inline std::string braille(int dots) { return {char(0xE2), char(0xA0 | dots >> 6), char(0x80 | (dots & 0x3F))}; }

// What a mark of points, arrows, areas or contours adds (text_marks.cpp). Areas colour the ground of the glyphs, or fill them.
void draw_regions(const Regions& regions, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<Glyph>& glyphs);
void draw_contours(const Contours& contours, int colour, const Frame& frame, Canvas& canvas);
void draw_arrows(const Arrows& arrows, int colour, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<std::string>& notes);
void draw_heads(const Line& line, const std::vector<Piece>& pieces, int colour, Canvas& canvas, const Terminal& terminal);
void draw_points(const Scatter& scatter, int colour, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<std::string>& notes);
// Labels beside points and heads, where the characters are free. Returns how many found no room.
size_t draw_labels(const Element& mark, int colour, const Frame& frame, const Canvas& canvas, const Terminal& terminal, std::vector<Glyph>& glyphs);

}  // namespace cairn::plot::detail
