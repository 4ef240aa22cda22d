// Ten steps of training give PyTorch's losses: LeNet by Adam, residual blocks and a small VGG with batch norm by SGD with momentum and
// weight decay, from the same weights on the same images. The losses are from tools/golden/make_training.py, which computes in double.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/autograd/modes.h>
#include <cairn/backend/conv.h>
#include <cairn/models/models.h>
#include <cairn/ops/ops.h>
#include <cairn/optim/optim.h>
#include <tests/helpers/golden.h>

namespace cairn {
namespace {

class PlansFor {
 public:
  explicit PlansFor(ConvPlans plans) : before_(conv_plans()) { set_conv_plans(plans); }
  ~PlansFor() { set_conv_plans(before_); }
  PlansFor(const PlansFor&) = delete;
  PlansFor& operator=(const PlansFor&) = delete;

 private:
  ConvPlans before_;
};

std::shared_ptr<Module> small(const std::string& name) {
  if (name == "lenet") return std::make_shared<LeNet>();
  if (name == "resnet")
    return std::make_shared<ResNet>(ResNetConfig{ResNetBlock::basic, {1, 1}, ResNetStem::cifar, ResNetShortcut::projection, 10, 3, 16});
  if (name == "vgg_bn")
    return std::make_shared<VGG>(VGGConfig{.depths = {1, 1, 2}, .batch_norm = true, .small_images = true, .classes = 10, .width = 16});
  throw ConfigError("the golden file has a model that this test does not know: " + name);
}

std::unique_ptr<Optimizer> optimizer_named(const std::string& name, double lr, const Module& model) {
  if (name == "adam") return std::make_unique<Adam>(model.parameters(), AdamOptions{.lr = lr});
  return std::make_unique<SGD>(model.parameters(), SgdOptions{.lr = lr, .momentum = 0.9, .weight_decay = 5e-4});
}

struct Difference {
  std::vector<double> losses;  // relative, a step
  double logits = 0;           // after the last one
};

// Trains case `number` as PyTorch did.
Difference train_beside(const Golden& golden, size_t number) {
  const Json& about = golden.cases()[number];
  const std::shared_ptr<Module> model = small(about.at("model").as_string());
  StateDict state = model->state_dict();
  for (auto& [name, value] : state) {
    if (name.ends_with("num_batches_tracked")) continue;
    const Tensor given = golden.tensor(number, "state." + name);
    if (!given.defined()) throw FileError("training.safetensors has no " + name);
    value = given.to(f32);
  }
  model->load_state_dict(state);
  const auto optimizer = optimizer_named(about.at("optimizer").as_string(), about.at("lr").as_double(), *model);
  const Tensor x = golden.tensor(number, "x").to(f32), y = golden.tensor(number, "y").to(i64), expected = golden.tensor(number, "loss");
  Difference d;
  model->train();
  for (int64_t step = 0; step < expected.size(0); step++) {
    const Tensor loss = cross_entropy(model->apply(x[step % x.size(0)]), y[step % x.size(0)]);
    optimizer->zero_grad();
    loss.backward();
    optimizer->step();
    d.losses.push_back(std::abs(loss.item() - expected.at({step})) / expected.at({step}));
  }
  NoGrad off;
  model->eval();
  d.logits = difference(model->apply(x[0]), golden.tensor(number, "logits"));
  return d;
}

TEST(TrainingGolden, ten_steps_with_direct_plans_have_pytorchs_losses) {
  const PlansFor direct(ConvPlans::direct);
  const Golden golden("training.safetensors");
  ASSERT_EQ(golden.cases().size(), 3u);
  for (size_t i = 0; i < 3; i++) {
    SCOPED_TRACE(golden.cases()[i].at("model").as_string());
    const Difference d = train_beside(golden, i);
    ASSERT_EQ(d.losses.size(), 10u);
    for (size_t step = 0; step < 10; step++) EXPECT_LE(d.losses[step], 1e-5) << "step " << step;
    EXPECT_LE(d.logits, 1e-4);
  }
}

// Winograd's sums round otherwise; ten steps magnify that.
TEST(TrainingGolden, ten_steps_with_winograd_stay_near_pytorchs_losses) {
  const Golden golden("training.safetensors");
  for (const ConvPlans plans : {ConvPlans::winograd, ConvPlans::automatic}) {
    const PlansFor chosen(plans);
    for (size_t i = 0; i < golden.cases().size(); i++) {
      SCOPED_TRACE(golden.cases()[i].at("model").as_string() + (plans == ConvPlans::winograd ? " by Winograd" : " by what is fastest"));
      const Difference d = train_beside(golden, i);
      EXPECT_LE(d.losses.front(), 1e-5);
      EXPECT_LE(d.losses.back(), 1e-3);
    }
  }
}

}  // namespace
}  // namespace cairn
