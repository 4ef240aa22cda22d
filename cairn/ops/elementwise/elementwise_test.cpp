// Elementwise operations: values and gradients at the places where they are special.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Promotion, follows_the_table_for_tensors) {
  struct Case {
    DType a, b, y;
  };
  for (const Case& c : {Case{f32, f64, f64},
                        {bf16, f32, f32},
                        {bf16, f16, f32},
                        {i64, f32, f32},
                        {i64, bf16, bf16},
                        {i8, u8, i32},
                        {i8, i64, i64},
                        {boolean, i8, i8},
                        {boolean, f16, f16},
                        {i32, i64, i64},
                        {f64, boolean, f64}}) {
    EXPECT_EQ(add(ones({2}, c.a), ones({2}, c.b)).dtype(), c.y) << name_of(c.a) << " + " << name_of(c.b);
    EXPECT_EQ(add(ones({2}, c.b), ones({2}, c.a)).dtype(), c.y) << name_of(c.b) << " + " << name_of(c.a);
  }
}

TEST(Promotion, a_number_only_lifts_the_category) {
  EXPECT_EQ((ones({2}, bf16) * 2.5).dtype(), bf16);
  EXPECT_EQ((2.5 * ones({2}, f64)).dtype(), f64);
  EXPECT_EQ((ones({2}, i64) * 2).dtype(), i64);
  EXPECT_EQ((ones({2}, i8) * 2).dtype(), i8);
  EXPECT_EQ((ones({2}, i64) * 2.5).dtype(), f32);
  EXPECT_EQ((ones({2}, boolean) * 2).dtype(), i64);
  EXPECT_EQ((ones({2}, boolean) * 2.0).dtype(), f32);
  EXPECT_EQ((ones({2}, f32) * 2).dtype(), f32);
  EXPECT_EQ(list(ones({2}, i64) * 2.5), (std::vector<double>{2.5, 2.5}));
}

TEST(Promotion, a_number_beside_f64_keeps_all_its_digits) {
  EXPECT_EQ((ones({}, f64) * 0.1).item(), 0.1);
  EXPECT_EQ((1e-300 * ones({}, f64)).item(), 1e-300);
}

TEST(Promotion, gradients_come_back_in_the_type_of_each_operand) {
  Tensor a = leaf({1, 2}, f32), b = leaf({3, 4}, f64);
  std::vector<Tensor> g = grad({sum(a * b)}, {a, b});
  EXPECT_EQ(g[0].dtype(), f32);
  EXPECT_EQ(g[1].dtype(), f64);
  EXPECT_THAT(list(g[0]), ElementsAre(3, 4));
}

TEST(Arithmetic, broadcasts_and_sums_gradients_back) {
  Tensor a = leaf({{1}, {2}}, f32), b = leaf({10, 20, 30}, f32);
  Tensor y = a * b;
  EXPECT_EQ(y.shape(), (Shape{2, 3}));
  EXPECT_THAT(list(y), ElementsAre(10, 20, 30, 20, 40, 60));
  std::vector<Tensor> g = grad({sum(y)}, {a, b});
  EXPECT_EQ(g[0].shape(), (Shape{2, 1}));
  EXPECT_THAT(list(g[0]), ElementsAre(60, 60));
  EXPECT_THAT(list(g[1]), ElementsAre(3, 3, 3));
}

TEST(Arithmetic, shapes_that_do_not_broadcast_name_the_op_and_both) {
  const std::string m = message_of<ShapeError>([] { add(ones({2, 3}), ones({4})); });
  EXPECT_THAT(m, HasSubstr("[add]"));
  EXPECT_THAT(m, HasSubstr("[2, 3]"));
  EXPECT_THAT(m, HasSubstr("[4]"));
}

TEST(Arithmetic, an_operand_used_twice_gets_both_gradients) {
  Tensor x = leaf({3, -2}, f32);
  EXPECT_THAT(slope(x, [](const Tensor& x) { return x * x; }), ElementsAre(6, -4));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return x - x; }), ElementsAre(0, 0));
}

TEST(Arithmetic, integers_wrap_around_and_divide_into_f32) {
  Tensor big = full({1}, 127, i8);
  EXPECT_THAT(list(big + 1), ElementsAre(-128));
  Tensor q = tensor({7, 1}, i64) / tensor({2, 0}, i64);
  EXPECT_EQ(q.dtype(), f32);
  EXPECT_THAT(list(q), ElementsAre(3.5, inf));
}

