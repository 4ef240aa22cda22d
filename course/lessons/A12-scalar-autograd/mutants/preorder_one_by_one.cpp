// slip: a gradient is sent on before it is complete
// why: You go on from an input as soon as it has a share, before the next one has got its own. A value that is used again has then sent on only a
//   part of its gradient. Order the values first, so that each one comes after all that were made from it.
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

void send(const Value& v, std::set<const Node*>& seen) {
  if (!seen.insert(v.get()).second) return;
  for (size_t i = 0; i < v->inputs.size(); i++) {
    v->inputs[i]->grad += v->slopes[i] * v->grad;
    send(v->inputs[i], seen);
  }
}

void clear(const Value& v) {
  v->grad = 0;
  for (const Value& input : v->inputs) clear(input);
}

void backward(const Value& result) {
  std::set<const Node*> seen;
  clear(result);
  result->grad = 1;
  send(result, seen);
}
