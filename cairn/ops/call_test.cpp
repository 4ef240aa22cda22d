// The door: autocast, counting, and the contract of an op as a user of the library meets it with an op of their own.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <cairn/autograd/autograd.h>
#include <cairn/base/module_path.h>
#include <cairn/ops/graph.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/tensor/grad_mode.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

// ---- an op of a user, by the same means as the library's: y = a x^2 + b x, an own loop for its kernel
//   dx = (2 a x + b) dy
extern const OpInfo parabola_op;

Tensor parabola(const Tensor& x, double a, double b) {
  check_floating("parabola", x);
  Call op(parabola_op, {x}, {{"a", a}, {"b", b}});
  const Array from = contiguous_copy(op[0]);
  Array y = op.out(x.shape());
  visit(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (int64_t i = 0; i < y.numel(); i++) y.ptr<T>()[i] = T(a * double(from.ptr<T>()[i]) * double(from.ptr<T>()[i]) + b * double(from.ptr<T>()[i]));
  });
  return op.differentiable(y, op.save({0}), [a, b](Backward& g) { g.give(0, [&] { return (2.0 * a * g.input(0) + b) * g.grad(0); }); });
}

Inputs run_parabola(const Inputs& in, const Attributes& a) { return {parabola(in[0], a.number("a"), a.number("b"))}; }
Samples parabola_samples() {
  Samples s(parabola_op);
  s.add({sample_normal({3, 4})}, {{"a", 2.0}, {"b", -1.0}});
  s.add({transpose(sample_normal({2, 3}), 0, 1)}, {{"a", 0.5}, {"b", 3.0}});
  s.fails({ones({2}, i64)}, {{"a", 1.0}, {"b", 1.0}}, "[parabola]");
  return s;
}
int64_t parabola_flops(const std::vector<Shape>& in, const Attributes&) { return 4 * in[0].numel(); }
const OpInfo parabola_op = {"parabola", Autocast::widest, run_parabola, parabola_samples, parabola_flops};

TEST(UserOp, computes_differentiates_twice_and_is_replayed) {
  const Samples s = parabola_op.samples();
  for (const Sample& sample : s.list) {
    auto f = [&](const Inputs& v) { return run_parabola(v, sample.attributes); };
    const Inputs x{Tensor(cast_copy(sample.inputs[0].array(), f64)).set_requires_grad()};
    const GradcheckResult first = gradcheck(f, x), second = gradgradcheck(f, x);
    EXPECT_TRUE(first.ok) << first.message;
    EXPECT_TRUE(second.ok) << second.message;
    const Graph graph = trace(f, x);
    ASSERT_EQ(graph.calls.size(), 1u);
    EXPECT_EQ(list(graph.run(x)[0]), list(f(x)[0]));
  }
  for (const FailingSample& f : s.failing) EXPECT_TRUE(contains(message_of<DtypeError>([&] { run_parabola(f.inputs, f.attributes); }), f.message));
}

TEST(UserOp, is_seen_and_counted_like_any_other) {
  OpsSeen seen;
  FlopCounter flops;
  parabola(ones({5}), 1, 1);
  EXPECT_EQ(flops.total(), 20);
  EXPECT_EQ(seen.names(), std::vector<std::string>{"parabola"});
}

// ---- the contract, broken in each way. f: what backward does.
template <class F> Tensor broken(const Inputs& in, F f, std::initializer_list<int> saved = {}) {
  static const OpInfo broken_op = {"broken", Autocast::widest, nullptr, nullptr};
  Call op(broken_op, std::span<const Tensor>(in));
  Array y = op.out(in[0].shape());
  device_ops().copy(op[0], y);
  return op.differentiable(y, op.save(saved), f);
}

template <class F> std::string complaint(F f, std::initializer_list<int> saved = {}) {
  return message_of<StateError>([&] { sum(broken({leaf({1, 2}), leaf({3, 4})}, f, saved)).backward(); });
}

