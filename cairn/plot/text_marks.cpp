// Points, arrows, areas of classes and lines of equal height as text.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/plot/canvas.h>
#include <cairn/plot/colour.h>

namespace cairn::plot::detail {
namespace {

// The head of an arrow. A character is about twice as high as wide.
std::string head(Point from, Point to, const Canvas& canvas, const Terminal& terminal) {
  static const char* arrows[] = {"\u2192", "\u2197", "\u2191", "\u2196", "\u2190", "\u2199", "\u2193", "\u2198"};
  const double dx = (to.x - from.x) * canvas.columns(), dy = (to.y - from.y) * canvas.rows() * 2;
  const int eighth = int(std::lround(std::atan2(dy, dx) / (std::numbers::pi / 4)) + 8) % 8;
  return terminal.unicode ? arrows[eighth] : std::string(1, ">/^\\</v\\"[eighth]);
}

}  // namespace

void draw_regions(const Regions& given, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<Glyph>& glyphs) {
  if (given.rows < 1 || given.columns < 1) return;
  const Heat cells = cells_of(given);
  const double left = frame.x.place(x_range(cells).low), right = frame.x.place(x_range(cells).high);
  const double low = frame.y.place(y_range(cells).low), high = frame.y.place(y_range(cells).high);
  const bool colours = terminal.colours != Terminal::Colours::none;
  for (int r = 0; r < canvas.rows(); r++)
    for (int c = 0; c < canvas.columns(); c++) {
      const double u = ((c + 0.5) / canvas.columns() - left) / (right - left), v = (1 - (r + 0.5) / canvas.rows() - low) / (high - low);
      if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) continue;
      const int64_t k = given.classes[size_t(int64_t(v * double(given.rows)) * given.columns + int64_t(u * double(given.columns)))];
      if (k < 0) continue;
      Glyph& g = glyphs[size_t(r * canvas.columns() + c)];
      if (colours) g.ground = mixed({28, 30, 36}, screen_colour(int(k)), 0.4);
      else g.text = area_letter(int(k), terminal);
    }
  if (!terminal.unicode) return;  // letters say where an area ends
  for (const Piece& line : borders_of(given, frame))
    for (size_t k = 1; k < line.size(); k++) canvas.line(line[k - 1], line[k], Canvas::plain);
}

void draw_contours(const Contours& contours, int colour, const Frame& frame, Canvas& canvas) {
  for (const Level& level : levels_in(contours, frame))
    for (const Piece& line : level.lines)
      for (size_t k = 1; k < line.size(); k++) canvas.line(line[k - 1], line[k], colour);
}

void draw_arrows(const Arrows& arrows, int colour, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<std::string>& notes) {
  const std::vector<ArrowLine> lines = arrows_of(arrows, frame);
  if (lines.size() == max_arrows && lines.size() < arrows.dx.size())
    notes.push_back(fmt::format("{} of {} arrows are drawn", max_arrows, arrows.dx.size()));
  for (const ArrowLine& a : lines) canvas.line(a.from, a.to, colour);
  for (const ArrowLine& a : lines) {
    const bool moves = a.from.x != a.to.x || a.from.y != a.to.y;
    if (a.whole) canvas.symbol(a.to, colour, moves ? head(a.from, a.to, canvas, terminal) : terminal.unicode ? "\u2022" : ".");
  }
}

void draw_heads(const Line& line, const std::vector<Piece>& pieces, int colour, Canvas& canvas, const Terminal& terminal) {
  for (const ArrowLine& a : heads_of(line, pieces, double(canvas.columns()) / (2.0 * canvas.rows())))
    canvas.symbol(a.to, colour, head(a.from, a.to, canvas, terminal));
}

void draw_points(const Scatter& scatter, int colour, const Frame& frame, Canvas& canvas, const Terminal& terminal, std::vector<std::string>& notes) {
  if (scatter.symbol == Symbol::none) return;
  const std::vector<ScatterPoint> points = points_of(scatter, frame, colour, canvas.columns(), canvas.rows());
  if (scatter.y.size() > points.size() && points.size() == max_scatter)
    notes.push_back(fmt::format("{} of {} points are drawn", points.size(), scatter.y.size()));
  for (const ScatterPoint& p : points) canvas.symbol(p.at, p.colour, symbol_letter(symbol_of(scatter, p.colour), p.colour, terminal));
}

size_t draw_labels(const Element& mark, int colour, const Frame& frame, const Canvas& canvas, const Terminal& terminal, std::vector<Glyph>& glyphs) {
  constexpr size_t most = 400;
  size_t lost = 0;
  auto write = [&](Point at, const std::string& label, int ink, bool beside) {
    const std::string text = cut_to(printable_on(terminal, label), 24);
    const int size = int(columns_of(text));
    const auto [column, row] = canvas.cell_of(at);
    auto is_free = [&](int start, int y) {
      if (y < 0 || y >= canvas.rows() || start < 0 || start + size > canvas.columns()) return false;
      for (int c = std::max(start - 1, 0); c < std::min(start + size + 1, canvas.columns()); c++)
        if ((c >= start && c < start + size && canvas.at(c, y).colour >= 0) || glyphs[size_t(y * canvas.columns() + c)].label) return false;
      return true;
    };
    const std::pair<int, int> places[] = {{column + 1, row},     {column - size, row}, {column - size / 2, row - 1}, {column - size / 2, row + 1},
                                          {column + 1, row - 1}, {column + 1, row + 1}};
    const std::pair<int, int> middle[] = {{column - size / 2, row}};
    for (auto [start, y] : beside ? std::vector(std::begin(places), std::end(places)) : std::vector(std::begin(middle), std::end(middle))) {
      if (y != row) start = std::clamp(start, 0, std::max(canvas.columns() - size, 0));
      if (!is_free(start, y)) continue;
      for (int c = 0; c < size; c++) {
        Glyph& g = glyphs[size_t(y * canvas.columns() + start + c)];
        g.text = c == 0 ? text : "";
        g.ink = ink < 0 ? text_ink : screen_colour(ink);
        g.label = true;
      }
      return;
    }
    lost++;
  };
  if (const Scatter* s = std::get_if<Scatter>(&mark); s && !s->labels.empty()) {
    for (const ScatterPoint& p : points_of(*s, frame, colour, canvas.columns(), canvas.rows()))
      if (p.index < s->labels.size() && !s->labels[p.index].empty() && p.index < most) write(p.at, s->labels[p.index], -1, s->symbol != Symbol::none);
  } else if (const Arrows* a = std::get_if<Arrows>(&mark); a && !a->labels.empty()) {
    for (const ArrowLine& line : arrows_of(*a, frame))
      if (line.index < a->labels.size() && !a->labels[line.index].empty() && line.index < most) write(line.to, a->labels[line.index], colour, true);
  }
  return lost;
}

}  // namespace cairn::plot::detail
