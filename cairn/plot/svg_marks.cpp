// Points, arrows, areas of classes and lines of equal height as SVG, and the keys of the legend.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/colour.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>

namespace cairn::plot::detail {
namespace {

constexpr size_t few = 30;  // points of a line that get a symbol each
// Text over anything: a rim in the paper's colour.
constexpr std::string_view over = "class=\"i o\" font-size=\"11\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"";

std::string path_of(const std::vector<Piece>& lines, const Area& area) {
  std::string out;
  for (const Piece& line : lines)
    for (size_t k = 0; k < line.size(); k++) out += fmt::format("{}{:.1f} {:.1f}", k ? "L" : "M", area.x(line[k].x), area.y(line[k].y));
  return out;
}

}  // namespace

std::string series_class(int colour) { return fmt::format("class=\"s{}\"", colour % palette_size); }
std::string dashes(const Line& line, int colour) {
  return line.stroke == Stroke::dashed || colour >= palette_size ? " stroke-dasharray=\"6 4\"" : "";
}
bool has_markers(const Line& line) { return line.stroke == Stroke::none || (line.y.size() <= few && line.stroke != Stroke::faint); }

std::string svg_symbol(double x, double y, int symbol, double r) {
  const double arm = r * 0.42, rest = r * 1.25 - arm;
  const std::string plus = fmt::format("M{} {}h{}v{}h{}v{}h-{}v{}h-{}v-{}h-{}v-{}h{}z", num(x - arm), num(y - r * 1.25), num(2 * arm), num(rest),
                                       num(rest), num(2 * arm), num(rest), num(rest), num(2 * arm), num(rest), num(rest), num(2 * arm), num(rest));
  switch (symbol) {
    case 0: return fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", num(x), num(y), num(r));
    case 1: return svg_rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8, "");
    case 2: return fmt::format("<path d=\"M{} {}l{} {}h-{}z\"/>\n", num(x), num(y - r * 1.2), num(r * 1.2), num(r * 2.1), num(r * 2.4));
    case 3: return fmt::format("<path d=\"M{0} {1}l{2} {2}l-{2} {2}l-{2} -{2}z\"/>\n", num(x), num(y - r * 1.3), num(r * 1.3));
    case 4: return fmt::format("<path d=\"{}\" transform=\"rotate(45 {} {})\"/>\n", plus, num(x), num(y));
    case 5: return fmt::format("<path d=\"{}\"/>\n", plus);
    default: return "";
  }
}

std::string svg_head(double from_x, double from_y, double x, double y, double size) {
  const double length = std::hypot(x - from_x, y - from_y);
  if (!(length > 0)) return "";
  const double u = (x - from_x) / length, v = (y - from_y) / length, back_x = x - u * size, back_y = y - v * size, half = size * 0.42;
  return fmt::format("<path d=\"M{} {}L{} {}L{} {}z\"/>\n", num(x), num(y), num(back_x - v * half), num(back_y + u * half), num(back_x + v * half),
                     num(back_y - u * half));
}

bool LabelRoom::fits(const Box& box, bool beside) const {
  // Text beside a mark may leave the area a little: less below, where the numbers of the axis stand.
  const double around = beside ? 10 : 0, above = beside ? 12 : 0, below = beside ? 3 : 0;
  if (box.x < area_.left - around || box.x + box.width > area_.left + area_.width + around || box.y < area_.top - above ||
      box.y + box.height > area_.top + area_.height + below)
    return false;
  return std::none_of(boxes_.begin(), boxes_.end(), [&](const Box& b) {
    return box.x < b.x + b.width && b.x < box.x + box.width && box.y < b.y + b.height && b.y < box.y + box.height;
  });
}

std::string LabelRoom::beside(double x, double y, double gap, const std::string& text, std::string_view attributes) {
  constexpr size_t most = 2000;
  constexpr double height = 12;
  const double width = text_width(text, 11) + (gap > 0 ? 0 : 6);
  const double right = x + gap, left = x - gap - width, above = y - gap - height, below = y + gap, side = gap * 0.4;
  const std::pair<double, double> places[] = {{right, y - height / 2}, {left, y - height / 2},    {x - width / 2, above}, {x - width / 2, below},
                                              {x + side, above},       {x - side - width, above}, {x + side, below},      {x - side - width, below}};
  const std::pair<double, double> middle[] = {{x - width / 2, y - height / 2}};
  if (boxes_.size() < most)
    for (const auto& [at_x, at_y] :
         gap > 0 ? std::span<const std::pair<double, double>>(places) : std::span<const std::pair<double, double>>(middle)) {
      const Box box{at_x, at_y, width, height, ""};
      if (!fits(box, gap > 0)) continue;
      boxes_.push_back(box);
      return svg_text(box.x + width / 2, box.y + 10, text, fmt::format("{} text-anchor=\"middle\"", attributes));
    }
  lost_++;
  return "";
}

