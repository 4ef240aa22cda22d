// slip: the values are walked level by level from the result, so one that is used at two distances sends before all shares have come
// shows: u = mul(a, b), y = add(u, power(u, 2)), a = 2, b = 3: grad of a is 3 instead of 39
// named: mutants/breadth_first.cpp
// named: mutants/preorder.cpp
#include <cmath>
#include <cstddef>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;
  double grad = 0;
  std::vector<Value> inputs;
  std::vector<double> slopes;  // one for each input
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

static Value made(double data, std::vector<Value> inputs, std::vector<double> slopes) {
  Value v = value(data);
  v->inputs = std::move(inputs);
  v->slopes = std::move(slopes);
  return v;
}

Value add(const Value& a, const Value& b) { return made(a->data + b->data, {a, b}, {1, 1}); }

Value mul(const Value& a, const Value& b) { return made(a->data * b->data, {a, b}, {b->data, a->data}); }

Value power(const Value& a, double n) { return made(std::pow(a->data, n), {a}, {n * std::pow(a->data, n - 1)}); }

Value relu(const Value& a) {
  const bool on = a->data > 0;
  return made(on ? a->data : 0.0, {a}, {on ? 1.0 : 0.0});
}

void backward(const Value& result) {
  std::unordered_set<Node*> seen;
  std::vector<Node*> order;
  seen.insert(result.get());
  order.push_back(result.get());
  for (size_t next = 0; next < order.size(); next++)
    for (const Value& input : order[next]->inputs)
      if (seen.insert(input.get()).second) order.push_back(input.get());
  for (Node* n : order) n->grad = 0;
  result->grad = 1;
  for (size_t k = 0; k < order.size(); k++)
    for (size_t i = 0; i < order[k]->inputs.size(); i++) order[k]->inputs[i]->grad += order[k]->slopes[i] * order[k]->grad;
}
