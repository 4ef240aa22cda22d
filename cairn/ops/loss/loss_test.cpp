// Losses: values by hand or by double-precision loops, gradients by differences.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/graph.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// First and second derivatives of f at x, which becomes an f64 leaf.
template <class F> void expect_gradients(const Tensor& x, F f) {
  Tensor leaf(cast_copy(x.array(), f64));
  leaf.set_requires_grad();
  const TensorFunction g = [&](const std::vector<Tensor>& in) { return std::vector<Tensor>{f(in[0])}; };
  const GradcheckResult first = gradcheck(g, {leaf}), second = gradgradcheck(g, {leaf});
  EXPECT_TRUE(first.ok) << first.message;
  EXPECT_TRUE(second.ok) << second.message;
}

// The definition, in double: total loss and total weight of the targets that count.
std::pair<double, double> plain_cross_entropy(const Tensor& x, const std::vector<int64_t>& t, Numbers w, int64_t ignore, double s) {
  const size_t n = size_t(x.size(1));
  if (w.empty()) w.assign(n, 1);
  double loss = 0, weight = 0;
  const Numbers xs = list(x);
  for (size_t i = 0; i < t.size(); ++i) {
    if (t[i] == ignore) continue;
    double z = 0;
    for (size_t j = 0; j < n; ++j) z += std::exp(xs[i * n + j]);
    for (size_t j = 0; j < n; ++j) {
      const double log_p = xs[i * n + j] - std::log(z);
      loss -= (int64_t(j) == t[i] ? (1 - s) * w[j] * log_p : 0) + s / double(n) * w[j] * log_p;
    }
    weight += w[size_t(t[i])];
  }
  return {loss, weight};
}

TEST(CrossEntropy, equals_its_definition_for_all_options) {
  const Tensor x = sample_normal({6, 4}, 1), w = sample_uniform({4}, 0.5, 2, 2);
  const std::vector<int64_t> labels{0, 3, 1, 1, 2, 3};
  const Tensor t = from_vector(labels);
  for (double s : {0.0, 0.1, 1.0})
    for (int64_t ignore : {-100, 1})
      for (bool weighted : {false, true}) {
        const auto [loss, weight] = plain_cross_entropy(x, labels, weighted ? list(w) : Numbers{}, ignore, s);
        CrossEntropyOptions o{weighted ? w : Tensor(), ignore, s, Reduction::sum};
        EXPECT_NEAR(cross_entropy(x, t, o).item(), loss, 1e-5);
        EXPECT_NEAR(sum(cross_entropy(x, t, {o.weight, ignore, s, Reduction::none})).item(), loss, 1e-5);
        EXPECT_NEAR(cross_entropy(x, t, {o.weight, ignore, s, Reduction::mean}).item(), loss / weight, 1e-5);
      }
}

TEST(CrossEntropy, fused_gradient_and_formula_agree) {
  Tensor x = sample_normal({5, 4}, 1), w = sample_uniform({4}, 0.5, 2, 2);
  x.set_requires_grad();
  const Tensor t = tensor({0, 3, 1, 1, 2}, i64);
  for (Reduction r : {Reduction::mean, Reduction::sum}) {
    const CrossEntropyOptions o{w, 3, 0.2, r};
    const Numbers fused = list(grad({cross_entropy(x, t, o)}, {x})[0]);
    const Numbers formula = list(grad({cross_entropy(x, t, o)}, {x}, {}, true, true)[0]);
    for (size_t i = 0; i < fused.size(); ++i) EXPECT_NEAR(fused[i], formula[i], 1e-6);
  }
}