TEST(Arithmetic, bool_adds_as_or_multiplies_as_and_and_has_no_difference) {
  Tensor a = tensor({0, 0, 1, 1}, boolean), b = tensor({0, 1, 0, 1}, boolean);
  EXPECT_EQ((a + b).dtype(), boolean);
  EXPECT_THAT(list(a + b), ElementsAre(0, 1, 1, 1));
  EXPECT_THAT(list(a * b), ElementsAre(0, 0, 0, 1));
  EXPECT_THROW(a - b, DtypeError);
  EXPECT_THROW(-a, DtypeError);
}

TEST(Arithmetic, saves_only_what_a_gradient_reads) {
  Tensor w = leaf({2, 3}, f32), x = tensor({5, 7});
  Tensor y = w * x;
  w.detach();
  {
    NoGrad off;
    w.fill_(0);  // d/dw needs x alone
  }
  EXPECT_THAT(list(grad({sum(y)}, {w})[0]), ElementsAre(5, 7));
}

TEST(Pow, a_number_as_exponent_is_exact) {
  Tensor x = leaf({-3, 0, 2}, f32);
  EXPECT_THAT(list(pow(x, 2)), ElementsAre(9, 0, 4));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return pow(x, 2); }), ElementsAre(-6, 0, 4));
  EXPECT_THAT(list(pow(x, 1)), ElementsAre(-3, 0, 2));
  EXPECT_THAT(list(pow(x, 0)), ElementsAre(1, 1, 1));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return pow(x, 0); }), ElementsAre(0, 0, 0));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return pow(x, 3); }), ElementsAre(27, 0, 12));
  EXPECT_THAT(list(pow(tensor({4, 16}), -0.5)), ElementsAre(0.5, 0.25));
  EXPECT_THAT(list(pow(tensor({2, 3}, i64), 3)), ElementsAre(8, 27));
}

TEST(Pow, the_exponent_gets_no_gradient_where_the_base_is_zero) {
  Tensor a = leaf({0, 0, 2}, f32), b = leaf({2, 0, 3}, f32);
  std::vector<Tensor> g = grad({sum(pow(a, b))}, {a, b});
  EXPECT_THAT(list(g[0]), ElementsAre(0, 0, 12));
  EXPECT_EQ(list(g[1])[0], 0);
  EXPECT_EQ(list(g[1])[1], 0);
  EXPECT_NEAR(list(g[1])[2], 8 * std::log(2.0), 1e-5);
}

TEST(Extrema, equal_values_share_the_gradient_by_halves) {
  Tensor a = leaf({1, 5, 3}, f32), b = leaf({2, 4, 3}, f32);
  std::vector<Tensor> g = grad({sum(maximum(a, b))}, {a, b});
  EXPECT_THAT(list(g[0]), ElementsAre(0, 1, 0.5));
  EXPECT_THAT(list(g[1]), ElementsAre(1, 0, 0.5));
  g = grad({sum(minimum(a, b))}, {a, b});
  EXPECT_THAT(list(g[0]), ElementsAre(1, 0, 0.5));
  EXPECT_THAT(list(g[1]), ElementsAre(0, 1, 0.5));
}

TEST(Extrema, nan_on_either_side_gives_nan) {
  Tensor a = tensor({nan, 1}), b = tensor({1, nan});
  for (double v : list(maximum(a, b))) EXPECT_TRUE(std::isnan(v));
  for (double v : list(minimum(a, b))) EXPECT_TRUE(std::isnan(v));
}

TEST(Comparison, nan_equals_nothing) {
  Tensor a = tensor({nan, 1, 2});
  EXPECT_THAT(list(a == a), ElementsAre(0, 1, 1));
  EXPECT_THAT(list(a != a), ElementsAre(1, 0, 0));
  EXPECT_THAT(list(a >= 2), ElementsAre(0, 0, 1));
  EXPECT_THAT(list(a < 2.0), ElementsAre(0, 1, 0));
  EXPECT_EQ((a == a).dtype(), boolean);
}

