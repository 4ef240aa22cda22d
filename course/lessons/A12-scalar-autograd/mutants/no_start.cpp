// slip: the result's own gradient is not 1 when the walk begins
// why: The derivative of the result with respect to itself is 1, and all other gradients grow from it. Without this start everything stays 0.
#include <cmath>
#include <memory>
#include <set>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0, grad = 0;
  std::vector<Value> inputs = {};
  std::vector<double> slopes = {};
};

Value made(double data, const std::vector<Value>& inputs, const std::vector<double>& slopes) {
  Value v = std::make_shared<Node>();
  v->data = data, v->inputs = inputs, v->slopes = slopes;
  return v;
}

Value value(double data) { return made(data, {}, {}); }

Value add(const Value& a, const Value& b) { return made(a->data + b->data, {a, b}, {1, 1}); }

Value mul(const Value& a, const Value& b) { return made(a->data * b->data, {a, b}, {b->data, a->data}); }

Value power(const Value& a, double n) { return made(std::pow(a->data, n), {a}, {n * std::pow(a->data, n - 1)}); }

Value relu(const Value& a) {
  const bool on = a->data > 0;
  return made(on ? a->data : 0.0, {a}, {on ? 1.0 : 0.0});
}

void visit(const Value& v, std::set<const Node*>& seen, std::vector<Value>& order) {
  if (!seen.insert(v.get()).second) return;
  for (const Value& input : v->inputs) visit(input, seen, order);
  order.push_back(v);
}

void backward(const Value& result) {
  std::set<const Node*> seen;
  std::vector<Value> order;
  visit(result, seen, order);
  for (const Value& v : order) v->grad = 0;
  for (size_t k = order.size(); k > 0; k--) {
    const Value& v = order[k - 1];
    for (size_t i = 0; i < v->inputs.size(); i++) v->inputs[i]->grad += v->slopes[i] * v->grad;
  }
}
