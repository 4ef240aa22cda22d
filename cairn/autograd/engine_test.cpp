// backward() and grad(): where gradients arrive, what is kept, what is refused.
#include <gtest/gtest.h>

#include <pthread.h>

#include <cmath>
#include <thread>

#include <cairn/autograd/autograd.h>
#include <cairn/base/module_path.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

TEST(Backward, a_leaf_gathers_the_gradients_of_all_its_uses) {
  Tensor x = leaf({1, 2, 3});
  sum(x * x + 2.0 * x).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{4, 6, 8}));
}

TEST(Backward, a_second_backward_adds_to_the_first) {
  Tensor x = leaf({1, 2});
  sum(x * 3.0).backward();
  sum(x * x).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{5, 7}));
  x.zero_grad();
  EXPECT_FALSE(x.grad().defined());
  sum(x).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
}

TEST(Backward, a_leaf_is_an_output_too) {
  Tensor x = leaf(2);
  x.backward();
  x.backward();
  EXPECT_EQ(x.grad().item(), 2);
  EXPECT_EQ(cairn::grad({x}, {x})[0].item(), 1);
}

TEST(Backward, the_gradient_of_an_output_is_given_in_any_floating_type) {
  Tensor x = leaf({1, 2});
  Tensor y = x * x;
  y.backward(tensor({10, 100}, f32));
  EXPECT_EQ(list(x.grad()), (Numbers{20, 400}));
  EXPECT_EQ(x.grad().dtype(), f64);
}

TEST(Backward, several_outputs_run_together_also_when_one_is_made_from_another) {
  Tensor x = leaf(3);
  Tensor y = x * x, z = y * x;
  backward({y, z, y});  // 2x + 3x^2 + 2x
  EXPECT_EQ(x.grad().item(), 6 + 27 + 6);
  x.zero_grad();
  Tensor u = x * x, v = u * x;
  backward({v, u}, {tensor(2, f64), tensor(5, f64)});
  EXPECT_EQ(x.grad().item(), 2 * 27 + 5 * 6);
}

TEST(Backward, says_why_it_cannot_start) {
  Tensor x = leaf({1, 2});
  EXPECT_TRUE(contains(message_of<StateError>([&] { (x * x).backward(); }), "[backward] output [2] has more than one element"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { (x * x).backward(ones({3})); }), "(output [2], gradient [3])"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { backward({sum(x), sum(x)}, {ones({})}); }), "got 1 gradients for 2 outputs"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { backward({Tensor()}); }), "output 0 does not depend on anything"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { sum(ones({2})).backward(); }), "does not depend on anything that requires gradients"));
  EXPECT_FALSE(x.grad().defined());
}

TEST(Backward, a_second_time_through_the_same_graph_is_an_error_that_says_what_to_do) {
  Tensor x = leaf({1, 2});
  Tensor y;
  {
    ModuleScope net("net"), layer("fc1");
    y = sum(exp(x));
  }
  y.backward();
  const std::string text = message_of<StateError>([&] { y.backward(); });
  EXPECT_TRUE(contains(text, "backward ran through this graph in net.fc1 before and freed what it had saved"));
  EXPECT_TRUE(contains(text, "retain_graph = true"));
  EXPECT_NEAR(x.grad().at({0}), std::exp(1.0), 1e-12);  // nothing was added by the failed one
}

TEST(Backward, a_retained_graph_runs_as_often_as_wanted) {
  Tensor x = leaf(2);
  Tensor y = x * x * x;
  y.backward({}, true);
  y.backward({}, true);
  y.backward();
  EXPECT_EQ(x.grad().item(), 36);
  EXPECT_THROW(y.backward(), StateError);
}