TEST(Comparison, large_integers_are_compared_exactly) {
  const int64_t big = (int64_t{1} << 53) + 1;
  Tensor a = from_vector(std::vector<int64_t>{big}), b = from_vector(std::vector<int64_t>{big - 1});
  EXPECT_THAT(list(a == b), ElementsAre(0));
  EXPECT_THAT(list(a > b), ElementsAre(1));
}

TEST(Comparison, has_no_history) {
  Tensor x = leaf({1, 2}, f32);
  EXPECT_FALSE((x > 1.5).requires_grad());
}

TEST(Where, picks_and_routes_gradients) {
  Tensor a = leaf({1, 2, 3}, f32), b = leaf({10}, f32);
  Tensor c = tensor({1, 0, 1}, boolean), y = where(c, a, b);
  EXPECT_THAT(list(y), ElementsAre(1, 10, 3));
  std::vector<Tensor> g = grad({sum(y * tensor({1, 2, 4}))}, {a, b});
  EXPECT_THAT(list(g[0]), ElementsAre(1, 0, 4));
  EXPECT_THAT(list(g[1]), ElementsAre(2));
}

TEST(Where, a_nan_that_was_not_picked_does_not_leak_into_the_gradient) {
  Tensor a = leaf({nan, 2}, f32);
  EXPECT_THAT(slope(a, [](const Tensor& a) { return where(isnan(a), 0.0, a); }), ElementsAre(0, 1));
}

TEST(Where, takes_a_bool_condition_only) {
  EXPECT_THAT(message_of<DtypeError>([] { where(ones({2}), 1.0, 0.0); }), HasSubstr("the condition must be bool, it is f32"));
}

TEST(Unary, kinks_take_the_derivative_that_is_documented) {
  Tensor x = leaf({-1, 0, 2}, f32);
  EXPECT_THAT(slope(x, [](const Tensor& x) { return relu(x); }), ElementsAre(0, 0, 1));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return abs(x); }), ElementsAre(-1, 0, 1));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return sign(x); }), ElementsAre(0, 0, 0));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return round(x); }), ElementsAre(0, 0, 0));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return clamp(x, 0, 1); }), ElementsAre(0, 1, 0));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return clamp(x, -inf, 2); }), ElementsAre(1, 1, 1));
  EXPECT_THAT(slope(x, [](const Tensor& x) { return leaky_relu(x, 0.25); }), ElementsAre(0.25, 0.25, 1));
}

TEST(Unary, the_fused_gradient_and_the_formula_agree) {
  // create_graph runs the formula in ops; without it the kernel runs.
  Tensor x = leaf({-2.5, -0.75, 0.3, 1.7, 3.1}, f64), positive = leaf({0.3, 0.9, 1.7, 2.2, 9.0}, f64);
  Tensor w = tensor({1, -2, 0.5, 3, 0.25}, f64);
  struct Case {
    const char* name;
    Tensor (*f)(const Tensor&);
    bool positive;
  };
  for (const Case& c : {Case{"abs", abs, false},
                        {"exp", exp, false},
                        {"expm1", expm1, false},
                        {"log", log, true},
                        {"log1p", log1p, true},
                        {"sqrt", sqrt, true},
                        {"rsqrt", rsqrt, true},
                        {"square", square, false},
                        {"reciprocal", reciprocal, true},
                        {"sin", sin, false},
                        {"cos", cos, false},
                        {"tanh", tanh, false},
                        {"sigmoid", sigmoid, false},
                        {"erf", erf, false},
                        {"relu", relu, false},
                        {"gelu", gelu, false},
                        {"gelu_tanh", gelu_tanh, false},
                        {"silu", silu, false},
                        {"softplus", [](const Tensor& x) { return softplus(x, 2, 4); }, false},
                        {"elu", [](const Tensor& x) { return elu(x, 1.3); }, false},
                        {"leaky_relu", [](const Tensor& x) { return leaky_relu(x, 0.1); }, false},
                        {"clamp", [](const Tensor& x) { return clamp(x, -1, 2); }, false}}) {
    const Tensor& t = c.positive ? positive : x;
    Tensor fused = grad({sum(w * c.f(t))}, {t})[0];
    Tensor formula = grad({sum(w * c.f(t))}, {t}, {}, true, true)[0];
    EXPECT_TRUE(allclose(fused, formula, 1e-12, 1e-14)) << c.name << "\n" << fused << "\n" << formula;
  }
}

