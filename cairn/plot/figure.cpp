// What a figure must fulfil to be drawn.
#include <cairn/plot/figure.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <cairn/plot/graph.h>
#include <cairn/plot/series.h>

namespace cairn::plot {
namespace {
using namespace detail;

template <class E> [[noreturn]] void wrong(const std::string& where, const std::string& rule) { throw E("[plot] " + where + ": " + rule); }

void check_axis(const std::string& where, const Axis& axis) {
  if (axis.log && !axis.names.empty()) wrong<ConfigError>(where, "an axis of names cannot be logarithmic");
  for (const auto& end : {axis.low, axis.high}) {
    if (!end) continue;
    if (!(std::abs(*end) <= largest)) wrong<ConfigError>(where, fmt::format("an end of the axis is {}", *end));
    if (axis.log && *end <= 0) wrong<ConfigError>(where, fmt::format("a logarithmic axis cannot begin at {}. Hint: its ends are above 0", *end));
  }
  if (axis.low && axis.high && *axis.low >= *axis.high)
    wrong<ConfigError>(where, fmt::format("the axis from {} to {} is no range. Hint: reversed = true turns an axis round", *axis.low, *axis.high));
}

void check_mark(const std::string& where, const Line& line) {
  std::string what = fmt::format("{}, line '{}'", where, printable(line.name));
  if (!line.x.empty() && line.x.size() != line.y.size()) wrong<ShapeError>(what, fmt::format("{} x and {} y", line.x.size(), line.y.size()));
  if (line.low.size() != line.high.size() || (!line.low.empty() && line.low.size() != line.y.size()))
    wrong<ShapeError>(what, fmt::format("a band of {} low and {} high ends around {} y", line.low.size(), line.high.size(), line.y.size()));
}

void check_mark(const std::string& where, const Bars& bars) {
  std::string what = fmt::format("{}, bars '{}'", where, printable(bars.name));
  if (!bars.x.empty() && bars.x.size() != bars.y.size()) wrong<ShapeError>(what, fmt::format("{} x and {} y", bars.x.size(), bars.y.size()));
  if (!bars.edges.empty() && bars.edges.size() != bars.y.size() + 1)
    wrong<ShapeError>(what, fmt::format("{} edges for {} y; there is one edge more than bars", bars.edges.size(), bars.y.size()));
}

void check_mark(const std::string& where, const Heat& heat) {
  std::string what = where + ", heat map";
  if (heat.rows < 0 || heat.columns < 0 || heat.rows > (1 << 24) || heat.columns > (1 << 24) ||
      uint64_t(heat.rows) * uint64_t(heat.columns) != heat.values.size())
    wrong<ShapeError>(what, fmt::format("{} values for {} rows of {} columns", heat.values.size(), heat.rows, heat.columns));
  if (!heat.text.empty() && heat.text.size() != heat.values.size())
    wrong<ShapeError>(what, fmt::format("{} texts for {} values", heat.text.size(), heat.values.size()));
  if ((heat.low && !(std::abs(*heat.low) <= largest)) || (heat.high && !(std::abs(*heat.high) <= largest)) ||
      (heat.low && heat.high && *heat.low >= *heat.high))
    wrong<ConfigError>(what, "the ends of its colours are no range");
  for (const auto& r : {heat.x, heat.y})
    if (r && !(std::abs(r->low) <= largest && std::abs(r->high) <= largest && r->low < r->high))
      wrong<ConfigError>(what, fmt::format("it cannot cover {} to {}", r->low, r->high));
}

void check_lengths(const std::string& what, size_t x, size_t y) {
  if (x != y) wrong<ShapeError>(what, fmt::format("{} x and {} y", x, y));
}

void check_labels(const std::string& what, const std::vector<std::string>& labels, size_t count, const char* of) {
  if (!labels.empty() && labels.size() != count) wrong<ShapeError>(what, fmt::format("{} labels for {} {}", labels.size(), count, of));
}

void check_class(const std::string& what, int64_t c, int64_t least) {
  if (c < least || c >= max_classes) wrong<ConfigError>(what, fmt::format("a class is {}; classes are 0 to {}", c, max_classes - 1));
}

void check_grid(const std::string& what, int64_t rows, int64_t columns, size_t values, const std::optional<Range>& x, const std::optional<Range>& y) {
  if (rows < 0 || columns < 0 || rows > (1 << 24) || columns > (1 << 24) || uint64_t(rows) * uint64_t(columns) != values)
    wrong<ShapeError>(what, fmt::format("{} values for {} rows of {} columns", values, rows, columns));
  for (const auto& r : {x, y})
    if (r && !(std::abs(r->low) <= largest && std::abs(r->high) <= largest && r->low < r->high))
      wrong<ConfigError>(what, fmt::format("it cannot cover {} to {}", r->low, r->high));
}

void check_mark(const std::string& where, const Scatter& scatter) {
  const std::string what = fmt::format("{}, points '{}'", where, printable(scatter.name));
  check_lengths(what, scatter.x.size(), scatter.y.size());
  if (!scatter.classes.empty() && scatter.classes.size() != scatter.y.size())
    wrong<ShapeError>(what, fmt::format("{} classes for {} points", scatter.classes.size(), scatter.y.size()));
  for (int64_t c : scatter.classes) check_class(what, c, 0);
  check_labels(what, scatter.labels, scatter.y.size(), "points");
  if (!(scatter.size >= 0 && scatter.size <= 100)) wrong<ConfigError>(what, fmt::format("a radius of {} pixels; it is 0 to 100", scatter.size));
}

void check_mark(const std::string& where, const Regions& regions) {
  const std::string what = where + ", regions";
  check_grid(what, regions.rows, regions.columns, regions.classes.size(), regions.x, regions.y);
  for (int64_t c : regions.classes)
    if (c >= 0) check_class(what, c, 0);
}

void check_mark(const std::string& where, const Contours& contours) {
  const std::string what = fmt::format("{}, contours '{}'", where, printable(contours.name));
  check_grid(what, contours.rows, contours.columns, contours.values.size(), contours.x, contours.y);
  if (contours.levels.size() > max_levels) wrong<ConfigError>(what, fmt::format("{} levels; at most {}", contours.levels.size(), max_levels));
}

void check_mark(const std::string& where, const Arrows& arrows) {
  const std::string what = fmt::format("{}, arrows '{}'", where, printable(arrows.name));
  check_lengths(what, arrows.x.size(), arrows.y.size());
  if (arrows.dx.size() != arrows.dy.size()) wrong<ShapeError>(what, fmt::format("{} dx and {} dy", arrows.dx.size(), arrows.dy.size()));
  if (!arrows.x.empty() && arrows.x.size() != arrows.dx.size())
    wrong<ShapeError>(what, fmt::format("{} beginnings for {} arrows", arrows.x.size(), arrows.dx.size()));
  check_labels(what, arrows.labels, arrows.dx.size(), "arrows");
  if (!(std::abs(arrows.scale) <= largest)) wrong<ConfigError>(what, fmt::format("its scale is {}", arrows.scale));
}

void check_panel(const std::string& where, const Axes& axes) {
  check_axis(where + ", x", axes.x);
  check_axis(where + ", y", axes.y);
  if (axes.equal && (axes.x.log || axes.y.log || axes.horizontal)) wrong<ConfigError>(where, "equal units need two linear axes");
  if (!(axes.height >= 0 && axes.height <= 8192)) wrong<ConfigError>(where, fmt::format("a height of {} pixels", axes.height));
  for (const Element& e : axes.elements) {
    std::visit([&](const auto& mark) { check_mark(where, mark); }, e);
    if (axes.horizontal && !std::holds_alternative<Bars>(e)) wrong<ConfigError>(where, "horizontal axes hold bars only");
  }
}

void check_panel(const std::string& where, const Images& images) {
  if (images.columns < 0 || images.size < 0 || images.columns > 4096 || images.size > 8192)
    wrong<ConfigError>(where, fmt::format("{} columns of images {} pixels wide", images.columns, images.size));
  for (size_t i = 0; i < images.tiles.size(); i++) {
    const Image& p = images.tiles[i].image;
    if (p.width < 0 || p.height < 0 || p.width > max_image_side || p.height > max_image_side || (p.channels != 1 && p.channels != 3) ||
        size_t(p.width * p.height * p.channels) != p.pixels.size())
      wrong<ShapeError>(where,
                        fmt::format("image {} has {} bytes for {} x {} pixels of {} channels", i, p.pixels.size(), p.width, p.height, p.channels));
    for (const Box& b : images.tiles[i].boxes)
      for (double v : {b.x, b.y, b.width, b.height})
        if (!(std::abs(v) <= 1e6)) wrong<ConfigError>(where, fmt::format("image {} has a box at {}", i, v));
  }
}

void check_panel(const std::string&, const Table&) {}

void check_panel(const std::string& where, const Graph& graph) {
  for (const Link& l : graph.links)
    for (size_t end : {l.from, l.to})
      if (end >= graph.nodes.size())
        wrong<IndexError>(where, fmt::format("a link from {} to {}; there are {} nodes, the first is 0", l.from, l.to, graph.nodes.size()));
  const std::vector<size_t> sorted = sorted_nodes(graph);
  for (size_t i = 0; i < graph.nodes.size() && sorted.size() < graph.nodes.size(); i++)
    if (std::find(sorted.begin(), sorted.end(), i) == sorted.end())
      wrong<ConfigError>(
          where, fmt::format("the links form a cycle at or before node '{}'. Hint: links run from inputs to results", printable(called(graph, i))));
}

}  // namespace

void Figure::check() const {
  for (size_t i = 0; i < panels.size(); i++)
    std::visit([&](const auto& p) { check_panel(p.title.empty() ? fmt::format("panel {}", i + 1) : "panel '" + printable(p.title) + "'", p); },
               panels[i]);
}

}  // namespace cairn::plot