TEST(Backward, gradients_never_share_memory_with_each_other_or_with_the_caller) {
  for (bool create_graph : {false, true}) {
    Tensor a = leaf({1, 2}), b = leaf({3, 4}), seed = tensor({1, 1}, f64);
    (a + b).backward(seed, false, create_graph);
    NoGrad off;
    a.grad().fill_(7);
    EXPECT_EQ(list(b.grad()), (Numbers{1, 1}));
    EXPECT_EQ(list(seed), (Numbers{1, 1}));
    Tensor c = leaf({1, 2});
    c.backward(seed, false, create_graph);
    c.grad().fill_(7);
    EXPECT_EQ(list(seed), (Numbers{1, 1}));
    for (Tensor* t : {&a, &b, &c}) t->zero_grad();  // under create_graph they hold their own graphs
  }
}

TEST(Backward, a_gradient_is_row_major_memory_of_its_own) {
  Tensor x = leaf({{1, 2}, {3, 4}});
  sum(x).backward();  // the gradient of a sum is one number, expanded
  EXPECT_TRUE(x.grad().is_contiguous());
  EXPECT_EQ(x.grad().strides(), x.strides());
}

TEST(Grad, of_leaves_and_results_leaves_every_grad_alone) {
  Tensor x = leaf({1, 2}), w = leaf({3, 5});
  Tensor h = x * w, y = sum(h * h);
  h.retain_grad();
  std::vector<Tensor> g = cairn::grad({y}, {h, x, w, x});
  EXPECT_EQ(list(g[0]), (Numbers{6, 20}));
  EXPECT_EQ(list(g[1]), (Numbers{18, 100}));
  EXPECT_EQ(list(g[2]), (Numbers{6, 40}));
  EXPECT_EQ(list(g[3]), list(g[1]));
  for (const Tensor& t : {x, w, h}) EXPECT_FALSE(t.grad().defined());
}

TEST(Grad, of_the_output_itself_is_one) {
  Tensor x = leaf(3);
  Tensor y = x * x;
  std::vector<Tensor> g = cairn::grad({y}, {y, x});
  EXPECT_EQ(g[0].item(), 1);
  EXPECT_EQ(g[1].item(), 6);
}

TEST(Grad, an_input_that_is_not_used_is_an_error_or_undefined) {
  Tensor x = leaf({1, 2}), other = leaf({{1, 2, 3}});
  Tensor y = sum(x * x);
  EXPECT_TRUE(contains(message_of<StateError>([&] {
                         cairn::grad({y}, {x, other}, {}, true);
                       }),
                       "[grad] the outputs do not depend on input 1 [1, 3]. Hint: allow_unused"));
  std::vector<Tensor> g = cairn::grad({y}, {other, x}, {}, false, false, true);
  EXPECT_FALSE(g[0].defined());
  EXPECT_EQ(list(g[1]), (Numbers{2, 4}));
  EXPECT_TRUE(contains(message_of<StateError>([&] { cairn::grad({sum(x)}, {ones({2})}); }), "input 0 does not require gradients"));
}

TEST(Grad, computes_only_what_leads_to_its_inputs) {
  Tensor x = leaf({1, 2});
  Tensor trunk = exp(x), head = sum(trunk * 2.0);
  cairn::grad({head}, {trunk});
  // The trunk was not run, so it is not freed either, and a freed head does not hinder another one.
  EXPECT_NO_THROW(sum(trunk * 3.0).backward());
  EXPECT_NO_THROW(cairn::grad({sum(trunk * trunk)}, {trunk}));  // below the trunk the graph is gone by now
  EXPECT_THROW(cairn::grad({sum(trunk * trunk)}, {x}), StateError);
}

