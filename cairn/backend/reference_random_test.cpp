// The reference kernels, third part: random numbers, optimiser steps, and the choice of the backend. (See reference_test.cpp.)
#include <cairn/backend/random_map.h>
#include <cairn/backend/reference/reference.h>

#include <gmock/gmock.h>

#include <tests/helpers/reference.h>

namespace cairn {
namespace {

using ::testing::DoubleNear;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::Lt;
using ::testing::Pointwise;

Array draw(Distribution d, double a, double b, int64_t n, DType t, RandomKey key = {}) {
  Array y({n}, t);
  k.random(d, key, a, b, y);
  return y;
}

// The first block of Philox4x32-10 with counter and key 0, as its authors publish it.
constexpr uint32_t words[4] = {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8};

TEST(ReferenceRandom, MapsPublishedWordsAsDocumented) {
  EXPECT_THAT(list(draw(Distribution::uniform, 0, 1, 4, f32)), ElementsAre(0x6627e8p-24, 0xe169c5p-24, 0xbc57acp-24, 0x9b00dbp-24));
  EXPECT_THAT(list(draw(Distribution::uniform, 0, 1, 4, bf16)), ElementsAre(0x66p-8, 0xe1p-8, 0xbcp-8, 0x9bp-8));
  EXPECT_THAT(list(draw(Distribution::uniform, 0, 1, 4, f16)), ElementsAre(0x331p-11, 0x70bp-11, 0x5e2p-11, 0x4d8p-11));
  EXPECT_EQ(list(draw(Distribution::uniform, 0, 1, 2, f64))[0], double(0xe169c58d6627e8d5 >> 11) * 0x1p-53);
  EXPECT_EQ(list(draw(Distribution::uniform, 0, 1, 2, f64))[1], double(0x9b00dbd8bc57ac4c >> 11) * 0x1p-53);
  EXPECT_THAT(list(draw(Distribution::uniform, -2, 6, 1, f32)), ElementsAre(-2 + 8 * 0x6627e8p-24));
  for (DType t : {f32, f64, i8, u8, i32, i64})  // floor(word * 10 / 2^32)
    EXPECT_THAT(list(draw(Distribution::integer, 5, 15, 4, t)), ElementsAre(5 + 3, 5 + 8, 5 + 7, 5 + 6));
  EXPECT_EQ(list<int64_t>(draw(Distribution::integer, -0x1p31, 0x1p31, 1, i64))[0], int64_t(words[0]) - (int64_t(1) << 31));
  EXPECT_THAT(list(draw(Distribution::bernoulli, 0.5, 0, 4, boolean)), ElementsAre(1, 0, 0, 0));
  EXPECT_THAT(list(draw(Distribution::bernoulli, 0.7, 0, 4, f64)), ElementsAre(1, 0, 0, 1));
  const double r = std::sqrt(-2 * std::log(0x6627e9p-24)), t = 2 * std::numbers::pi * 0xe169c5p-24;
  expect_near(draw(Distribution::normal, 0, 1, 2, f32), {r * std::cos(t), r * std::sin(t)}, 1e-6);
  expect_near(draw(Distribution::normal, 10, 2, 1, f32), {10 + 2 * r * std::cos(t)}, 1e-5);
}

TEST(ReferenceRandom, DependsOnNothingButTheKeyAndThePosition) {
  for (Distribution d : {Distribution::uniform, Distribution::normal, Distribution::integer, Distribution::bernoulli}) {
    const double b = d == Distribution::bernoulli ? 0 : 3, a = d == Distribution::bernoulli ? 0.5 : 1;
    const Numbers all = list(draw(d, a, b, 103, f32, {7, 1, 40}));
    EXPECT_EQ(all, list(draw(d, a, b, 103, f32, {7, 1, 40})));
    EXPECT_NE(all, list(draw(d, a, b, 103, f32, {8, 1, 40})));
    EXPECT_NE(all, list(draw(d, a, b, 103, f32, {7, 2, 40})));
    const Numbers from_block_2 = list(draw(d, a, b, 95, f32, {7, 1, 42}));  // 8 elements later
    EXPECT_EQ(Numbers(all.begin() + 8, all.end()), from_block_2);
  }
}

TEST(ReferenceRandom, HasTheMomentsOfItsDistributions) {
  const int64_t n = 1 << 18;
  const auto moments = [](const Numbers& v) {
    double mean = 0, var = 0;
    for (double x : v) mean += x / v.size();
    for (double x : v) var += (x - mean) * (x - mean) / v.size();
    return Numbers{mean, var};
  };
  for (DType t : {f32, f64, bf16, f16}) {  // five deviations of the estimates, and the rounding of 16-bit types
    const Numbers uniform = list(draw(Distribution::uniform, 2, 4, n, t, {1})), normal = list(draw(Distribution::normal, -1, 2, n, t, {2}));
    EXPECT_THAT(uniform, Each(Ge(2.0)));
    EXPECT_THAT(uniform, Each(Lt(4.0)));
    EXPECT_THAT(moments(uniform), Pointwise(DoubleNear(0.01), Numbers{3, 1.0 / 3}));
    EXPECT_THAT(moments(normal), Pointwise(DoubleNear(0.06), Numbers{-1, 4}));
  }
  EXPECT_NEAR(moments(list(draw(Distribution::bernoulli, 0.3, 0, n, boolean, {3})))[0], 0.3, 0.005);
  EXPECT_NEAR(moments(list(draw(Distribution::integer, 0, 6, n, i8, {4})))[0], 2.5, 0.02);
}

TEST(ReferenceRandom, NeverReachesTheUpperEndByRounding) {
  const float next = std::nextafter(1.0f, 2.0f);  // two numbers: half of the draws would round up to the end
  EXPECT_THAT(list(draw(Distribution::uniform, 1, next, 1000, f32)), Each(1.0));
  EXPECT_THAT(list(draw(Distribution::uniform, 3, 3, 10, f32)), Each(3.0));
  for (const auto& [a, b] : {std::pair{2.0, 4.0}, {-1.0, 0.0}, {-4.0, -2.0}, {0.0, 0.3}, {-0.3, 0.7}})
    for (DType t : {bf16, f16}) EXPECT_THAT(list(draw(Distribution::uniform, a, b, 20000, t)), Each(Lt(b)));
  EXPECT_EQ(float(last_uniform<bf16_t>(2, 4)), 3.984375f);
  EXPECT_LT(float(last_uniform<bf16_t>(-1, 0)), 0);
  EXPECT_EQ(float(last_uniform<bf16_t>(-4, -2)), -2.015625f);
}

TEST(ReferenceRandom, RefusesWhatHasNoMeaning) {
  EXPECT_THROW(draw(Distribution::uniform, 0, 1, 1, i32), UnsupportedError);
  EXPECT_THROW(draw(Distribution::normal, 0, 1, 1, boolean), UnsupportedError);
  EXPECT_THROW(draw(Distribution::integer, 3, 3, 1, i32), ConfigError);
  EXPECT_THROW(draw(Distribution::integer, 0, 0x1p33, 1, i64), UnsupportedError);
}

TEST(ReferenceDropout, DropsWhereTheUniformNumberIsBelowPAndScalesTheRest) {
  Array y({2, 2});
  k.dropout(make({2, 2}, {1, 2, 3, 4}), {}, 0.5, y);  // u = 0.399, 0.881, 0.736, 0.605
  EXPECT_THAT(list(y), ElementsAre(0, 4, 6, 8));
  k.dropout(make({2, 2}, {1, 3, 2, 4}).transposed(0, 1), {}, 0.5, y);  // the mask goes by position, not by memory
  EXPECT_THAT(list(y), ElementsAre(0, 4, 6, 8));
  k.dropout(make({2, 2}, {1, 2, 3, 4}), {}, 0, y);
  EXPECT_THAT(list(y), ElementsAre(1, 2, 3, 4));
  k.dropout(make({2, 2}, {1, 2, 3, 4}), {}, 1, y);
  EXPECT_THAT(list(y), Each(0.0));
  Array d({1, 2}, f64);
  k.dropout(make({1, 2}, {1, 1}, f64), {}, 0.75, d);
  EXPECT_THAT(list(d), ElementsAre(0, 4));
}

const Numbers gradients[] = {{0.1, -0.3, 0.7}, {-0.2, 0.4, 0.05}, {0.6, -0.1, -0.9}, {0.01, 0.2, 0.3}};

// Four steps from (1, -2, 0.5) in f64, where PyTorch's result is known to 1e-12, and in f32 to 1e-5; then bf16 close by.
template <class Step> void expect_trajectory(const Numbers& expected, Step step) {
  for (const auto& [t, tolerance] : {std::pair{f64, 1e-12}, {f32, 1e-6}, {bf16, 0.02}}) {
    const DType state = t == bf16 ? f32 : t;
    OptimSlot slot{vec({1, -2, 0.5}, t), {}, vec({0, 0, 0}, state), vec({0, 0, 0}, state)};
    for (int i = 0; i < 4; i++) {
      slot.g = vec(gradients[i], t);
      step(std::span(&slot, 1), i + 1);
    }
    expect_near(slot.p, expected, tolerance);
  }
}

TEST(ReferenceOptimiser, SgdFollowsPyTorch) {
  expect_trajectory({0.909115265605632, -1.968642334736384, 0.357731628036096}, [](auto slots, int t) {
    k.sgd_step(slots, {0.1, 0.9, 0.2, 0.01, false, t == 1});
  });
  expect_trajectory({0.8633289999999999, -2.0256070000000004, 0.38304800000000006}, [](auto slots, int t) {
    k.sgd_step(slots, {0.1, 0.9, 0, 0, true, t == 1});
  });
  expect_trajectory({0.945055986011, -2.012031942032, 0.48313278307050006}, [](auto slots, int) {
    slots[0].s0 = slots[0].s1 = {};  // no momentum, no state
    k.sgd_step(slots, {0.1, 0, 0, 0.01, false, false});
  });
}

AdamStep adam(int t, double weight_decay) {
  return {0.05, 0.9, 0.999, 1e-8, weight_decay, false, false, 1 - std::pow(0.9, t), 1 - std::pow(0.999, t), 0, 0, 0};
}

TEST(ReferenceOptimiser, AdamAdamWAndNAdamFollowPyTorch) {
  expect_trajectory({0.9173418836439781, -1.9625798976373523, 0.42006878426896566}, [](auto slots, int t) { k.adam_step(slots, adam(t, 0.01)); });
  expect_trajectory({0.9032257248678887, -1.9331175203506752, 0.4121284297031295}, [](auto slots, int t) {
    AdamStep s = adam(t, 0.1);
    s.decoupled = true;
    k.adam_step(slots, s);
  });
  double product = 1;
  expect_trajectory({0.9330792092083439, -1.9928849161062643, 0.4670865038168561}, [&](auto slots, int t) {
    AdamStep s = adam(t, 0.01);
    s.nesterov = true;
    s.mu = 0.9 * (1 - 0.5 * std::pow(0.96, t * 0.004));
    s.mu_next = 0.9 * (1 - 0.5 * std::pow(0.96, (t + 1) * 0.004));
    s.mu_product = product = (t == 1 ? 1 : product) * s.mu;
    k.adam_step(slots, s);
  });
}

TEST(ReferenceOptimiser, RmspropAndAdagradFollowPyTorch) {
  expect_trajectory({0.8262750057265075, -1.9845836505452632, 0.4139173626692282}, [](auto slots, int) {
    slots[0].s1 = {};
    k.rmsprop_step(slots, {0.05, 0.9, 1e-8, 0.01, 0});
  });
  expect_trajectory({0.6105710913184246, -1.8518389287795505, 0.19352327904504837}, [](auto slots, int) {
    k.rmsprop_step(slots, {0.05, 0.9, 1e-8, 0, 0.8});
  });
  expect_trajectory({0.8896925308358485, -1.9864286072349964, 0.44507472342961185}, [](auto slots, int) {
    k.adagrad_step(slots, {0.1, 1e-10, 0.01});
  });
}

TEST(ReferenceOptimiser, AveragesScalesClampsAndMeasures) {
  OptimSlot slots[] = {{vec({1, 2}), vec({3, -2})}, {vec({8}, f64), vec({4}, f64)}};
  k.ema_step(slots, 0.75);
  EXPECT_THAT(list(slots[0].p), ElementsAre(1.5, 1));
  EXPECT_THAT(list(slots[1].p), ElementsAre(7));

  Array xs[] = {vec({1, -2, 3}), vec({-4}, f64)};
  EXPECT_EQ(k.sum_square(xs), 30);
  k.scale(xs, 2);
  EXPECT_THAT(list(xs[0]), ElementsAre(2, -4, 6));
  k.clamp(xs, -5, 3);
  EXPECT_THAT(list(xs[0]), ElementsAre(2, -4, 3));
  EXPECT_THAT(list(xs[1]), ElementsAre(-5));
  EXPECT_TRUE(k.all_finite(xs[0]));
  EXPECT_TRUE(k.all_finite(vec({1}, i32)));
  for (DType t : {f32, f64, bf16, f16}) {
    EXPECT_FALSE(k.all_finite(vec({1, INFINITY, 2}, t)));
    EXPECT_FALSE(k.all_finite(vec({1, NAN}, t)));
  }
  EXPECT_FALSE(k.all_finite(vec({1, INFINITY})));
  EXPECT_TRUE(k.all_finite(vec({1, INFINITY, 2}).sliced(0, 0, 2, 2)));
}

// A backend that counts the copies it is asked for.
class CountingBackend : public ReferenceBackend {
 public:
  const char* name() const override { return "counting"; }
  void copy(const Array& x, Array& y) override { copies++, ReferenceBackend::copy(x, y); }
  int copies = 0;
};

TEST(BackendChoice, ServesNamesScopesAndTensorCopies) {
  EXPECT_THROW(use_backend("refrence"), ConfigError);
  use_backend("reference");
  EXPECT_STREQ(backend().name(), "reference");
  {
    CountingBackend counting;
    UseBackend use(counting);
    EXPECT_STREQ(backend().name(), "counting");
    EXPECT_THAT(list(contiguous_copy(make({2, 2}, {1, 2, 3, 4}).transposed(0, 1))), ElementsAre(1, 3, 2, 4));
    EXPECT_EQ(counting.copies, 1);
  }
  EXPECT_STREQ(backend().name(), "reference");
  use_backend("cpu");
  EXPECT_STREQ(backend().name(), "cpu");
}

}  // namespace
}  // namespace cairn
