// Figures as text: panels as lines of characters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cairn/plot/series.h>

namespace cairn::plot::detail {

std::string draw_text(const Axes& axes, int width, int height, const Terminal& terminal, std::vector<std::string>& notes);
std::string draw_text(const Images& images, int width, int height, const Terminal& terminal, std::vector<std::string>& notes);
std::string draw_text(const Table& table, int width, int height, const Terminal& terminal, std::vector<std::string>& notes);
std::string draw_text(const Graph& graph, int width, int height, const Terminal& terminal, std::vector<std::string>& notes);

// Axes of a special kind: bars as rows, a matrix as cells.
std::string draw_bars(const Axes& axes, int width, const Terminal& terminal, std::vector<std::string>& notes);
std::string draw_matrix(const Axes& axes, const Heat& heat, int width, const Terminal& terminal, std::vector<std::string>& notes);
// "0 [ colours ] 1  label", a whole line.
std::string colour_scale_line(const Heat& heat, int indent, int width, const Terminal& terminal);

// One character with its colours.
struct Glyph {
  std::string text = " ";
  std::optional<Colour> ink = {}, ground = {};
  bool label = false;  // part of a word: its first character holds the whole
  bool same_style(const Glyph& other) const { return ink == other.ink && ground == other.ground; }
};
// A line of them, blanks at its end left out; neighbours of one style share their codes. Without '\n'.
std::string line_of(const std::vector<Glyph>& glyphs, const Terminal& terminal);

// The colour of a cell on a screen, none where it is the ground; and the letter that stands for it where there are no colours.
// `u` is the value's place between the ends of the map, 0 to 1; NaN for holes.
std::optional<Colour> cell_ground(ColourMap map, double u);
std::string cell_letter(ColourMap map, double u, const Terminal& terminal);

// Letters that tell series apart where there are no colours.
char series_letter(int colour);
// The shape of points, and what fills an area of a class where there are no colours.
std::string symbol_letter(int symbol, int colour, const Terminal& terminal);
std::string area_letter(int colour, const Terminal& terminal);
inline constexpr Colour text_ink{200, 206, 212};  // lines that belong to no series
// "-- training   -- validation", as many lines as it takes. `solid` keys for bars.
std::vector<std::string> legend_lines(const Axes& axes, bool letters, bool solid, const Terminal& terminal, size_t width);

}  // namespace cairn::plot::detail