TEST(Grad, third_derivatives_by_create_graph) {
  Tensor x = leaf({0.5, -2});
  Tensor y = sum(x * x * x * x + sin(x));
  Tensor d1 = cairn::grad({y}, {x}, {}, false, true)[0];
  Tensor d2 = cairn::grad({sum(d1)}, {x}, {}, false, true)[0];
  Tensor d3 = cairn::grad({sum(d2)}, {x}, {}, false, true)[0];
  Tensor d4 = cairn::grad({sum(d3)}, {x})[0];
  for (int i = 0; i < 2; i++) {
    const double v = x.at({i});
    EXPECT_NEAR(d1.at({i}), 4 * v * v * v + std::cos(v), 1e-12);
    EXPECT_NEAR(d2.at({i}), 12 * v * v - std::sin(v), 1e-12);
    EXPECT_NEAR(d3.at({i}), 24 * v - std::cos(v), 1e-12);
    EXPECT_NEAR(d4.at({i}), 24 + std::sin(v), 1e-12);
  }
}

TEST(Grad, a_penalty_on_the_gradient_trains_the_weights) {
  Tensor w = leaf({2, -1}), x = leaf({3, 4});
  Tensor y = sum(w * x * x);  // dy/dx = 2 w x
  Tensor g = cairn::grad({y}, {x}, {}, false, true)[0];
  sum(g * g).backward();  // 4 w^2 x^2: d/dw = 8 w x^2, d/dx = 8 w^2 x
  EXPECT_EQ(list(w.grad()), (Numbers{144, -128}));
  EXPECT_EQ(list(x.grad()), (Numbers{96, 32}));
}

TEST(Grad, given_gradients_are_variables_of_the_graph_of_gradients) {
  Tensor x = leaf({1, 2}), v = leaf({5, 7});
  Tensor g = cairn::grad({x * x}, {x}, {v}, false, true)[0];  // 2 x v
  EXPECT_EQ(list(cairn::grad({sum(g)}, {v})[0]), (Numbers{2, 4}));
}

TEST(Writes, into_what_requires_gradients_are_refused_outside_of_no_grad) {
  Tensor x = leaf({{1, 2}, {3, 4}});
  Tensor view = x[0], y = x * 2.0;
  for (Tensor* t : {&x, &view, &y}) {
    EXPECT_THROW(t->fill_(0), StateError);
    EXPECT_THROW(t->copy_(ones({1})), StateError);
    EXPECT_THROW(t->mutable_data<double>(), StateError);
    EXPECT_THROW(t->masked_fill_(zeros(t->shape(), boolean), 1), StateError);
  }
  EXPECT_THROW(x.set_({0, 0}, 1), StateError);
  EXPECT_EQ(list(x), (Numbers{1, 2, 3, 4}));
  NoGrad off;
  x.fill_(9);
  EXPECT_EQ(list(x), (Numbers{9, 9, 9, 9}));
}

TEST(Writes, to_a_value_that_backward_needs_are_found_and_both_places_named) {
  Tensor x = leaf({1, 2, 3}), factor = tensor({4, 5, 6}, f64), y;
  {
    ModuleScope net("net"), layer("scale");
    y = sum(x * factor);
  }
  {
    ModuleScope tool("editor");
    factor.fill_(0);
  }
  const std::string text = message_of<StateError>([&] { y.backward(); });
  EXPECT_TRUE(contains(text, "[mul] input 1 [3] in net.scale is needed for backward"));
  EXPECT_TRUE(contains(text, "but fill_ into [3] in editor has written to its memory"));
  EXPECT_FALSE(x.grad().defined());
}

TEST(Writes, through_a_view_or_into_a_result_are_found) {
  Tensor x = leaf({1, 2, 3}), factor = tensor({4, 5, 6}, f64);
  Tensor y = sum(x * factor);
  slice(factor, 0, {0, 1}).fill_(0);
  EXPECT_TRUE(contains(message_of<StateError>([&] { y.backward(); }), "fill_ into [1] has written"));

  Tensor e = exp(x);  // exp saves its result
  y = sum(e);
  {
    NoGrad off;
    e.set_({0}, 0);
  }
  EXPECT_TRUE(contains(message_of<StateError>([&] { y.backward(); }), "[exp] its result [3] is needed for backward, but set_"));

  Tensor index = tensor({0, 2}, i64);
  y = sum(index_select(x, 0, index));  // keeps a copy of the index
  index.fill_(1);
  x.zero_grad();
  y.backward();
  EXPECT_EQ(list(x.grad()), (Numbers{1, 0, 1}));

  Tensor fine = tensor({1, 1, 1}, f64);
  y = sum(x + fine);  // add saves nothing
  fine.fill_(3);
  EXPECT_NO_THROW(y.backward());
}

