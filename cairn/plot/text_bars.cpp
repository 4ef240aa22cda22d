// Bars as rows of text, and matrices as cells.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/plot/colour.h>
#include <cairn/plot/text.h>

namespace cairn::plot::detail {
namespace {

// A bar from `low` to `high` (0 to 1) in `room` characters: eighths of a block at its right end where there is Unicode.
std::string bar_text(double low, double high, int room, const std::string& full, bool eighths) {
  int from = int(std::lround(low * room));
  double end = high * room;
  int whole = eighths ? int(std::floor(end + 1e-9)) : int(std::lround(end));
  std::string out(size_t(std::max(from, 0)), ' ');
  for (int i = from; i < whole; i++) out += full;
  int rest = eighths ? int(std::lround((end - whole) * 8)) : 0;
  if (rest > 0 && whole >= from && whole < room) out += std::string("\xE2\x96") + char(0x90 - rest);  // U+258F is one eighth, U+2588 the whole
  return out;
}

}  // namespace

std::string draw_bars(const Axes& given, int width, const Terminal& terminal, std::vector<std::string>& notes) {
  std::optional<Axes> fewer = first_bars(given, notes);
  Axes axes = fewer ? *fewer : given;
  axes.horizontal = true;
  Frame frame = frame_of(axes, 4, 4);
  notes.insert(notes.end(), frame.notes.begin(), frame.notes.end());
  const bool colours = terminal.colours != Terminal::Colours::none, letters = !terminal.unicode || !colours;
  std::vector<const Bars*> groups;
  size_t count = 0, label_width = 0, value_width = 1;
  for (const Element& e : axes.elements) {
    groups.push_back(&std::get<Bars>(e));
    count = std::max(count, groups.back()->y.size());
    for (double v : groups.back()->y) value_width = std::max(value_width, number(v).size());
  }
  auto label = [&](size_t i) {
    if (i < axes.x.names.size()) return printable_on(terminal, axes.x.names[i]);
    for (const Bars* b : groups)
      if (i < b->y.size()) return number(x_of(*b, i), 6);
    return std::string();
  };
  for (size_t i = 0; i < count; i++) label_width = std::max(label_width, columns_of(label(i)));
  label_width = std::min(label_width, size_t(width) * 2 / 5);
  const int room = std::max(width - int(label_width + value_width) - 2, 4);
  std::string out;
  if (!legend_of(axes).empty() && groups.size() > 1)
    for (const std::string& line : legend_lines(axes, letters, true, terminal, size_t(width) - label_width - 1))
      out += std::string(label_width + 1, ' ') + line + "\n";
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && groups.size() > 1) out += "\n";
    for (size_t g = 0; g < groups.size(); g++) {
      if (i >= groups[g]->y.size()) continue;
      const double v = groups[g]->y[i], start = frame.x.zero(), end = std::clamp(frame.x.place(v), 0.0, 1.0);
      std::string line = pad_right(g == 0 ? label(i) : "", label_width) + " ";
      const bool several = letters && groups.size() > 1, drawn = !std::isnan(end) && std::abs(v) <= largest;
      const int colour = colour_of(axes, g);
      std::string full = several ? std::string(1, series_letter(colour)) : terminal.unicode ? "\u2588" : "#";
      if (drawn) {
        std::string bar = bar_text(std::min(start, end), std::max(start, end), room, full, terminal.unicode && !several && end > start);
        size_t blanks = std::min(bar.find_first_not_of(' '), bar.size());
        line += bar.substr(0, blanks) + coloured(bar.substr(blanks), screen_colour(colour), terminal) + (bar.empty() ? "" : " ");
      }
      out += line + number(v) + "\n";
    }
  }
  if (count == 0) out += "no data\n";
  std::string y = printable_on(terminal, axes.y.label), x = printable_on(terminal, axes.x.label);
  std::string names = y.empty() || x.empty() ? y + x : y + (terminal.unicode ? " \u00b7 " : " by ") + x;
  if (!names.empty()) out += cut_to(names, size_t(width)) + "\n";
  return out;
}

