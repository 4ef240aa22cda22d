// A13: a small network as a graph of matrices, walked forward and back; a product of gradients as pictures; how gradients shrink or grow on the
// way back through many layers.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include <course/machinery/figure.h>

#include "net.h"

namespace cairn::course {

namespace {

std::string shape_of(const a13::Matrix& m) { return "shape [" + std::to_string(m.rows) + ", " + std::to_string(m.columns) + "]"; }
double rounded(double x) { return std::round(100 * x) / 100; }

struct Operation {
  const char *name, *operation;
  std::vector<size_t> from;
  const char *forward, *backward;
};
const std::vector<Operation> operations = {
    {"x", "", {}, "", ""},
    {"W1", "", {}, "", ""},
    {"b1", "", {}, "", ""},
    {"W2", "", {}, "", ""},
    {"minus y", "", {}, "", ""},
    {"u", "product", {0, 1}, "u = x W1: [4, 3] times [3, 5]", "x gets du W1^T, W1 gets x^T du, a matrix [3, 5] as W1 itself"},
    {"z", "+", {5, 2}, "z = u + b1: the row b1 is repeated for all four rows", "u gets dz as it is; b1 gets the sum of dz over the four rows"},
    {"h", "relu", {6}, "h = relu(z), element by element", "z gets dh where z was above 0, else 0"},
    {"p", "product", {7, 3}, "p = h W2: [4, 5] times [5, 1]", "h gets dp W2^T, W2 gets h^T dp"},
    {"e", "+", {8, 4}, "e = p - y: the errors", "p gets de as it is"},
    {"loss", "mean square", {9}, "the loss is the mean of the squares", "e gets 2/4 times itself"}};

void trace(Book& book) {
  Random random(5);
  std::vector<a13::Matrix> value(operations.size()), grad(operations.size());
  value[0] = a13::random_matrix(random, 4, 3, 1), value[1] = a13::random_matrix(random, 3, 5, 0.8), value[2] = a13::random_matrix(random, 1, 5, 0.5);
  value[3] = a13::random_matrix(random, 5, 1, 0.8), value[4] = a13::random_matrix(random, 4, 1, 1);
  const auto plus = [](a13::Matrix a, const a13::Matrix& b) {
    for (size_t i = 0; i < a.v.size(); i++) a.v[i] += b.v[i % b.v.size()];
    return a;
  };
  value[5] = a13::product(value[0], value[1]), value[6] = plus(value[5], value[2]), value[7] = value[6];
  for (double& x : value[7].v) x = std::max(x, 0.0);
  value[8] = a13::product(value[7], value[3]), value[9] = plus(value[8], value[4]), value[10] = a13::zeros(1, 1);
  for (const double x : value[9].v) value[10].v[0] += x * x / 4;
  grad[10] = {1, 1, {1}}, grad[9] = value[9];
  for (double& x : grad[9].v) x *= 0.5;
  grad[8] = grad[4] = grad[9];
  grad[7] = a13::product(grad[8], a13::transposed(value[3])), grad[3] = a13::product(a13::transposed(value[7]), grad[8]), grad[6] = grad[7];
  for (size_t i = 0; i < grad[6].v.size(); i++) grad[6].v[i] *= value[6].v[i] > 0 ? 1 : 0;
  grad[5] = grad[6], grad[2] = a13::zeros(1, 5);
  for (size_t i = 0; i < grad[6].v.size(); i++) grad[2].v[i % 5] += grad[6].v[i];
  grad[0] = a13::product(grad[5], a13::transposed(value[1])), grad[1] = a13::product(a13::transposed(value[0]), grad[5]);

  std::vector<bool> computed(operations.size(), false), sent(operations.size(), false);
  std::vector<Frame> frames;
  const auto frame = [&](size_t at, const std::string& says) {
    plot::Graph graph;
    for (size_t i = 0; i < operations.size(); i++)
      graph.node({.name = operations[i].name,
                  .operation = operations[i].operation,
                  .value = computed[i] || operations[i].from.empty() ? rounded(a13::size_of(value[i])) : 0,
                  .gradient = sent[i] ? rounded(a13::size_of(grad[i])) : 0,
                  .note = shape_of(value[i]),
                  .strong = i == at},
                 operations[i].from);
    for (plot::Link& link : graph.links) link.strong = link.to == at;
    frames.push_back({std::to_string(frames.size()), {.title = "A network of matrices: the size of values and gradients", .panels = {graph}}, says});
  };
  frame(operations.size(), "the inputs and the weights have their values");
  for (size_t i = 5; i < operations.size(); i++) computed[i] = true, frame(i, std::string("forward: ") + operations[i].forward);
  sent[10] = true;
  frame(operations.size(), "backward begins: the loss has the gradient 1");
  for (size_t i = operations.size(); i-- > 5;) {
    for (const size_t f : operations[i].from) sent[f] = true;
    frame(i, std::string("backward: ") + operations[i].backward);
  }
  book.slider("trace", "step", std::move(frames));

  const auto heat = [](const std::string& title, const a13::Matrix& m) {
    plot::Axes axes{.title = title + " [" + std::to_string(m.rows) + ", " + std::to_string(m.columns) + "]",
                    .x = {"column"},
                    .y = {"row", false, {}, {}, {}, true},
                    .equal = true};
    axes.add(plot::Heat{.rows = int64_t(m.rows), .columns = int64_t(m.columns), .values = m.v, .map = plot::ColourMap::diverging, .scale = false});
    return axes;
  };
  book.figure("shapes", {.title = "The gradient of W1 is x transposed times du",
                         .panels = {heat("x transposed", a13::transposed(value[0])), heat("du", grad[5]), heat("dW1", grad[1])},
                         .columns = 3});
}

void depth(Book& book) {
  std::vector<Frame> frames;
  for (int k = 0; k <= 12; k++) {
    const double scale = 0.4 + 0.2 * k;
    plot::Axes axes{.title = "twelve layers, relu", .x = {"layer", false, 1, 12}, .y = {"size of the gradient at its input", true, 1e-8, 1e5}};
    char text[40], says[160];
    std::snprintf(text, sizeof text, "%.1f", scale);
    const std::vector<double> sizes = a13::flow(12, 32, 64, scale, "relu");
    axes.add(plot::Line{.name = "gradient", .y = sizes});
    std::snprintf(says, sizeof says, "the gradient has the size %.1e at the first layer and %.1e at the last", sizes.front(), sizes.back());
    frames.push_back({text, {.title = "How gradients flow", .panels = {axes}}, says});
    if (k == 1) book.number("first_small", sizes.front());
    if (k == 5) book.number("first_middle", sizes.front());
    if (k == 12) book.number("first_large", sizes.front());
  }
  book.slider("flow", "weight scale", std::move(frames));
}

void draw_a13(Book& book) {
  trace(book);
  depth(book);
}

}  // namespace

extern const LessonFigures A13_figures;
const LessonFigures A13_figures = {"A13", draw_a13};

}  // namespace cairn::course