TEST(CrossEntropy, of_images_counts_each_pixel) {
  const Tensor x = sample_normal({2, 3, 2, 2}, 1), t = sample_index({2, 2, 2}, 3, 2);
  const Tensor each = cross_entropy(x, t, {{}, -100, 0, Reduction::none});
  ASSERT_EQ(each.shape(), t.shape());
  for (int64_t n = 0; n < 2; ++n)
    for (int64_t i = 0; i < 2; ++i)
      for (int64_t j = 0; j < 2; ++j) {
        const Tensor pixel = slice(slice(x, 2, {i, i + 1}), 3, {j, j + 1})[n].reshape({1, 3});
        EXPECT_NEAR(each.at({n, i, j}), plain_cross_entropy(pixel, {int64_t(t.at({n, i, j}))}, {}, -100, 0).first, 1e-5);
      }
}

TEST(CrossEntropy, of_shares_that_are_all_of_one_class_is_that_of_labels) {
  const Tensor x = sample_normal({6, 4}, 1), w = sample_uniform({4}, 0.5, 2, 2), t = tensor({0, 3, 1, 1, 2, 3}, i64),
               shares = cast(one_hot(t, 4), f32);
  for (const double s : {0.0, 0.3})
    for (const Tensor& weight : {Tensor(), w}) {
      const CrossEntropyOptions sum_of{weight, -100, s, Reduction::sum}, each{weight, -100, s, Reduction::none};
      EXPECT_NEAR(cross_entropy(x, shares, sum_of).item(), cross_entropy(x, t, sum_of).item(), 1e-5);
      EXPECT_LT(max(abs(cross_entropy(x, shares, each) - cross_entropy(x, t, each))).item(), 1e-5);
    }
  EXPECT_NEAR(cross_entropy(x, shares).item(), cross_entropy(x, t).item(), 1e-6);
}

TEST(CrossEntropy, of_shares_is_linear_in_them) {
  const Tensor x = sample_normal({5, 3}, 1), a = tensor({0, 1, 2, 0, 1}, i64), b = tensor({1, 1, 0, 2, 2}, i64);
  const Tensor shares = 0.3 * cast(one_hot(a, 3), f32) + 0.7 * cast(one_hot(b, 3), f32);
  EXPECT_NEAR(cross_entropy(x, shares).item(), 0.3 * cross_entropy(x, a).item() + 0.7 * cross_entropy(x, b).item(), 1e-6);
  expect_gradients(x, [&](const Tensor& z) { return cross_entropy(z, cast(shares, f64), {.label_smoothing = 0.1}); });
  const Tensor half = cast(x, bf16);
  EXPECT_EQ(cross_entropy(half, shares).dtype(), f32);
  EXPECT_NEAR(cross_entropy(half, shares).item(), cross_entropy(cast(half, f32), shares).item(), 1e-6);
}

TEST(CrossEntropy, of_shares_in_another_shape_says_what_they_must_be) {
  EXPECT_THAT(message_of<DtypeError>([] {
                cross_entropy(zeros({2, 3}), zeros({2, 4}));
              }),
              HasSubstr("shares of the classes must have the logits' shape"));
  EXPECT_THROW(cross_entropy(zeros({2, 3}), zeros({2, 3}), {.weight = zeros({2})}), ShapeError);
}

TEST(CrossEntropy, is_nan_when_every_target_is_ignored) {
  Tensor x = sample_normal({2, 3});
  x.set_requires_grad();
  const Tensor t = tensor({-100, -100}, i64);
  EXPECT_TRUE(std::isnan(cross_entropy(x, t).item()));
  EXPECT_EQ(cross_entropy(x, t, {{}, -100, 0, Reduction::sum}).item(), 0);
  EXPECT_TRUE(std::isnan(cross_entropy(zeros({0, 3}), zeros({0}, i64)).item()));
}

TEST(CrossEntropy, survives_huge_logits_and_16_bit_ones) {
  EXPECT_NEAR(cross_entropy(tensor({{1e4, -1e4}}), tensor({1}, i64)).item(), 2e4, 1);
  Tensor x = cast(sample_normal({4, 5}), bf16);
  x.set_requires_grad();
  Tensor y = cross_entropy(x, tensor({0, 1, 2, 3}, i64));
  EXPECT_EQ(y.dtype(), f32);
  y.backward();
  EXPECT_EQ(x.grad().dtype(), bf16);
}

