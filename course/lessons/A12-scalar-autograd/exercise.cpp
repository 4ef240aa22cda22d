// A12: numbers that remember how they were made, and the gradient of a result for all of them.
#include <cmath>
#include <memory>
#include <vector>

struct Node;
using Value = std::shared_ptr<Node>;  // a Value is a handle: copies of it are the same number

struct Node {
  double data = 0;  // the number
  double grad = 0;  // after backward(result): the derivative of result with respect to this number
  // Add here what backward needs to know: from which values this one was made, and the slope along each of them.
};

// A number that is not computed from others: an input or a weight.
Value value(double data) {
  Value v = std::make_shared<Node>();
  v->data = data;
  return v;
}

// a + b. The two may be one and the same value.
Value add(const Value& a, const Value& b) {
  (void)a, (void)b;  // remove this line and the next, and write yours; so below
  return value(0);
}

// a * b. The two may be one and the same value.
Value mul(const Value& a, const Value& b) {
  (void)a, (void)b;
  return value(0);
}

// a to the power of n. n is a constant that is not 0, whole or not, of either sign; its slope is n * a^(n - 1). Where a is 0, n is at least 1;
// where a is below 0, n is whole.
Value power(const Value& a, double n) {
  (void)a, (void)n;
  return value(0);
}

// a where a is above 0, else 0. Its slope is 1 where a is above 0, else 0.
Value relu(const Value& a) {
  (void)a;
  return value(0);
}

// Writes grad of `result` (it is 1) and of every value that `result` was made from, at any distance. A value that is used in several places gets
// the sum of what they send. A value may send on its own grad only when that is complete: after all values made from it. The call starts
// afresh: what an earlier call left in these grads does not count. Values that `result` was not made from may keep any grad. Nobody changes
// `data` after a value was made, and no chain is longer than a few hundred values, so recursion is fine.
void backward(const Value& result) { (void)result; }
