// Initial values against PyTorch's statistics (tests/golden/init.safetensors), bounds, orthogonality, and the seed.
#include <cairn/nn/init.h>

#include <gtest/gtest.h>

#include <cairn/base/random.h>
#include <cairn/nn/linear.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

struct Stats {
  double mean, deviation, low, high;
};
Stats stats(const Tensor& x) {
  const Tensor d = x.detach().to(f64);
  return {d.mean().item(), std(d).item(), d.min().item(), d.max().item()};
}

init::Fan fan(const Json& c) { return c.at("fan").as_string() == "fan_in" ? init::Fan::in : init::Fan::out; }

void fill_as(const Parameter& p, const Json& c) {
  const std::string& name = c.at("init").as_string();
  if (name == "xavier_uniform") init::xavier_uniform(p, c.at("gain").as_double());
  else if (name == "xavier_normal") init::xavier_normal(p, c.at("gain").as_double());
  else if (name == "kaiming_uniform") init::kaiming_uniform(p, c.at("slope").as_double(), fan(c));
  else if (name == "kaiming_normal") init::kaiming_normal(p, c.at("slope").as_double(), fan(c));
  else if (name == "trunc_normal")
    init::trunc_normal(p, c.at("mean").as_double(), c.at("deviation").as_double(), c.at("low").as_double(), c.at("high").as_double());
  else FAIL() << name;
}

TEST(Init, draws_with_the_statistics_of_pytorch) {
  const Golden golden("init.safetensors");
  manual_seed(1);
  int compared = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (!c.find("init")) continue;
    std::vector<int64_t> shape;
    for (const Json& s : c.at("shape").as_array()) shape.push_back(s.as_int());
    for (DType t : {f32, f64}) {
      const Parameter p(empty(shape, t));
      fill_as(p, c);
      const Stats s = stats(p.tensor());
      const std::vector<double> expected = golden.tensor(i, "stats").to_vector<double>();
      const double standard_error = expected[1] / std::sqrt(double(p.tensor().numel()));
      const std::string& name = c.at("init").as_string();
      EXPECT_NEAR(s.mean, expected[0], 6 * standard_error) << name;
      EXPECT_NEAR(s.deviation, expected[1], 0.02 * expected[1]) << name;
      if (name.find("uniform") == std::string::npos && name != "trunc_normal") continue;
      EXPECT_NEAR(s.low, expected[2], 0.002 * (expected[3] - expected[2])) << name;  // both touch their bounds
      EXPECT_NEAR(s.high, expected[3], 0.002 * (expected[3] - expected[2])) << name;
      compared++;
    }
  }
  EXPECT_EQ(compared, 2 * 2 * 4);
}

TEST(Init, knows_the_gains_of_pytorch) {
  const Golden golden("init.safetensors");
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (!c.find("gain") || !c.at("gain").is_string()) continue;
    const double slope = c.find("slope") ? c.at("slope").as_double() : 0.01;
    EXPECT_DOUBLE_EQ(init::gain(c.at("gain").as_string(), slope), golden.tensor(i, "value").item()) << c.dump();
  }
  EXPECT_THROW(init::gain("relu6"), ConfigError);
}

TEST(Init, a_linear_layer_starts_as_pytorchs_does) {
  const Golden golden("init.safetensors");
  const size_t last = golden.cases().size() - 1;
  manual_seed(2);
  Linear l(400, 300);
  const double bound = 1 / std::sqrt(400.0);
  for (const auto& [tensor, name] : {std::pair{l.weight.tensor(), "weight"}, {l.bias.tensor(), "bias"}}) {
    const std::vector<double> expected = golden.tensor(last, name).to_vector<double>();
    const Stats s = stats(tensor);
    EXPECT_NEAR(s.deviation, expected[0], 0.1 * expected[0]) << name;
    EXPECT_LE(s.high, bound);
    EXPECT_GE(s.low, -bound);
    EXPECT_GT(std::max(s.high, -s.low), 0.98 * bound);
    EXPECT_NEAR(std::max(s.high, -s.low), expected[1], 0.02 * bound) << name;
  }
}

TEST(Init, orthogonal_rows_or_columns_are_orthonormal_times_the_gain) {
  for (const Shape& shape : {Shape{5, 5}, {3, 8}, {8, 3}, {4, 2, 3}, {1, 1}}) {
    const Parameter p(empty(shape, f64));
    init::orthogonal(p, 2);
    const Tensor m = p.tensor().detach().reshape({shape[0], -1});
    const Tensor product = m.size(0) <= m.size(1) ? m.matmul(m.t()) : m.t().matmul(m);
    EXPECT_TRUE(allclose(product, eye(product.size(0), f64) * 4.0, 1e-12, 1e-12)) << shape.str();
  }
}

TEST(Init, repeats_with_the_seed_and_may_fill_parameters_that_require_gradients) {
  const Parameter a(zeros({5, 7})), b(zeros({5, 7}));
  manual_seed(9);
  init::kaiming_normal(a);
  manual_seed(9);
  init::kaiming_normal(b);
  EXPECT_TRUE(allclose(a.tensor(), b.tensor(), 0, 0));
  init::kaiming_normal(b);
  EXPECT_FALSE(allclose(a.tensor(), b.tensor()));
  EXPECT_TRUE(a.tensor().requires_grad());
  init::constant(a, 3);
  EXPECT_EQ(a.tensor().detach().sum().item(), 105);
  init::ones(a);
  init::zeros(b);
  EXPECT_EQ(b.tensor().detach().sum().item(), 0);
}

TEST(Init, refuses_what_has_no_meaning) {
  const Parameter bias(zeros({5}));
  EXPECT_THROW(init::xavier_uniform(bias), ShapeError);
  EXPECT_THROW(init::orthogonal(bias), ShapeError);
  EXPECT_THROW(init::uniform(bias, 1, 0), ConfigError);
  EXPECT_THROW(init::normal(bias, 0, -1), ConfigError);
  EXPECT_THROW(init::trunc_normal(bias, 0, 1, 2, 1), ConfigError);
}

TEST(Init, a_truncated_normal_far_from_its_mean_stays_within_its_ends) {
  const Parameter p(zeros({1000}));
  init::trunc_normal(p, 0, 1, 5, 6);
  const Stats s = stats(p.tensor());
  EXPECT_GE(s.low, 5);
  EXPECT_LE(s.high, 6);
  EXPECT_NEAR(s.mean, 5.1865, 0.03);  // phi(5) / (1 - Phi(5)), nearly all of it below 6
  init::trunc_normal(p, 0, 1, -6, -5);
  EXPECT_NEAR(stats(p.tensor()).mean, -5.1865, 0.03);
}

TEST(Init, a_truncated_normal_is_as_exact_above_its_mean_as_below_it) {
  const Parameter p(zeros({1000}));
  for (double side : {1.0, -1.0}) {
    init::trunc_normal(p, 0, 1, std::min(side * 9, side * 12), std::max(side * 9, side * 12));
    EXPECT_NEAR(stats(p.tensor()).mean, side * 9.1085, 0.015);
    init::trunc_normal(p, 0, 1, std::min(side * 50, side * 60), std::max(side * 50, side * 60));  // no double holds these probabilities
    const Stats s = stats(p.tensor());
    EXPECT_GE(std::min(std::abs(s.low), std::abs(s.high)), 50);
    EXPECT_LE(std::max(std::abs(s.low), std::abs(s.high)), 60);
  }
}

}  // namespace
}  // namespace cairn
