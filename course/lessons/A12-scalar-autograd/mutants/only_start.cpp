// slip: nothing is sent on
// why: The result has its gradient 1, and its inputs get nothing. Each value has to know its inputs and the slope along each; backward multiplies and adds.
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

void backward(const Value& result) { result->grad = 1; }
