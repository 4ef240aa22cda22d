// Computation graphs as text: a line a node, each below those it is computed from.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
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
  for (const Link& l : graph.links) labels = labels || l.shows_label();
  Table table{.header = {"node", "formula"}};
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
      if (l.to == i && l.shows_label()) along += (along.empty() ? "" : ", ") + called(graph, l.from) + ": " + l.label;
    if (labels) row.push_back(along);
    table.rows.push_back(std::move(row));
  }
  size_t needed = 0;
  for (size_t c = 0; c < table.header.size(); c++) {
    size_t widest = columns_of(table.header[c]);
    for (const auto& row : table.rows) widest = std::max(widest, columns_of(row[c]));
    needed += widest + (c > 0 ? 2 : 0);
  }
  if (needed <= size_t(width)) return draw_text(table, width, height, terminal, notes);
  // Too wide for a table: a paragraph a node.
  std::string out;
  auto wrap = [&](const std::string& text, const std::string& indent) {
    std::string line;
    for (const std::string& word : split(printable_on(terminal, text), ' ')) {
      if (!line.empty() && columns_of(indent + line) + 1 + columns_of(word) > size_t(width)) out += indent + std::exchange(line, "") + "\n";
      line += (line.empty() ? "" : " ") + cut_to(word, size_t(width) - indent.size());
    }
    out += indent + line + "\n";
  };
  for (const auto& row : table.rows) {
    const std::string name = row[0].substr(row[0].find_first_not_of(' ') == std::string::npos ? 0 : row[0].find_first_not_of(' '));
    wrap(row[1] == "input" ? name : name + " = " + row[1], "");
    std::vector<std::string> parts;
    for (size_t c = 2; c < row.size(); c++)
      if (!row[c].empty()) parts.push_back((table.header[c].empty() ? "" : table.header[c] + " ") + row[c]);
    if (!parts.empty()) wrap(join(parts, ", "), "    ");
  }
  return out;
}

}  // namespace cairn::plot::detail
