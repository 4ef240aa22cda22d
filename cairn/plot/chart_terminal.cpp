// A chart as text. A braille character is a grid of 2 x 4 dots (U+2800 and a bit a dot), so lines come out eight times as fine as letters.
#include <cairn/plot/scale.h>

#include <algorithm>
#include <cmath>

#include <cairn/base/columns.h>

namespace cairn {
using namespace plot_detail;

namespace {

struct Cell {
  int dots = 0;     // bits of the braille pattern; any value above 0 for letters
  int series = -1;  // the last one drawn here
};

// Characters of the plotting area; dots are counted from the upper left.
class Dots {
 public:
  Dots(int columns, int rows, bool braille)
      : columns_(columns), rows_(rows), fine_x_(braille ? 2 : 1), fine_y_(braille ? 4 : 1), cells_(size_t(columns * rows)) {}

  void line(Point a, Point b, int series) {
    double x0 = a.x * (fine_x_ * columns_ - 1), y0 = (1 - a.y) * (fine_y_ * rows_ - 1);
    double x1 = b.x * (fine_x_ * columns_ - 1), y1 = (1 - b.y) * (fine_y_ * rows_ - 1);
    int steps = int(std::ceil(std::max({std::abs(x1 - x0), std::abs(y1 - y0), 1.0})));
    for (int k = 0; k <= steps; k++) dot(int(std::lround(x0 + (x1 - x0) * k / steps)), int(std::lround(y0 + (y1 - y0) * k / steps)), series);
  }
  const Cell& at(int column, int row) const { return cells_[size_t(row * columns_ + column)]; }

 private:
  void dot(int x, int y, int series) {
    static constexpr int bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    if (x < 0 || y < 0 || x >= fine_x_ * columns_ || y >= fine_y_ * rows_) return;
    Cell& c = cells_[size_t(y / fine_y_ * columns_ + x / fine_x_)];
    c.dots |= fine_x_ == 1 ? 1 : bits[y % 4][x % 2];
    c.series = series;
  }
  int columns_, rows_, fine_x_, fine_y_;
  std::vector<Cell> cells_;
};

std::string braille(int dots) { return {char(0xE2), char(0xA0 | dots >> 6), char(0x80 | (dots & 0x3F))}; }

const char letters[] = "*o+x#@%";

// "-- training   -- validation", as many lines as it takes.
std::vector<std::string> legend_lines(const Chart& chart, bool use_braille, const Terminal& kind, size_t width) {
  std::vector<std::string> lines;
  size_t used = width;  // of the last line, which is full at first
  for (size_t i = 0; i < chart.series.size(); i++) {
    std::string mark = use_braille ? "\u2501\u2501" : std::string(1, letters[i % 7]), name = cut_to(chart.series[i].name, width - 3);
    size_t needed = columns_of(mark) + 1 + columns_of(name);
    bool fits = used + 3 + needed <= width;
    if (fits) lines.back() += "   ";
    else lines.emplace_back();
    used = fits ? used + 3 + needed : needed;
    lines.back() += coloured(mark, screen_colour(i), kind) + " " + name;
  }
  return lines;
}

// A row of the plotting area. Neighbours of one series share their colour codes.
std::string plot_row(const Dots& dots, int row, int columns, bool use_braille, const Terminal& kind) {
  std::string line, run;
  int drawn = -1;
  size_t blanks = 0;
  auto end_run = [&] {
    if (!run.empty()) line += coloured(run, screen_colour(size_t(drawn)), kind);
    run.clear();
  };
  for (int c = 0; c < columns; c++) {
    const Cell& cell = dots.at(c, row);
    if (cell.series < 0) {
      blanks++;
      continue;
    }
    if (cell.series != drawn || blanks) {
      end_run();
      line += std::string(blanks, ' ');
      blanks = 0;
      drawn = cell.series;
    }
    run += use_braille ? braille(cell.dots) : std::string(1, letters[cell.series % 7]);
  }
  end_run();
  return line;
}

// The line below the plotting area, and the numbers below that; numbers that would touch their left neighbour stay away.
std::string x_axis(const Axes& axes, size_t margin, int columns, bool unicode) {
  const size_t width = margin + 2 + size_t(columns);
  std::vector<bool> ticks(size_t(columns), false);
  std::string numbers(width, ' ');
  size_t free = 0;
  for (const Tick& t : axes.x.ticks()) {
    size_t c = size_t(std::lround(t.at * (columns - 1))), size = std::min(t.text.size(), width), middle = margin + 2 + c;
    ticks[c] = true;
    size_t start = std::min(middle - std::min(middle, size / 2), width - size);
    if (start < free) continue;
    numbers.replace(start, size, t.text, 0, size);
    free = start + size + 1;
  }
  std::string line = std::string(margin + 1, ' ') + (unicode ? "\u2514" : "+");
  for (bool t : ticks) line += unicode ? (t ? "\u252C" : "\u2500") : (t ? "+" : "-");
  return line + "\n" + numbers.substr(0, numbers.find_last_not_of(' ') + 1) + "\n";
}

}  // namespace

std::string Chart::terminal(int width, int height, const Terminal& kind) const {
  width = std::max(width, 24);
  height = std::max(height, 8);
  bool named = series.size() > 1 || (series.size() == 1 && !series[0].name.empty() && series[0].name != y_label);
  bool use_braille = kind.unicode && (series.size() <= 1 || kind.colours != Terminal::Colours::none);
  std::vector<std::string> legend;
  if (named) legend = legend_lines(*this, use_braille, kind, size_t(width) - 16);
  int rows = std::max(height - 3 - int(!title.empty()) - int(legend.size()), 2);
  Axes axes = axes_of(*this, std::max(2, width / 12), std::max(1, rows / 3));
  size_t margin = 0;  // for the numbers at the left
  for (const Tick& t : axes.y.ticks()) margin = std::max(margin, columns_of(t.text));
  int columns = std::max(width - int(margin) - 2, 4);

  Dots dots(columns, rows, use_braille);
  for (size_t i = 0; i < series.size(); i++)
    for (const auto& piece : pieces_of(series[i], axes, columns * 2))
      for (size_t k = 0; k < piece.size(); k++) dots.line(piece[k > 0 ? k - 1 : 0], piece[k], int(i));

  const std::string indent(margin + 2, ' ');
  std::string out;
  if (!title.empty()) out += cut_to(indent + title, size_t(width)) + "\n";
  for (const std::string& line : legend) out += indent + line + "\n";
  for (int r = 0; r < rows; r++) {
    std::string label;
    for (const Tick& t : axes.y.ticks())
      if (std::lround((1 - t.at) * (rows - 1)) == r) label = t.text;
    std::string edge = kind.unicode ? (label.empty() ? "\u2502" : "\u2524") : (label.empty() ? "|" : "+");
    out += pad_left(label, margin) + " " + edge + plot_row(dots, r, columns, use_braille, kind) + "\n";
  }
  out += x_axis(axes, margin, columns, kind.unicode);
  std::string names = y_label.empty() || x_label.empty() ? y_label + x_label : y_label + (kind.unicode ? " \u00b7 " : " by ") + x_label;
  if (!axes.any) names = "no data";
  if (!names.empty()) out += cut_to(indent + names, size_t(width)) + "\n";
  return out;
}

}  // namespace cairn
