// slip: a value that is used twice is counted twice
// why: You go through the graph level by level, and come to a shared value once for each of its uses. Each time it sends on all that it has
//   received so far, the first share again included. Order the values first, each once, and let each one send once.
#include <cmath>
#include <memory>
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

void clear(const Value& v) {
  v->grad = 0;
  for (const Value& input : v->inputs) clear(input);
}

void backward(const Value& result) {
  clear(result);
  result->grad = 1;
  std::vector<Value> waiting = {result};
  for (size_t k = 0; k < waiting.size(); k++) {
    const Value v = waiting[k];
    for (size_t i = 0; i < v->inputs.size(); i++) {
      v->inputs[i]->grad += v->slopes[i] * v->grad;
      waiting.push_back(v->inputs[i]);
    }
  }
}
