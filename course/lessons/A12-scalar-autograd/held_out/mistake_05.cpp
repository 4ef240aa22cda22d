// slip: the mark of a visited node stands in the node and is never taken away, so a second call passes by
// shows: y = a * b with a = 2, b = 3, then z = y * y: after backward(y) and backward(z) the gradient of a is 3 instead of 36
// named: mutants/mark_stays.cpp
#include <cmath>
#include <cstddef>
#include <memory>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;  // the number
  double grad = 0;  // after backward(result): the derivative of result with respect to this number
  std::vector<Value> inputs;
  std::vector<double> slopes;
  bool visited = false;
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  Value v = value(a->data + b->data);
  v->inputs.push_back(a);
  v->inputs.push_back(b);
  v->slopes.push_back(1);
  v->slopes.push_back(1);
  return v;
}

Value mul(const Value& a, const Value& b) {
  Value v = value(a->data * b->data);
  v->inputs.push_back(a);
  v->inputs.push_back(b);
  v->slopes.push_back(b->data);
  v->slopes.push_back(a->data);
  return v;
}

Value power(const Value& a, double n) {
  Value v = value(std::pow(a->data, n));
  v->inputs.push_back(a);
  v->slopes.push_back(n * std::pow(a->data, n - 1));
  return v;
}

Value relu(const Value& a) {
  Value v = value(0);
  double slope = 0;
  if (a->data > 0) {
    v->data = a->data;
    slope = 1;
  }
  v->inputs.push_back(a);
  v->slopes.push_back(slope);
  return v;
}

static void walk(Node* node, std::vector<Node*>& order) {
  if (node->visited) return;
  node->visited = true;
  for (std::size_t i = 0; i < node->inputs.size(); i++) walk(node->inputs[i].get(), order);
  node->grad = 0;
  order.push_back(node);
}

void backward(const Value& result) {
  std::vector<Node*> order;
  walk(result.get(), order);
  result->grad = 1;
  while (!order.empty()) {
    Node* node = order.back();
    order.pop_back();
    for (std::size_t i = 0; i < node->inputs.size(); i++) node->inputs[i]->grad += node->slopes[i] * node->grad;
  }
}
