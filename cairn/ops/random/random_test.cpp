// Draws: their statistics within bounds that a right generator misses less than once in a million seeds (the seeds are fixed), and
// what makes them repeatable.
#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

using testing::HasSubstr;

double mean_of(const Numbers& v) {
  double s = 0;
  for (double x : v) s += x;
  return s / double(v.size());
}
double variance_of(const Numbers& v) {
  const double m = mean_of(v);
  double s = 0;
  for (double x : v) s += (x - m) * (x - m);
  return s / double(v.size());
}

TEST(Draws, have_the_moments_of_their_distributions) {
  manual_seed(1);
  constexpr int64_t n = 100000;
  for (DType dtype : {f32, f64}) {
    const Numbers u = list(rand({n}, dtype)), z = list(randn({n}, dtype));
    EXPECT_NEAR(mean_of(u), 0.5, 5 * std::sqrt(1 / 12.0 / n));
    EXPECT_NEAR(variance_of(u), 1 / 12.0, 5 * std::sqrt(1 / 180.0 / n));
    EXPECT_NEAR(mean_of(z), 0, 5 / std::sqrt(double(n)));
    EXPECT_NEAR(variance_of(z), 1, 5 * std::sqrt(2.0 / n));
    EXPECT_GE(*std::min_element(u.begin(), u.end()), 0);
    EXPECT_LT(*std::max_element(u.begin(), u.end()), 1);
  }
}

TEST(Draws, of_whole_numbers_hit_each_value_about_equally_often) {
  manual_seed(2);
  std::vector<int> counts(7);
  for (int64_t v : randint(-3, 4, {70000}).to_vector<int64_t>()) ++counts.at(size_t(v + 3));
  for (int c : counts) EXPECT_NEAR(c, 10000, 5 * std::sqrt(10000 * 6 / 7.0));
  EXPECT_EQ(randint(0, 256, {4}, u8).dtype(), u8);
  EXPECT_THROW(randint(0, int64_t{1} << 40, {2}), ConfigError);
}

TEST(Draws, depend_on_the_seed_and_move_on) {
  manual_seed(3);
  const Numbers a = list(rand({10})), b = list(rand({10}));
  manual_seed(3);
  EXPECT_EQ(list(rand({10})), a);
  EXPECT_EQ(list(rand({10})), b);
  EXPECT_NE(a, b);
  manual_seed(4);
  EXPECT_NE(list(rand({10})), a);
}

TEST(Draws, of_different_ops_do_not_share_numbers) {
  manual_seed(5);
  const Numbers wide = list(rand({9}, f64)), next = list(rand({9}, f64));
  for (double x : wide)
    for (double y : next) EXPECT_NE(x, y);
}

TEST(Bernoulli, follows_each_chance) {
  manual_seed(6);
  const Tensor p = expand(tensor({0, 0.25, 1}), {40000, 3});
  const Numbers rate = list(mean(bernoulli(p), {0}));
  EXPECT_EQ(rate[0], 0);
  EXPECT_NEAR(rate[1], 0.25, 5 * std::sqrt(0.25 * 0.75 / 40000));
  EXPECT_EQ(rate[2], 1);
  EXPECT_THROW(bernoulli(tensor({std::nan("")})), ConfigError);
}

TEST(Randperm, is_a_permutation_and_every_order_comes_up) {
  manual_seed(7);
  std::vector<int> seen(6);
  for (int i = 0; i < 6000; ++i) {
    const std::vector<int64_t> p = randperm(3).to_vector<int64_t>();
    ASSERT_EQ(p[0] + p[1] + p[2], 3);
    ASSERT_NE(p[0], p[1]);
    ++seen[size_t(p[0] * 2 + (p[1] > p[2]))];
  }
  for (int c : seen) EXPECT_NEAR(c, 1000, 5 * std::sqrt(1000 * 5 / 6.0));
  std::vector<int64_t> long_one = randperm(1000).to_vector<int64_t>();
  EXPECT_FALSE(std::is_sorted(long_one.begin(), long_one.end()));
  std::sort(long_one.begin(), long_one.end());
  for (int64_t i = 0; i < 1000; ++i) EXPECT_EQ(long_one[size_t(i)], i);
}

