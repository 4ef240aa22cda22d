// slip: a node is written down before its inputs are visited, so one that is used at two distances may send too early
// shows: u = a * b, y = u + u^2 with a = 2, b = 3: the gradient of a is 3 instead of 39
// named: mutants/preorder.cpp
#include <cmath>
#include <memory>
#include <unordered_set>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;    // the number
  double grad = 0;    // after backward(result): the derivative of result with respect to this number
  Value left, right;  // what it was made from; empty where there is none
  double left_slope = 0, right_slope = 0;
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  const Value sum = value(a->data + b->data);
  sum->left = a, sum->left_slope = 1;
  sum->right = b, sum->right_slope = 1;
  return sum;
}

Value mul(const Value& a, const Value& b) {
  const Value product = value(a->data * b->data);
  product->left = a, product->left_slope = b->data;
  product->right = b, product->right_slope = a->data;
  return product;
}

Value power(const Value& a, double n) {
  const Value result = value(std::pow(a->data, n));
  result->left = a, result->left_slope = std::pow(a->data, n - 1) * n;
  return result;
}

Value relu(const Value& a) {
  const bool on = a->data > 0;
  const Value result = value(on ? a->data : 0.0);
  result->left = a, result->left_slope = on;
  return result;
}

static void visit(Node* node, std::unordered_set<Node*>& seen, std::vector<Node*>& order) {
  if (seen.count(node)) return;
  seen.insert(node);
  order.push_back(node);
  if (node->left) visit(node->left.get(), seen, order);
  if (node->right) visit(node->right.get(), seen, order);
}

void backward(const Value& result) {
  std::unordered_set<Node*> seen;
  std::vector<Node*> order;
  visit(result.get(), seen, order);
  for (Node* node : order) node->grad = 0;
  result->grad = 1;
  for (Node* node : order) {  // result first
    if (node->left) node->left->grad += node->left_slope * node->grad;
    if (node->right) node->right->grad += node->right_slope * node->grad;
  }
}
