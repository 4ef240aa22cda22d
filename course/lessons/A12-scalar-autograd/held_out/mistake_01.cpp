// slip: = where += belongs: a value used twice keeps the last share only
// shows: y = u + u with u = value(3): the gradient of u is 1 instead of 2
// named: mutants/overwrites.cpp
#include <cmath>
#include <cstddef>
#include <functional>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;                             // the number
  double grad = 0;                             // after backward(result): the derivative of result with respect to this number
  std::vector<std::pair<Value, double>> from;  // an input, and the slope along it
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

static Value made(double data, std::vector<std::pair<Value, double>> from) {
  Value v = value(data);
  v->from = std::move(from);
  return v;
}

Value add(const Value& a, const Value& b) { return made(a->data + b->data, {{a, 1}, {b, 1}}); }

Value mul(const Value& a, const Value& b) { return made(a->data * b->data, {{a, b->data}, {b, a->data}}); }

Value power(const Value& a, double n) { return made(std::pow(a->data, n), {{a, n * std::pow(a->data, n - 1)}}); }

Value relu(const Value& a) { return a->data > 0 ? made(a->data, {{a, 1}}) : made(0, {{a, 0}}); }

void backward(const Value& result) {
  std::vector<Node*> order;
  std::unordered_set<Node*> seen;
  std::function<void(Node*)> visit = [&](Node* n) {
    if (seen.count(n)) return;
    seen.insert(n);
    for (auto& p : n->from) visit(p.first.get());
    order.push_back(n);
  };
  visit(result.get());
  for (Node* n : order) n->grad = 0;
  result->grad = 1;
  for (std::size_t i = order.size(); i-- > 0;)
    for (auto& [input, slope] : order[i]->from) input->grad = slope * order[i]->grad;
}
