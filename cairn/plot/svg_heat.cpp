// Heat maps as SVG: a rectangle a cell; many cells as an image, once for each theme.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <cairn/plot/colour.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>

namespace cairn::plot::detail {
namespace {

constexpr int64_t most_cells = 2500, most_pixels = 256;
constexpr double label_height = 14;

std::string fill(const Heat& heat, double v) {
  Shade s = shade(heat.map, v);
  if (heat.map == ColourMap::spectrum) return fmt::format("fill=\"{}\"", hex(s.full));
  return fmt::format("class=\"{}\" fill-opacity=\"{}\"", heat.map == ColourMap::sequential ? "hs" : v < 0.5 ? "hn" : "hp", num(s.strength));
}

// Every cell a pixel.
Image pixels(const Heat& heat, Range range, bool dark, bool upside_down, bool mirrored) {
  const Colour ground = dark ? dark_paper : light_paper, hole = dark ? Colour{44, 50, 56} : Colour{233, 236, 239};
  Image image{heat.columns, heat.rows, 3, std::vector<uint8_t>(size_t(heat.rows * heat.columns * 3))};
  for (int64_t y = 0; y < heat.rows; y++)
    for (int64_t x = 0; x < heat.columns; x++) {
      double v = heat.values[size_t(y * heat.columns + x)];
      Colour c = std::isnan(v) ? hole : shade(heat.map, share(v, range.low, range.high), dark).on(ground);
      int64_t to_y = upside_down ? heat.rows - 1 - y : y, to_x = mirrored ? heat.columns - 1 - x : x;
      image.at(to_x, to_y, 0) = c.r;
      image.at(to_x, to_y, 1) = c.g;
      image.at(to_x, to_y, 2) = c.b;
    }
  return image;
}

// The class of text that can be read on a cell in both themes: its own colour, or that of the theme where the cell is pale.
const char* text_class(const Heat& heat, double v) {
  Shade s = shade(heat.map, v);
  if (heat.map != ColourMap::spectrum) return s.strength > 0.6 ? "w" : "t";
  return wants_white(s.full) ? "w" : "k";
}

}  // namespace

std::string svg_heat(const Heat& heat, const Area& area, const Frame& frame, Theme theme, std::vector<std::string>& notes) {
  if (heat.rows < 1 || heat.columns < 1) return "";
  const Range xs = x_range(heat), ys = y_range(heat), range = value_range(heat);
  auto clamped = [](double u) { return std::clamp(u, 0.0, 1.0); };
  if (heat.rows * heat.columns > most_cells) {
    Heat small = shrunk(heat, std::min<int64_t>(most_pixels, heat.rows), std::min<int64_t>(most_pixels, heat.columns));
    if (small.rows < heat.rows || small.columns < heat.columns)
      notes.push_back(fmt::format("{} x {} cells averaged to {} x {}", heat.rows, heat.columns, small.rows, small.columns));
    if (!heat.text.empty()) notes.push_back("the text of the cells is left out: there is no room");
    double left = frame.x.place(xs.low), right = frame.x.place(xs.high), low = frame.y.place(ys.low), high = frame.y.place(ys.high);
    const bool upside_down = high > low, mirrored = left > right;
    if (left > right) std::swap(left, right);
    if (low > high) std::swap(low, high);
    std::string out;
    for (bool dark : {false, true}) {
      if (theme != Theme::automatic && dark != (theme == Theme::dark)) continue;
      if (dark && theme == Theme::automatic && heat.map == ColourMap::spectrum) continue;
      const bool both = theme == Theme::automatic && heat.map != ColourMap::spectrum;
      out += svg_image(pixels(small, range, dark, upside_down, mirrored), area.x(left), area.y(high), (right - left) * area.width,
                       (high - low) * area.height, both ? (dark ? "class=\"dark\"" : "class=\"light\"") : "");
    }
    return out;
  }
  std::string cells, texts;
  bool no_room = false;
  for (int64_t r = 0; r < heat.rows; r++)
    for (int64_t c = 0; c < heat.columns; c++) {
      auto edge = [](Range range, int64_t i, int64_t n) { return range.low + (range.high - range.low) * double(i) / double(n); };
      double left = clamped(frame.x.place(edge(xs, c, heat.columns))), right = clamped(frame.x.place(edge(xs, c + 1, heat.columns)));
      double low = clamped(frame.y.place(edge(ys, r, heat.rows))), high = clamped(frame.y.place(edge(ys, r + 1, heat.rows)));
      if (left > right) std::swap(left, right);
      if (low > high) std::swap(low, high);
      double x = area.x(left), y = area.y(high), width = area.x(right) - x, height = area.y(low) - y;
      if (!(width > 0 && height > 0)) continue;
      double gap = width > 8 && height > 8 ? 0.5 : 0, v = heat.values[size_t(r * heat.columns + c)], at = share(v, range.low, range.high);
      cells += svg_rect(x + gap, y + gap, width - 2 * gap, height - 2 * gap, std::isnan(v) ? "class=\"hx\"" : fill(heat, at));
      if (heat.text.empty()) continue;
      const std::string& text = heat.text[size_t(r * heat.columns + c)];
      double size = std::min({12.0, height * 0.7, (width - 3) / std::max(text_width(text, 1), 0.1)});
      if (size < 7) no_room = no_room || !text.empty();
      else if (!text.empty())
        texts += svg_text(x + width / 2, y + height / 2 + size * 0.36, text,
                          fmt::format("class=\"{}\" text-anchor=\"middle\"{}", std::isnan(v) ? "t" : text_class(heat, at),
                                      size < 12 ? fmt::format(" font-size=\"{}\"", num(size)) : ""));
    }
  if (no_room) notes.push_back("some of the cells' text is left out: there is no room");
  return "<g shape-rendering=\"crispEdges\">\n" + cells + "</g>\n" + texts;
}

namespace {

// A long name beside a low scale stands in two lines.
std::vector<std::string> label_lines(const Heat& heat, double height) {
  const double room = std::max(height + 20, 60.0);
  if (heat.label.empty()) return {};
  if (text_width(heat.label) <= room) return {heat.label};
  std::vector<std::string> lines = wrapped(heat.label, room, 12);
  if (lines.size() > 2) lines = {lines[0], cut_to_width(join({lines.begin() + 1, lines.end()}, " "), room)};
  return lines;
}

}  // namespace

double colour_scale_width(const Heat& heat, double height) {
  Range range = value_range(heat);
  double widest = 0;
  for (const Tick& t : Scale(range.low, range.high, {4}).ticks()) widest = std::max(widest, text_width(t.text));
  const size_t lines = label_lines(heat, height).size();
  return 14 + 6 + widest + (lines == 0 ? 4 : 8 + label_height * double(lines));
}

std::string svg_colour_scale(const Heat& heat, double x, double top, double height) {
  constexpr int steps = 48;
  std::string out = "<g shape-rendering=\"crispEdges\">\n";
  for (int i = 0; i < steps; i++) {
    double y = std::round(top + height * double(steps - 1 - i) / steps), end = std::round(top + height * double(steps - i) / steps);
    out += svg_rect(x, y, 14, end - y, fill(heat, (double(i) + 0.5) / steps));
  }
  out += "</g>\n" + svg_rect(x, top, 14, height, "class=\"a\" fill=\"none\"");
  Range range = value_range(heat);
  double widest = 0;
  for (const Tick& t : Scale(range.low, range.high, {height < 120 ? 2 : 4}).ticks()) {
    double y = top + (1 - t.at) * height;
    out += svg_line(x + 14, y, x + 17, y, "class=\"a\"") + svg_text(x + 20, y + 4, t.text, "class=\"i\"");
    widest = std::max(widest, text_width(t.text));
  }
  for (const std::string& line : label_lines(heat, height)) {
    out += fmt::format("<text transform=\"translate({} {}) rotate(-90)\" class=\"i\" text-anchor=\"middle\">{}</text>\n", num(x + 34 + widest),
                       num(top + height / 2), escaped(line));
    widest += label_height;
  }
  return out;
}

}  // namespace cairn::plot::detail
