// Figures: one plain description, drawn as SVG (a file, a page) and as text (a terminal).
//
//   plot::Axes axes{.title = "Fashion-MNIST, mlp", .x = {"epoch"}, .y = {"loss"}};
//   axes.add(plot::Line{.name = "training", .y = {0.52, 0.39, 0.35}});              // at x = 1, 2, 3
//   axes.add(plot::Line{.name = "validation", .y = {0.44, 0.40, 0.37}, .low = {...}, .high = {...}});
//   plot::Figure figure{.title = "A run", .panels = {axes}};
//   write_file("loss.svg", figure.svg());
//   std::cout << figure.text(Terminal::of(1));
//
// A figure is a grid of panels: axes with marks in them (lines, bars, heat maps), a grid of images, or a table. Ready-made ones are in
// views.h. Numbers that are NaN, infinite or beyond 1e300 leave gaps, long series are thinned to what a screen can show without losing a
// peak, and what is left out for want of room is said in a note below. Text may be any UTF-8; it is escaped.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <cairn/plot/terminal.h>

namespace cairn::plot {

struct Axis {
  std::string label = {};
  bool log = false;                           // powers of ten; values that are not above 0 are left out, and a note counts them
  std::optional<double> low = {}, high = {};  // the ends, else as the data asks; what lies beyond is cut off
  std::vector<std::string> names = {};        // of the places 0, 1, 2, ..., instead of numbers
  bool reversed = false;                      // x: to the left, y: downwards, as the rows of a matrix
};

enum class Stroke { solid, dashed, faint, none };  // faint: raw values behind their average; none: points only

// Points joined by a line, with a band around it where low and high are given (a deviation, the range of several seeds).
struct Line {
  std::string name = {};               // in the legend; "" stays out of it
  std::vector<double> x = {}, y = {};  // of one length, or x empty: 1, 2, 3, ...
  std::vector<double> low = {}, high = {};
  Stroke stroke = Stroke::solid;
  int colour = -1;  // number in the palette; -1: the next one
};

// Bars from 0. Several Bars of one Axes stand side by side, unless they have edges: those of a histogram, one more than values.
struct Bars {
  std::string name = {};
  std::vector<double> y = {}, x = {};  // x empty: at 0, 1, 2, ..., as Axis::names
  std::vector<double> edges = {};
  int colour = -1;
};

// sequential: from the paper to blue. diverging: red below the middle, blue above. spectrum: dark blue over green to yellow, the same in
// light and dark.
enum class ColourMap { sequential, diverging, spectrum };

struct Range {
  double low, high;
};

// A matrix as colours: cell (r, c) lies at x = c, y = r, or the whole covers the ranges x and y. With `text` every cell is written into,
// too, as far as it has room.
struct Heat {
  int64_t rows = 0, columns = 0;
  std::vector<double> values = {};  // row by row; NaN leaves a hole
  std::vector<std::string> text = {};
  std::string label = {};  // of the colour scale
  ColourMap map = ColourMap::sequential;
  std::optional<double> low = {}, high = {};  // the ends of the colours, else the smallest and largest value (diverging: 0 in the middle)
  std::optional<Range> x = {}, y = {};
  bool scale = true;  // show the colour scale
};

using Element = std::variant<Line, Bars, Heat>;

struct Axes {
  std::string title = {};
  Axis x = {}, y = {};
  std::vector<Element> elements = {};
  bool horizontal = false;  // bars lie: x.names at the left, values to the right. Bars only.
  double height = 0;        // of the plotting area in SVG, in pixels; 0: what suits the width

  Axes& add(Element e) {
    elements.push_back(std::move(e));
    return *this;
  }
};

// A rectangle over an image, in its pixels.
struct Box {
  double x, y, width, height;
  std::string label = {};
};

struct Tile {
  Image image = {};
  std::string caption = {};  // '\n' begins another line
  cairn::Mark mark = cairn::Mark::none;
  std::vector<Box> boxes = {};
};

struct Images {
  std::string title = {};
  std::vector<Tile> tiles = {};
  int64_t columns = 0;  // 0: as the width allows
  int64_t size = 0;     // width of a tile in SVG, in pixels; 0: what suits their number
};

// Rows of text; columns of numbers are set to the right.
struct Table {
  std::string title = {};
  std::vector<std::string> header = {};
  std::vector<std::vector<std::string>> rows = {};  // shorter ones end in empty cells
};

using Panel = std::variant<Axes, Images, Table>;

enum class Theme { automatic, light, dark };  // automatic: as the reader's system asks (prefers-color-scheme)

struct SvgOptions {
  int width = 720;  // pixels, at least 240; the height follows
  Theme theme = Theme::automatic;
};

struct TextOptions {
  int width = 0;    // columns, at least 24; 0: the terminal's
  int height = 16;  // lines of the plotting area of axes, at least 4
};

struct Figure {
  std::string title = {}, description = {};  // what screen readers say; an empty description is written from the data
  std::vector<Panel> panels = {};
  int columns = 1;        // panels beside each other, in SVG
  std::string note = {};  // small print below: a source, what the colours mean

  Figure& add(Panel p) {
    panels.push_back(std::move(p));
    return *this;
  }

  // ShapeError or ConfigError, naming the panel and the mark: lists of different lengths, a heat map whose values are not rows * columns,
  // axes whose ends are no range. svg() and text() call it.
  void check() const;
  // A whole SVG document: no scripts, nothing from elsewhere, images inside as PNG.
  std::string svg(const SvgOptions& options = {}) const;
  // Lines of text, each ending with '\n': colours and Unicode only where the terminal has them.
  std::string text(const Terminal& terminal, const TextOptions& options = {}) const;
  // `description`, or sentences made from the data.
  std::string described() const;
};

}  // namespace cairn::plot
