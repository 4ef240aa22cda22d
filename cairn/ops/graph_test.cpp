// Tracing a function to a Graph of calls, and running it again.
#include <gtest/gtest.h>

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

TEST(Trace, runs_again_on_other_values) {
  Tensor w = sample_normal({3, 4}, 1).set_requires_grad();
  auto f = [&](const Inputs& v) { return Inputs{relu(linear(v[0], w)), v[0] * 2.0}; };
  const Graph g = trace(f, {sample_normal({2, 4}, 2)});
  const Tensor other = sample_normal({2, 4}, 3);
  const Inputs a = g.run({other}), b = f({other});
  ASSERT_EQ(a.size(), 2u);
  EXPECT_EQ(list(a[0]), list(b[0]));
  EXPECT_EQ(list(a[1]), list(b[1]));
}

TEST(Trace, prints_one_call_a_line_with_shapes_attributes_and_places) {
  Tensor w = ones({3, 4});
  const Graph g = trace(
      [&](const Inputs& v) {
        ModuleScope net("net"), layer("fc1");
        return Inputs{softmax(linear(v[0], w), 1)};
      },
      {ones({2, 4})});
  EXPECT_EQ(g.str(), "%2 = linear(%0 [2, 4], %1 [3, 4])  # net.fc1\n%3 = softmax(%2 [2, 3]; axis=1)  # net.fc1\n");
  ASSERT_EQ(g.constants.size(), 1u);
  EXPECT_EQ(g.constants[0].first, 1);
}

TEST(Trace, keeps_parameters_by_reference_so_that_training_goes_on_in_the_graph) {
  Tensor w = ones({2});
  const Graph g = trace([&](const Inputs& v) { return Inputs{v[0] * w}; }, {ones({2})});
  w.fill_(5);
  EXPECT_EQ(list(g.run({ones({2})})[0]), (Numbers{5, 5}));
}

TEST(Trace, of_a_function_that_returns_an_input_or_a_constant) {
  Tensor constant = tensor({7, 8});
  const Graph g = trace([&](const Inputs& v) { return Inputs{v[0], constant, v[0]}; }, {ones({2})});
  const Inputs y = g.run({tensor({1, 2})});
  EXPECT_EQ(list(y[0]), (Numbers{1, 2}));
  EXPECT_EQ(list(y[1]), (Numbers{7, 8}));
  EXPECT_EQ(list(y[2]), (Numbers{1, 2}));
}

TEST(Trace, of_a_checkpointed_function_holds_its_calls) {
  Tensor w = ones({2}).set_requires_grad();
  const Graph g = trace([&](const Inputs& v) { return Inputs{checkpoint([&](const Inputs& u) { return u[0] * w; }, {v[0]}) + 1.0}; }, {ones({2})});
  EXPECT_EQ(g.calls.size(), 2u);
  EXPECT_EQ(list(g.run({tensor({3, 4})})[0]), (Numbers{4, 5}));
}

TEST(Trace, records_the_casts_of_autocast) {
  Tensor w = sample_normal({3, 4}, 1);
  auto f = [&](const Inputs& v) {
    AutocastScope low;
    return Inputs{linear(v[0], w)};
  };
  const Tensor x = sample_normal({2, 4}, 2);
  const Graph g = trace(f, {x});
  EXPECT_EQ(g.run({x})[0].dtype(), bf16);
  EXPECT_EQ(list(g.run({x})[0]), list(f({x})[0]));
}

TEST(Trace, is_differentiable_in_its_inputs) {
  const Graph g = trace([](const Inputs& v) { return Inputs{sum(v[0] * v[0])}; }, {ones({2})});
  Tensor x = tensor({3, 4}).set_requires_grad();
  g.run({x})[0].backward();
  EXPECT_EQ(list(x.grad()), (Numbers{6, 8}));
}

TEST(Trace, refuses_to_bake_values_in) {
  for (auto read :
       std::vector<std::function<void(const Tensor&)>>{[](const Tensor& x) { sum(x).item(); }, [](const Tensor& x) { x.at({0}); },
                                                       [](const Tensor& x) { x.data<float>(); }, [](const Tensor& x) { x.to_vector<float>(); }}) {
    EXPECT_THROW(trace(
                     [&](const Inputs& v) {
                       read(v[0]);
                       return Inputs{v[0]};
                     },
                     {ones({2})}),
                 UnsupportedError);
    EXPECT_FALSE(detail::tracing());  // and the trace is over
  }
}

TEST(Trace, refuses_what_it_could_not_replay) {
  Tensor x = ones({2});
  auto f = [](const Inputs& v) { return Inputs{v[0] + v[1]}; };
  EXPECT_TRUE(contains(message_of<StateError>([&] { trace(f, {x, x}); }), "input 1 is the same tensor as input 0"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { trace(f, {x, Tensor()}); }), "input 1 is not defined"));
  EXPECT_THROW(trace([](const Inputs&) { return Inputs{Tensor()}; }, {x}), StateError);
  EXPECT_THROW(trace(
                   [&](const Inputs& v) {
                     trace(f, {v[0], ones({2})});
                     return v;
                   },
                   {x}),
               UnsupportedError);
  EXPECT_EQ(detail::modes.watchers, 0u);
}

const OpInfo once_op = {"once", Autocast::widest, nullptr, nullptr};

TEST(Graph, of_an_op_that_cannot_be_run_again_says_so) {
  auto f = [](const Inputs& v) {
    Call op(once_op, {v[0]});
    return Inputs{op.not_differentiable(op[0], "a test")};
  };
  const Graph g = trace(f, {ones({2})});
  EXPECT_TRUE(contains(message_of<UnsupportedError>([&] { g.run({ones({2})}); }), "[graph] the op once says no way to run it again"));
}

TEST(Trace, and_whatever_else_calls_a_function_refuses_an_empty_one) {
  Tensor x = ones({2}).set_requires_grad();
  EXPECT_TRUE(contains(message_of<StateError>([&] { trace(nullptr, {x}); }), "[trace] the function is empty"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { checkpoint(nullptr, {x}); }), "[checkpoint] the function is empty"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { gradcheck(nullptr, {x}); }), "[gradcheck] the function is empty"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { gradgradcheck(nullptr, {x}); }), "[gradgradcheck] the function is empty"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { x.register_hook(nullptr); }), "[register_hook] the hook is an empty function"));
}

TEST(Graph, checks_what_it_is_run_with) {
  const Graph g = trace([](const Inputs& v) { return Inputs{v[0] + v[1]}; }, {ones({2}), ones({2})});
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { g.run({ones({2})}); }), "traced with 2 inputs, got 1"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { g.run({ones({2}), ones({3})}); }), "input 1 was traced as [2], got [3]"));
  EXPECT_THROW(g.run({ones({2}), Tensor()}), StateError);
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { g.run({ones({2}, i64), ones({2})}); }), "input 0 was traced as f32, got i64. Hint: to(f32)"));
}

}  // namespace
}  // namespace cairn
