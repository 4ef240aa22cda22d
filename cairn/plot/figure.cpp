#include <cairn/plot/figure.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/text.h>
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

void check_panel(const std::string& where, const Axes& axes) {
  check_axis(where + ", x", axes.x);
  check_axis(where + ", y", axes.y);
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

// ---- descriptions ------------------------------------------------------------------------------------------------------------------

std::string in_words(const Line& line) {
  size_t best = line.y.size(), worst = best, last = best, count = 0;
  for (size_t i = 0; i < line.y.size(); i++) {
    if (!(std::abs(line.y[i]) <= largest)) continue;
    count++;
    last = i;
    if (best == line.y.size() || line.y[i] < line.y[best]) best = i;
    if (worst == line.y.size() || line.y[i] > line.y[worst]) worst = i;
  }
  std::string name = line.name.empty() ? "A line" : line.name;
  if (count == 0) return name + ": no values.";
  auto at = [&](size_t i) { return fmt::format("{} at {}", number(line.y[i]), number(x_of(line, i), 6)); };
  if (count == 1) return fmt::format("{}: {}.", name, at(last));
  return fmt::format("{}: {} values, lowest {}, highest {}, last {}.", name, count, at(best), at(worst), at(last));
}

std::string in_words(const Bars& bars, const std::vector<std::string>& names) {
  std::string out = bars.name.empty() ? "Bars:" : bars.name + ":";
  constexpr size_t most = 12;
  if (bars.y.empty()) return out + " no values.";
  for (size_t i = 0; i < std::min(bars.y.size(), most); i++) {
    std::string place = !bars.edges.empty()                  ? number(bars.edges[i]) + " to " + number(bars.edges[i + 1])
                        : i < names.size() && bars.x.empty() ? names[i]
                                                             : number(x_of(bars, i), 6);
    out += fmt::format("{} {} {}", i ? "," : "", place, number(bars.y[i]));
  }
  return out + (bars.y.size() > most ? fmt::format(" and {} more.", bars.y.size() - most) : ".");
}

std::string in_words(const Heat& heat) {
  if (heat.values.empty()) return "An empty heat map.";
  auto less = [](double a, double b) { return std::isnan(a) ? false : std::isnan(b) || a < b; };
  double low = *std::min_element(heat.values.begin(), heat.values.end(), less), high = low;
  for (double v : heat.values) high = v > high ? v : high;
  if (std::isnan(low)) return fmt::format("A heat map of {} rows and {} columns without values.", heat.rows, heat.columns);
  return fmt::format("A heat map of {} rows and {} columns, values from {} to {}{}.", heat.rows, heat.columns, number(low), number(high),
                     heat.label.empty() ? "" : " (" + heat.label + ")");
}

std::string in_words(const Axes& axes) {
  std::string out = axes.title.empty() ? "" : axes.title + ". ";
  if (!axes.y.label.empty() && !axes.x.label.empty())
    out += fmt::format("{} by {}{}. ", axes.y.label, axes.x.label, axes.y.log ? ", logarithmic" : "");
  constexpr size_t most = 6;
  for (size_t e = 0; e < std::min(axes.elements.size(), most); e++) {
    const Element& mark = axes.elements[e];
    if (const Line* line = std::get_if<Line>(&mark)) out += line->stroke == Stroke::faint ? "" : in_words(*line) + " ";
    else if (const Bars* bars = std::get_if<Bars>(&mark)) out += in_words(*bars, axes.x.names) + " ";
    else out += in_words(std::get<Heat>(mark)) + " ";
  }
  if (axes.elements.size() > most) out += fmt::format("And {} more.", axes.elements.size() - most);
  if (axes.elements.empty()) out += "Nothing is drawn.";
  return out;
}

std::string in_words(const Images& images) {
  std::string out = images.title.empty() ? "" : images.title + ". ";
  out += fmt::format("{} image{}", images.tiles.size(), images.tiles.size() == 1 ? "" : "s");
  constexpr size_t most = 12;
  size_t said = 0;
  for (const Tile& t : images.tiles) {
    if (t.caption.empty() || said >= most) continue;
    std::string line = t.caption;
    std::replace(line.begin(), line.end(), '\n', ' ');
    out += (said++ ? "; " : ": ") + line;
  }
  return out + ".";
}

std::string in_words(const Table& table) {
  std::string out = table.title.empty() ? "" : table.title + ". ";
  out += fmt::format("A table of {} row{}", table.rows.size(), table.rows.size() == 1 ? "" : "s");
  std::vector<std::string> cells(table.header.begin(), table.header.begin() + int64_t(std::min<size_t>(table.header.size(), 12)));
  out += (cells.empty() ? "" : ": " + join(cells, ", ")) + ".";
  for (size_t r = 0; r < std::min<size_t>(table.rows.size(), 8); r++) {
    cells.assign(table.rows[r].begin(), table.rows[r].begin() + int64_t(std::min<size_t>(table.rows[r].size(), 12)));
    out += " " + join(cells, ", ") + ".";
  }
  return out;
}

}  // namespace

void Figure::check() const {
  for (size_t i = 0; i < panels.size(); i++)
    std::visit([&](const auto& p) { check_panel(p.title.empty() ? fmt::format("panel {}", i + 1) : "panel '" + printable(p.title) + "'", p); },
               panels[i]);
}

std::string Figure::described() const {
  if (!description.empty()) return description;
  std::string out;
  constexpr size_t most = 8;
  for (size_t i = 0; i < std::min(panels.size(), most); i++)
    out += (i ? " " : "") + std::string(trim(std::visit([](const auto& p) { return in_words(p); }, panels[i])));
  if (panels.size() > most) out += fmt::format(" And {} more panels.", panels.size() - most);
  return out.empty() ? "Nothing is drawn." : out;
}

}  // namespace cairn::plot
