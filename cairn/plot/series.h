// What both renderings need of axes: their scales, and marks in the units of the plotting area (0 to 1), cut into pieces, clipped and
// thinned.
#pragma once

#include <cairn/plot/scale.h>

namespace cairn::plot::detail {

struct Frame {
  bool any;  // is there something to draw?
  Scale x, y;
  std::vector<std::string> notes;
};
Frame frame_of(const Axes& axes, int x_ticks, int y_ticks);

struct Point {
  double x, y;
};
using Piece = std::vector<Point>;
// The part of the segment a-b inside the unit square, false if there is none.
bool clip(Point& a, Point& b);
// The unbroken pieces of a line inside the axes. Of points that share one of `columns` columns only the first, the lowest, the highest and
// the last stay, if there are many more points than columns; a line that runs to and fro keeps at most `max_points`.
std::vector<Piece> pieces_of(const Line& line, const Frame& frame, int columns);
// Its points inside the axes, one of those that share one of columns x rows cells; all of a piece of one point when `lonely`.
Piece dots_of(const Line& line, const Frame& frame, int columns, int rows, bool lonely);
// The band as closed outlines: along the upper edge and back along the lower one.
std::vector<Piece> band_of(const Line& line, const Frame& frame, int columns);
inline constexpr size_t max_points = 20000;

// A bar in the units of the plotting area: along the axis of places from a to b, along that of values from `low` to `high`.
struct BarBox {
  double a, b, low, high, value;
};
std::vector<BarBox> bars_of(const Axes& axes, size_t element, const Frame& frame);
// The axes with the first max_rows bars of each, when there are more; for renderings that give every bar a row.
std::optional<Axes> first_bars(const Axes& axes, std::vector<std::string>& notes);
inline constexpr size_t max_rows = 100;

// ---- points and arrows (points.cpp) ---------------------------------------------------------------------------------------------------

struct ScatterPoint {
  Point at;
  int colour;  // its class, or that of all
  size_t index;
};
inline constexpr int symbols = 6, palette_period = 42;  // 7 colours and 6 shapes: so many classes look different
inline constexpr size_t max_scatter = 4000, max_arrows = 2000;
// The points inside the axes; of many, those of one class that share one of columns x rows cells are one, and at most max_scatter stay.
std::vector<ScatterPoint> points_of(const Scatter& scatter, const Frame& frame, int colour, int columns, int rows);
int symbol_of(const Scatter& scatter, int colour);  // 0 to 5: circle, square, triangle, diamond, cross, plus; 6: none

struct ArrowLine {
  Point from, to;
  bool whole;  // its head is inside the axes
  size_t index;
};
Point start_of(const Arrows& arrows, size_t i);
double scale_of(const Arrows& arrows);
std::vector<ArrowLine> arrows_of(const Arrows& arrows, const Frame& frame);
// The heads along a line, evenly spaced: each at `to`, pointing away from `from`. `aspect`: width of the plotting area over its height.
std::vector<ArrowLine> heads_of(const Line& line, const std::vector<Piece>& pieces, double aspect);

// ---- grids (grids.cpp) -------------------------------------------------------------------------------------------------------------------

struct Level {
  double value;
  std::vector<Piece> lines;
};
inline constexpr size_t max_levels = 64;
inline constexpr int64_t max_classes = 256;
std::vector<double> levels_of(const Contours& contours);
std::vector<Level> levels_in(const Contours& contours, const Frame& frame);
// The lines between cells of different classes.
std::vector<Piece> borders_of(const Regions& regions, const Frame& frame);
// At most so many rows and columns: the classes of the cells in the middles.
Regions shrunk(const Regions& regions, int64_t rows, int64_t columns);
template <class Mark> Heat cells_of(const Mark& mark) { return {.rows = mark.rows, .columns = mark.columns, .x = mark.x, .y = mark.y}; }

// ---- colours and names --------------------------------------------------------------------------------------------------------------------

// The number of an element's colour in the palette; marks that ask for none get those after the classes'.
int colour_of(const Axes& axes, size_t element);
int classes_of(const Axes& axes);  // the largest number of a class, and one; 0 without classes
struct LegendEntry {
  std::string name;
  size_t element;
  int colour, symbol;  // of points; -1: as the element is drawn
  bool area;           // there is an area of this class, too
};
std::vector<LegendEntry> legend_of(const Axes& axes);
inline constexpr size_t max_elements = 256, max_panels = 64;  // drawn of one Axes, of one figure
const std::string& name_of(const Element& e);                 // "" of heat maps and areas

double x_of(const Line& line, size_t i);
double x_of(const Bars& bars, size_t i);
Range x_range(const Heat& heat);
Range y_range(const Heat& heat);
// The ends of the colours; not equal.
Range value_range(const Heat& heat);
// Averages of blocks, so that there are at most so many rows and columns; without text. NaN where a block has no number.
Heat shrunk(const Heat& heat, int64_t rows, int64_t columns);
// Is this a matrix alone on its axes, one cell a place?
const Heat* matrix_of(const Axes& axes);

}  // namespace cairn::plot::detail
