// Reductions: values and gradients at the places where they are special.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Sum, goes_over_the_named_axes_and_keeps_them_as_one_on_request) {
  Tensor x = arange(24).reshape({2, 3, 4});
  EXPECT_EQ(sum(x).shape(), Shape{});
  EXPECT_EQ(sum(x).item(), 276);
  EXPECT_EQ(sum(x, {0, -1}).shape(), Shape{3});
  EXPECT_THAT(list(sum(x, {0, -1})), ElementsAre(60, 92, 124));
  EXPECT_EQ(sum(x, {1}, Keepdim).shape(), (Shape{2, 1, 4}));
  EXPECT_THAT(list(x.sum(1)), ElementsAre(12, 15, 18, 21, 48, 51, 54, 57));
  EXPECT_THROW(sum(x, {3}), IndexError);
  EXPECT_THAT(message_of<ShapeError>([&] { sum(x, {0, -3}); }), HasSubstr("[sum] an axis is named twice in [0, -3] (x [2, 3, 4])"));
}

TEST(Sum, of_integers_is_i64_and_their_mean_is_f32) {
  EXPECT_EQ(sum(full({100}, 100, i8)).dtype(), i64);
  EXPECT_EQ(sum(full({100}, 100, i8)).item(), 10000);
  EXPECT_EQ(sum(ones({5}, boolean)).item(), 5);
  EXPECT_EQ(prod(full({3}, 100, u8)).item(), 1000000);
  EXPECT_EQ(mean(tensor({1, 2}, i64)).dtype(), f32);
  EXPECT_EQ(mean(tensor({1, 2}, i64)).item(), 1.5);
}

TEST(Sum, of_nothing_is_the_neutral_element_or_an_error) {
  Tensor x = zeros({0, 3});
  EXPECT_THAT(list(sum(x, {0})), ElementsAre(0, 0, 0));
  EXPECT_THAT(list(prod(x, {0})), ElementsAre(1, 1, 1));
  EXPECT_THAT(list(all(x, {0})), ElementsAre(1, 1, 1));
  EXPECT_THAT(list(any(x, {0})), ElementsAre(0, 0, 0));
  EXPECT_THAT(list(logsumexp(x, {0})), Each(-inf));
  for (double v : list(mean(x, {0}))) EXPECT_TRUE(std::isnan(v));
  for (double v : list(var(x, {0}))) EXPECT_TRUE(std::isnan(v));
  EXPECT_EQ(max(x, {1}).shape(), Shape{0});
  EXPECT_THAT(message_of<ShapeError>([&] { max(x, {0}); }), HasSubstr("[max] cannot reduce an axis of size 0 (x [0, 3])"));
  EXPECT_THAT(message_of<ShapeError>([&] { min(x); }), HasSubstr("[min] cannot reduce an axis of size 0 (x [0, 3])"));
  EXPECT_THAT(message_of<ShapeError>([&] { argmax(x, 0); }), HasSubstr("[argmax] cannot reduce an axis of size 0 (x [0, 3])"));
}

TEST(Sum, gradient_is_repeated_over_the_axes) {
  Tensor x = leaf({{1, 2}, {3, 4}, {5, 6}}, f32);
  Tensor g = grad({sum(x, {0})}, {x}, {tensor({10, 20})})[0];
  EXPECT_THAT(list(g), ElementsAre(10, 20, 10, 20, 10, 20));
  EXPECT_THAT(list(grad({mean(x, {1}, Keepdim)}, {x}, {tensor({{2}, {4}, {6}})})[0]), ElementsAre(1, 1, 2, 2, 3, 3));
}

TEST(SumTo, undoes_a_broadcast_and_is_free_when_there_was_none) {
  Tensor x = ones({4, 2, 3});
  EXPECT_EQ(sum_to(x, x.shape()).impl(), x.impl());
  EXPECT_THAT(list(sum_to(x, {2, 1})), ElementsAre(12, 12));
  EXPECT_EQ(sum_to(x, {2, 1}).shape(), (Shape{2, 1}));
  EXPECT_EQ(sum_to(x, {}).item(), 24);
  EXPECT_THAT(message_of<ShapeError>([&] { sum_to(x, {4}); }), HasSubstr("[sum_to] [4] does not broadcast to x (x [4, 2, 3])"));
}

TEST(Max, equal_values_share_the_gradient_evenly) {
  Tensor x = leaf({{3, 1, 3, 3}, {0, 2, 1, 0}}, f32);
  EXPECT_THAT(list(max(x, {1})), ElementsAre(3, 2));
  std::vector<double> g = slope(x, [](const Tensor& x) { return max(x, {1}); });
  EXPECT_FLOAT_EQ(float(g[0]), 1.0f / 3);
  EXPECT_EQ(g[1], 0);
  EXPECT_THAT(std::vector<double>(g.begin() + 4, g.end()), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return min(x); }), ElementsAre(0, 0, 0, 0, 0.5, 0, 0, 0.5));
}