TEST(OpContract, each_input_that_needs_a_gradient_is_decided_about) {
  EXPECT_TRUE(contains(complaint([](Backward& b) { b.give(0, [&] { return b.grad(0); }); }),
                       "[broken] backward decided nothing about input 1: give() it a gradient or none() it with the reason"));
  EXPECT_TRUE(contains(complaint([](Backward&) {}), "decided nothing about input 0"));

  Tensor x = leaf({1, 2}), y = leaf({3, 4});
  sum(broken({x, y}, [](Backward& b) {
    b.give(0, [&] { return b.grad(0); });
    b.none(1, "it does not enter");
  })).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
  EXPECT_FALSE(y.grad().defined());
  // An input that needs none needs no decision.
  sum(broken({x, y.detach()}, [](Backward& b) { b.give(0, [&] { return b.grad(0); }); })).backward();
}

TEST(OpContract, gradients_have_their_inputs_shape_and_take_its_type) {
  EXPECT_TRUE(contains(complaint([](Backward& b) {
                         b.give(0, [&] { return sum(b.grad(0)); });
                         b.none(1, "");
                       }),
                       "[broken] backward gave input 0 a gradient of shape [] but the input is [2]"));
  EXPECT_TRUE(contains(complaint([](Backward& b) {
                         b.give(0, [&] { return Tensor(); });
                         b.none(1, "");
                       }),
                       "(not defined)"));
  Tensor x = leaf({1, 2});
  sum(broken({x}, [](Backward& b) { b.give(0, [&] { return cast(b.grad(0), f32); }); })).backward();
  EXPECT_EQ(x.grad().dtype(), f64);
}

TEST(OpContract, only_what_was_saved_and_exists_can_be_read) {
  EXPECT_TRUE(
      contains(complaint([](Backward& b) { b.give(0, [&] { return b.input(0); }); }), "backward reads input 0, which the forward did not save"));
  EXPECT_TRUE(
      contains(complaint([](Backward& b) { b.give(0, [&] { return b.output(0); }); }), "backward reads output 0, which the forward did not save"));
  EXPECT_TRUE(contains(complaint([](Backward& b) { b.give(0, [&] { return b.stored(0); }); }), "reads array 0, but the forward kept 0"));
  EXPECT_TRUE(contains(complaint([](Backward& b) { b.give(2, [&] { return b.grad(0); }); }), "speaks of input 2, but the op has 2"));
  EXPECT_TRUE(contains(complaint([](Backward& b) { b.grad(1); }), "asks for the gradient of output 1, but the op has 1"));
  EXPECT_TRUE(contains(complaint([](Backward&) {}, {2}), "save() names input 2"));
}

TEST(OpContract, saves_many_inputs_only_up_to_its_limit) {
  const Inputs many(40, leaf({1}));
  EXPECT_TRUE(contains(message_of<StateError>([&] { broken(many, [](Backward&) {}, {35}); }), "only the first 32"));
  static const OpInfo four_op = {"four", Autocast::widest, nullptr, nullptr};
  Call op(four_op, {many[0]});
  const Array a({1}, f64);
  EXPECT_TRUE(contains(message_of<StateError>([&] { op.save({}, {a, a, a, a}); }), "at most 3 arrays, not 4"));
}

TEST(OpContract, an_undefined_input_may_be_named_in_save) {
  Tensor x = leaf({1, 2});
  Tensor y = broken({x, Tensor()}, [](Backward& b) { b.give(0, [&] { return b.input(0) * b.grad(0); }); }, {0, 1});
  sum(y).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 2}));
}

TEST(OpContract, a_kept_array_that_was_written_to_is_found) {
  static const OpInfo keeper_op = {"keeper", Autocast::widest, nullptr, nullptr};
  Tensor x = leaf({1, 2}), table = tensor({5, 6}, f64);
  Call op(keeper_op, {x});
  Tensor y = op.differentiable(contiguous_copy(x.array()), op.save({}, {table.array()}),
                               [](Backward& b) { b.give(0, [&] { return b.stored(0) * b.grad(0); }); });
  table.fill_(0);
  EXPECT_TRUE(contains(message_of<StateError>([&] { sum(y).backward(); }), "[keeper] an array that the forward kept [2] is needed for backward"));
}

