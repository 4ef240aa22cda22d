// Hooks: functions called with the complete gradient of a leaf or a result.
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

TEST(Hooks, of_a_leaf_sees_the_sum_over_its_uses_once) {
  Tensor x = leaf({1, 2});
  std::vector<Numbers> seen;
  x.register_hook([&](const Tensor& g) {
    seen.push_back(list(g));
    return Tensor();
  });
  sum(x * x + x * 3.0).backward();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0], (Numbers{5, 7}));
  EXPECT_EQ(list(x.grad()), (Numbers{5, 7}));
}

TEST(Hooks, of_a_result_sees_the_sum_over_its_uses_and_changes_what_flows_on) {
  Tensor x = leaf({1, 2});
  Tensor h = x * 10.0;
  int calls = 0;
  h.register_hook([&](const Tensor& g) {
    calls++;
    EXPECT_EQ(list(g), (Numbers{4, 4}));
    return g * 0.5;
  });
  sum(h + h * 3.0).backward();
  EXPECT_EQ(calls, 1);
  EXPECT_EQ(list(x.grad()), (Numbers{20, 20}));
}

TEST(Hooks, run_in_their_order_and_each_sees_what_the_one_before_returned) {
  for (bool of_leaf : {true, false}) {
    Tensor x = leaf({1, 2});
    Tensor h = of_leaf ? x : x * 1.0;
    h.register_hook([](const Tensor& g) { return g + 1.0; });
    h.register_hook([](const Tensor& g) { return g * 10.0; });
    sum(h).backward();
    EXPECT_EQ(list(x.grad()), (Numbers{20, 20}));
  }
}

TEST(Hooks, replace_gradients_in_grad_as_well) {
  Tensor x = leaf({1, 2});
  x.register_hook([](const Tensor& g) { return g * 2.0; });
  Tensor h = x * x;
  h.register_hook([](const Tensor& g) { return g * 100.0; });
  std::vector<Tensor> g = grad({sum(h + x)}, {x, h});
  EXPECT_EQ(list(g[1]), (Numbers{100, 100}));
  EXPECT_EQ(list(g[0]), (Numbers{402, 802}));
}

TEST(Hooks, are_removed_by_their_number_also_from_within) {
  for (bool of_leaf : {true, false}) {
    Tensor x = leaf({1, 2});
    Tensor h = of_leaf ? x : x * 1.0;
    int first = 0, second = 0, third = 0;
    const int number = h.register_hook([&](const Tensor&) {
      first++;
      return Tensor();
    });
    int own = 0;
    own = h.register_hook([&](const Tensor&) {
      second++;
      h.remove_hook(own);
      return Tensor();
    });
    h.register_hook([&](const Tensor&) {
      third++;
      return Tensor();
    });
    h.remove_hook(number);
    h.remove_hook(123456);  // nobody's
    Tensor y = sum(h * 2.0);
    y.backward({}, true);
    y.backward();
    EXPECT_EQ(first, 0);
    EXPECT_EQ(second, 1);
    EXPECT_EQ(third, 2);
    h = Tensor();
  }
}

TEST(Hooks, stay_with_a_leaf_for_every_graph) {
  Tensor x = leaf({1, 2});
  x.register_hook([](const Tensor& g) { return clamp(g, -1, 1); });
  for (int i = 0; i < 2; i++) {
    x.zero_grad();
    sum(x * 5.0).backward();
    EXPECT_EQ(list(x.grad()), (Numbers{1, 1}));
  }
}

TEST(Hooks, may_not_change_the_shape) {
  Tensor x = leaf({1, 2});
  x.register_hook([](const Tensor& g) { return sum(g); });
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { sum(x * x).backward(); }), "a hook changed the shape of its gradient (got [2], returned [])"));
}

TEST(Hooks, that_throw_leave_the_engine_usable) {
  Tensor x = leaf({1, 2});
  const int number = x.register_hook([](const Tensor&) -> Tensor { throw NumericError("stop"); });
  EXPECT_THROW(sum(x * x).backward(), NumericError);
  EXPECT_FALSE(x.grad().defined());
  x.remove_hook(number);
  sum(x * x).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{2, 4}));
  EXPECT_TRUE(grad_enabled());
}

