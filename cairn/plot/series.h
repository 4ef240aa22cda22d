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

// The number of an element's colour in the palette.
int colour_of(const Axes& axes, size_t element);
inline constexpr size_t max_elements = 256, max_panels = 64;  // drawn of one Axes, of one figure
bool has_legend(const Axes& axes);
const std::string& name_of(const Element& e);  // "" of heat maps

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
