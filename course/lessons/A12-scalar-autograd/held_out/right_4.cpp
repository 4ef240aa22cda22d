// right
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

static void visit(const Value& v, std::unordered_set<Node*>& seen, std::vector<Node*>& order) {
  if (!seen.insert(v.get()).second) return;
  for (const Value& input : v->inputs) visit(input, seen, order);
  order.push_back(v.get());
}

void backward(const Value& result) {
  std::unordered_set<Node*> seen;
  std::vector<Node*> order;
  visit(result, seen, order);
  for (Node* n : order) n->grad = 0;
  result->grad = 1;
  for (size_t k = order.size(); k-- > 0;)
    for (size_t i = 0; i < order[k]->inputs.size(); i++) order[k]->inputs[i]->grad += order[k]->slopes[i] * order[k]->grad;
}