TEST(Engine, an_error_in_the_middle_leaves_it_usable) {
  Tensor x = leaf({1, 2}), factor = tensor({4, 5}, f64);
  Tensor h = exp(x), y = sum(h * factor + h);
  factor.fill_(1);
  EXPECT_THROW(y.backward(), StateError);
  x.zero_grad();
  sum(exp(x) * 2.0).backward();
  EXPECT_NEAR(x.grad().at({0}), 2 * std::exp(1.0), 1e-12);
}

TEST(Engine, paths_that_double_at_every_step_are_walked_once) {
  Tensor x = leaf(1), y = x;
  for (int i = 0; i < 60; i++) y = y + y;  // 2^60 paths
  y.backward();
  EXPECT_EQ(x.grad().item(), std::ldexp(1.0, 60));
  Tensor z = x;
  for (int i = 0; i < 200; i++) z = (z * 0.5) + (z * 0.5);  // diamonds
  x.zero_grad();
  z.backward();
  EXPECT_EQ(x.grad().item(), 1);
}

void chain(int64_t length) {
  Tensor x = leaf({1, 2}, f32), y = x;
  for (int64_t i = 0; i < length; i++) y = i % 2 ? y + 1.0 : y * 1.0;
  Tensor loss = sum(y);
  loss.backward({}, true);
  EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
  EXPECT_EQ(list(cairn::grad({loss}, {x})[0]), (Numbers{1, 1}));
}

TEST(Engine, a_chain_of_100000_calls_needs_no_stack) {
  chain(100000);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  ASSERT_EQ(pthread_attr_setstacksize(&attributes, 256 * 1024), 0);
  pthread_t thread;
  auto body = [](void*) -> void* {
    chain(100000);
    return nullptr;
  };
  ASSERT_EQ(pthread_create(&thread, &attributes, body, nullptr), 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
}

TEST(Engine, a_graph_of_gradients_of_a_long_chain_needs_no_stack) {
  Tensor x = leaf(0.5), y = x;
  for (int i = 0; i < 20000; i++) y = y * x / x;
  Tensor g = cairn::grad({y}, {x}, {}, false, true)[0];
  EXPECT_NEAR(g.item(), 1, 1e-9);
}

TEST(EngineConcurrent, threads_with_their_own_graphs_do_not_meet) {
  std::vector<std::thread> threads;
  std::vector<double> results(4);
  for (int t = 0; t < 4; t++)
    threads.emplace_back([t, &results] {
      for (int round = 0; round < 20; round++) {
        Tensor x = leaf({1, 2, double(t)});
        Tensor y = x;
        for (int i = 0; i < 10; i++) y = y * x;
        sum(y).backward();
        results[size_t(t)] = x.grad().at({1});
      }
    });
  for (std::thread& t : threads) t.join();
  for (double r : results) EXPECT_EQ(r, 11 * 1024);
}

TEST(EngineConcurrent, a_graph_made_in_one_thread_can_be_handed_to_another) {
  Tensor x = leaf({2, 3}), y;
  for (int i = 0; i < 5; i++) sum(x * x).backward();  // this thread's runs are ahead of the other's
  x.zero_grad();
  Tensor h = exp(x);
  sum(h).backward({}, true);
  x.zero_grad();
  std::thread([&] {
    y = sum(h * x);
    y.backward();
  }).join();
  EXPECT_NEAR(x.grad().at({0}), 3 * std::exp(2.0), 1e-12);
}

}  // namespace
}  // namespace cairn
