// A figure said in sentences, for screen readers.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <cairn/plot/graph.h>
#include <cairn/plot/series.h>

namespace cairn::plot {
namespace {
using namespace detail;

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

std::string in_words(const Bars& bars, const std::vector<std::string>& names = {}) {
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

std::string class_named(const std::vector<std::string>& names, size_t c) { return c < names.size() ? names[c] : fmt::format("class {}", c); }

// "cats 3, dogs 4": how many of each class there are.
std::string counted(const std::vector<int64_t>& classes, const std::vector<std::string>& names, bool shares) {
  std::map<int64_t, size_t> counts;
  for (int64_t c : classes) counts[c]++;
  std::vector<std::string> parts;
  constexpr size_t most = 12;
  for (const auto& [c, count] : counts) {
    const std::string name = c < 0 ? "undecided" : class_named(names, size_t(c));
    if (parts.size() < most)
      parts.push_back(shares ? fmt::format("{} {:.0f} %", name, 100.0 * double(count) / double(classes.size())) : fmt::format("{} {}", name, count));
  }
  return join(parts, ", ") + (counts.size() > most ? fmt::format(" and {} more classes", counts.size() - most) : "");
}

std::string in_words(const Scatter& scatter) {
  double low_x = INFINITY, high_x = -INFINITY, low_y = INFINITY, high_y = -INFINITY;
  size_t count = 0;
  for (size_t i = 0; i < std::min(scatter.x.size(), scatter.y.size()); i++) {
    if (!(std::abs(scatter.x[i]) <= largest && std::abs(scatter.y[i]) <= largest)) continue;
    low_x = std::min(low_x, scatter.x[i]), high_x = std::max(high_x, scatter.x[i]);
    low_y = std::min(low_y, scatter.y[i]), high_y = std::max(high_y, scatter.y[i]);
    count++;
  }
  const std::string name = scatter.name.empty() ? "Points" : scatter.name;
  if (count == 0) return name + ": no points.";
  std::string out = count == 1 ? fmt::format("{}: 1 point at ({}, {})", name, number(low_x), number(low_y))
                               : fmt::format("{}: {} points, x from {} to {}, y from {} to {}", name, count, number(low_x), number(high_x),
                                             number(low_y), number(high_y));
  if (!scatter.classes.empty()) out += "; " + counted(scatter.classes, scatter.names, false);
  std::vector<std::string> labels;
  for (const std::string& l : scatter.labels)
    if (!l.empty() && labels.size() < 12) labels.push_back(l);
  return out + (labels.empty() ? "" : "; labelled " + join(labels, ", ")) + ".";
}

std::string in_words(const Regions& regions) {
  if (regions.classes.empty()) return "Empty regions.";
  return "Regions: " + counted(regions.classes, regions.names, true) + " of the area.";
}

std::string in_words(const Contours& contours) {
  std::vector<std::string> levels;
  for (double v : levels_of(contours))
    if (levels.size() < 16) levels.push_back(number(v));
  const std::string name = contours.name.empty() ? "Contour lines" : contours.name;
  return levels.empty() ? name + ": none." : fmt::format("{} at {}.", name, join(levels, ", "));
}

std::string in_words(const Arrows& arrows) {
  const std::string name = arrows.name.empty() ? "Arrows" : arrows.name;
  constexpr size_t most = 6;
  std::vector<std::string> parts;
  double longest = 0;
  size_t count = 0;
  for (size_t i = 0; i < arrows.dx.size(); i++) {
    const Point from = start_of(arrows, i);
    if (!(std::abs(from.x) <= largest && std::abs(from.y) <= largest && std::abs(arrows.dx[i]) <= largest && std::abs(arrows.dy[i]) <= largest))
      continue;
    count++;
    longest = std::max(longest, std::hypot(arrows.dx[i], arrows.dy[i]));
    const std::string label = i < arrows.labels.size() && !arrows.labels[i].empty() ? arrows.labels[i] + " " : "";
    parts.push_back(fmt::format("{}from ({}, {}) by ({}, {})", label, number(from.x), number(from.y), number(arrows.dx[i]), number(arrows.dy[i])));
    if (parts.size() > most) parts.pop_back();
  }
  if (count == 0) return name + ": none.";
  if (count > most) return fmt::format("{}: {}, the longest {}.", name, count, number(longest));
  return name + ": " + join(parts, "; ") + ".";
}

std::string in_words(const Axes& axes) {
  std::string out = axes.title.empty() ? "" : axes.title + ". ";
  if (!axes.y.label.empty() && !axes.x.label.empty())
    out += fmt::format("{} by {}{}. ", axes.y.label, axes.x.label, axes.y.log ? ", logarithmic" : "");
  constexpr size_t most = 6;
  for (size_t e = 0; e < std::min(axes.elements.size(), most); e++) {
    const Element& mark = axes.elements[e];
    if (const Line* line = std::get_if<Line>(&mark); line && line->stroke == Stroke::faint) continue;
    if (const Bars* bars = std::get_if<Bars>(&mark)) out += in_words(*bars, axes.x.names) + " ";
    else out += std::visit([](const auto& m) { return in_words(m); }, mark) + " ";
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

std::string in_words(const Graph& graph) {
  std::string out = graph.title.empty() ? "" : graph.title + ". ";
  out += fmt::format("A computation of {} node{}:", graph.nodes.size(), graph.nodes.size() == 1 ? "" : "s");
  constexpr size_t most = 20;
  const std::vector<size_t> order = sorted_nodes(graph);
  for (size_t k = 0; k < std::min(order.size(), most); k++) {
    const Node& n = graph.nodes[order[k]];
    const std::string from = formula(graph, order[k]);
    out += (k ? "; " : " ") + called(graph, order[k]) + (from.empty() ? "" : " = " + from);
    if (n.value) out += " = " + number(*n.value);
    if (n.gradient) out += ", gradient " + number(*n.gradient);
  }
  return out + (order.size() > most ? fmt::format("; and {} more.", order.size() - most) : ".");
}

}  // namespace

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
