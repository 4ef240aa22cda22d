// Clipping, averages and accumulation, against PyTorch (tests/golden/optim_helpers.safetensors) and against themselves.
#include <cairn/optim/helpers.h>

#include <gmock/gmock.h>

#include <cairn/autograd/modes.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optimizers.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

TEST(Clipping, scales_as_pytorch_does) {
  const Golden golden("optim_helpers.safetensors");
  int compared = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("kind").as_string() == "ema") continue;
    NamedParameters p;
    for (int k = 0; golden.tensor(i, "before" + std::to_string(k)).defined(); k++) {
      const Tensor g = golden.tensor(i, "before" + std::to_string(k));
      p.emplace_back(std::to_string(k), Parameter(zeros(g.shape(), f64)));
      Tensor(p.back().second.tensor()).set_grad(g);
    }
    if (c.at("kind").as_string() == "norm") EXPECT_NEAR(clip_grad_norm(p, c.at("max_norm").as_double()), golden.tensor(i, "norm").item(), 1e-12);
    else clip_grad_value(p, c.at("limit").as_double());
    for (size_t k = 0; k < p.size(); k++) EXPECT_LE(difference(p[k].second.grad(), golden.tensor(i, "after" + std::to_string(k))), 1e-12) << c.dump();
    compared++;
  }
  EXPECT_EQ(compared, 3);
}

TEST(Clipping, names_the_parameter_whose_gradient_is_not_finite) {
  const Parameter good(zeros({2})), bad(zeros({3})), without(zeros({1}));
  Tensor(good.tensor()).set_grad(ones({2}));
  Tensor(bad.tensor()).set_grad(tensor({1, std::nan(""), 2}));
  const NamedParameters p = {{"without", without}, {"good", good}, {"net.bad", bad}};
  try {
    clip_grad_norm(p, 1, true);
    FAIL();
  } catch (const NumericError& e) { EXPECT_THAT(e.what(), testing::HasSubstr("the gradient of 'net.bad' [3] has NaN")); }
  EXPECT_EQ(good.grad().at({0}), 1);
  EXPECT_TRUE(std::isnan(clip_grad_norm(p, 1)));
  EXPECT_THROW(clip_grad_norm(p, -1), ConfigError);
  EXPECT_THROW(clip_grad_value(p, -1), ConfigError);
}

TEST(WeightEma, averages_as_pytorch_does_and_survives_a_restart) {
  const Golden golden("optim_helpers.safetensors");
  const size_t i = golden.cases().size() - 1;
  const Parameter w(golden.tensor(i, "weights0"));
  auto ema = std::make_unique<WeightEma>(NamedParameters{{"w", w}}, 0.9);
  for (int t = 0; t < 5; t++) {
    NoGrad no_grad;
    Tensor(w.tensor()).copy_(golden.tensor(i, "weights" + std::to_string(t + 1)));
    if (t == 2) {
      State s = ema->state();
      s.tensors["w"] = s.tensors["w"].clone();
      ema = std::make_unique<WeightEma>(NamedParameters{{"w", w}}, 0.9);
      ema->load_state(s);
    }
    ema->update();
    EXPECT_LE(difference(ema->averages()[0].second.tensor(), golden.tensor(i, "averages" + std::to_string(t))), 1e-12);
  }
}

TEST(WeightEma, swaps_weights_and_averages_there_and_back) {
  const Parameter w(full({2}, 1.0));
  WeightEma ema({{"w", w}}, 0.5);
  NoGrad no_grad;
  Tensor(w.tensor()).fill_(3);
  ema.update();
  ema.swap();
  EXPECT_EQ(w.tensor().at({0}), 2);
  ema.swap();
  EXPECT_EQ(w.tensor().at({0}), 3);
  EXPECT_TRUE(w.tensor().requires_grad());
  EXPECT_THROW(WeightEma({{"w", w}}, 1.0), ConfigError);
  EXPECT_THROW(ema.load_state({{{"v", w.tensor()}}, ema.state().values}), StateError);
}

TEST(WeightEma, with_warmup_forgets_the_start) {
  const Parameter w(full({1}, 0.0));
  WeightEma ema({{"w", w}}, 0.999, true);
  NoGrad no_grad;
  Tensor(w.tensor()).fill_(1);
  ema.update();  // decay (1 + 0) / (10 + 0)
  EXPECT_NEAR(ema.averages()[0].second.tensor().item(), 0.9, 1e-6);
}

TEST(GradientAccumulator, moves_as_one_large_batch_would) {
  const Tensor x = randn({8, 3}, f64), y = randn({8, 1}, f64);
  const Parameter a(zeros({1, 3}, f64)), b(zeros({1, 3}, f64));
  SGD whole({{"w", a}}, {.lr = 0.1}), parts({{"w", b}}, {.lr = 0.1});
  auto accumulate = std::make_unique<GradientAccumulator>(parts, 4);
  for (int epoch = 0; epoch < 3; epoch++) {
    mse_loss(linear(x, a), y).backward();
    whole.step();
    whole.zero_grad();
    for (int64_t i = 0; i < 8; i += 2) {
      accumulate->backward(mse_loss(linear(x.slice(0, {i, i + 2}), b), y.slice(0, {i, i + 2})));
      if (i == 2) {  // killed and resumed in the middle
        State s = accumulate->state();
        EXPECT_EQ(s.tensors.size(), 1u);
        for (auto& [path, g] : s.tensors) g = g.clone();
        parts.zero_grad();
        accumulate = std::make_unique<GradientAccumulator>(parts, 4);
        accumulate->load_state(s);
      }
      EXPECT_EQ(accumulate->due(), i == 6);
      EXPECT_EQ(accumulate->step(), i == 6);
    }
  }
  EXPECT_LE(difference(a.tensor(), b.tensor()), 1e-14);
  EXPECT_FALSE(b.grad().defined());
  EXPECT_THROW(GradientAccumulator(parts, 0), ConfigError);
}

TEST(GradientAccumulator, steps_with_what_there_is_at_the_end) {
  const Parameter w(ones({1}));
  SGD o({{"w", w}}, {.lr = 1});
  GradientAccumulator accumulate(o, 4);
  accumulate.backward(w.value().sum());
  EXPECT_TRUE(accumulate.step(true));
  EXPECT_EQ(w.tensor().item(), 0.75);
}

}  // namespace
}  // namespace cairn
