// The gradient checker must find a wrong gradient and be content with a right one.
#include <gtest/gtest.h>

#include <limits>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

const OpInfo cube_op = {"cube", Autocast::widest, nullptr, nullptr};

// x^3 with a gradient that can be wrong: `factor` is 3 when it is right, `power` 2.
Tensor cube(const Tensor& x, double factor, int power) {
  Call op(cube_op, {x});
  const Tensor values(op[0]);
  Array y = (values * values * values).array();
  return op.differentiable(y, op.save({0}), [factor, power](Backward& b) {
    Tensor x = b.input(0);
    b.give(0, [&] { return b.grad(0) * (power == 2 ? x * x : x) * factor; });
  });
}

TEST(Gradcheck, is_content_with_right_gradients) {
  const GradcheckResult r = gradcheck([](const Inputs& v) { return Inputs{cube(v[0], 3, 2)}; }, {leaf({1, -2, 0.5})});
  EXPECT_TRUE(r.ok) << r.message;
  EXPECT_EQ(r.elements, 9);
  EXPECT_LT(r.worst_error, 1e-8);
  ASSERT_EQ(r.analytic.size(), 1u);
  EXPECT_EQ(r.analytic[0].shape(), (Shape{3, 3}));
  EXPECT_EQ(r.analytic[0].at({1, 1}), 12);
  EXPECT_NEAR(r.numeric[0].at({1, 1}), 12, 1e-6);
  EXPECT_EQ(r.numeric[0].at({0, 1}), 0);
}

TEST(Gradcheck, finds_a_planted_mistake_and_says_where_it_is_worst) {
  GradcheckResult r = gradcheck([](const Inputs& v) { return Inputs{cube(v[0], 3.001, 2)}; }, {leaf({1, -2, 0.5})});
  EXPECT_FALSE(r.ok);
  EXPECT_NEAR(r.worst_error, 0.004, 1e-6);
  EXPECT_TRUE(contains(r.message, "d output 0 [1] / d input 0 [1]: backward says 12.004"));
  EXPECT_TRUE(contains(r.message, "differences say 12.0000"));
  r = gradcheck([](const Inputs& v) { return Inputs{cube(v[0], 3, 1)}; }, {leaf({1, -2, 0.5})});
  EXPECT_FALSE(r.ok);
}

TEST(Gradcheck, finds_a_gradient_that_is_not_a_number) {
  const GradcheckResult r = gradcheck([](const Inputs& v) { return Inputs{cube(v[0], std::numeric_limits<double>::quiet_NaN(), 2)}; }, {leaf({1})});
  EXPECT_FALSE(r.ok);
}

TEST(Gradcheck, finds_an_output_that_lost_its_history) {
  const GradcheckResult r = gradcheck([](const Inputs& v) { return Inputs{v[0].detach() * 2.0}; }, {leaf({1, 2})});
  EXPECT_FALSE(r.ok);
  EXPECT_NEAR(r.worst_error, 2, 1e-6);
}

TEST(Gradcheck, checks_every_output_against_every_input) {
  auto f = [](const Inputs& v) { return Inputs{matmul(v[0], v[1]), sum(v[0] * 2.0), argmax(v[1])}; };
  const GradcheckResult r = gradcheck(f, {leaf({{1, 2, 3}, {4, 5, 6}}), leaf({{1}, {2}, {4}})});
  EXPECT_TRUE(r.ok) << r.message;
  EXPECT_EQ(r.analytic.size(), 6u);
  EXPECT_EQ(r.elements, (2 + 1 + 3) * (6 + 3));
}

TEST(Gradcheck, does_not_touch_the_inputs) {
  Tensor x = leaf({1, 2});
  gradcheck([](const Inputs& v) { return Inputs{v[0] * v[0]}; }, {x});
  EXPECT_EQ(x.to_vector<double>(), (std::vector<double>{1, 2}));
  EXPECT_FALSE(x.grad().defined());
}

TEST(Gradcheck, refuses_what_it_cannot_check) {
  auto twice = [](const Inputs& v) { return Inputs{v[0] * 2.0}; };
  EXPECT_TRUE(contains(message_of<DtypeError>([&] { gradcheck(twice, {ones({2}).set_requires_grad()}); }),
                       "input 0 is f32, but differences of f32 are too coarse"));
  EXPECT_TRUE(contains(message_of<StateError>([&] { gradcheck(twice, {ones({2}, f64)}); }), "no input requires gradients"));
  EXPECT_TRUE(
      contains(message_of<DtypeError>([&] { gradcheck([](const Inputs& v) { return Inputs{cast(v[0], f32)}; }, {leaf({1})}); }), "output 0 is f32"));
  auto chooses = [](const Inputs& v) { return Inputs{masked_select(v[0], v[0] > 1)}; };
  EXPECT_TRUE(contains(message_of<StateError>([&] { gradcheck(chooses, {leaf({1, 2})}); }), "outputs of other shapes when its inputs move"));
}

TEST(Gradcheck, takes_functions_that_take_gradients_themselves) {
  // A step of gradient descent on sum(w^4), and a penalty on the gradient's norm.
  auto f = [](const Inputs& v) {
    const Tensor g = grad({sum(v[0] * v[0] * v[0] * v[0])}, {v[0]}, {}, true, true)[0];
    return Inputs{v[0] - 0.1 * g, square(norm(g) - 1.0)};
  };
  const GradcheckResult r = gradcheck(f, {leaf({0.5, -0.3, 0.8})});
  EXPECT_TRUE(r.ok) << r.message;
  EXPECT_EQ(r.elements, 12);
}

TEST(Gradcheck, works_under_no_grad_on_views_and_on_empty_inputs) {
  NoGrad off;
  Tensor x = leaf({{1, 2, 3}, {4, 5, 6}});
  Tensor view = transpose(x.detach(), 0, 1).set_requires_grad();
  GradcheckResult r = gradcheck([](const Inputs& v) { return Inputs{v[0] * v[0]}; }, {view});
  EXPECT_TRUE(r.ok) << r.message;
  EXPECT_EQ(r.elements, 36);
  r = gradcheck([](const Inputs& v) { return Inputs{v[0] * v[0]}; }, {zeros({0, 3}, f64).set_requires_grad()});
  EXPECT_TRUE(r.ok);
  EXPECT_EQ(r.elements, 0);
}

TEST(Gradgradcheck, is_content_with_right_second_derivatives_and_finds_wrong_ones) {
  GradcheckResult r = gradgradcheck([](const Inputs& v) { return Inputs{cube(v[0], 3, 2)}; }, {leaf({1, -2, 0.5})});
  EXPECT_TRUE(r.ok) << r.message;
  EXPECT_GT(r.elements, 0);
  // A gradient that is right but computed from a detached value has no second derivative.
  auto f = [](const Inputs& v) {
    static const OpInfo square_op = {"square_once", Autocast::widest, nullptr, nullptr};
    Call op(square_op, {v[0]});
    const Tensor x(op[0]);
    return Inputs{
        op.differentiable((x * x).array(), op.save({0}), [](Backward& b) { b.give(0, [&] { return 2.0 * b.input(0).detach() * b.grad(0); }); })};
  };
  EXPECT_TRUE(gradcheck(f, {leaf({1, 2})}).ok);
  EXPECT_FALSE(gradgradcheck(f, {leaf({1, 2})}).ok);
}

}  // namespace
}  // namespace cairn