TEST(Max, nan_wins) {
  Tensor x = tensor({1, nan, 3});
  EXPECT_TRUE(std::isnan(max(x).item()));
  EXPECT_TRUE(std::isnan(min(x).item()));
  EXPECT_EQ(argmax(x).item(), 1);
  EXPECT_EQ(argmin(x).item(), 1);
}

TEST(Argmax, gives_the_first_of_equals_and_takes_scalars) {
  Tensor x = tensor({{1, 7, 7}, {9, 0, 9}});
  EXPECT_THAT(list(argmax(x)), ElementsAre(1, 0));
  EXPECT_THAT(list(argmax(x, 0)), ElementsAre(1, 0, 1));
  EXPECT_EQ(x.argmax(1, Keepdim).shape(), (Shape{2, 1}));
  EXPECT_EQ(argmax(x).dtype(), i64);
  EXPECT_EQ(argmax(tensor(5)).item(), 0);
  EXPECT_EQ(argmax(tensor(5)).shape(), Shape{});
}

TEST(Prod, gradient_is_right_with_no_one_and_two_zeros) {
  const auto f = [](const Tensor& x) { return prod(x, {1}); };
  EXPECT_THAT(slope(leaf({{2, 3, 4}, {2, 0, 4}, {0, 3, 0}}, f32), f), ElementsAre(12, 8, 6, 0, 8, 0, 0, 0, 0));
  Tensor x = leaf({{1, 2}, {3, 4}}, f32);
  EXPECT_THAT(slope(x, [](const Tensor& x) { return prod(x); }), ElementsAre(24, 12, 8, 6));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return prod(x, {0}); }), ElementsAre(3, 4, 1, 2));
}

TEST(Prod, second_derivative_is_right_at_zeros) {
  Tensor x = leaf({0, 0, 5}, f64);  // d2/dx0dx1 = x2
  Tensor first = grad({prod(x)}, {x}, {}, true, true)[0];
  EXPECT_THAT(list(grad({first[0]}, {x})[0]), ElementsAre(0, 5, 0));
}

TEST(Variance, matches_hand_computation_and_both_divisors) {
  Tensor x = tensor({{1, 2, 3, 4}, {2, 2, 2, 2}});
  EXPECT_NEAR(list(var(x, {1}))[0], 5.0 / 3, 1e-6);
  EXPECT_NEAR(list(var(x, {1}, false, Variance::biased))[0], 1.25, 1e-6);
  EXPECT_EQ(list(std(x, {1}))[1], 0);
  EXPECT_TRUE(std::isnan(var(tensor({5})).item()));
  EXPECT_EQ(var(tensor({5}), {}, false, Variance::biased).item(), 0);
  EXPECT_EQ(var(tensor(5), {}, false, Variance::biased).item(), 0);
}

TEST(Variance, does_not_cancel_around_a_large_mean) {
  Tensor x = tensor({10000001, 10000002, 10000003});
  EXPECT_EQ(var(x).item(), 1);
}

TEST(Variance, gradient_of_a_deviation_of_zero_is_zero) {
  Tensor x = leaf({{2, 2, 2}, {1, 2, 3}}, f32);
  std::vector<double> g = slope(x, [](const Tensor& x) { return std(x, {1}); });
  EXPECT_THAT(std::vector<double>(g.begin(), g.begin() + 3), ElementsAre(0, 0, 0));
  EXPECT_FLOAT_EQ(float(g[3]), -0.5f);
  EXPECT_FLOAT_EQ(float(g[5]), 0.5f);
}

TEST(Norm, knows_the_usual_powers) {
  Tensor x = tensor({3, -4, 0});
  EXPECT_EQ(norm(x, 1).item(), 7);
  EXPECT_EQ(norm(x).item(), 5);
  EXPECT_EQ(norm(x, inf).item(), 4);
  EXPECT_NEAR(norm(x, 3).item(), std::cbrt(27.0 + 64.0), 1e-5);
  EXPECT_EQ(norm(tensor({3, 4}, i64)).dtype(), f32);
  EXPECT_THAT(message_of<ConfigError>([&] { norm(x, 0); }), HasSubstr("[norm] p must be positive (p=0)"));
}

TEST(Norm, of_f16_is_right_where_the_powers_leave_its_range) {
  const Tensor x = full({2, 100}, 300, f16).set_requires_grad();
  for (double p : {1.5, 2.0, 3.0}) {
    const Tensor y = norm(x, p, {1});
    EXPECT_NEAR(y.at({0}), 300 * std::pow(100, 1 / p), 5) << p;
    EXPECT_NEAR(grad({sum(y)}, {x})[0].at({1, 7}), std::pow(100, 1 / p - 1), 1e-3) << p;
  }
}

