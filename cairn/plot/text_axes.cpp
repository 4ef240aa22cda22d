// Axes as text. A braille character is a grid of 2 x 4 dots (U+2800 and a bit a dot), so lines come out eight times as fine as letters.
#include <algorithm>
#include <cmath>

#include <cairn/base/columns.h>
#include <cairn/plot/colour.h>
#include <cairn/plot/text.h>

namespace cairn::plot::detail {
namespace {

// Characters of the plotting area; dots are counted from the upper left.
class Canvas {
 public:
  Canvas(int columns, int rows, bool braille)
      : columns_(columns), rows_(rows), fine_x_(braille ? 2 : 1), fine_y_(braille ? 4 : 1), cells_(size_t(columns * rows)) {}

  // `quiet` dots make way for others, as those of bands.
  void line(Point a, Point b, int colour, bool quiet = false) {
    double x0 = x_of(a.x), y0 = y_of(a.y), x1 = x_of(b.x), y1 = y_of(b.y);
    int steps = int(std::ceil(std::max({std::abs(x1 - x0), std::abs(y1 - y0), 1.0})));
    for (int k = 0; k <= steps; k++) dot(int(std::lround(x0 + (x1 - x0) * k / steps)), int(std::lround(y0 + (y1 - y0) * k / steps)), colour, quiet);
  }
  void point(Point p, int colour) {
    int column = std::clamp(int(p.x * columns_), 0, columns_ - 1), row = std::clamp(int((1 - p.y) * rows_), 0, rows_ - 1);
    cells_[size_t(row * columns_ + column)] = {1, colour, false, true};
  }
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
    bool band = false;   // nothing but a band was drawn here
    bool point = false;  // a point that no line joins: a whole character
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

std::string braille(int dots) { return {char(0xE2), char(0xA0 | dots >> 6), char(0x80 | (dots & 0x3F))}; }

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
    else series++;
  }
  if (only_bars && (axes.horizontal || !axes.x.names.empty() || longest <= 24)) return draw_bars(axes, width, terminal, notes);
  if (const Heat* matrix = matrix_of(axes); matrix && matrix->rows > 0 && matrix->columns > 0)
    return draw_matrix(axes, *matrix, width, terminal, notes);
  if (terminal.colours == Terminal::Colours::none && series > 1) letters = true;  // dots of several lines look alike

  const int rows = height;
  Frame frame = frame_of(axes, std::max(2, width / 12), std::max(1, rows / 3));
  notes.insert(notes.end(), frame.notes.begin(), frame.notes.end());
  size_t margin = 0;  // for the numbers at the left
  std::vector<std::string> labels(size_t(rows), "");
  for (const Tick& t : frame.y.ticks()) {
    int row = int(std::lround((1 - std::clamp(t.at, 0.0, 1.0)) * (rows - 1)));
    if (labels[size_t(row)].empty()) labels[size_t(row)] = cut_to(printable_on(terminal, t.text), size_t(width / 3));
    margin = std::max(margin, columns_of(labels[size_t(row)]));
  }
  int columns = std::max(width - int(margin) - 2, 4);

  Canvas canvas(columns, rows, !letters);
  std::vector<Glyph> glyphs(size_t(columns * rows));
  for (size_t e = 0; e < count; e++)
    if (const Heat* h = std::get_if<Heat>(&axes.elements[e])) draw_heat(*h, frame, columns, rows, terminal, glyphs);
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
      if (line->stroke != Stroke::none)
        for (const Piece& piece : pieces_of(*line, frame, columns * 2))
          for (size_t k = 1; k < piece.size(); k++) canvas.line(piece[k - 1], piece[k], colour_of(axes, e), faint);
      for (const Point& p : dots_of(*line, frame, columns * 2, rows * 4, line->stroke != Stroke::none))
        if (line->stroke == Stroke::none) canvas.point(p, colour_of(axes, e));
        else canvas.line(p, p, colour_of(axes, e), faint);
    }
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < columns; c++) {
      const Canvas::Cell& cell = canvas.at(c, r);
      Glyph& g = glyphs[size_t(r * columns + c)];
      if (cell.colour < 0) continue;
      if (letters) g.text = cell.band ? ":" : std::string(1, series_letter(cell.colour));
      else g.text = cell.point ? "\u2022" : braille(cell.dots);
      g.ink = screen_colour(cell.colour);
      if (g.ground) g.ink = mixed(*g.ink, colours::white, 0.5);  // to be seen on a ground of about its own colour
    }

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
