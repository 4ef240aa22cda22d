#include <cairn/ops/inference.h>

#include <algorithm>
#include <cmath>

namespace cairn {

extern const OpInfo conv2d_op, conv2d_relu_op, linear_op, batch_norm_op, relu_op;

namespace {

// Who makes a value, how often it is used, and which values are constants.
struct Uses {
  std::vector<int> maker, count;
  std::vector<Tensor> constant;

  explicit Uses(const Graph& g) : maker(size_t(g.values), -1), count(size_t(g.values), 0), constant(size_t(g.values)) {
    for (size_t i = 0; i < g.calls.size(); i++) {
      for (int n : g.calls[i].inputs)
        if (n >= 0) count[size_t(n)]++;
      for (int n : g.calls[i].outputs) maker[size_t(n)] = int(i);
    }
    for (int n : g.outputs) count[size_t(n)]++;
    for (const auto& [n, x] : g.constants) constant[size_t(n)] = x;
  }
  bool is_constant(int n) const { return n >= 0 && constant[size_t(n)].defined() && constant[size_t(n)].dtype() == f32; }
  // The call that makes what `n` is, if nobody else wants it.
  int only_source(int n) const { return n >= 0 && count[size_t(n)] == 1 ? maker[size_t(n)] : -1; }
};

bool same(const Tensor& a, const Tensor& b) { return a.array().storage() == b.array().storage() && a.array().offset() == b.array().offset(); }

int input(const GraphCall& c, size_t i) { return i < c.inputs.size() ? c.inputs[i] : -1; }

int add_constant(Graph& g, const Tensor& x) {
  g.constants.push_back({g.values, x});
  g.shapes.push_back(x.shape());
  return g.values++;
}

// The values of constant n, `otherwise` for each of `size` where there is none.
std::vector<double> values_of(const Uses& uses, int n, int64_t size, double otherwise) {
  return n < 0 ? std::vector<double>(size_t(size), otherwise) : uses.constant[size_t(n)].to_vector<double>();
}

Tensor from(const std::vector<double>& values, const Shape& shape) {
  Array x(shape);
  for (size_t i = 0; i < values.size(); i++) x.ptr<float>()[i] = float(values[i]);
  return Tensor(x);
}

// s w and (b - mean) s + beta
FoldedWeight folded(const Uses& uses, const GraphCall& product, const GraphCall& norm) {
  const Tensor& weight = uses.constant[size_t(product.inputs[1])];
  const int64_t O = weight.shape()[0], row = O ? weight.numel() / O : 0;
  const std::vector<double> gamma = values_of(uses, input(norm, 1), O, 1), beta = values_of(uses, input(norm, 2), O, 0),
                            mean = values_of(uses, input(norm, 3), O, 0), var = values_of(uses, input(norm, 4), O, 1);
  std::vector<double> w = weight.to_vector<double>(), b = values_of(uses, input(product, 2), O, 0);
  for (size_t o = 0; o < size_t(O); o++) {
    const double s = gamma[o] / std::sqrt(var[o] + norm.attributes.number("eps"));
    for (size_t i = 0; i < size_t(row); i++) w[o * size_t(row) + i] *= s;
    b[o] = (b[o] - mean[o]) * s + beta[o];
  }
  return {weight, uses.constant[size_t(norm.inputs[4])], from(w, weight.shape()), from(b, {O})};
}

// Can this batch norm be folded into what makes its input? The call that does, or -1.
int foldable(const Graph& g, const Uses& uses, const GraphCall& norm) {
  if (norm.op != &batch_norm_op || norm.attributes.boolean("training") || !uses.is_constant(input(norm, 3)) || !uses.is_constant(input(norm, 4)))
    return -1;
  for (size_t i : {1, 2})
    if (input(norm, i) >= 0 && !uses.is_constant(input(norm, i))) return -1;
  const int source = uses.only_source(input(norm, 0));
  if (source < 0) return -1;
  const GraphCall& product = g.calls[size_t(source)];
  const bool images = product.op == &conv2d_op;
  const bool rows = product.op == &linear_op && g.shapes[size_t(product.outputs[0])].rank() == 2;  // channels are the last axis
  if ((!images && !rows) || !uses.is_constant(input(product, 1))) return -1;
  return input(product, 2) < 0 || uses.is_constant(input(product, 2)) ? source : -1;
}

// Without calls that were emptied and constants that nobody uses any more.
Graph tidied(Graph g) {
  std::erase_if(g.calls, [](const GraphCall& c) { return !c.op; });
  const Uses uses(g);
  std::erase_if(g.constants, [&](const auto& c) { return uses.count[size_t(c.first)] == 0; });
  return g;
}

}  // namespace

Graph fold_batch_norm(const Graph& graph, FoldedWeights* shared) {
  const Uses uses(graph);
  Graph g = graph;
  for (GraphCall& norm : g.calls) {
    const int source = foldable(graph, uses, norm);
    if (source < 0) continue;
    GraphCall& product = g.calls[size_t(source)];
    FoldedWeights own, &all = shared ? *shared : own;
    const auto found = std::find_if(all.begin(), all.end(), [&](const FoldedWeight& f) {
      return same(f.weight, uses.constant[size_t(product.inputs[1])]) && same(f.running_var, uses.constant[size_t(norm.inputs[4])]);
    });
    const FoldedWeight f = found != all.end() ? *found : all.emplace_back(folded(uses, product, norm));
    product.inputs = {product.inputs[0], add_constant(g, f.folded_weight), add_constant(g, f.folded_bias)};
    if (norm.attributes.boolean("relu")) {
      norm = {&relu_op, {}, {norm.inputs[0]}, norm.outputs, norm.where};
    } else {
      product.outputs = norm.outputs;
      norm.op = nullptr;
    }
  }
  return tidied(std::move(g));
}

Graph fuse_relu(const Graph& graph) {
  const Uses uses(graph);
  Graph g = graph;
  for (GraphCall& call : g.calls) {
    if (call.op != &relu_op) continue;
    const int source = uses.only_source(input(call, 0));
    if (source < 0 || g.calls[size_t(source)].op != &conv2d_op) continue;
    g.calls[size_t(source)].op = &conv2d_relu_op;
    g.calls[size_t(source)].outputs = call.outputs;
    call.op = nullptr;
  }
  return tidied(std::move(g));
}

}  // namespace cairn
