// slip: the slopes of a product are not crossed: each factor gets itself
// shows: y = a * b with a = 2, b = 3: the gradient of a is 2 instead of 3
// named: mutants/mul_own.cpp
#include <cmath>
#include <memory>
#include <unordered_map>
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
  product->left = a;
  product->right = b;
  product->left_slope = a->data;
  product->right_slope = b->data;
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

// No recursion: first count how often each value is used below result, then send on whatever has no use left to wait for.
void backward(const Value& result) {
  std::unordered_map<Node*, int> waiting{{result.get(), 0}};
  std::vector<Node*> todo{result.get()};
  while (!todo.empty()) {
    Node* n = todo.back();
    todo.pop_back();
    n->grad = 0;
    for (Node* input : {n->left.get(), n->right.get()}) {
      if (!input) continue;
      const auto [place, is_new] = waiting.try_emplace(input, 0);
      ++place->second;
      if (is_new) todo.push_back(input);
    }
  }
  result->grad = 1;
  todo.push_back(result.get());
  while (!todo.empty()) {
    Node* n = todo.back();
    todo.pop_back();
    const auto send = [&](Node* input, double slope) {
      if (!input) return;
      input->grad += slope * n->grad;
      if (--waiting[input] == 0) todo.push_back(input);
    };
    send(n->left.get(), n->left_slope);
    send(n->right.get(), n->right_slope);
  }
}
