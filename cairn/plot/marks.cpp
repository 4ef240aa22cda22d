// Bars and heat maps in the units of the plotting area, and whose colour and name is whose.
#include <cairn/plot/series.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace cairn::plot::detail {

int colour_of(const Axes& axes, size_t element) {
  int next = classes_of(axes);
  for (size_t e = 0; e <= element; e++) {
    // What the mark asks for; areas and points of classes take none of the colours that follow each other.
    const std::optional<int> own = std::visit(
        [](const auto& mark) -> std::optional<int> {
          using M = std::decay_t<decltype(mark)>;
          if constexpr (std::is_same_v<M, Heat> || std::is_same_v<M, Regions>) return std::nullopt;
          else {
            if constexpr (std::is_same_v<M, Scatter>)
              if (!mark.classes.empty()) return std::nullopt;
            if constexpr (std::is_same_v<M, Contours>)
              if (mark.colour < 0) return std::nullopt;
            return mark.colour;
          }
        },
        axes.elements[e]);
    if (e == element) return !own ? 0 : *own >= 0 ? *own : next;
    next += own && *own < 0;
  }
  return 0;
}

const std::string& name_of(const Element& e) {
  static const std::string none;
  return std::visit(
      [](const auto& mark) -> const std::string& {
        using M = std::decay_t<decltype(mark)>;
        if constexpr (std::is_same_v<M, Heat> || std::is_same_v<M, Regions>) return none;
        else return mark.name;
      },
      e);
}

std::vector<BarBox> bars_of(const Axes& axes, size_t element, const Frame& frame) {
  const Bars& bars = std::get<Bars>(axes.elements[element]);
  size_t groups = 0, group = 0;
  for (size_t e = 0; e < axes.elements.size(); e++)
    if (const Bars* other = std::get_if<Bars>(&axes.elements[e]); other && other->edges.empty()) {
      if (e == element) group = groups;
      groups++;
    }
  const Scale& places = axes.horizontal ? frame.y : frame.x;
  const Scale& values = axes.horizontal ? frame.x : frame.y;
  std::vector<BarBox> boxes;
  for (size_t i = 0; i < bars.y.size(); i++) {
    double from, to, value = bars.y[i];
    if (!bars.edges.empty()) from = bars.edges[i], to = bars.edges[i + 1];
    else {
      from = x_of(bars, i) - 0.4 + 0.8 * double(group) / double(groups);
      to = from + 0.8 / double(groups);
    }
    double a = places.place(from), b = places.place(to), end = values.place(value), start = values.zero();
    if (a > b) std::swap(a, b);
    if (!std::isfinite(a) || !std::isfinite(b) || !std::isfinite(end) || std::abs(value) > largest || b < 0 || a > 1) continue;
    end = std::clamp(end, 0.0, 1.0);
    boxes.push_back({std::max(a, 0.0), std::min(b, 1.0), std::min(start, end), std::max(start, end), value});
  }
  // More bars than a screen has columns: neighbours become one, as high as the highest.
  constexpr size_t most = 1000;
  if (boxes.size() <= most) return boxes;
  std::vector<BarBox> fewer;
  for (size_t i = 0, stride = (boxes.size() + most - 1) / most; i < boxes.size(); i++) {
    if (i % stride == 0) {
      fewer.push_back(boxes[i]);
      continue;
    }
    BarBox& all = fewer.back();
    all = {std::min(all.a, boxes[i].a), std::max(all.b, boxes[i].b), std::min(all.low, boxes[i].low), std::max(all.high, boxes[i].high),
           std::abs(all.value) > std::abs(boxes[i].value) ? all.value : boxes[i].value};
  }
  return fewer;
}

std::optional<Axes> first_bars(const Axes& axes, std::vector<std::string>& notes) {
  size_t most = axes.x.names.size();
  for (const Element& e : axes.elements)
    if (const Bars* bars = std::get_if<Bars>(&e)) most = std::max(most, bars->y.size());
  if (most <= max_rows) return std::nullopt;
  Axes out = axes;
  out.x.names.resize(std::min(out.x.names.size(), max_rows));
  for (Element& e : out.elements)
    if (Bars* bars = std::get_if<Bars>(&e)) {
      bars->y.resize(std::min(bars->y.size(), max_rows));
      bars->x.resize(std::min(bars->x.size(), max_rows));
    }
  notes.push_back(fmt::format("the first {} of {} bars are shown", max_rows, most));
  return out;
}

Range value_range(const Heat& heat) {
  double low = INFINITY, high = -INFINITY;
  for (double v : heat.values)
    if (std::abs(v) <= largest) low = std::min(low, v), high = std::max(high, v);
  if (low > high) low = 0, high = 1;
  if (heat.map == ColourMap::diverging && !heat.low && !heat.high) low = -(high = std::max(std::abs(low), std::abs(high)));
  low = heat.low.value_or(low);
  high = heat.high.value_or(high);
  if (high > low) return {low, high};
  double around = std::max(std::abs(low), std::abs(high)) * 0.1;
  if (around == 0) around = 1;
  if (heat.low) return {low, low + around};
  if (heat.high) return {high - around, high};
  return {low - around, low + around};
}

Heat shrunk(const Heat& heat, int64_t rows, int64_t columns) {
  Heat out = heat;
  out.rows = std::min(rows, heat.rows);
  out.columns = std::min(columns, heat.columns);
  if (out.rows == heat.rows && out.columns == heat.columns) return out;
  out.text.clear();
  out.x = x_range(heat);
  out.y = y_range(heat);
  Range r = value_range(heat);  // a part of the averages' range would look stronger than it is
  out.low = r.low;
  out.high = r.high;
  std::vector<double> sums(size_t(out.rows * out.columns), 0);
  std::vector<int64_t> counts(sums.size(), 0);
  for (int64_t y = 0; y < heat.rows; y++)
    for (int64_t x = 0; x < heat.columns; x++) {
      double v = heat.values[size_t(y * heat.columns + x)];
      if (std::isnan(v)) continue;
      size_t to = size_t(y * out.rows / heat.rows * out.columns + x * out.columns / heat.columns);
      sums[to] += std::clamp(v, r.low, r.high);
      counts[to]++;
    }
  out.values.resize(sums.size());
  for (size_t i = 0; i < sums.size(); i++) out.values[i] = counts[i] ? sums[i] / double(counts[i]) : NAN;
  return out;
}

const Heat* matrix_of(const Axes& axes) {
  if (axes.elements.size() != 1) return nullptr;
  const Heat* heat = std::get_if<Heat>(&axes.elements[0]);
  return heat && !heat->x && !heat->y && !axes.x.low && !axes.x.high && !axes.y.low && !axes.y.high ? heat : nullptr;
}

}  // namespace cairn::plot::detail
