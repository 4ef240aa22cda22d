// Figures: one plain description, drawn as SVG (a file, a page) and as text (a terminal).
//
//   plot::Axes axes{.title = "Fashion-MNIST, mlp", .x = {"epoch"}, .y = {"loss"}};
//   axes.add(plot::Line{.name = "training", .y = {0.52, 0.39, 0.35}});              // at x = 1, 2, 3
//   axes.add(plot::Line{.name = "validation", .y = {0.44, 0.40, 0.37}, .low = {...}, .high = {...}});
//   plot::Figure figure{.title = "A run", .panels = {axes}};
//   write_file("loss.svg", figure.svg());
//   std::cout << figure.text(Terminal::of(1));
//
// A figure is a grid of panels: axes with marks in them (lines, bars, points, arrows, and grids of values as colours, as areas of classes, as
// lines of equal height), a grid of images, a table, or a graph of computations. Ready-made ones, and helpers that fill the marks, are in
// views.h. Numbers that are NaN, infinite or beyond 1e300 leave gaps, long series are thinned to what a screen can show without losing a
// peak, and what is left out for want of room is said in a note below. Text may be any UTF-8; it is escaped.
#pragma once

#include <cstdint>
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
  int colour = -1;  // number in the palette; -1: the next one that no class of these axes has
  int heads = 0;    // arrow heads along the line, the last at its end: which way a trajectory runs
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

// none: nothing but the label is drawn. automatic: the one of its class or colour, so that readers who do not see the colours tell them apart.
enum class Symbol { automatic, circle, square, triangle, diamond, cross, plus, none };

// Points that no line joins. Those of class k have colour and shape number k, as the areas of Regions have, and the classes' names stand in
// the legend.
//   Scatter{.x = {1, 2, 4}, .y = {0.5, 0.2, 0.9}, .classes = {0, 0, 1}, .names = {"cats", "dogs"}}
struct Scatter {
  std::string name = {};  // in the legend, of points without classes
  std::vector<double> x = {}, y = {};
  std::vector<int64_t> classes = {};     // 0, 1, ... of each point; empty: no classes
  std::vector<std::string> names = {};   // of the classes 0, 1, ...; missing ones are "class 2"
  std::vector<std::string> labels = {};  // beside each point, as far as there is room; "" for none; empty: none at all
  Symbol symbol = Symbol::automatic;
  double size = 0;  // radius in SVG, in pixels; 0: what suits their number
  int colour = -1;  // of points without classes
};

// The three marks over a grid: cell (r, c) lies at x = c, y = r, or the whole covers the ranges x and y, and row 0 is the lowest. `on_grid`
// of views.h computes such values.

// Class numbers as areas with lines between them: what a model decides where.
struct Regions {
  int64_t rows = 0, columns = 0;
  std::vector<int64_t> classes = {};    // row by row; below 0: undecided, left blank
  std::vector<std::string> names = {};  // of the classes 0, 1, ..., in the legend; empty: none is written (Scatter names them)
  std::optional<Range> x = {}, y = {};
};

// Lines along which values are equal, as on a map of mountains. Lines below 0 are dashed where there are others above 0. Over a Heat of the
// same values they are filled.
struct Contours {
  std::string name = {};  // in the legend
  int64_t rows = 0, columns = 0;
  std::vector<double> values = {};  // row by row; NaN leaves a hole
  std::vector<double> levels = {};  // empty: about eight round numbers
  std::optional<Range> x = {}, y = {};
  bool labels = true;  // the level stands at its line, in SVG
  int colour = -1;     // -1: that of the text
};

// Arrows from (x, y) to (x + scale dx, y + scale dy): vectors, a field of gradients.
struct Arrows {
  std::string name = {};
  std::vector<double> x = {}, y = {};  // both empty: all begin at (0, 0)
  std::vector<double> dx = {}, dy = {};
  std::vector<std::string> labels = {};  // at their heads
  double scale = 1;                      // 0: so that those of a field do not touch
  int colour = -1;
};

using Element = std::variant<Line, Bars, Heat, Scatter, Regions, Contours, Arrows>;

struct Axes {
  std::string title = {};
  Axis x = {}, y = {};
  std::vector<Element> elements = {};
  bool horizontal = false;  // bars lie: x.names at the left, values to the right. Bars only.
  double height = 0;        // of the plotting area in SVG, in pixels; 0: what suits the width
  bool equal = false;       // a unit is as long upwards as across: circles are round, right angles are right

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

// A value of a computation: an input, or what `operation` makes of other nodes.
struct Node {
  std::string name = {};       // "w", "loss"
  std::string operation = {};  // "*", "tanh"; "" of inputs
  std::optional<double> value = {}, gradient = {};
  std::string note = {};  // a line below: a shape, "saved for backward"
  bool strong = false;    // drawn in colour: the node at which a step stands
};

// From one node to the next, by their numbers.
struct Link {
  size_t from = 0, to = 0;
  std::string label = {};  // the derivative along it: "x 3"; a no-break space only keeps room for other frames' labels
  bool strong = false;
  bool shows_label() const { return !label.empty() && label != "\u00a0"; }
};

// A computation as a graph without cycles, from its inputs at the left to its result at the right; from top to bottom where the width does not
// suffice.
//   Graph g; size_t x = g.node({.name = "x", .value = 3}), y = g.node({.name = "y", .operation = "square", .value = 9}, {x});
struct Graph {
  std::string title = {};
  std::vector<Node> nodes = {};
  std::vector<Link> links = {};

  // Adds a node that is computed from others; returns its number.
  size_t node(Node n, const std::vector<size_t>& from = {}) {
    nodes.push_back(std::move(n));
    for (size_t f : from) links.push_back({.from = f, .to = nodes.size() - 1});
    return nodes.size() - 1;
  }
};

using Panel = std::variant<Axes, Images, Table, Graph>;

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

  // ShapeError, IndexError or ConfigError, naming the panel and the mark: lists of different lengths, a heat map whose values are not rows *
  // columns, axes whose ends are no range, a graph with a cycle. svg() and text() call it.
  void check() const;
  // A whole SVG document: no scripts, nothing from elsewhere, images inside as PNG.
  std::string svg(const SvgOptions& options = {}) const;
  // Lines of text, each ending with '\n': colours and Unicode only where the terminal has them.
  std::string text(const Terminal& terminal, const TextOptions& options = {}) const;
  // `description`, or sentences made from the data.
  std::string described() const;
};

}  // namespace cairn::plot
