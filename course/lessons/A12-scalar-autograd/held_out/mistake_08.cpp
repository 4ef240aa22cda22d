// slip: inputs and slopes stand in a map, where a value that is used twice by one step has room for one slope only
// shows: add(a, a) with a = 3: the gradient of a is 1 instead of 2
// named: mutants/same_input_once.cpp
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;                 // the number
  double grad = 0;                 // after backward(result): the derivative of result with respect to this number
  std::map<Value, double> slopes;  // slope along each value that this one was made from
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  Value v = value(a->data + b->data);
  v->slopes[a] = 1;
  v->slopes[b] = 1;
  return v;
}

Value mul(const Value& a, const Value& b) {
  Value v = value(a->data * b->data);
  v->slopes[a] = b->data;
  v->slopes[b] = a->data;
  return v;
}

Value power(const Value& a, double n) {
  Value v = value(std::pow(a->data, n));
  v->slopes[a] = n * std::pow(a->data, n - 1);
  return v;
}

Value relu(const Value& a) {
  Value v = value(a->data > 0 ? a->data : 0);
  v->slopes[a] = a->data > 0 ? 1 : 0;
  return v;
}

void backward(const Value& result) {
  std::vector<Value> order;
  std::set<Value> seen;
  std::function<void(const Value&)> visit = [&](const Value& v) {
    if (seen.count(v)) return;
    seen.insert(v);
    for (auto& entry : v->slopes) visit(entry.first);
    order.push_back(v);
  };
  visit(result);
  for (auto& v : order) v->grad = 0;
  result->grad = 1;
  for (auto it = order.rbegin(); it != order.rend(); ++it)
    for (auto& [input, slope] : (*it)->slopes) input->grad += slope * (*it)->grad;
}
