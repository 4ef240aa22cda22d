// Supervised learning: what its losses take, and what they refuse.
#include <cairn/train/supervised.h>

#include <gtest/gtest.h>

#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

struct Binary {
  explicit Binary(int64_t outputs = 1, SupervisedOptions options = {})
      : model(Linear(4, outputs)), optimizer(model.parameters()), task(model, optimizer, Objective::classify_binary, options) {}
  StepResult step(const Tensor& y) { return task.train_step(Batch{{"x", ones({y.size(0), 4})}, {"y", y}}); }
  Sequential model;
  SGD optimizer;
  Supervised task;
};

TEST(Supervised, two_classes_take_the_labels_0_and_1_and_chances_between_them) {
  Binary b;
  EXPECT_EQ(b.step(tensor({0, 1}, i64)).examples, 2);
  EXPECT_EQ(b.step(tensor({1, 0, 1}, u8)).examples, 3);
  EXPECT_EQ(b.step(tensor({0.25, 1})).examples, 2);
  EXPECT_TRUE(contains(message_of<IndexError>([&] { b.step(tensor({0, 2}, i64)); }), "target 2 at position 1 is outside the 2 classes"));
  EXPECT_TRUE(contains(message_of<IndexError>([&] { b.step(tensor({-1, 1}, i64)); }), "target -1 at position 0"));
}

TEST(Supervised, two_classes_need_one_logit) {
  Binary b(2);
  EXPECT_TRUE(contains(message_of<ShapeError>([&] {
                         b.step(tensor({0, 1}, i64));
                       }),
                       "[supervised] two classes need one logit for each label (output [2, 2], y [2])"));
}

TEST(Supervised, a_loss_of_one_s_own_takes_the_place_of_the_objective_s) {
  Binary b(1, {.loss = [](const Tensor& output, const Tensor& y) { return mean(output * 0.0) + double(y.size(0)); }});
  const std::vector<double> before = b.model.parameters()[0].second.tensor().to_vector<double>();
  EXPECT_EQ(b.step(tensor({0, 1, 1}, i64)).loss, 9) << "its mean, times the examples";
  EXPECT_EQ(b.model.parameters()[0].second.tensor().to_vector<double>(), before) << "its gradient is zero";
}

TEST(Supervised, options_outside_of_their_range_are_errors) {
  EXPECT_TRUE(contains(message_of<ConfigError>([] { Binary(1, {.accumulate = 0}); }), "accumulate must be at least 1 (got 0)"));
  EXPECT_TRUE(contains(message_of<ConfigError>([] { Binary(1, {.ema = 1}); }), "decay must be at least 0 and below 1"));
}

}  // namespace
}  // namespace cairn