TEST(OpContract, once_differentiable_says_why_when_a_second_derivative_is_asked_for) {
  static const OpInfo once_op = {"fused", Autocast::widest, nullptr, nullptr};
  auto fused = [](const Tensor& x) {
    Call op(once_op, {x});
    return op.once_differentiable("its backward is one kernel", contiguous_copy(op[0]), op.save({}),
                                  [](Backward& b) { b.give(0, [&] { return b.grad(0); }); });
  };
  Tensor x = leaf({1, 2});
  sum(fused(x)).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
  EXPECT_TRUE(contains(message_of<UnsupportedError>([&] { grad({sum(fused(x))}, {x}, {}, false, true); }),
                       "[fused] has no second derivative: its backward is one kernel"));
}

TEST(OpContract, not_differentiable_ends_the_history) {
  static const OpInfo end_op = {"end", Autocast::widest, nullptr, nullptr};
  Tensor x = leaf({1, 2});
  Call op(end_op, {x});
  EXPECT_FALSE(op.not_differentiable(contiguous_copy(op[0]), "a test").requires_grad());
}

TEST(OpContract, outputs_without_a_gradient_count_as_zeros) {
  Tensor x = tensor({{3, 1, 2}}, f64).set_requires_grad();
  std::vector<Tensor> parts = split(x, 1, 1);
  sum(parts[1] * 5.0).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{0, 5, 0}));
  x.zero_grad();
  std::vector<Tensor> sorted = sort(x, 1);
  EXPECT_TRUE(sorted[0].requires_grad());
  EXPECT_FALSE(sorted[1].requires_grad());
  sum(sorted[0] * tensor({{1, 10, 100}}, f64)).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{100, 1, 10}));
}

// ---- autocast

TEST(Autocast, computes_products_in_bf16_and_gives_f32_masters_f32_gradients) {
  Tensor x = sample_normal({4, 8}, 1), w = sample_normal({3, 8}, 2).set_requires_grad(), bias = sample_normal({3}, 3).set_requires_grad(), y;
  {
    AutocastScope low;
    y = linear(x, w, bias);
    EXPECT_EQ(y.dtype(), bf16);
    EXPECT_EQ(matmul(x, transpose(w, 0, 1)).dtype(), bf16);
  }
  EXPECT_EQ(matmul(x, transpose(w, 0, 1)).dtype(), f32);
  sum(cast(y, f32)).backward();
  EXPECT_EQ(w.grad().dtype(), f32);
  EXPECT_EQ(bias.grad().dtype(), f32);
  Tensor exact = matmul(ones({1, 4}), x);
  for (int64_t i = 0; i < 8; i++) EXPECT_NEAR(w.grad().at({1, i}), exact.at({0, i}), 0.05);
}

TEST(Autocast, follows_each_ops_policy) {
  Tensor low = cast(sample_normal({4, 8}), bf16), x = sample_normal({4, 8});
  AutocastScope scope;
  int f32_ops = 0;
  for (const OpInfo* op : all_ops()) {
    if (op->autocast != Autocast::f32) continue;
    f32_ops++;
    const Samples s = op->samples();
    for (const Sample& sample : s.list) {
      Inputs in;
      for (const Tensor& t : sample.inputs) in.push_back(t.defined() && t.dtype() == f32 ? cast(t, bf16) : t);
      for (const Tensor& y : op->run(in, sample.attributes)) EXPECT_NE(y.dtype(), bf16) << op->name;
    }
  }
  EXPECT_GT(f32_ops, 0);
  EXPECT_EQ((low + x).dtype(), f32);  // widest: as without autocast
  EXPECT_EQ((low + low).dtype(), bf16);
  EXPECT_EQ(relu(low).dtype(), bf16);
}

TEST(Autocast, leaves_f64_and_whole_numbers_alone) {
  AutocastScope low;
  Tensor a = ones({2, 2}, f64);
  EXPECT_EQ(matmul(a, a).dtype(), f64);
  EXPECT_EQ(index_select(ones({3, 2}), 0, tensor({0, 1}, i64)).dtype(), f32);
}