TEST(Nll, is_cross_entropy_after_log_softmax) {
  const Tensor x = sample_normal({6, 4}, 1), t = tensor({0, 3, 1, 1, 2, 3}, i64), w = sample_uniform({4}, 0.5, 2, 2);
  for (Reduction r : {Reduction::mean, Reduction::sum})
    for (int64_t ignore : {-100, 1}) {
      const CrossEntropyOptions o{w, ignore, 0, r};
      EXPECT_NEAR(nll_loss(log_softmax(x), t, o).item(), cross_entropy(x, t, o).item(), 1e-5);
      expect_gradients(x, [&](const Tensor& z) { return nll_loss(log_softmax(z), t, o); });
    }
  EXPECT_EQ(nll_loss(zeros({2, 3, 4}), zeros({2, 4}, i32), {{}, -100, 0, Reduction::none}).shape(), (Shape{2, 4}));
}

TEST(Nll, names_a_label_outside_the_classes) {
  EXPECT_THAT(message_of<IndexError>([] {
                nll_loss(zeros({2, 10}), tensor({1, 12}, i64));
              }),
              HasSubstr("[nll_loss] target 12 at position 1 is outside the 10 classes (labels go from 0 to 9)"));
  EXPECT_THROW(nll_loss(zeros({2, 10}), tensor({1, -1}, i64)), IndexError);
  EXPECT_THROW(nll_loss(zeros({1, 2}), zeros({1}, i64), {{}, -100, 0.1}), ConfigError);
}

TEST(Losses, a_replayed_trace_checks_its_labels) {
  const Tensor x = log_softmax(sample_normal({4, 3}, 1));
  for (auto loss : {&nll_loss, &cross_entropy})
    for (DType dtype : {i64, i32}) {
      const Graph graph =
          trace([&](const std::vector<Tensor>& in) { return std::vector<Tensor>{loss(in[0], in[1], {})}; }, {x, tensor({0, 1, 2, 0}, dtype)});
      const Tensor other = tensor({2, 1, -100, 0}, dtype);
      EXPECT_EQ(graph.run({x, other})[0].item(), loss(x, other, {}).item());
      for (double bad : {3.0, -1.0, -99.0, 1e9})
        EXPECT_THAT(message_of<IndexError>([&] {
                      graph.run({x, tensor({0.0, 1.0, bad, 0.0}, dtype)});
                    }),
                    HasSubstr("at position 2 is outside the 3 classes"));
    }
}

TEST(Regression, losses_have_their_values_by_hand) {
  const Tensor p = tensor({1, 2, 5}), t = tensor({1, 0, 2});  // differences 0, 2, 3
  EXPECT_NEAR(mse_loss(p, t).item(), 13.0 / 3, 1e-6);
  EXPECT_EQ(mse_loss(p, t, Reduction::sum).item(), 13);
  EXPECT_THAT(list(l1_loss(p, t, Reduction::none)), ElementsAre(0, 2, 3));
  EXPECT_THAT(list(huber_loss(p, t, 2.5, Reduction::none)), ElementsAre(0, 2, 2.5 * (3 - 1.25)));
}

TEST(Regression, losses_have_right_gradients) {
  const Tensor p = sample_distinct({7}), t = zeros({7}, f64);
  for (Reduction r : {Reduction::none, Reduction::mean, Reduction::sum}) {
    expect_gradients(p, [&](const Tensor& x) { return mse_loss(x, t, r); });
    expect_gradients(p, [&](const Tensor& x) { return l1_loss(x, t, r); });
    expect_gradients(p, [&](const Tensor& x) { return huber_loss(x, t, 0.2, r); });
  }
}

