// slip: nothing is cleared, a second call adds to the first
// shows: y = a * b with a = 2, b = 3, backward called twice: the gradient of a is 6 instead of 3
// named: mutants/not_cleared.cpp
#include <cmath>
#include <cstddef>
#include <memory>
#include <set>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;  // the number
  double grad = 0;  // after backward(result): the derivative of result with respect to this number
  std::vector<Value> inputs;
  std::vector<double> slopes;
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

static void collect(Node* node, std::set<Node*>& done, std::vector<Node*>& order) {
  if (!done.insert(node).second) return;
  for (const Value& input : node->inputs) collect(input.get(), done, order);
  order.push_back(node);
}

void backward(const Value& result) {
  std::set<Node*> done;
  std::vector<Node*> order;
  collect(result.get(), done, order);
  result->grad = 1;
  for (auto it = order.rbegin(); it != order.rend(); ++it)
    for (std::size_t i = 0; i < (*it)->inputs.size(); i++) (*it)->inputs[i]->grad += (*it)->slopes[i] * (*it)->grad;
}