TEST(Variance, deviation_of_f16_is_right_where_the_variance_leaves_its_range) {
  const Tensor x = cat({full({500}, -400, f16), full({500}, 400, f16)}).set_requires_grad();
  const Tensor y = cairn::std(x, {}, false, Variance::biased);
  EXPECT_EQ(y.item(), 400);
  EXPECT_NEAR(grad({y}, {x})[0].at({0}), -1e-3, 1e-6);  // f16 holds 0.001 to within 5e-7
}

TEST(Variance, gradient_of_two_neighbours_in_bf16_goes_both_ways) {
  const Tensor x = tensor({1, 1.0078125}, bf16).set_requires_grad();  // their mean is no bf16
  EXPECT_THAT(list(grad({cairn::std(x)}, {x})[0]), ElementsAre(testing::DoubleNear(-0.7071, 0.004), testing::DoubleNear(0.7071, 0.004)));
  const std::vector<double> g = list(grad({var(x)}, {x})[0]);
  EXPECT_LT(g[0], 0);
  EXPECT_EQ(g[0], -g[1]);
}

TEST(Norm, gradient_at_zero_is_zero) {
  Tensor x = leaf({0, 0}, f32);
  for (double p : {1.0, 2.0, 3.0, 1.5, 0.5, inf}) EXPECT_THAT(slope(x, [p](const Tensor& x) { return norm(x, p); }), ElementsAre(0, 0)) << "p " << p;
  Tensor z = leaf({3, 0, -4}, f32);
  std::vector<double> g = slope(z, [](const Tensor& x) { return norm(x); });
  EXPECT_FLOAT_EQ(float(g[0]), 0.6f);
  EXPECT_EQ(g[1], 0);
  EXPECT_THAT(slope(z, [](const Tensor& x) { return norm(x, inf); }), ElementsAre(0, 0, -1));
  EXPECT_THAT(slope(z, [](const Tensor& x) { return norm(x, 1); }), ElementsAre(1, 0, -1));
}

TEST(Logsumexp, neither_overflows_nor_leaves_nan_behind) {
  Tensor x = leaf({{1000, 1000}, {-inf, -inf}, {-inf, 3}}, f32);
  std::vector<double> y = list(logsumexp(x, {1}));
  EXPECT_FLOAT_EQ(float(y[0]), float(1000 + std::log(2.0)));
  EXPECT_EQ(y[1], -inf);
  EXPECT_EQ(y[2], 3);
  std::vector<double> g = slope(x, [](const Tensor& x) { return logsumexp(x, {1}); });
  EXPECT_NEAR(g[0], 0.5, 1e-4);
  EXPECT_THAT(std::vector<double>(g.begin() + 2, g.end()), ElementsAre(0, 0, 0, 1));
}

TEST(Softmax, works_along_any_axis) {
  Tensor x = tensor({{1, 2}, {3, 4}, {5, 6}}, f64);
  EXPECT_TRUE(allclose(softmax(x, 0), softmax(x.t().contiguous(), 1).t()));
  EXPECT_TRUE(allclose(log_softmax(x, 0), log(softmax(x, 0))));
  EXPECT_TRUE(allclose(softmax(x, 0).sum(0), ones({2}, f64)));
  EXPECT_EQ(softmax(tensor(3)).item(), 1);
  EXPECT_THROW(softmax(x, 2), IndexError);
}

TEST(Softmax, large_logits_stay_finite) {
  EXPECT_THAT(list(softmax(tensor({1000, 0, -1000}))), ElementsAre(1, 0, 0));
  EXPECT_THAT(list(log_softmax(tensor({1000, 0}))), ElementsAre(0, -1000));
}

TEST(Softmax, the_fused_gradient_and_the_formula_agree) {
  Tensor x = leaf({{0.5, -1, 2}, {0.1, 0.2, -0.3}}, f64), w = tensor({{1, 2, -1}, {0.5, 3, 2}}, f64);
  for (int axis : {0, 1})
    for (Tensor (*f)(const Tensor&, int) : {softmax, log_softmax}) {
      Tensor fused = grad({sum(w * f(x, axis))}, {x})[0];
      Tensor formula = grad({sum(w * f(x, axis))}, {x}, {}, true, true)[0];
      EXPECT_TRUE(allclose(fused, formula, 1e-12, 1e-14));
    }
}

TEST(Cumsum, runs_forwards_and_its_gradient_backwards) {
  Tensor x = leaf({1, 2, 3}, f32);
  EXPECT_THAT(list(cumsum(x, 0)), ElementsAre(1, 3, 6));
  EXPECT_THAT(list(grad({cumsum(x, 0)}, {x}, {tensor({1, 10, 100})})[0]), ElementsAre(111, 110, 100));
  EXPECT_THAT(list(cumsum(tensor({{1, 2}, {3, 4}}), 0)), ElementsAre(1, 2, 4, 6));
  EXPECT_EQ(cumsum(full({3}, 100, i8), 0).dtype(), i64);
  EXPECT_THAT(list(cumsum(full({3}, 100, i8), 0)), ElementsAre(100, 200, 300));
}

}  // namespace
}  // namespace cairn
