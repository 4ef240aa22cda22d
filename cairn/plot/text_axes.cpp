// Axes as text.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/plot/canvas.h>
#include <cairn/plot/colour.h>

namespace cairn::plot::detail {
namespace {

void draw_heat(const Heat& heat, const Frame& frame, int columns, int rows, const Terminal& terminal, std::vector<Glyph>& glyphs) {
  if (heat.rows < 1 || heat.columns < 1) return;
  Heat small = shrunk(heat, std::min<int64_t>(heat.rows, rows), std::min<int64_t>(heat.columns, columns));
  const Range range = value_range(heat);
  double left = frame.x.place(x_range(heat).low), right = frame.x.place(x_range(heat).high);
  double low = frame.y.place(y_range(heat).low), high = frame.y.place(y_range(heat).high);
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < columns; c++) {
      double u = ((c + 0.5) / columns - left) / (right - left), v = (1 - (r + 0.5) / rows - low) / (high - low);
      if (!(u >= 0 && u < 1 && v >= 0 && v < 1)) continue;
      double value = small.values[size_t(int64_t(v * double(small.rows)) * small.columns + int64_t(u * double(small.columns)))];
      Glyph& g = glyphs[size_t(r * columns + c)];
      double at = std::isnan(value) ? NAN : share(value, range.low, range.high);
      if (terminal.colours != Terminal::Colours::none) g.ground = cell_ground(heat.map, at);
      else g.text = cell_letter(heat.map, at, terminal);
    }
}

// The line below the plotting area, and the numbers below that; numbers that would touch their left neighbour stay away.
std::string x_axis(const Scale& scale, size_t margin, int columns, const Terminal& terminal) {
  const size_t width = margin + 2 + size_t(columns);
  std::vector<bool> ticks(size_t(columns), false);
  std::vector<Tick> sorted = scale.ticks();
  std::sort(sorted.begin(), sorted.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; });
  std::string numbers;
  size_t used = 0;
  for (const Tick& t : sorted) {
    size_t c = size_t(std::lround(std::clamp(t.at, 0.0, 1.0) * (columns - 1))), middle = margin + 2 + c;
    ticks[c] = true;
    std::string text = cut_to(printable_on(terminal, t.text), 16);
    size_t size = std::min(columns_of(text), width), start = std::min(middle - std::min(middle, size / 2), width - size);
    if (start < used + (used > 0)) continue;
    numbers += std::string(start - used, ' ') + text;
    used = start + size;
  }
  std::string line = std::string(margin + 1, ' ') + (terminal.unicode ? "\u2514" : "+");
  for (bool t : ticks) line += terminal.unicode ? (t ? "\u252C" : "\u2500") : (t ? "+" : "-");
  return line + "\n" + numbers + "\n";
}

}  // namespace

