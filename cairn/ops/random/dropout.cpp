// Dropout: while training, each element is silenced with chance p and the others are scaled so that the mean stays.
//   y_i = u_i < p ? 0 : x_i / (1 - p),   u_i uniform in [0, 1)          x, y, dy, dx: [...]
//   dx  = the same mask and scale on dy: the map is linear, and its key draws the same u again, so no mask is stored
// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov 2014
#include <fmt/format.h>

#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>

namespace cairn {

extern const OpInfo dropout_op, dropout_with_key_op;

namespace {

void check_chance(const char* op, double p) {
  if (!(p >= 0 && p <= 1))
    throw ConfigError(fmt::format("[{}] p is a chance and must lie in [0, 1], not {}. Hint: 0.2 drops a fifth of the elements.", op, p));
}

Array dropped(const Call& op, RandomKey key, double p) {
  Array y = op.out(op[0].shape());
  if (p == 1) op.kernel().fill(y, 0);  // x / (1 - p) has no meaning
  else op.kernel().dropout(op[0], key, p, y);
  return y;
}

// The mask that `key` draws. A function of its own, so that the gradient has a gradient.
Tensor dropout_with_key(const Tensor& x, RandomKey key, double p) {
  Call op(dropout_with_key_op, {x}, {{"p", p}, {"seed", key.seed}, {"stream", key.stream}, {"offset", key.offset}});
  return op.differentiable(dropped(op, key, p), [key, p](Backward& b) { b.give(0, [&] { return dropout_with_key(b.grad(0), key, p); }); });
}

}  // namespace

Tensor dropout(const Tensor& x, double p, bool training) {
  check_chance("dropout", p);
  check_floating("dropout", x);
  if (!training || p == 0) return x;
  Call op(dropout_op, {x}, {{"p", p}});
  const RandomKey key = take_random(uint64_t(x.numel() + 3) / 4);
  return op.differentiable(dropped(op, key, p), [key, p](Backward& b) { b.give(0, [&] { return dropout_with_key(b.grad(0), key, p); }); });
}

namespace {

std::vector<Tensor> run_dropout(const std::vector<Tensor>& in, const Attributes& a) { return {dropout(in[0], a.number("p"))}; }
std::vector<Tensor> run_dropout_with_key(const std::vector<Tensor>& in, const Attributes& a) {
  check_chance("dropout_with_key", a.number("p"));
  check_floating("dropout_with_key", in[0]);
  const auto part = [&](const char* name) { return uint64_t(a.integer(name)); };
  return {dropout_with_key(in[0], {part("seed"), part("stream"), part("offset")}, a.number("p"))};
}

Samples dropout_samples() {
  Samples s(dropout_op);
  for (const Shape& x : {Shape{}, {7}, {3, 4}, {0, 3}, {2, 1, 5}}) s.add({sample_normal(x)}, {{"p", 0.4}});
  s.add({sample_normal({5})}, {{"p", 1.0}});
  s.fails({sample_normal({5})}, {{"p", 1.5}}, "[dropout] p is a chance and must lie in [0, 1], not 1.5");
  s.random("draws its mask");
  return s;
}

Samples dropout_with_key_samples() {
  Samples s(dropout_with_key_op);
  for (const Shape& x : {Shape{}, {7}, {3, 4}, {0, 3}}) s.add({sample_normal(x)}, {{"p", 0.4}, {"seed", 5}, {"stream", 0}, {"offset", 12}});
  s.add({transpose(sample_normal({3, 4}), 0, 1)}, {{"p", 0.5}, {"seed", 5}, {"stream", 1}, {"offset", 0}});
  return s;
}

}  // namespace

const OpInfo dropout_op = {"dropout", Autocast::widest, run_dropout, dropout_samples};
const OpInfo dropout_with_key_op = {"dropout_with_key", Autocast::widest, run_dropout_with_key, dropout_with_key_samples};

}  // namespace cairn
