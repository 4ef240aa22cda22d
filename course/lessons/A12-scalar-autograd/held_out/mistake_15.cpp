// slip: the slope of relu at exactly 0 is 1
// shows: y = relu(a) with a = 0: grad of a is 1 instead of 0
// named: mutants/relu_at_0.cpp
#include <cmath>
#include <functional>
#include <memory>
#include <set>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;

struct Node {
  double data = 0;
  double grad = 0;
  std::vector<Value> parents;
  std::vector<double> local;
};

Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

Value add(const Value& a, const Value& b) {
  auto r = value(a->data + b->data);
  r->parents = {a, b};
  r->local = {1.0, 1.0};
  return r;
}

Value mul(const Value& a, const Value& b) {
  auto r = value(a->data * b->data);
  r->parents = {a, b};
  r->local = {b->data, a->data};
  return r;
}

Value power(const Value& a, double n) {
  auto r = value(std::pow(a->data, n));
  r->parents = {a};
  r->local = {n * std::pow(a->data, n - 1.0)};
  return r;
}

Value relu(const Value& a) {
  auto r = value(a->data > 0 ? a->data : 0.0);
  r->parents = {a};
  r->local = {a->data >= 0 ? 1.0 : 0.0};
  return r;
}

void backward(const Value& result) {
  std::vector<Value> topo;
  std::set<Value> visited;
  std::function<void(const Value&)> build = [&](const Value& v) {
    if (visited.count(v)) return;
    visited.insert(v);
    for (const auto& p : v->parents) build(p);
    topo.push_back(v);
  };
  build(result);
  for (auto& v : topo) v->grad = 0.0;
  result->grad = 1.0;
  for (auto it = topo.rbegin(); it != topo.rend(); ++it) {
    const Value& v = *it;
    for (std::size_t i = 0; i < v->parents.size(); ++i) v->parents[i]->grad += v->local[i] * v->grad;
  }
}