std::string svg_scatter(const Scatter& scatter, int colour, const Area& area, const Frame& frame, LabelRoom& room, std::vector<std::string>& notes) {
  const size_t n = std::min(scatter.x.size(), scatter.y.size());
  const double default_size = n > 1000 ? 1.8 : n > 150 ? 2.6 : n > 40 ? 3.4 : 4.2, r = scatter.size > 0 ? scatter.size : default_size;
  std::vector<ScatterPoint> points = points_of(scatter, frame, colour, int(area.width / 3), int(area.height / 3));
  if (n > 1500 && points.size() < n)
    notes.push_back(fmt::format("{} of {} points are drawn: others would lie on them or between them", points.size(), n));
  std::string labels;
  if (scatter.symbol != Symbol::none)
    for (const ScatterPoint& p : points)
      if (!scatter.labels.empty() && points.size() <= 400) room.taken(area.x(p.at.x) - r, area.y(p.at.y) - r, 2 * r, 2 * r);
  for (const ScatterPoint& p : points)
    if (p.index < scatter.labels.size() && !scatter.labels[p.index].empty())
      labels += room.beside(area.x(p.at.x), area.y(p.at.y), scatter.symbol == Symbol::none ? 0 : r + 4, scatter.labels[p.index], over);
  if (scatter.symbol == Symbol::none) return labels;
  // One group a class.
  std::stable_sort(points.begin(), points.end(), [](const ScatterPoint& a, const ScatterPoint& b) { return a.colour < b.colour; });
  std::string out;
  for (size_t i = 0; i < points.size();) {
    const int c = points[i].colour;
    out += fmt::format("<g class=\"s{}{}\" fill=\"currentColor\"{}>\n", c % palette_size, n > 1000 ? "" : " o",
                       n > 1000 ? " fill-opacity=\"0.6\"" : " stroke-width=\"0.8\"");
    for (; i < points.size() && points[i].colour == c; i++)
      out += svg_symbol(area.x(points[i].at.x), area.y(points[i].at.y), symbol_of(scatter, c), r);
    out += "</g>\n";
  }
  return out + labels;
}

std::string svg_regions(const Regions& given, const Area& area, const Frame& frame) {
  if (given.rows < 1 || given.columns < 1) return "";
  const Regions regions = shrunk(given, 256, 256);
  auto edges = [](const Scale& scale, Range range, int64_t n) {
    std::vector<double> out;
    for (int64_t i = 0; i <= n; i++) {
      const double u = double(i) / double(n), at = scale.place(range.low * (1 - u) + range.high * u);
      out.push_back(std::isnan(at) ? at : std::clamp(at, 0.0, 1.0));
    }
    return out;
  };
  const std::vector<double> x = edges(frame.x, *regions.x, regions.columns), y = edges(frame.y, *regions.y, regions.rows);
  std::vector<std::string> paths;  // of each class: neighbours in a row are one rectangle
  for (int64_t r = 0; r < regions.rows; r++)
    for (int64_t c = 0, end; c < regions.columns; c = end) {
      const int64_t k = regions.classes[size_t(r * regions.columns + c)];
      for (end = c + 1; end < regions.columns && regions.classes[size_t(r * regions.columns + end)] == k;) end++;
      const double left = area.x(x[size_t(c)]), right = area.x(x[size_t(end)]), low = area.y(y[size_t(r)]), high = area.y(y[size_t(r + 1)]);
      if (k < 0 || !std::isfinite(left + right + low + high) || left == right || low == high) continue;
      if (paths.size() <= size_t(k)) paths.resize(size_t(k) + 1);
      paths[size_t(k)] += fmt::format("M{0:.1f} {1:.1f}H{2:.1f}V{3:.1f}H{0:.1f}z", left, low, right, high);
    }
  std::string out;
  for (size_t k = 0; k < paths.size(); k++)
    if (!paths[k].empty())
      out += fmt::format("<path {} fill=\"currentColor\" fill-opacity=\"0.24\" shape-rendering=\"crispEdges\" d=\"{}\"/>\n", series_class(int(k)),
                         paths[k]);
  const std::string borders = path_of(borders_of(given, frame), area);
  if (!borders.empty())
    out +=
        fmt::format("<path class=\"b\" fill=\"none\" stroke-width=\"1.6\" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"{}\"/>\n", borders);
  return out;
}

