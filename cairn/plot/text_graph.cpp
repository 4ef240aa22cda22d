// Computation graphs as text: a line a node, each below those it is computed from.
#include <algorithm>

#include <fmt/format.h>

#include <cairn/plot/graph.h>
#include <cairn/plot/scale.h>
#include <cairn/plot/text.h>

namespace cairn::plot::detail {

std::string draw_text(const Graph& given, int width, int height, const Terminal& terminal, std::vector<std::string>& notes) {
  const Graph graph = first_nodes(given, notes);
  if (graph.nodes.empty()) return "no nodes\n";
  bool values = false, gradients = false, remarks = false, labels = false, strong = false;
  for (const Node& n : graph.nodes) {
    values = values || n.value;
    gradients = gradients || n.gradient;
    remarks = remarks || !n.note.empty();
    strong = strong || n.strong;
  }
  for (const Link& l : graph.links) labels = labels || !l.label.empty();
  Table table{.header = {"node", "computed as"}};
  if (values) table.header.push_back("value");
  if (gradients) table.header.push_back("gradient");
  if (remarks) table.header.push_back("");
  if (labels) table.header.push_back("along its inputs");
  for (size_t i : sorted_nodes(graph)) {
    const Node& n = graph.nodes[i];
    std::string mark = !strong ? "" : n.strong ? terminal.unicode ? "\u25b6 " : "> " : "  ", along;
    std::vector<std::string> row = {mark + called(graph, i), formula(graph, i)};
    if (row[1].empty()) row[1] = "input";
    if (values) row.push_back(n.value ? number(*n.value) : "");
    if (gradients) row.push_back(n.gradient ? number(*n.gradient) : "");
    if (remarks) row.push_back(n.note);
    for (const Link& l : graph.links)
      if (l.to == i && !l.label.empty()) along += (along.empty() ? "" : ", ") + called(graph, l.from) + ": " + l.label;
    if (labels) row.push_back(along);
    table.rows.push_back(std::move(row));
  }
  return draw_text(table, width, height, terminal, notes);
}

}  // namespace cairn::plot::detail
