#include <cairn/models/receptive_field.h>

#include <algorithm>
#include <string_view>

namespace cairn {

namespace {

using Field = ReceptiveField;

// Through a window, along one axis.
FieldAxis through(const FieldAxis& x, double kernel, double stride, double padding, double dilation) {
  return {x.start - padding * x.step, x.length + (kernel - 1) * dilation * x.step, x.step * stride};
}

// All n places of an axis together: what a mean over the image or a Linear behind Flatten sees.
FieldAxis all_of(const FieldAxis& x, int64_t n) { return {x.start, x.length + double(n - 1) * x.step, 0}; }

FieldAxis both(const FieldAxis& a, const FieldAxis& b) {
  const double start = std::min(a.start, b.start);
  return {start, std::max(a.start + a.length, b.start + b.length) - start, a.step};
}

class Propagation {
 public:
  explicit Propagation(const Graph& g) : graph_(g), fields_(size_t(g.values)) {
    if (!g.inputs.empty()) at(g.inputs[0]).kind = Field::known;
    for (const GraphCall& call : g.calls) {
      const Field y = behind(call);
      for (int n : call.outputs) at(n) = y;
    }
  }
  std::vector<Field> take() { return std::move(fields_); }

 private:
  Field& at(int value) { return fields_[size_t(value)]; }
  const Shape& shape(int value) const { return graph_.shapes[size_t(value)]; }

  Field behind(const GraphCall& call) {
    Field y = meeting(call);
    if (y.kind != Field::known) return y;
    const int in = call.inputs[0];
    const Shape &from = shape(in), &to = shape(call.outputs[0]);
    const std::string_view op = call.op->name;
    if (to.rank() == 4 ? pointwise(op) : from.rank() < 4) return y;  // (behind Flatten every value sees the union already)
    if (at(in).kind != Field::known || from.rank() != 4) y.kind = Field::unknown;
    else
      for (int axis = 0; axis < 2; axis++)
        if (!along(call, axis, from[axis + 2], to.rank() == 4 ? to[axis + 2] : 1, y.axis[axis])) y.kind = Field::unknown;
    return y;
  }

  // What an op that moves pixels does to one axis of n places, m in its result; false: there is no rule for it.
  bool along(const GraphCall& call, int axis, int64_t n, int64_t m, FieldAxis& f) const {
    const std::string_view op = call.op->name;
    const Attributes& a = call.attributes;
    const auto number = [&](const char* name) { return double(a.integers(name)[size_t(axis)]); };
    if (op == "conv2d") f = through(f, double(shape(call.inputs[1])[axis + 2]), number("stride"), number("padding"), number("dilation"));
    else if (op == "max_pool2d") f = through(f, number("kernel"), number("stride"), number("padding"), number("dilation"));
    else if (op == "avg_pool2d") f = through(f, number("kernel"), number("stride"), number("padding"), 1);
    else if (op == "adaptive_avg_pool2d" || op == "adaptive_max_pool2d")
      f = m == 1 ? all_of(f, n) : through(f, double(n % m == 0 ? n / m : n / m + 2), double(n) / double(m), 0, 1);
    else if (op == "mean" || op == "sum" || op == "max") {
      for (int64_t reduced : a.integers("axes"))
        if (reduced == axis + 2 || reduced == axis - 2) f = all_of(f, n);
    } else if (op == "reshape" && m == 1) f = all_of(f, n);
    else if (op == "slice") {
      const int64_t start = a.has("start") ? a.integer("start") : 0, at = a.axis();
      if (at != axis + 2 && at != axis - 2) return true;
      f.start += double(start < 0 ? start + n : start) * f.step;
      f.step *= double(a.integer("step"));
    } else if (op == "pad") {
      const std::vector<int64_t>& amounts = a.integers("amounts");  // pairs from the last axis on
      const size_t pair = axis == 1 ? 0 : 2;
      if (amounts.size() > pair) f.start -= double(amounts[pair]) * f.step;
    } else return false;
    return true;
  }

  // Whether each place of the result is made of the same place of the inputs.
  static bool pointwise(std::string_view op) {
    for (std::string_view known :
         {"add",     "sub",        "mul",  "div",        "maximum", "minimum",   "where",           "neg",  "abs",      "exp",    "tanh",
          "sigmoid", "clamp",      "relu", "leaky_relu", "elu",     "gelu",      "gelu_tanh",       "silu", "softplus", "square", "cast",
          "clone",   "contiguous", "cat",  "batch_norm", "dropout", "dropout2d", "stochastic_depth"})
      if (op == known) return true;
    return false;
  }

  // The union of what the inputs see. Ways of another stride cannot meet, and a value for the whole image spreads over all of it.
  Field meeting(const GraphCall& call) {
    Field y;
    for (int n : call.inputs) {
      if (n < 0 || at(n).kind == Field::none) continue;
      if (at(n).kind == Field::unknown) return at(n);
      if (y.kind == Field::none) y = at(n);
      else
        for (int axis = 0; axis < 2; axis++) {
          if (y.axis[axis].step != at(n).axis[axis].step) y.kind = Field::unknown;
          y.axis[axis] = both(y.axis[axis], at(n).axis[axis]);
        }
    }
    return y;
  }

  const Graph& graph_;
  std::vector<Field> fields_;
};

}  // namespace

std::vector<ReceptiveField> receptive_fields(const Graph& graph) { return Propagation(graph).take(); }

}  // namespace cairn
