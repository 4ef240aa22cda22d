// right
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

static void visit(Node* node, std::set<Node*>& visited, std::vector<Node*>& list) {
  if (visited.count(node) > 0) return;
  visited.insert(node);
  for (std::size_t k = 0; k < node->inputs.size(); k++) visit(node->inputs[k].get(), visited, list);
  list.push_back(node);
}

void backward(const Value& result) {
  std::set<Node*> visited;
  std::vector<Node*> list;
  visit(result.get(), visited, list);
  for (std::size_t k = 0; k < list.size(); k++) list[k]->grad = 0;
  result->grad = 1;
  for (std::size_t k = list.size(); k > 0; k--) {
    Node* node = list[k - 1];
    for (std::size_t i = 0; i < node->inputs.size(); i++) node->inputs[i]->grad += node->slopes[i] * node->grad;
  }
}
