// slip: the two slopes of mul are swapped
// shows: y = mul(a, b) with a = 2, b = 3: grad of a is 2 instead of 3
// named: mutants/mul_own.cpp
#include <cmath>
#include <map>
#include <memory>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;
  double grad = 0;
  // Where this number came from: at most two values, and how fast it moves with each.
  Value left = nullptr, right = nullptr;
  double left_slope = 0, right_slope = 0;
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  Value sum = value(a->data + b->data);
  sum->left = a;
  sum->right = b;
  sum->left_slope = 1;
  sum->right_slope = 1;
  return sum;
}

Value mul(const Value& a, const Value& b) {
  Value product = value(a->data * b->data);
  product->left = a;
  product->right = b;
  product->left_slope = a->data;
  product->right_slope = b->data;
  return product;
}

Value power(const Value& a, double n) {
  Value result = value(std::pow(a->data, n));
  result->left = a;
  result->left_slope = n * std::pow(a->data, n - 1);
  return result;
}

Value relu(const Value& a) {
  Value result = value(0);
  result->left = a;
  if (a->data > 0) {
    result->data = a->data;
    result->left_slope = 1;
  }
  return result;
}

// Counts how many uses of each value are still to send; a value sends when none is left.
void backward(const Value& result) {
  std::map<Node*, int> waiting;
  std::vector<Node*> stack = {result.get()};
  waiting[result.get()] = 0;
  while (!stack.empty()) {
    Node* n = stack.back();
    stack.pop_back();
    n->grad = 0;
    for (const Value* input : {&n->left, &n->right}) {
      if (*input == nullptr) continue;
      const bool is_new = waiting.count(input->get()) == 0;
      waiting[input->get()]++;
      if (is_new) stack.push_back(input->get());
    }
  }
  result->grad = 1;
  std::vector<Node*> ready = {result.get()};
  while (!ready.empty()) {
    Node* n = ready.back();
    ready.pop_back();
    auto send = [&](const Value& input, double slope) {
      if (!input) return;
      input->grad += slope * n->grad;
      if (--waiting[input.get()] == 0) ready.push_back(input.get());
    };
    send(n->left, n->left_slope);
    send(n->right, n->right_slope);
  }
}
