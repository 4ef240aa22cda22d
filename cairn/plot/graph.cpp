#include <cairn/plot/graph.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/text.h>

namespace cairn::plot::detail {
namespace {

// Places of one layer, in their order, as near to where they want to be as their thickness allows.
void settle(std::vector<Placed>& places, const std::vector<size_t>& layer, const std::vector<double>& wanted, double gap) {
  // Neighbours that would overlap become one block, which stands where its members want to be on average.
  struct Block {
    size_t first, last;
    double middle_sum, count, size;  // of wishes, for the block's beginning
  };
  std::vector<Block> blocks;
  for (size_t i = 0; i < layer.size(); i++) {
    const double thick = places[layer[i]].thickness + gap;
    blocks.push_back({i, i, wanted[i] - thick / 2, 1, thick});
    while (blocks.size() > 1) {
      Block &a = blocks[blocks.size() - 2], &b = blocks.back();
      if (a.middle_sum / a.count + a.size <= b.middle_sum / b.count + 1e-9) break;
      a.middle_sum += b.middle_sum - a.size * b.count;
      a.count += b.count;
      a.size += b.size;
      a.last = b.last;
      blocks.pop_back();
    }
  }
  for (const Block& block : blocks) {
    double at = block.middle_sum / block.count;
    for (size_t i = block.first; i <= block.last; i++) {
      const double thick = places[layer[i]].thickness + gap;
      places[layer[i]].at = at + thick / 2;
      at += thick;
    }
  }
}

}  // namespace

std::vector<size_t> sorted_nodes(const Graph& graph) {
  std::vector<size_t> missing(graph.nodes.size(), 0), out;
  std::vector<std::vector<size_t>> next(graph.nodes.size());
  for (const Link& l : graph.links) {
    missing[l.to]++;
    next[l.from].push_back(l.to);
  }
  for (size_t i = 0; i < missing.size(); i++)
    if (missing[i] == 0) out.push_back(i);
  for (size_t k = 0; k < out.size(); k++)
    for (size_t to : next[out[k]])
      if (--missing[to] == 0) out.push_back(to);
  return out;
}

Graph first_nodes(const Graph& graph, std::vector<std::string>& notes) {
  Graph out = graph;
  if (graph.nodes.size() <= max_nodes) return out;
  notes.push_back(fmt::format("the first {} of {} nodes are shown", max_nodes, graph.nodes.size()));
  out.nodes.resize(max_nodes);
  std::erase_if(out.links, [](const Link& l) { return l.from >= max_nodes || l.to >= max_nodes; });
  return out;
}

Layout layout_of(const Graph& graph, const std::vector<double>& thickness, double gap) {
  Layout out;
  const size_t n = graph.nodes.size();
  if (n == 0) return out;
  const std::vector<size_t> order = sorted_nodes(graph);
  std::vector<int> layer(n, 0);
  for (size_t i : order)
    for (const Link& l : graph.links)
      if (l.from == i) layer[l.to] = std::max(layer[l.to], layer[i] + 1);
  // Inputs stand just before they are needed.
  for (auto i = order.rbegin(); i != order.rend(); ++i) {
    int nearest = -1;
    bool input = true;
    for (const Link& l : graph.links) {
      if (l.from == *i) nearest = nearest < 0 ? layer[l.to] - 1 : std::min(nearest, layer[l.to] - 1);
      input = input && l.to != *i;
    }
    if (input && nearest >= 0) layer[*i] = nearest;
  }
  for (size_t i = 0; i < n; i++) {
    out.places.push_back({int64_t(i), layer[i], 0, thickness[i]});
    out.layers = std::max(out.layers, layer[i] + 1);
  }
  for (size_t l = 0; l < graph.links.size(); l++) {
    const Link& link = graph.links[l];
    Route route{l, {link.from}};
    for (int k = layer[link.from] + 1; k < layer[link.to]; k++) {
      route.stops.push_back(out.places.size());
      out.places.push_back({-1, k, 0, gap / 2});
    }
    route.stops.push_back(link.to);
    out.routes.push_back(std::move(route));
  }
  std::vector<std::vector<size_t>> layers(size_t(out.layers)), before(out.places.size()), after(out.places.size());
  for (const Route& r : out.routes)
    for (size_t k = 1; k < r.stops.size(); k++) {
      after[r.stops[k - 1]].push_back(r.stops[k]);
      before[r.stops[k]].push_back(r.stops[k - 1]);
    }
  for (size_t p = 0; p < out.places.size(); p++) layers[size_t(out.places[p].layer)].push_back(p);
  // Order: each place at the mean rank of its neighbours, from left to right and back.
  std::vector<double> rank(out.places.size(), 0);
  auto number_layer = [&](const std::vector<size_t>& l) {
    for (size_t i = 0; i < l.size(); i++) rank[l[i]] = (double(i) + 0.5) / double(l.size());
  };
  for (const auto& l : layers) number_layer(l);
  constexpr int sweeps = 12;
  for (int s = 0; s < sweeps; s++)
    for (size_t k = 0; k < layers.size(); k++) {
      std::vector<size_t>& l = layers[s % 2 ? layers.size() - 1 - k : k];
      const auto& neighbours = s % 2 ? after : before;
      std::vector<double> key = rank;
      for (size_t p : l) {
        if (neighbours[p].empty()) continue;
        double sum = 0;
        for (size_t q : neighbours[p]) sum += rank[q];
        key[p] = sum / double(neighbours[p].size());
      }
      std::stable_sort(l.begin(), l.end(), [&](size_t a, size_t b) { return key[a] < key[b]; });
      number_layer(l);
    }
  // Places: where the neighbours on both sides are, on average.
  for (auto& l : layers) {
    std::vector<double> wanted(l.size(), 0);
    settle(out.places, l, wanted, gap);
  }
  for (int s = 0; s < sweeps; s++)
    for (size_t k = 0; k < layers.size(); k++) {
      const std::vector<size_t>& l = layers[s % 2 ? layers.size() - 1 - k : k];
      std::vector<double> wanted;
      for (size_t p : l) {
        double sum = 0;
        for (size_t q : before[p]) sum += out.places[q].at;
        for (size_t q : after[p]) sum += out.places[q].at;
        const size_t count = before[p].size() + after[p].size();
        wanted.push_back(count ? sum / double(count) : out.places[p].at);
      }
      settle(out.places, l, wanted, gap);
    }
  out.low = INFINITY;
  out.high = -INFINITY;
  for (const Placed& p : out.places) {
    out.low = std::min(out.low, p.at - p.thickness / 2);
    out.high = std::max(out.high, p.at + p.thickness / 2);
  }
  return out;
}

std::string called(const Graph& graph, size_t node) { return graph.nodes[node].name.empty() ? fmt::format("n{}", node) : graph.nodes[node].name; }

std::string formula(const Graph& graph, size_t node) {
  const std::string& operation = graph.nodes[node].operation;
  std::vector<std::string> inputs;
  for (const Link& l : graph.links)
    if (l.to == node) inputs.push_back(called(graph, l.from));
  if (operation.empty() && inputs.empty()) return "";
  const bool sign = !operation.empty() && std::string_view("+-*/@").find(operation[0]) != std::string_view::npos && operation.size() == 1;
  if (sign && inputs.size() == 2) return inputs[0] + " " + operation + " " + inputs[1];
  return operation + "(" + join(inputs, ", ") + ")";
}

}  // namespace cairn::plot::detail
