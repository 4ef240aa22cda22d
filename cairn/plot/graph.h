// Where the nodes of a computation graph stand: layers by their longest way from an input, an order within each that keeps links from
// crossing, places within each that keep them straight (after Sugiyama, Tagawa and Toda 1981).
#pragma once

#include <string>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

inline constexpr size_t max_nodes = 150;

// Numbers of the nodes so that each stands behind those it is computed from; shorter than the nodes when there is a cycle.
std::vector<size_t> sorted_nodes(const Graph& graph);
// The graph with its first max_nodes nodes, where there are more.
Graph first_nodes(const Graph& graph, std::vector<std::string>& notes);

struct Placed {
  int64_t node;  // -1: a link passes here
  int layer;
  double at;  // across the layers, the middle
  double thickness;
};
struct Route {
  size_t link;
  std::vector<size_t> stops;  // numbers of places, from the node at its beginning to the one at its end
};
struct Layout {
  std::vector<Placed> places;  // those of the nodes first, in their order
  std::vector<Route> routes;
  int layers = 0;
  double low = 0, high = 0;  // the ends across the layers
};
// `thickness` of the nodes across the layers; neighbours stand `gap` apart.
Layout layout_of(const Graph& graph, const std::vector<double>& thickness, double gap);

// What a node is called where it has no name: "n3".
std::string called(const Graph& graph, size_t node);
// "a * b", "tanh(h)", "" of inputs.
std::string formula(const Graph& graph, size_t node);

}  // namespace cairn::plot::detail
