// The graph behind a tensor in Graphviz's language: boxes are calls, ellipses leaves; `dot -Tsvg` draws it.
#include <map>

#include <cairn/autograd/autograd.h>
#include <cairn/autograd/node.h>

namespace cairn {

namespace {

std::string quoted(const std::string& text) {
  std::string safe = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') safe += '\\';
    if (c == '\n') safe += "\\n";
    else safe += c;
  }
  return safe + "\"";
}

}  // namespace

std::string graph_dot(const Tensor& output) {
  std::string text = "digraph autograd {\n  rankdir=BT;\n  node [fontname=\"monospace\"];\n";
  output.array();  // StateError when it is not defined
  std::map<const void*, int> number;
  auto id = [&](const void* p) { return "n" + std::to_string(number.emplace(p, int(number.size())).first->second); };
  if (!output.impl()->edge) {
    return text + "  " + id(output.impl().get()) + " [shape=ellipse, label=" + quoted("leaf " + output.shape().str()) + "];\n}\n";
  }
  std::vector<const Node*> stack{static_cast<const Node*>(output.impl()->edge.node.get())};
  std::map<const void*, bool> seen{{stack[0], true}};
  while (!stack.empty()) {
    const Node* n = stack.back();
    stack.pop_back();
    std::string shapes;
    for (const Node::Output& o : n->outputs) shapes += " " + o.shape.str();
    text += "  " + id(n) + " [shape=box, label=" + quoted(n->name + shapes + (n->where.empty() ? "" : "\n" + n->where)) + "];\n";
    for (const Node::Input& in : n->inputs) {
      if (!in.needs) continue;
      const void* from = in.leaf ? static_cast<const void*>(in.leaf.get()) : in.edge.node.get();
      if (!seen[from]) {
        seen[from] = true;
        if (in.leaf) text += "  " + id(from) + " [shape=ellipse, label=" + quoted("leaf " + in.shape.str()) + "];\n";
        else stack.push_back(static_cast<const Node*>(in.edge.node.get()));
      }
      text += "  " + id(from) + " -> " + id(n) + ";\n";
    }
  }
  return text + "}\n";
}

}  // namespace cairn
