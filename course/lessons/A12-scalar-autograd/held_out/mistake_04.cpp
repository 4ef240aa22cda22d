// slip: only the inputs of the graph are cleared, the values in between keep their grads of the last call
// shows: a = 2, b = a * a, c = b * b, backward(c) twice: the gradient of a is 64 instead of 32
// named: mutants/only_inputs_cleared.cpp
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
  if (visited.count(node)) return;
  visited.insert(node);
  if (node->inputs.empty()) node->grad = 0;  // a weight or an input: start afresh
  for (Value& input : node->inputs) visit(input.get(), visited, list);
  list.push_back(node);
}

void backward(const Value& result) {
  std::set<Node*> visited;
  std::vector<Node*> list;
  visit(result.get(), visited, list);
  result->grad = 1;
  for (std::size_t k = list.size(); k-- > 0;)
    for (std::size_t i = 0; i < list[k]->inputs.size(); i++) list[k]->inputs[i]->grad += list[k]->slopes[i] * list[k]->grad;
}
