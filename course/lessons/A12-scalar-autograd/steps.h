// A12: a small computation that can be walked step by step: forward, then backward in an order that may be chosen, the wrong ones too.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <course/machinery/figure.h>

namespace cairn::course::a12 {

struct Item {
  std::string name, operation;  // "+", "*", "square", "relu"; "" of inputs
  std::vector<size_t> from;
  double data = 0, grad = 0;

  // How fast this moves with its input number i.
  double slope(const std::vector<Item>& all, size_t i) const {
    if (operation == "*") return all[from[1 - i]].data;
    if (operation == "square") return 2 * all[from[0]].data;
    if (operation == "relu") return all[from[0]].data > 0 ? 1 : 0;
    return 1;
  }
  void compute(const std::vector<Item>& all) {
    const double a = from.empty() ? data : all[from[0]].data;
    if (operation == "+") data = a + all[from[1]].data;
    if (operation == "*") data = a * all[from[1]].data;
    if (operation == "square") data = a * a;
    if (operation == "relu") data = std::max(a, 0.0);
  }
};

// h = relu(w x + b), y = h + h^2, loss = (y - truth)^2: h is used twice.
inline std::vector<Item> neuron(double x, double w, double b, double truth) {
  return {{"w", "", {}, w},   {"x", "", {}, x},   {"b", "", {}, b},       {"minus truth", "", {}, -truth},
          {"s", "*", {0, 1}}, {"z", "+", {4, 2}}, {"h", "relu", {5}},     {"q", "square", {6}},
          {"y", "+", {6, 7}}, {"e", "+", {8, 3}}, {"loss", "square", {9}}};
}

// y = u + u^2 with u = a b.
inline std::vector<Item> diamond(double a, double b) {
  return {{"a", "", {}, a}, {"b", "", {}, b}, {"u", "*", {0, 1}}, {"v", "square", {2}}, {"y", "+", {2, 3}}};
}

inline void visit(const std::vector<Item>& items, size_t i, std::vector<bool>& seen, std::vector<size_t>& order) {
  if (seen[i]) return;
  seen[i] = true;
  for (const size_t f : items[i].from) visit(items, f, seen, order);
  order.push_back(i);
}
// The computed items, in the order in which they send their gradients. "complete": each after all that were made from it. "level by level"
// and "as met" come too early to items that are used at different distances.
inline std::vector<size_t> order_of(const std::vector<Item>& items, const std::string& kind) {
  std::vector<size_t> order;
  std::vector<bool> seen(items.size(), false);
  if (kind == "complete") {
    visit(items, items.size() - 1, seen, order);
    std::reverse(order.begin(), order.end());
  } else {
    order = {items.size() - 1};
    seen[items.size() - 1] = true;
    for (size_t k = 0; k < order.size(); k++)
      for (const size_t f : items[order[k]].from)
        if (!seen[f]) seen[f] = true, order.push_back(f);
  }
  std::erase_if(order, [&](size_t i) { return items[i].from.empty(); });
  return order;
}
inline void send(std::vector<Item>& items, size_t i) {
  for (size_t k = 0; k < items[i].from.size(); k++) items[items[i].from[k]].grad += items[i].slope(items, k) * items[i].grad;
}
inline void compute(std::vector<Item>& items) {
  for (Item& item : items) item.compute(items);
}
inline void run(std::vector<Item>& items, const std::string& order = "complete") {
  compute(items);
  items.back().grad = 1;
  for (const size_t i : order_of(items, order)) send(items, i);
}

// The graph as it stands; `at` is the item of the step (none: beyond the last). The notes keep all frames of a slider at one width.
inline plot::Graph drawn(const std::vector<Item>& items, size_t at, bool backwards, const std::string& title = {}) {
  plot::Graph graph{.title = title};
  for (size_t i = 0; i < items.size(); i++)
    graph.node({.name = items[i].name,
                .operation = items[i].operation,
                .value = items[i].data,
                .gradient = items[i].grad,
                .note = items[i].from.empty() ? "an input's value" : "a computed value",
                .strong = i == at},
               items[i].from);
  if (at < items.size())
    for (plot::Link& link : graph.links)
      if (link.to == at) link.strong = true;
  // A blank on every link that shows no slope: all frames of a slider must have the height that labels need.
  for (plot::Link& link : graph.links) link.label = "\u00a0";
  if (backwards && at < items.size())
    for (size_t k = 0, seen = 0; k < graph.links.size(); k++)
      if (graph.links[k].to == at) {
        const double slope = items[at].slope(items, seen++);
        std::string text = std::to_string(slope);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.ends_with(".")) text.pop_back();
        graph.links[k].label = "slope " + text;
      }
  return graph;
}

}  // namespace cairn::course::a12