TEST(Losses, do_not_broadcast) {
  EXPECT_THAT(message_of<ShapeError>([] {
                mse_loss(zeros({64, 1}), zeros({64}));
              }),
              HasSubstr("[mse_loss] prediction and target must have one shape (prediction [64, 1], target [64])"));
  EXPECT_THROW(l1_loss(zeros({3}), zeros({})), ShapeError);
  EXPECT_THROW(huber_loss(zeros({3}), zeros({4})), ShapeError);
  EXPECT_THROW(huber_loss(zeros({3}), zeros({3}), 0), ConfigError);
  EXPECT_THROW(bce_with_logits(zeros({3}), zeros({3, 1})), ShapeError);
  EXPECT_THROW(kl_div(zeros({3}), zeros({1, 3})), ShapeError);
  EXPECT_THROW(hinge_loss(zeros({3}), zeros({2})), ShapeError);
  EXPECT_THROW(mse_loss(zeros({3}, i64), zeros({3})), DtypeError);
  EXPECT_THROW(mse_loss(zeros({3}), Tensor()), StateError);
}

TEST(Bce, equals_its_definition_and_keeps_small_losses) {
  const Tensor x = tensor({-2, -0.5, 0, 3}), t = tensor({0, 1, 1, 0.25}), w = tensor({3}, f32);
  const Numbers xs = list(x), ts = list(t), each = list(bce_with_logits(x, t, w, Reduction::none));
  for (size_t i = 0; i < 4; ++i) {
    const double p = 1 / (1 + std::exp(-xs[i]));
    EXPECT_NEAR(each[i], -(3 * ts[i] * std::log(p) + (1 - ts[i]) * std::log(1 - p)), 1e-5);
  }
  EXPECT_NEAR(bce_with_logits(tensor({30}, f64), tensor({1}, f64)).item(), std::exp(-30.0), 1e-25);
  EXPECT_NEAR(bce_with_logits(tensor({-30}, f64), tensor({0}, f64)).item(), std::exp(-30.0), 1e-25);
  EXPECT_EQ(bce_with_logits(tensor({1000}), tensor({0})).item(), 1000);
}

TEST(Bce, slope_is_sigmoid_minus_target_at_zero_too) {
  Tensor x = zeros({1});
  x.set_requires_grad();
  bce_with_logits(x, ones({1})).backward();
  EXPECT_NEAR(x.grad().item(), -0.5, 1e-6);
  const Tensor t = cast(sample_uniform({6}, 0, 1, 4), f64), w = tensor({2.5}, f64);
  expect_gradients(sample_normal({6}), [&](const Tensor& z) { return bce_with_logits(z, t, w); });
}

TEST(KlDiv, counts_nothing_where_p_is_zero) {
  const Tensor p = tensor({0, 0.25, 0.75}), q = tensor({0.2, 0.3, 0.5});
  const double wanted = 0.25 * std::log(0.25 / 0.3) + 0.75 * std::log(0.75 / 0.5);
  EXPECT_NEAR(kl_div(log(q), p, Reduction::sum).item(), wanted, 1e-6);
  EXPECT_NEAR(kl_div(log(q), p).item(), wanted / 3, 1e-6);
  const Tensor fixed = cast(p, f64);
  expect_gradients(sample_normal({3}), [&](const Tensor& z) { return kl_div(log_softmax(z), fixed, Reduction::sum); });
}

TEST(Hinge, is_zero_beyond_the_margin) {
  EXPECT_THAT(list(hinge_loss(tensor({2, 0.5, -1}), tensor({1, 1, 1}), 1, Reduction::none)), ElementsAre(0, 0.5, 2));
  EXPECT_NEAR(hinge_loss(tensor({-2, 0.5}), tensor({-1, -1})).item(), 0.75, 1e-6);
  const Tensor t = tensor({1, -1, 1, -1}, f64);
  expect_gradients(sample_distinct({4}), [&](const Tensor& z) { return hinge_loss(z, t, 0.02); });
}

}  // namespace
}  // namespace cairn