TEST(Dropout, keeps_the_mean_and_silences_the_right_share) {
  manual_seed(8);
  const Numbers y = list(dropout(ones({100000}), 0.3));
  const double zeros_seen = double(std::count(y.begin(), y.end(), 0.0)) / 100000;
  EXPECT_NEAR(zeros_seen, 0.3, 5 * std::sqrt(0.21 / 100000));
  for (double v : y) {
    if (v != 0) ASSERT_NEAR(v, 1 / 0.7, 1e-6);
  }
}

TEST(Dropout, uses_one_mask_forward_and_backward) {
  Tensor x = ones({3, 50});
  x.set_requires_grad();
  Tensor y = dropout(x, 0.5);
  sum(y).backward();
  EXPECT_EQ(list(x.grad()), list(y));
  EXPECT_NE(list(dropout(x, 0.5)), list(y));
}

TEST(Dropout, at_its_ends) {
  Tensor x = ones({4});
  EXPECT_EQ(dropout(x, 0.5, false).impl(), x.impl());
  EXPECT_EQ(dropout(x, 0).impl(), x.impl());
  EXPECT_EQ(list(dropout(x, 1)), (Numbers{0, 0, 0, 0}));
  EXPECT_THROW(dropout(x, -0.1), ConfigError);
  EXPECT_THROW(dropout(x, std::nan("")), ConfigError);
  EXPECT_THROW(dropout(zeros({2}, i64), 0.5), DtypeError);
}

TEST(Randint, refuses_a_range_that_the_type_cannot_hold) {
  EXPECT_THROW(randint(0, 257, {2}, u8), DtypeError);
  EXPECT_THROW(randint(-1, 5, {2}, u8), DtypeError);
  EXPECT_THROW(randint(0, 129, {2}, i8), DtypeError);
  EXPECT_EQ(randint(-128, 128, {2}, i8).dtype(), i8);
}

// A group is a channel of an example for dropout2d, an example for stochastic_depth.
TEST(Dropout, of_groups_drops_and_scales_each_as_a_whole) {
  manual_seed(21);
  for (const bool channels : {true, false}) {
    const Tensor x = ones({200, 20, 3, 2}).set_requires_grad();
    const Tensor y = channels ? dropout2d(x, 0.2) : stochastic_depth(x, 0.2);
    const Numbers v = list(y);
    const size_t group = channels ? 6 : 120;
    int dropped = 0;
    for (size_t i = 0; i < v.size(); i += group) {
      EXPECT_TRUE(v[i] == 0 || std::abs(v[i] - 1.25) < 1e-6);
      for (size_t k = 1; k < group; k++) ASSERT_EQ(v[i + k], v[i]);
      dropped += v[i] == 0;
    }
    const double groups = double(v.size() / group);
    EXPECT_NEAR(dropped / groups, 0.2, 5 * std::sqrt(0.2 * 0.8 / groups));
    y.backward(ones(y.shape()));
    EXPECT_EQ(list(x.grad()), v) << "the same groups are silent in backward";
  }
  const Tensor x = ones({2, 3});
  EXPECT_EQ(list(dropout2d(x, 0.5, false)), Numbers(6, 1.0));
  EXPECT_EQ(list(stochastic_depth(x, 1.0)), Numbers(6, 0.0));
}

TEST(Dropout, of_groups_does_not_depend_on_how_images_lie) {
  const Tensor x = sample_normal({3, 19, 4, 5});
  for (const Layout layout : {Layout::nChw16c, Layout::nChw8c})
    for (const bool channels : {true, false}) {
      const auto drop = [&](const Tensor& t) {
        manual_seed(22);
        return channels ? dropout2d(t, 0.4) : stochastic_depth(t, 0.4);
      };
      const Tensor blocked = drop(Tensor(to_blocked(x.array(), layout)));
      EXPECT_TRUE(blocked.array().blocked());
      EXPECT_EQ(list(blocked), list(drop(x)));
    }
}

}  // namespace
}  // namespace cairn
