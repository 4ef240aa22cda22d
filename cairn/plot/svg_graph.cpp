// Computation graphs as SVG: a box a node, with its value and gradient; curves between them.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/plot/graph.h>
#include <cairn/plot/scale.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>

namespace cairn::plot::detail {
namespace {

constexpr double line_height = 15, padding = 8, gap = 14;

struct NodeBox {
  double width, height;
  std::string name, operation, value, gradient, note;
};

NodeBox box_of(const Node& node) {
  constexpr double most = 150;
  NodeBox box{0, 0, cut_to_width(node.name, most, 13), cut_to_width(node.operation, most), "", "", cut_to_width(node.note, most, 11)};
  if (node.value) box.value = number(*node.value);
  if (node.gradient) box.gradient = number(*node.gradient);
  const double heading = text_width(box.name, 13) + (box.name.empty() || box.operation.empty() ? 0 : 8) + text_width(box.operation);
  box.width = std::max({30.0, heading, text_width(box.note, 11)});
  if (node.value) box.width = std::max(box.width, text_width("value ", 11) + text_width(box.value));
  if (node.gradient) box.width = std::max(box.width, text_width("grad ", 11) + text_width(box.gradient));
  box.width += 2 * padding;
  const int lines = 1 + node.value.has_value() + node.gradient.has_value() + !node.note.empty();
  box.height = lines * line_height + padding;
  return box;
}

std::string box_svg(const Node& node, const NodeBox& box, double x, double y) {
  std::string out = node.strong
                        ? svg_rect(x, y, box.width, box.height,
                                   "rx=\"6\" class=\"s1\" fill=\"currentColor\" fill-opacity=\"0.16\" stroke=\"currentColor\" stroke-width=\"2\"")
                        : svg_rect(x, y, box.width, box.height, fmt::format("rx=\"{}\" class=\"a box\"", node.operation.empty() ? 2 : 6));
  double line = y + 15;
  std::string heading;
  if (!box.name.empty()) heading += fmt::format("<tspan font-weight=\"600\" font-size=\"13\">{}</tspan>", escaped(box.name));
  if (!box.operation.empty()) heading += fmt::format("<tspan{}>{}</tspan>", box.name.empty() ? "" : " dx=\"6\"", escaped(box.operation));
  out += fmt::format("<text x=\"{}\" y=\"{}\" class=\"t\" text-anchor=\"middle\">{}</text>\n", num(x + box.width / 2), num(line), heading);
  auto row = [&](const char* what, const std::string& value) {
    line += line_height;
    out += svg_text(x + padding, line, what, "class=\"q\" font-size=\"11\"") +
           svg_text(x + box.width - padding, line, value, "class=\"t\" text-anchor=\"end\"");
  };
  if (node.value) row("value", box.value);
  if (node.gradient) row("grad", box.gradient);
  if (!box.note.empty()) out += svg_text(x + box.width / 2, line + line_height, box.note, "class=\"q\" font-size=\"11\" text-anchor=\"middle\"");
  return out;
}

// Lengths along the layers and across them, for one of two directions.
struct Plan {
  bool down;  // from top to bottom
  Layout layout;
  std::vector<double> starts, sizes;  // of the layers
  double along = 0, across = 0;
  double width() const { return down ? across : along; }
};

Plan plan_of(const Graph& graph, const std::vector<NodeBox>& boxes, bool down) {
  std::vector<double> thickness;
  for (const NodeBox& b : boxes) thickness.push_back(down ? b.width : b.height);
  Plan plan{down, layout_of(graph, thickness, gap), {}, {}};
  plan.sizes.assign(size_t(plan.layout.layers), 0);
  std::vector<double> room(plan.sizes.size(), 34);  // before each layer, for links and their labels
  for (size_t i = 0; i < boxes.size(); i++) {
    double& size = plan.sizes[size_t(plan.layout.places[i].layer)];
    size = std::max(size, down ? boxes[i].height : boxes[i].width);
  }
  for (const Link& l : graph.links)
    if (!l.label.empty()) {
      double& r = room[size_t(plan.layout.places[l.to].layer)];
      r = std::max(r, down ? 44.0 : std::min(text_width(l.label, 11), 110.0) + 28);
    }
  for (size_t k = 0; k < plan.sizes.size(); k++) {
    if (k > 0) plan.along += room[k];
    plan.starts.push_back(plan.along);
    plan.along += plan.sizes[k];
  }
  plan.across = plan.layout.high - plan.layout.low;
  return plan;
}

}  // namespace

Drawing draw_svg(const Graph& given, double width, Theme, std::vector<std::string>& notes) {
  const Graph graph = first_nodes(given, notes);
  std::string out;
  double top = 0;
  if (!graph.title.empty()) {
    out += svg_text(0, 12, cut_to_width(graph.title, width, 14.6), "class=\"t\" font-size=\"13\" font-weight=\"600\"");
    top = 24;
  }
  if (graph.nodes.empty()) return {width, top + 20, out + svg_text(0, top + 14, "no nodes", "class=\"q\"")};
  std::vector<NodeBox> boxes;
  for (const Node& n : graph.nodes) boxes.push_back(box_of(n));
  Plan plan = plan_of(graph, boxes, false);
  if (plan.width() > width)  // the way in which it stays larger
    if (Plan down = plan_of(graph, boxes, true); down.width() < plan.width()) plan = std::move(down);
  const double scale = std::min(1.0, width / plan.width()), left = std::max(0.0, (width - plan.width()) / 2);
  const Layout& layout = plan.layout;

  // A place on paper: `along` the layers, `across` them.
  auto at = [&](double along, double across) { return plan.down ? Point{across - layout.low, along} : Point{along, across - layout.low}; };
  std::string links, heads, labels, nodes;
  LabelRoom room({-4, -4, plan.down ? plan.across + 8 : plan.along + 8, plan.down ? plan.along + 8 : plan.across + 8});
  for (size_t i = 0; i < boxes.size(); i++) {
    const Placed& p = layout.places[i];
    const double size = plan.down ? boxes[i].height : boxes[i].width;
    const Point corner = at(plan.starts[size_t(p.layer)] + (plan.sizes[size_t(p.layer)] - size) / 2, p.at - p.thickness / 2);
    nodes += box_svg(graph.nodes[i], boxes[i], corner.x, corner.y);
    room.taken(corner.x, corner.y, boxes[i].width, boxes[i].height);
  }
  // Where a link leaves or enters: the middle of a node's side, or both sides of a layer that it passes.
  auto side = [&](size_t place, bool leaving) {
    const Placed& p = layout.places[place];
    const double start = plan.starts[size_t(p.layer)], size = plan.sizes[size_t(p.layer)];
    const double own = p.node < 0 ? size : plan.down ? boxes[size_t(p.node)].height : boxes[size_t(p.node)].width;
    return std::pair(start + (size - own) / 2 + (leaving ? own : 0), p.at);
  };
  for (const Route& route : layout.routes) {
    const Link& link = graph.links[route.link];
    std::string path;
    for (size_t k = 1; k < route.stops.size(); k++) {
      const auto [a0, c0] = side(route.stops[k - 1], true);
      auto [a1, c1] = side(route.stops[k], false);
      const bool last = k + 1 == route.stops.size();
      const Point from = at(a0, c0), tip = at(a1, c1), to = at(last ? a1 - 6 : a1, c1);
      const double middle = (a0 + a1) / 2;
      const Point bend_a = at(middle, c0), bend_b = at(middle, c1);
      path += k == 1 ? fmt::format("M{:.1f} {:.1f}", from.x, from.y) : fmt::format("L{:.1f} {:.1f}", from.x, from.y);
      path += fmt::format("C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}", bend_a.x, bend_a.y, bend_b.x, bend_b.y, to.x, to.y);
      if (last) heads += fmt::format("<g class=\"{}\">{}</g>\n", link.strong ? "s1" : "bi", svg_head(to.x, to.y, tip.x, tip.y, 8));
      if (k == 1 && link.shows_label()) {
        // Beside the beginning of the link, where it does not turn to; at its right where it runs down.
        const std::string text = cut_to_width(link.label, 110, 11);
        const double half = text_width(text, 11) / 2;
        const Point m = plan.down ? Point{from.x + 5 + half, from.y + 9} : Point{from.x + 5 + half, from.y + (c1 < c0 - 1 ? 9 : -8)};
        labels += room.beside(m.x, m.y, 0, text, "class=\"i\" font-size=\"11\"");
      }
    }
    links += fmt::format("<path fill=\"none\" class=\"{}\" {} d=\"{}\"/>\n", link.strong ? "s1" : "a",
                         link.strong ? "stroke=\"currentColor\" stroke-width=\"2.5\"" : "stroke-width=\"1.5\"", path);
  }
  if (room.lost()) notes.push_back(fmt::format("{} label{} left out: there is no room", room.lost(), room.lost() == 1 ? "" : "s"));
  const double height = (plan.down ? plan.along : plan.across) * scale;
  out += fmt::format("<g transform=\"translate({} {}) scale({:.4f})\" fill=\"currentColor\">\n{}{}{}{}</g>\n", num(left), num(top + 2), scale, links,
                     heads, nodes, labels);
  return {width, top + height + 6, std::move(out)};
}

}  // namespace cairn::plot::detail
