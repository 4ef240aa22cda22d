#include <cairn/plot/text.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <cairn/plot/colour.h>
#include <cairn/plot/table.h>

namespace cairn::plot {
namespace detail {

std::string line_of(const std::vector<Glyph>& glyphs, const Terminal& terminal) {
  const bool colours = terminal.colours != Terminal::Colours::none;
  size_t end = glyphs.size();
  while (end > 0 && glyphs[end - 1].text == " " && !(colours && glyphs[end - 1].ground)) end--;
  std::string out, run;
  for (size_t i = 0; i < end; i++) {
    run += glyphs[i].text;
    if (i + 1 < end && glyphs[i + 1].same_style(glyphs[i])) continue;
    out += glyphs[i].ink || glyphs[i].ground ? coloured(run, glyphs[i].ink, glyphs[i].ground, terminal) : run;
    run.clear();
  }
  return out;
}

std::optional<Colour> cell_ground(ColourMap map, double u) {
  if (std::isnan(u)) return std::nullopt;
  Shade s = shade(map, u, true);
  if (map != ColourMap::spectrum && s.strength < 0.02) return std::nullopt;
  return s.on({28, 30, 36});
}

std::string cell_letter(ColourMap map, double u, const Terminal& terminal) {
  if (std::isnan(u)) return "?";
  if (map == ColourMap::sequential) u = shade(map, u).strength;
  if (terminal.unicode) {
    static const char* blocks[] = {" ", "\u2591", "\u2592", "\u2593", "\u2588"};
    return blocks[std::min(int(u * 5), 4)];
  }
  return std::string(1, " .:-=+*#%@"[std::min(int(u * 10), 9)]);
}

char series_letter(int colour) { return "*o+x#@%"[colour % 7]; }

std::string symbol_letter(int symbol, int colour, const Terminal& terminal) {
  static const char* shapes[symbols] = {"\u25cf", "\u25a0", "\u25b2", "\u25c6", "\u2715", "\u271a"};
  if (!terminal.unicode) return std::string(1, series_letter(colour));
  return symbol < symbols ? shapes[symbol] : " ";
}

std::string area_letter(int colour, const Terminal& terminal) {
  static const char* shades[] = {"\u00b7", "\u2591", "\u2592", "\u2571", "\u2572", "\u2573", "\u2593"};
  return terminal.unicode ? shades[colour % 7] : std::string(1, ".:-=~,;"[colour % 7]);
}

std::vector<std::string> legend_lines(const Axes& axes, bool letters, bool solid, const Terminal& terminal, size_t width) {
  constexpr size_t most = 24;
  std::vector<std::string> lines;
  size_t used = width, named = 0;  // of the last line, which is full at first
  auto add = [&](const std::string& text, size_t needed) {
    bool fits = used + 3 + needed <= width;
    if (fits) lines.back() += "   ";
    else lines.emplace_back();
    used = fits ? used + 3 + needed : needed;
    lines.back() += text;
  };
  for (const LegendEntry& entry : legend_of(axes)) {
    if (named++ >= most) continue;
    const Element& e = axes.elements[entry.element];
    const Line* line = std::get_if<Line>(&e);
    const bool points = entry.symbol >= 0, area = entry.area;
    std::string mark = points && (terminal.unicode || !letters)                         ? symbol_letter(entry.symbol, entry.colour, terminal)
                       : area && !points && terminal.colours == Terminal::Colours::none ? area_letter(entry.colour, terminal)
                       : letters                                                        ? std::string(1, series_letter(entry.colour))
                       : solid || area                                                  ? "\u2588\u2588"
                       : line && line->stroke == Stroke::none                           ? "\u2022"
                       : std::holds_alternative<Arrows>(e)                              ? "\u2500\u25b6"
                                                                                        : "\u2501\u2501";
    if (points && area && terminal.colours == Terminal::Colours::none) mark += area_letter(entry.colour, terminal);
    std::string name = cut_to(printable_on(terminal, entry.name), width - 3);
    add(coloured(mark, std::holds_alternative<Contours>(e) && std::get<Contours>(e).colour < 0 ? text_ink : screen_colour(entry.colour), terminal) +
            " " + name,
        columns_of(mark) + 1 + columns_of(name));
  }
  if (named > most) add(fmt::format("and {} more", named - most), 12);
  return lines;
}

std::string colour_scale_line(const Heat& heat, int indent, int width, const Terminal& terminal) {
  const Range range = value_range(heat);
  const std::string low = number(range.low, 3), high = number(range.high, 3), label = printable_on(terminal, heat.label);
  const int numbers = int(low.size() + high.size()) + 4, steps = std::clamp(width - numbers, 2, 16);
  std::vector<Glyph> glyphs(size_t(steps), Glyph{});
  for (int i = 0; i < steps; i++) {
    double u = (i + 0.5) / steps;
    if (terminal.colours != Terminal::Colours::none) glyphs[size_t(i)].ground = cell_ground(heat.map, u);
    else glyphs[size_t(i)].text = cell_letter(heat.map, u, terminal);
  }
  indent = std::max(0, std::min(indent, width - numbers - steps));
  const int rest = width - indent - numbers - steps - 2;
  std::string bar = line_of(glyphs, terminal);
  if (terminal.colours == Terminal::Colours::none) bar = pad_right(bar, size_t(steps));
  return std::string(size_t(indent), ' ') + low + " [" + bar + "] " + high + (label.empty() || rest < 4 ? "" : "  " + cut_to(label, size_t(rest))) +
         "\n";
}

std::string draw_text(const Images& images, int width, int, const Terminal& terminal, std::vector<std::string>& notes) {
  constexpr size_t most = 64;
  size_t count = std::min(images.tiles.size(), most);
  if (count < images.tiles.size()) notes.push_back(fmt::format("the first {} of {} images are shown", count, images.tiles.size()));
  if (count == 0) return "no images\n";
  std::vector<Image> pictures;
  std::vector<std::string> captions;
  ShowOptions options{images.columns > 0 ? int(images.columns) : 6, {}, count == 1 ? 64 : 32};
  for (size_t i = 0; i < count; i++) {
    const Tile& tile = images.tiles[i];
    captions.push_back(tile.caption);
    options.marks.push_back(tile.mark);
    Image picture = tile.image;
    if (!tile.boxes.empty() && picture.width > 0 && picture.height > 0) {  // as large as it will be shown, so that frames stay thin
      int64_t w = std::min(width, options.width);
      int64_t h = std::clamp<int64_t>(std::llround(double(picture.height) * double(w) / double(picture.width)), 1, 2 * w);
      Picture canvas(w, h);
      canvas.draw(resized(picture, w, h), 0, 0);
      double scale = double(w) / double(picture.width);
      for (const Box& b : tile.boxes) {
        auto px = [&](double v) { return int64_t(std::llround(v * scale)); };
        canvas.frame(px(b.x), px(b.y), std::max<int64_t>(px(b.x + b.width) - px(b.x), 1), std::max<int64_t>(px(b.y + b.height) - px(b.y), 1),
                     {255, 212, 59});
      }
      picture = canvas.image();
    }
    pictures.push_back(std::move(picture));
  }
  Terminal narrow = terminal;
  narrow.columns = width;
  return show_images(pictures, captions, narrow, options);
}

std::string draw_text(const Table& table, int width, int, const Terminal& terminal, std::vector<std::string>& notes) {
  constexpr size_t gap = 2;
  TableCells t = cells_of(table, notes);
  if (t.columns == 0) return "an empty table\n";
  size_t room = size_t(width) + gap, shown = std::min(t.columns, std::max<size_t>(1, room / (3 + gap)));
  if (shown < t.columns) notes.push_back(fmt::format("the first {} of {} columns are shown", shown, t.columns));
  std::vector<int64_t> widths(shown, 1);
  for (auto& row : t.rows) {
    row.resize(shown);
    for (size_t c = 0; c < shown; c++) {
      row[c] = printable_on(terminal, row[c]);
      widths[c] = std::max(widths[c], int64_t(columns_of(row[c])));
    }
  }
  fit<int64_t>(widths, width - int64_t(gap * (shown - 1)), 3);
  std::string out;
  for (size_t r = 0; r < t.rows.size(); r++) {
    std::string line;
    for (size_t c = 0; c < shown; c++) {
      line += t.numeric[c] ? pad_left(t.rows[r][c], size_t(widths[c])) : pad_right(t.rows[r][c], size_t(widths[c]));
      if (c + 1 < shown) line += std::string(gap, ' ');
    }
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    if (r > 0 || !t.header) continue;
    for (size_t c = 0; c < shown; c++) {
      for (int64_t i = 0; i < widths[c]; i++) out += terminal.unicode ? "\u2500" : "-";
      out += c + 1 < shown ? std::string(gap, ' ') : "\n";
    }
  }
  return out;
}

}  // namespace detail

std::string Figure::text(const Terminal& terminal, const TextOptions& options) const {
  using namespace detail;
  check();
  const int width = std::clamp(options.width > 0 ? options.width : terminal.columns, 24, 1000), height = std::clamp(options.height, 4, 1000);
  std::vector<std::string> notes;
  std::string out;
  auto heading = [&](const std::string& text) {
    if (!text.empty()) out += cut_to(printable_on(terminal, text), size_t(width)) + "\n";
  };
  heading(title);
  auto wrap = [&](const std::string& text) {
    std::string line;
    for (const std::string& word : split(printable_on(terminal, text), ' ')) {
      if (!line.empty() && columns_of(line) + 1 + columns_of(word) > size_t(width)) out += std::exchange(line, "") + "\n";
      line += (line.empty() ? "" : " ") + cut_to(word, size_t(width));
    }
    out += line + "\n";
  };
  for (size_t i = 0; i < std::min(panels.size(), max_panels); i++) {
    if (i > 0 || (!title.empty() && panels.size() > 1)) out += "\n";
    std::visit(
        [&](const auto& p) {
          heading(p.title);
          out += draw_text(p, width, height, terminal, notes);
        },
        panels[i]);
  }
  if (panels.empty()) out += "nothing to show\n";
  if (panels.size() > max_panels) notes.push_back(fmt::format("the first {} of {} panels are shown", max_panels, panels.size()));
  if (!note.empty()) notes.insert(notes.begin(), note);
  for (size_t i = 0; i < notes.size(); i++)
    if (std::find(notes.begin(), notes.begin() + int64_t(i), notes[i]) == notes.begin() + int64_t(i)) wrap("(" + notes[i] + ")");
  return out;
}

}  // namespace cairn::plot