std::string draw_text(const Axes& axes, int width, int height, const Terminal& terminal, std::vector<std::string>& notes) {
  const size_t count = std::min(axes.elements.size(), max_elements);
  bool only_bars = count > 0, letters = !terminal.unicode;
  size_t series = 0, longest = 0;
  const Heat* heat = nullptr;
  for (size_t e = 0; e < count; e++) {
    const Bars* bars = std::get_if<Bars>(&axes.elements[e]);
    only_bars = only_bars && bars && bars->edges.empty();
    if (bars) longest = std::max(longest, bars->y.size());
    if (const Heat* h = std::get_if<Heat>(&axes.elements[e])) heat = h;
    series += bars || std::holds_alternative<Line>(axes.elements[e]);
  }
  if (only_bars && (axes.horizontal || !axes.x.names.empty() || longest <= 24)) return draw_bars(axes, width, terminal, notes);
  if (const Heat* matrix = matrix_of(axes); matrix && matrix->rows > 0 && matrix->columns > 0)
    return draw_matrix(axes, *matrix, width, terminal, notes);
  if (terminal.colours == Terminal::Colours::none && series > 1) letters = true;  // dots of several lines look alike

  int rows = height;
  Frame frame = frame_of(axes, std::max(2, width / 12), std::max(1, rows / 3));
  notes.insert(notes.end(), frame.notes.begin(), frame.notes.end());
  size_t margin = 0;  // for the numbers at the left
  auto label_of = [&](const Tick& t) { return cut_to(printable_on(terminal, t.text), size_t(width / 3)); };
  for (const Tick& t : frame.y.ticks()) margin = std::max(margin, columns_of(label_of(t)));
  int columns = std::max(width - int(margin) - 2, 4);
  if (axes.equal && frame.any && axes.x.names.empty() && axes.y.names.empty()) {  // characters are about twice as high as wide
    const double across = 2 * frame.x.span() / frame.y.span();
    if (across * rows > columns) rows = std::clamp(int(std::lround(columns / across)), 4, rows);
    else columns = std::clamp(int(std::lround(across * rows)), std::min(columns, 16), columns);
  }
  std::vector<std::string> labels(size_t(rows), "");
  for (const Tick& t : frame.y.ticks()) {
    std::string& label = labels[size_t(std::lround((1 - std::clamp(t.at, 0.0, 1.0)) * (rows - 1)))];
    if (label.empty()) label = label_of(t);
  }

  Canvas canvas(columns, rows, !letters);
  std::vector<Glyph> glyphs(size_t(columns * rows));
  for (size_t e = 0; e < count; e++)
    if (const Heat* h = std::get_if<Heat>(&axes.elements[e])) draw_heat(*h, frame, columns, rows, terminal, glyphs);
    else if (const Regions* r = std::get_if<Regions>(&axes.elements[e])) draw_regions(*r, frame, canvas, terminal, glyphs);
  for (size_t e = 0; e < count; e++)
    if (const Contours* c = std::get_if<Contours>(&axes.elements[e]))
      draw_contours(*c, c->colour < 0 ? Canvas::plain : colour_of(axes, e), frame, canvas);
  for (size_t e = 0; e < count; e++)
    if (const Line* line = std::get_if<Line>(&axes.elements[e]))
      for (const Piece& outline : band_of(*line, frame, columns * 2)) canvas.band(outline, colour_of(axes, e));
  for (size_t e = 0; e < count; e++)
    if (const Bars* bars = std::get_if<Bars>(&axes.elements[e])) {
      std::vector<BarBox> boxes = bars_of(axes, e, frame);
      const double zero = frame.y.zero();
      auto top = [&](const BarBox& b) { return b.low < zero - 1e-9 ? b.low : b.high; };
      for (size_t i = 0; i < boxes.size(); i++) {
        const BarBox& b = boxes[i];
        if (bars->edges.empty() || series == 1) {
          canvas.fill(b.a, b.b, b.low, b.high, colour_of(axes, e));
          continue;
        }
        // Histograms over each other: outlines.
        canvas.line({b.a, i ? top(boxes[i - 1]) : zero}, {b.a, top(b)}, colour_of(axes, e));
        canvas.line({b.a, top(b)}, {b.b, top(b)}, colour_of(axes, e));
        if (i + 1 == boxes.size()) canvas.line({b.b, top(b)}, {b.b, zero}, colour_of(axes, e));
      }
    }
  for (size_t e = 0; e < count; e++)
    if (const Line* line = std::get_if<Line>(&axes.elements[e])) {
      const bool faint = line->stroke == Stroke::faint;
      if (faint && letters) continue;  // letters are too coarse for raw values behind their average
      std::vector<Piece> pieces;
      if (line->stroke != Stroke::none) pieces = pieces_of(*line, frame, columns * 2);
      for (const Piece& piece : pieces)
        for (size_t k = 1; k < piece.size(); k++) canvas.line(piece[k - 1], piece[k], colour_of(axes, e), faint);
      for (const Point& p : dots_of(*line, frame, columns * 2, rows * 4, line->stroke != Stroke::none))
        if (line->stroke == Stroke::none)
          canvas.symbol(p, colour_of(axes, e), letters ? std::string(1, series_letter(colour_of(axes, e))) : "\u2022");
        else canvas.line(p, p, colour_of(axes, e), faint);
      draw_heads(*line, pieces, colour_of(axes, e), canvas, terminal);
    }
  for (size_t e = 0; e < count; e++)
    if (const Arrows* a = std::get_if<Arrows>(&axes.elements[e])) draw_arrows(*a, colour_of(axes, e), frame, canvas, terminal, notes);
    else if (const Scatter* p = std::get_if<Scatter>(&axes.elements[e])) draw_points(*p, colour_of(axes, e), frame, canvas, terminal, notes);
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < columns; c++) {
      const Canvas::Cell& cell = canvas.at(c, r);
      Glyph& g = glyphs[size_t(r * columns + c)];
      if (cell.colour < 0) continue;
      if (!cell.symbol.empty()) g.text = cell.symbol;
      else if (!letters) g.text = braille(cell.dots);
      else g.text = cell.band ? ":" : cell.colour == Canvas::plain ? "'" : std::string(1, series_letter(cell.colour));
      g.ink = cell.colour == Canvas::plain ? text_ink : screen_colour(cell.colour);
      if (g.ground) g.ink = mixed(*g.ink, colours::white, 0.5);  // to be seen on a ground of about its own colour
    }
  size_t lost = 0;
  for (size_t e = 0; e < count; e++) lost += draw_labels(axes.elements[e], colour_of(axes, e), frame, canvas, terminal, glyphs);
  if (lost) notes.push_back(fmt::format("{} label{} left out: there is no room", lost, lost == 1 ? "" : "s"));

  const std::string indent(margin + 2, ' ');
  std::string out;
  if (!legend_of(axes).empty())
    for (const std::string& line : legend_lines(axes, letters, false, terminal, size_t(columns))) out += indent + line + "\n";
  for (int r = 0; r < rows; r++) {
    const std::string& label = labels[size_t(r)];
    std::string edge = terminal.unicode ? (label.empty() ? "\u2502" : "\u2524") : (label.empty() ? "|" : "+");
    std::vector<Glyph> row(glyphs.begin() + r * columns, glyphs.begin() + (r + 1) * columns);
    out += pad_left(label, margin) + " " + edge + line_of(row, terminal) + "\n";
  }
  out += x_axis(frame.x, margin, columns, terminal);
  std::string x_label = printable_on(terminal, axes.x.label), y_label = printable_on(terminal, axes.y.label);
  std::string names = y_label.empty() || x_label.empty() ? y_label + x_label : y_label + (terminal.unicode ? " \u00b7 " : " by ") + x_label;
  if (!frame.any) names = "no data";
  if (!names.empty()) out += cut_to(indent + names, size_t(width)) + "\n";
  if (heat && heat->scale && frame.any) out += colour_scale_line(*heat, int(margin) + 2, width, terminal);
  return out;
}

}  // namespace cairn::plot::detail
