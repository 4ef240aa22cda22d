// By another way: each value keeps a function that sends its gradient back, and an order without recursion. A value is sent on when as many
// sendings have reached it as there are uses of it (Kahn's way of ordering a graph).
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0, grad = 0;
  std::vector<Value> from = {};
  std::function<void(double)> send = [](double) {};  // how the gradient goes on; knows the inputs, not the node itself
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  Value v = value(a->data + b->data);
  v->from = {a, b};
  v->send = [a, b](double g) {
    a->grad += g;
    b->grad += g;
  };
  return v;
}

Value mul(const Value& a, const Value& b) {
  Value v = value(a->data * b->data);
  v->from = {a, b};
  v->send = [a, b](double g) {
    a->grad += g * b->data;
    b->grad += g * a->data;
  };
  return v;
}

Value power(const Value& a, double n) {
  Value v = value(std::pow(a->data, n));
  v->from = {a};
  v->send = [a, n](double g) { a->grad += g * n * std::pow(a->data, n - 1); };
  return v;
}

Value relu(const Value& a) {
  Value v = value(std::fmax(a->data, 0));
  v->from = {a};
  v->send = [a](double g) {
    if (a->data > 0) a->grad += g;
  };
  return v;
}

void backward(const Value& result) {
  std::map<Node*, int> uses;
  std::vector<Node*> waiting = {result.get()};
  uses[result.get()] = 0;
  while (!waiting.empty()) {
    Node* v = waiting.back();
    waiting.pop_back();
    v->grad = 0;
    for (const Value& input : v->from)
      if (uses[input.get()]++ == 0) waiting.push_back(input.get());
  }
  result->grad = 1;
  waiting = {result.get()};
  while (!waiting.empty()) {
    Node* v = waiting.back();
    waiting.pop_back();
    v->send(v->grad);
    for (const Value& input : v->from)
      if (--uses[input.get()] == 0) waiting.push_back(input.get());
  }
}
