// Training in mixed precision: the same model, data and seeds in f32 and in bf16.
//
// The band: rounding to 8 bits changes a gradient by about 2^-8 of it, as noise that has no direction, and far less than another choice of
// first weights and examples does. So over the same seeds, the mean of bf16's last losses must lie no further from f32's mean than the
// largest and the smallest of f32's own losses lie apart.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <cairn/train/options.h>
#include <cairn/train/supervised.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

// Pictures of 8 x 8 with a bright square in one of four corners, and noise.
Batch pictures(int64_t n, uint64_t seed) {
  Random r(seed);
  std::vector<float> x;
  std::vector<int64_t> y;
  for (int64_t i = 0; i < n; i++) {
    const int64_t corner = int64_t(r.below(4));
    for (int64_t p = 0; p < 64; p++) {
      const bool inside = p / 8 / 4 == corner / 2 && p % 8 / 4 == corner % 2;
      x.push_back(float(r.normal() + (inside ? 0.7 : 0)));
    }
    y.push_back(corner);
  }
  return Batch{{"x", from_span(std::span<const float>(x), {n, 1, 8, 8})}, {"y", from_vector(y)}};
}

struct Net : Layer<Net> {
  Net()
      : c1(1, 16, 3, {.padding = 1, .bias = false}),
        b1(16, {.relu = true}),
        c2(16, 16, 3, {.padding = 1, .bias = false}),
        b2(16),
        out(16 * 4 * 4, 4) {}
  Tensor forward(const Tensor& x) {
    const Tensor h = b1(c1(x));
    return out(max_pool2d(relu(b2(c2(h)) + h), 2).flatten(1));
  }
  void visit(Visitor& v) override { v("c1", c1), v("b1", b1), v("c2", c2), v("b2", b2), v("out", out); }
  Conv2d c1;
  BatchNorm2d b1;
  Conv2d c2;
  BatchNorm2d b2;
  Linear out;
};

struct Losses {
  double first, last;
};
// The mean loss of the first and the last five of 30 steps.
Losses train(const std::string& precision, uint64_t seed) {
  manual_seed(seed);
  TrainOptions o;
  o.lr = 0.01;
  o.precision = precision;
  Net net;
  const auto optimizer = o.make_optimizer(net);
  Supervised task(net, *optimizer, Objective::classify, o.supervised());
  task.set_training(true);
  std::vector<double> losses;
  for (uint64_t i = 0; i < 30; i++) losses.push_back(task.train_step(pictures(16, 1000 * seed + i)).loss / 16);
  for (const auto& [path, p] : net.parameters()) {
    EXPECT_EQ(p.tensor().dtype(), f32) << path;
    EXPECT_EQ(p.grad().dtype(), f32) << path;
  }
  const auto mean_of = [](auto begin) { return (begin[0] + begin[1] + begin[2] + begin[3] + begin[4]) / 5; };
  return {mean_of(losses.begin()), mean_of(losses.end() - 5)};
}

TEST(MixedPrecision, a_training_falls_as_f32s_does) {
  std::vector<double> exact, low;
  for (uint64_t seed = 1; seed <= 5; seed++) {
    const Losses a = train("f32", seed), b = train("bf16", seed);
    EXPECT_LT(b.last, 0.5 * b.first) << "seed " << seed;
    EXPECT_NE(a.last, b.last) << "bf16 was not used";
    exact.push_back(a.last), low.push_back(b.last);
  }
  const auto mean_of = [](const std::vector<double>& v) {
    double sum = 0;
    for (double x : v) sum += x;
    return sum / double(v.size());
  };
  const auto [least, most] = std::minmax_element(exact.begin(), exact.end());
  EXPECT_NEAR(mean_of(low), mean_of(exact), *most - *least);
}

TEST(MixedPrecision, the_same_seed_gives_the_same_bits) {
  const Losses a = train("bf16", 3), b = train("bf16", 3);
  EXPECT_EQ(a.last, b.last);
}

TEST(MixedPrecision, regression_keeps_its_targets_in_f32) {
  Sequential model(Linear(2, 1));
  SGD optimizer(model.parameters());
  Supervised task(model, optimizer, Objective::regress, {.precision = bf16});
  const Tensor target = full({2, 1}, 1.001);  // 1 in 8 bits
  Tensor output = zeros({2, 1});
  EXPECT_NEAR(task.loss(output, target).item(), 1.001 * 1.001, 1e-6);
  EXPECT_EQ(task.train_step(Batch{{"x", ones({2, 2})}, {"y", target}}).examples, 2);
}

TEST(MixedPrecision, other_types_are_refused) {
  Sequential model(Linear(2, 1));
  SGD optimizer(model.parameters());
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { Supervised(model, optimizer, Objective::regress, {.precision = f16}); }),
                       "[supervised] precision is f32 or bf16, not f16"));
  TrainOptions o;
  Fields fields = fields_of(o);
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { fields.set("precision", "fp16", "--precision"); }), "must be one of f32, bf16"));
}

}  // namespace
}  // namespace cairn