std::string draw_matrix(const Axes& axes, const Heat& given, int width, const Terminal& terminal, std::vector<std::string>& notes) {
  const bool colours = terminal.colours != Terminal::Colours::none;
  constexpr int64_t most_rows = 100;
  // The width of a cell: its text, or two blanks (about a square), or one; then averages.
  const bool same_names = !axes.x.names.empty() && axes.x.names == axes.y.names;
  auto row_name = [&](int64_t r) {
    return axes.y.names.empty() ? fmt::format("{}", r) : size_t(r) < axes.y.names.size() ? axes.y.names[size_t(r)] : "";
  };
  size_t label_width = 0;
  for (int64_t r = 0; r < std::min(given.rows, most_rows); r++) label_width = std::max(label_width, columns_of(printable_on(terminal, row_name(r))));
  label_width = std::min(label_width, size_t(width) / 4);
  int64_t room = width - int64_t(label_width) - 1, cell = 2;
  bool texts = !given.text.empty() && given.rows <= most_rows;
  if (texts) {
    size_t widest = 1;
    for (const std::string& t : given.text) widest = std::max(widest, columns_of(t));
    cell = int64_t(widest) + (colours ? 2 : 1);
    texts = cell * given.columns <= room;
    if (texts && !axes.x.names.empty()) {  // room left: for longer names
      size_t name = 0;
      for (const std::string& n : axes.x.names) name = std::max(name, columns_of(n));
      cell = std::max(cell, std::min<int64_t>(int64_t(name) + 1, std::min<int64_t>(room / given.columns, std::max<int64_t>(cell + 4, 12))));
    }
    if (!texts) notes.push_back("the text of the cells is left out: there is no room");
  }
  if (!texts) cell = given.columns * 2 <= room ? 2 : 1;
  Heat heat = shrunk(given, given.rows <= most_rows && given.columns * cell <= room ? given.rows : std::min<int64_t>(given.rows, 40),
                     std::min(given.columns, std::max<int64_t>(room / cell, 1)));
  const bool whole = heat.rows == given.rows && heat.columns == given.columns;
  if (!whole) notes.push_back(fmt::format("{} x {} cells averaged to {} x {}", given.rows, given.columns, heat.rows, heat.columns));
  texts = texts && whole;
  const Range range = value_range(given);
  // Narrow cells have no room for names: rows and columns of the same names then share a letter.
  size_t longest = 0;
  for (const std::string& n : axes.x.names) longest = std::max(longest, columns_of(printable_on(terminal, n)));
  const bool keys = whole && same_names && int64_t(longest) > cell - 1 && cell < 5 && heat.columns <= 26;
  if (keys) label_width = std::min(label_width + 2, label_width + size_t(std::max<int64_t>(room - cell * heat.columns, 0)));

  std::string out, head(label_width + 1, ' ');
  if (!axes.x.label.empty()) out += head + cut_to(printable_on(terminal, axes.x.label), size_t(std::max<int64_t>(room - 2, 8))) + "\n";
  if (whole && (keys || (axes.x.names.empty() ? true : int64_t(longest) < cell || cell >= 4))) {
    int64_t digits = int64_t(fmt::format("{}", heat.columns - 1).size()), every = axes.x.names.empty() ? (digits + cell) / cell : 1;
    for (int64_t c = 0; c < heat.columns; c++) {
      int64_t from = axes.x.reversed ? heat.columns - 1 - c : c;
      std::string name = keys                                 ? std::string(1, char('a' + from))
                         : axes.x.names.empty()               ? fmt::format("{}", from)
                         : size_t(from) < axes.x.names.size() ? axes.x.names[size_t(from)]
                                                              : "";
      if (every > 1) {
        if (c % every == 0) head += pad_right(name, size_t(std::min(every, heat.columns - c) * cell));
      } else {
        std::string shown = cut_to(printable_on(terminal, name), size_t(std::max<int64_t>(cell - 1, 1)));
        head += texts && !keys ? pad_left(shown, size_t(cell)) : pad_right(" " + shown, size_t(cell));
      }
    }
    out += head.substr(0, head.find_last_not_of(' ') + 1) + "\n";
  }
  for (int64_t i = 0; i < heat.rows; i++) {
    int64_t r = axes.y.reversed ? i : heat.rows - 1 - i;
    std::string name = whole ? (keys ? std::string(1, char('a' + r)) + " " : "") + row_name(r) : "";
    std::vector<Glyph> glyphs;
    for (int64_t c = 0; c < heat.columns; c++) {
      size_t at = size_t(r * heat.columns + (axes.x.reversed ? heat.columns - 1 - c : c));
      double v = heat.values[at], u = std::isnan(v) ? NAN : share(v, range.low, range.high);
      Glyph g;
      if (colours) {
        g.ground = cell_ground(heat.map, u);
        if (texts && g.ground) g.ink = wants_white(*g.ground) ? colours::white : colours::black;
      } else if (!texts) g.text = cell_letter(heat.map, u, terminal);
      std::string letters = texts ? pad_left(printable_on(terminal, heat.text[at]) + (colours ? " " : ""), size_t(cell)) : "";
      if (texts) g.text = letters, glyphs.push_back(g);
      else
        for (int64_t k = 0; k < cell; k++) glyphs.push_back(g);
    }
    std::string line = pad_left(printable_on(terminal, name), label_width) + " " + line_of(glyphs, terminal);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  if (!axes.y.label.empty())
    out += std::string(label_width + 1, ' ') + cut_to("rows: " + printable_on(terminal, axes.y.label), size_t(std::max<int64_t>(room, 8))) + "\n";
  if (given.scale && (colours || !texts)) out += colour_scale_line(heat, int(label_width) + 1, width, terminal);
  return out;
}

}  // namespace cairn::plot::detail
