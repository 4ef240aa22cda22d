// no_grad, detach, requires_grad, anomaly mode.
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include <cairn/autograd/autograd.h>
#include <cairn/base/module_path.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/tensors.h>

namespace cairn {
namespace {

TEST(NoGrad, results_do_not_remember_and_scopes_nest) {
  Tensor x = leaf({1, 2});
  {
    NoGrad off;
    EXPECT_FALSE(grad_enabled());
    EXPECT_FALSE((x * x).requires_grad());
    {
      EnableGrad on;
      EXPECT_TRUE((x * x).requires_grad());
      NoGrad again;
      EXPECT_FALSE((x * x).requires_grad());
    }
    EXPECT_FALSE(grad_enabled());
  }
  EXPECT_TRUE(grad_enabled());
  EXPECT_TRUE((x * x).requires_grad());
}

TEST(NoGrad, ends_with_an_exception) {
  try {
    NoGrad off;
    throw StateError("x");
  } catch (const StateError&) {}
  EXPECT_TRUE(grad_enabled());
}

TEST(NoGrad, belongs_to_its_thread) {
  NoGrad off;
  bool other = false;
  std::thread([&] { other = grad_enabled(); }).join();
  EXPECT_TRUE(other);
}

TEST(NoGrad, backward_runs_within_it) {
  Tensor x = leaf({1, 2});
  Tensor y = sum(x * x);
  NoGrad off;
  y.backward();
  EXPECT_EQ(list(x.grad()), (Numbers{2, 4}));
  EXPECT_FALSE(x.grad().requires_grad());
  EXPECT_FALSE(grad_enabled());
}

TEST(Detach, shares_the_values_and_forgets_the_history) {
  Tensor x = leaf({1, 2});
  Tensor y = x * 3.0, d = y.detach();
  EXPECT_TRUE(d.is_leaf());
  EXPECT_FALSE(d.requires_grad());
  EXPECT_EQ(d.array().storage().get(), y.array().storage().get());
  sum(y * d).backward();  // d counts as a constant
  EXPECT_EQ(list(x.grad()), (Numbers{9, 18}));
  EXPECT_THROW(Tensor().detach(), StateError);
}

TEST(RequiresGrad, is_for_floating_leaves) {
  EXPECT_TRUE(contains(message_of<DtypeError>([] { ones({2}, i64).set_requires_grad(); }), "only floating tensors have gradients"));
  EXPECT_THROW(Tensor().set_requires_grad(), StateError);
  Tensor x = leaf({1, 2});
  Tensor y = x * x;
  EXPECT_THROW(y.set_requires_grad(false), StateError);
  EXPECT_FALSE((x > 1.0).requires_grad());
  EXPECT_FALSE(argmax(x).requires_grad());
  EXPECT_FALSE(x.to(i64).requires_grad());
  x.set_requires_grad(false);
  EXPECT_FALSE((x * x).requires_grad());
}

TEST(Anomaly, names_the_op_the_shape_and_the_place_where_the_forward_went_wrong) {
  Tensor x = leaf({{1, -1}, {0, 2}});
  DetectAnomaly watch;
  ModuleScope net("encoder"), layer("2");
  EXPECT_NO_THROW(x * x);
  const std::string text = message_of<NumericError>([&] { sum(log(x)); });
  EXPECT_TRUE(contains(text, "[log] forward made NaN or infinity in its result [2, 2] in encoder.2."));
}

TEST(Anomaly, names_the_op_the_shape_and_the_place_where_the_backward_went_wrong) {
  Tensor x = leaf({4, 0, 1});
  DetectAnomaly watch;
  Tensor y;
  {
    ModuleScope net("net"), layer("root");
    y = sqrt(x);  // fine forward; 1 / (2 sqrt(0)) is not
  }
  const std::string text = message_of<NumericError>([&] { sum(y * 2.0).backward(); });
  EXPECT_TRUE(contains(text, "[sqrt] backward made NaN or infinity in the gradient of input 0 [3] in net.root"));
  EXPECT_FALSE(x.grad().defined());
}

TEST(Anomaly, finds_gradients_that_overflow_when_they_are_added_up) {
  const double huge = std::numeric_limits<double>::max();
  Tensor x = leaf({1});
  Tensor h = x * 1.0;
  DetectAnomaly watch;
  EXPECT_TRUE(contains(message_of<NumericError>([&] {
                         backward({h, h}, {full({1}, huge, f64), full({1}, huge, f64)});
                       }),
                       "overflow when they are added up"));
}

TEST(Anomaly, looks_into_checkpoints) {
  Tensor x = leaf({4, 0});
  DetectAnomaly watch;
  Tensor y = checkpoint(
      [](const std::vector<Tensor>& v) {
        ModuleScope layer("root");
        return sqrt(v[0]) * 2.0;
      },
      {x});
  const std::string text = message_of<NumericError>([&] { sum(y).backward(); });
  EXPECT_TRUE(contains(text, "[sqrt] backward made NaN or infinity in the gradient of input 0 [2] in root"));
}

TEST(Anomaly, ends_with_its_scope_and_nests) {
  EXPECT_FALSE(anomaly_enabled());
  {
    DetectAnomaly outer;
    { DetectAnomaly inner; }
    EXPECT_TRUE(anomaly_enabled());
    Tensor x = leaf({1, 2});
    sum(x * x).backward();
    EXPECT_TRUE(anomaly_enabled());
  }
  EXPECT_FALSE(anomaly_enabled());
  EXPECT_NO_THROW(log(leaf({0})));
}

}  // namespace
}  // namespace cairn