std::string svg_contours(const Contours& contours, int colour, const Area& area, const Frame& frame, LabelRoom& room) {
  std::string out, labels;
  const std::vector<Level> levels = levels_in(contours, frame);
  const bool both = std::any_of(levels.begin(), levels.end(), [](const Level& l) { return l.value > 0; });
  for (const Level& level : levels) {
    const std::string path = path_of(level.lines, area);
    if (path.empty()) continue;
    out += fmt::format("<path{} d=\"{}\"/>\n", level.value < 0 && both ? " stroke-dasharray=\"4 3\"" : "", path);
    if (!contours.labels) continue;
    // At the longest line, where there is room: tried at a few places of it.
    const Piece& longest =
        *std::max_element(level.lines.begin(), level.lines.end(), [](const Piece& a, const Piece& b) { return a.size() < b.size(); });
    for (double part : {0.5, 0.3, 0.7, 0.15, 0.85}) {
      const Point p = longest[std::min(size_t(part * double(longest.size())), longest.size() - 1)];
      const std::string label = room.beside(area.x(p.x), area.y(p.y), 0, number(level.value), over);
      labels += label;
      if (!label.empty()) break;
    }
  }
  room.forget();
  const std::string ink = contours.colour < 0 ? "class=\"b\"" : fmt::format("{} stroke=\"currentColor\"", series_class(colour));
  return out.empty() ? "" : fmt::format("<g {} fill=\"none\" stroke-width=\"1.2\" stroke-linejoin=\"round\">\n{}</g>\n{}", ink, out, labels);
}

std::string svg_arrows(const Arrows& arrows, int colour, const Area& area, const Frame& frame, LabelRoom& room, std::vector<std::string>& notes) {
  const std::vector<ArrowLine> lines = arrows_of(arrows, frame);
  if (lines.size() < arrows.dx.size() && lines.size() == max_arrows)
    notes.push_back(fmt::format("{} of {} arrows are drawn", max_arrows, arrows.dx.size()));
  const bool field = lines.size() > 24;
  std::string shafts, heads, labels;
  for (const ArrowLine& a : lines)  // labels keep off the shafts
    for (int k = 0; k <= 20 && !arrows.labels.empty() && !field; k++) {
      const double t = k / 20.0;
      room.taken(area.x(a.from.x + t * (a.to.x - a.from.x)) - 3, area.y(a.from.y + t * (a.to.y - a.from.y)) - 3, 6, 6);
    }
  for (const ArrowLine& a : lines) {
    const double x0 = area.x(a.from.x), y0 = area.y(a.from.y), x1 = area.x(a.to.x), y1 = area.y(a.to.y), length = std::hypot(x1 - x0, y1 - y0);
    const double size = std::min(field ? 6.5 : 10.0, length * 0.6);
    if (length < 0.5) {
      heads += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>\n", num(x1), num(y1), field ? 1 : 2);
    } else {
      const double back = a.whole ? size * 0.8 / length : 0;  // the shaft ends inside the head
      shafts += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", x0, y0, x1 - (x1 - x0) * back, y1 - (y1 - y0) * back);
      if (a.whole) heads += svg_head(x0, y0, x1, y1, size);
    }
    if (a.index < arrows.labels.size() && !arrows.labels[a.index].empty()) {
      const double ahead = length > 0 ? 3 / length : 0;
      labels += room.beside(x1 + (x1 - x0) * ahead, y1 + (y1 - y0) * ahead, 5, arrows.labels[a.index], over);
    }
  }
  if (shafts.empty() && heads.empty()) return "";
  return fmt::format("<g {} fill=\"currentColor\">\n<path fill=\"none\" stroke=\"currentColor\" stroke-width=\"{}\" d=\"{}\"/>\n{}</g>\n{}",
                     series_class(colour), field ? 1.3 : 2.2, shafts.empty() ? "M0 0" : shafts, heads, labels);
}

std::string svg_key(const Element& e, const LegendEntry& entry, double x, double y) {
  const std::string open = fmt::format("<g {} fill=\"currentColor\">", series_class(entry.colour));
  std::string inside;
  if (const Line* line = std::get_if<Line>(&e)) {
    if (line->stroke != Stroke::none)
      inside += svg_line(x, y, x + 19, y,
                         fmt::format("stroke=\"currentColor\" stroke-width=\"{}\"{}{}", line->stroke == Stroke::faint ? 1 : 2.5,
                                     dashes(*line, entry.colour), line->stroke == Stroke::faint ? " stroke-opacity=\"0.4\"" : ""));
    if (has_markers(*line)) inside += svg_symbol(x + 9.5, y, entry.colour % symbols, 3.5);
    else if (line->heads > 0) inside += svg_head(x, y, x + 19, y, 9);
  } else if (const Contours* contours = std::get_if<Contours>(&e)) {
    inside = svg_line(x, y, x + 19, y, contours->colour < 0 ? "class=\"b\" stroke-width=\"1.6\"" : "stroke=\"currentColor\" stroke-width=\"1.6\"");
  } else if (std::holds_alternative<Arrows>(e)) {
    inside = svg_line(x, y, x + 13, y, "stroke=\"currentColor\" stroke-width=\"2.2\"") + svg_head(x, y, x + 19, y, 10);
  } else {
    if (entry.area) inside += svg_rect(x + 1, y - 7, 17, 14, "rx=\"2\" fill-opacity=\"0.24\"");
    if (entry.symbol >= 0) inside += svg_symbol(x + 9.5, y, entry.symbol, 4.2);
    else if (!entry.area) inside += svg_rect(x + 4, y - 5, 11, 11, "rx=\"2\"");
  }
  return open + inside + "</g>\n";
}

}  // namespace cairn::plot::detail