TEST(Autocast, nests_and_is_switched_off_within) {
  Tensor a = ones({2, 2});
  AutocastScope low;
  {
    AutocastScope off(f32);
    EXPECT_EQ(matmul(a, a).dtype(), f32);
    AutocastScope on;
    EXPECT_EQ(matmul(a, a).dtype(), bf16);
  }
  EXPECT_EQ(matmul(a, a).dtype(), bf16);
  EXPECT_THROW(AutocastScope{f16}, UnsupportedError);
  EXPECT_THROW(AutocastScope{i64}, UnsupportedError);
}

TEST(Autocast, does_not_change_the_types_of_a_backward_that_runs_within_it) {
  Tensor a = sample_normal({8, 8}, 1).set_requires_grad(), b = sample_normal({8, 8}, 2);
  Tensor y = sum(matmul(a, b));
  y.backward({}, true);
  const Numbers exact = list(a.grad());
  a.zero_grad();
  {
    AutocastScope low;
    y.backward();
    EXPECT_EQ(matmul(b, b).dtype(), bf16);  // and it is on again afterwards
  }
  EXPECT_EQ(list(a.grad()), exact);
}

TEST(Autocast, a_training_step_agrees_with_f32_to_the_precision_of_bf16) {
  auto gradient = [](bool low) {
    Tensor x = sample_normal({16, 32}, 1), w = (sample_normal({10, 32}, 2) * 0.1).detach().set_requires_grad();
    Tensor target = sample_index({16}, 10, 3), loss;
    {
      AutocastScope scope(low ? bf16 : f32);
      loss = cross_entropy(linear(x, w), target);
    }
    EXPECT_EQ(loss.dtype(), f32);
    loss.backward();
    return w.grad();
  };
  Tensor a = gradient(true), b = gradient(false);
  EXPECT_LT(norm(a - b).item(), 0.02 * norm(b).item());
  EXPECT_NE(list(a), list(b));
}

// ---- counting

TEST(FlopCounter, counts_products_forward_and_backward_and_nests) {
  Tensor x = ones({4, 8}), w = ones({3, 8}).set_requires_grad();
  FlopCounter outer;
  Tensor y = linear(x, w);
  EXPECT_EQ(outer.total(), 2 * 4 * 8 * 3);
  {
    FlopCounter inner;
    sum(y).backward();  // one product: dw
    EXPECT_EQ(inner.total(), 2 * 4 * 8 * 3);
  }
  EXPECT_EQ(outer.total(), 2 * (2 * 4 * 8 * 3));
  matmul(ones({5, 2, 3}), ones({3, 4}));
  EXPECT_EQ(outer.total(), 2 * (2 * 4 * 8 * 3) + 2 * 5 * 2 * 3 * 4);
}

TEST(FlopCounter, stops_with_its_scope) {
  int64_t total = 0;
  {
    FlopCounter counter;
    matmul(ones({2, 2}), ones({2, 2}));
    total = counter.total();
  }
  EXPECT_EQ(total, 16);
  EXPECT_EQ(detail::modes.watchers, 0u);
}

TEST(OpsSeen, names_each_op_once_also_in_backward) {
  Tensor x = ones({2}).set_requires_grad();
  OpsSeen seen;
  sum(exp(x) * exp(x)).backward();
  for (const char* name : {"exp", "mul", "sum"}) EXPECT_EQ(std::count(seen.names().begin(), seen.names().end(), name), 1) << name;
  OpsSeen inner;
  sin(x);
  EXPECT_EQ(inner.names(), std::vector<std::string>{"sin"});
  EXPECT_EQ(std::count(seen.names().begin(), seen.names().end(), "sin"), 1);
}

TEST(Call, that_throws_leaves_no_watcher_behind) {
  try {
    FlopCounter a;
    OpsSeen b;
    AutocastScope c;
    matmul(ones({2, 3}), ones({2, 3}));
    ADD_FAILURE();
  } catch (const ShapeError&) {}
  EXPECT_EQ(detail::modes.watchers, 0u);
  EXPECT_EQ(matmul(ones({2, 2}), ones({2, 2})).dtype(), f32);
}

}  // namespace
}  // namespace cairn