TEST(Hooks, may_run_another_backward_but_not_on_the_graph_under_way) {
  Tensor x = leaf({1, 2}), other = leaf({3, 4});
  Tensor h = x * x;
  h.register_hook([&](const Tensor&) {
    EnableGrad on;
    sum(other * other).backward();
    return Tensor();
  });
  sum(h).backward();
  EXPECT_EQ(list(other.grad()), (Numbers{6, 8}));
  EXPECT_EQ(list(x.grad()), (Numbers{2, 4}));

  Tensor y = x * x, z = sum(exp(y));
  y.register_hook([&](const Tensor&) {
    z.backward({}, true);
    return Tensor();
  });
  EXPECT_TRUE(contains(message_of<StateError>([&] { z.backward({}, true); }), "on the graph that is being worked on"));
}

TEST(Hooks, belong_to_tensors_that_require_gradients) {
  EXPECT_THROW(ones({2}).register_hook([](const Tensor& g) { return g; }), StateError);
  EXPECT_THROW(ones({2}).retain_grad(), StateError);
  Tensor x = leaf({1});
  NoGrad off;
  Tensor y = x * 2.0;
  EXPECT_THROW(y.register_hook([](const Tensor& g) { return g; }), StateError);
}

TEST(Hooks, are_not_recorded_unless_the_graph_of_gradients_is) {
  Tensor x = leaf({2});
  Tensor scale = leaf({3});
  Tensor h = x * x;
  h.register_hook([&](const Tensor& g) { return g * scale; });
  Tensor g = grad({sum(h)}, {x}, {}, true)[0];
  EXPECT_FALSE(g.requires_grad());
  g = grad({sum(h)}, {x}, {}, false, true)[0];  // 2 x scale
  EXPECT_EQ(list(grad({g}, {scale}, {ones({1})})[0]), (Numbers{4}));
}

TEST(RetainGrad, keeps_the_gradient_of_a_result_and_adds_up) {
  Tensor x = leaf({1, 2});
  Tensor h = x * 10.0;
  h.retain_grad();
  h.retain_grad();
  EXPECT_FALSE(h.grad().defined());
  Tensor y = sum(h * h);
  y.backward({}, true);
  const Tensor first = h.grad();
  EXPECT_EQ(list(first), (Numbers{20, 40}));
  y.backward({}, true);
  EXPECT_EQ(list(h.grad()), (Numbers{40, 80}));
  EXPECT_EQ(list(first), (Numbers{20, 40})) << "a handle that was read before does not change";
  h.zero_grad();
  EXPECT_FALSE(h.grad().defined());
  y.backward();
  EXPECT_EQ(list(h.grad()), (Numbers{20, 40})) << "it is still kept after zero_grad";
}

TEST(RetainGrad, sees_what_the_hooks_made_of_it) {
  Tensor x = leaf({1, 2});
  Tensor h = x * 1.0;
  h.retain_grad();
  h.register_hook([](const Tensor& g) { return g * 7.0; });
  sum(h).backward();
  EXPECT_EQ(list(h.grad()), (Numbers{7, 7}));
  EXPECT_EQ(list(x.grad()), (Numbers{7, 7}));
}

TEST(RetainGrad, without_it_a_result_has_none) {
  Tensor x = leaf({1, 2});
  Tensor h = x * x;
  sum(h).backward();
  EXPECT_FALSE(h.grad().defined());
}

TEST(SetGrad, checks_shape_and_type) {
  Tensor x = leaf({1, 2});
  EXPECT_THROW(x.set_grad(ones({3}, f64)), ShapeError);
  EXPECT_THROW(x.set_grad(ones({2}, f32)), ShapeError);
  x.set_grad(ones({2}, f64));
  sum(x).backward();
  EXPECT_EQ(list(x.grad()), (Numbers{2, 2}));
  x.set_grad({});
  EXPECT_FALSE(x.grad().defined());
}

}  // namespace
}  // namespace cairn