TEST(Unary, integers_stay_integers_where_that_makes_sense_and_become_f32_elsewhere) {
  Tensor x = tensor({-2, 0, 3}, i64);
  for (Tensor (*f)(const Tensor&) : {neg, abs, sign, relu, square, floor, ceil, round}) EXPECT_EQ(f(x).dtype(), i64);
  EXPECT_THAT(list(square(x)), ElementsAre(4, 0, 9));
  EXPECT_THAT(list(clamp(x, -1, 2)), ElementsAre(-1, 0, 2));
  EXPECT_EQ(clamp(x, -1, 2).dtype(), i64);
  for (Tensor (*f)(const Tensor&) : {exp, sin, tanh, sigmoid, gelu}) EXPECT_EQ(f(x).dtype(), f32);
}

TEST(Unary, halves_round_to_even) { EXPECT_THAT(list(round(tensor({-1.5, -0.5, 0.5, 1.5, 2.5}))), ElementsAre(-2, 0, 0, 2, 2)); }

TEST(Unary, nan_passes_through_activations_and_bounds) {
  Tensor x = tensor({nan});
  for (const Tensor& y : {relu(x), clamp(x, 0, 1), leaky_relu(x), elu(x), gelu(x), silu(x), softplus(x), sigmoid(x), tanh(x), abs(x)})
    EXPECT_TRUE(std::isnan(y.item()));
}

TEST(Unary, softplus_and_expm1_neither_overflow_nor_lose_small_values) {
  EXPECT_THAT(list(softplus(tensor({1000, -1000}))), ElementsAre(1000, 0));
  EXPECT_FLOAT_EQ(float(expm1(tensor({1e-6})).item()), 1.0000005e-6f);
  EXPECT_FLOAT_EQ(float(log1p(tensor({1e-6})).item()), 9.999995e-7f);
  EXPECT_THAT(list(sigmoid(tensor({-1000, 1000}))), ElementsAre(0, 1));
}

TEST(Unary, questions_answer_in_bool) {
  Tensor x = tensor({1, inf, nan, 0});
  EXPECT_THAT(list(isfinite(x)), ElementsAre(1, 0, 0, 1));
  EXPECT_THAT(list(isnan(x)), ElementsAre(0, 0, 1, 0));
  EXPECT_THAT(list(logical_not(x)), ElementsAre(0, 0, 0, 1));
  EXPECT_EQ(isnan(x).dtype(), boolean);
}

TEST(Unary, clamp_refuses_bounds_in_the_wrong_order) {
  EXPECT_THAT(message_of<ConfigError>([] { clamp(ones({2}), 1, 0); }), HasSubstr("[clamp] low must be at most high (low=1, high=0)"));
}

TEST(Unary, views_with_any_strides_give_the_values_of_their_copies) {
  Tensor x = leaf({{1, 2, 3}, {4, 5, 6}}, f64);
  Tensor y = exp(x.t().slice(0, {std::nullopt, std::nullopt, -1}));
  EXPECT_TRUE(allclose(y, exp(tensor({{3, 6}, {2, 5}, {1, 4}}, f64))));
  EXPECT_TRUE(allclose(grad({sum(y)}, {x})[0], exp(x.detach())));
}

TEST(Numbers, that_a_tensors_type_cannot_hold_are_an_error_and_not_another_number) {
  const Tensor pixels = tensor({1, 200}, u8);
  EXPECT_THAT(message_of<DtypeError>([&] { (void)(pixels < 300); }), HasSubstr("the number 300 does not fit into u8"));
  EXPECT_THROW(pixels + 256, DtypeError);
  EXPECT_THROW(pixels == -1, DtypeError);
  EXPECT_THROW(where(pixels > 10, pixels, 999), DtypeError);
  EXPECT_THROW(tensor({1}, i32) < (int64_t{1} << 40), DtypeError);
  EXPECT_EQ((pixels < 255).to_vector<bool>(), (std::vector<bool>{true, true}));
  EXPECT_EQ((pixels < 300.0).to_vector<bool>(), (std::vector<bool>{true, true}));
  EXPECT_EQ((tensor({1}, i64) + (int64_t{1} << 40)).item(), double((int64_t{1} << 40) + 1));
  EXPECT_THROW(masked_fill(pixels, pixels > 10, 300), DtypeError);
}

}  // namespace
}  // namespace cairn
