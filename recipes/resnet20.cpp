// Residual networks for small images, 20 to 110 layers and more: He, Zhang, Ren, Sun 2015, "Deep residual learning for image recognition",
// section 4.2. Depth is 6 n + 2: three stages of n blocks of two convolutions, the first convolution and the last Linear.
#include <cairn/base/errors.h>
#include <cairn/models/resnet.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct ResNetCifar : PictureRecipe {
  int64_t depth = 20;
  ResNetCifar() : PictureRecipe("cifar10", "crop-flip", "cifar10, cifar100, mnist, fashion-mnist") {
    train.epochs = 10;
    train.batch_size = 128;
    train.optimizer = "sgd";
    train.lr = 0.1;
    train.momentum = 0.9;
    train.weight_decay = 5e-4;
    train.schedule = "one-cycle";
  }

  void model_fields(Fields& f) override { f("depth", depth, "layers, 6 n + 2: 20, 32, 44, 56, 110", between(8, 1202)); }
  std::vector<Preset> presets() const override {
    return {{"quick", "a first look, at most 3 minutes", {{"epochs", "3"}, {"limit_train", "20000"}}},
            {"standard", "10 passes: what the goal is measured with", {{"epochs", "10"}}},
            {"paper",
             "section 4.2: 45,000 pictures, 64,000 steps of 128, the rate divided by 10 after 32,000 and 48,000; 91.25 % with 20 layers (110 layers "
             "need smaller steps first: the paper takes 400 of 0.01, here --warmup 1)",
             {{"epochs", "182"},
              {"max_steps", "64000"},
              {"weight_decay", "0.0001"},
              {"schedule", "multi-step"},
              {"milestones", "32000,48000"},
              {"val_share", "0.1"}}}};
  }
  Goal goal() const override {
    if (train.epochs >= 150) {
      if (depth >= 110) return {"test_accuracy", 0.9339, "cifar10", "He et al. 2015, table 6: ResNet-110 errs on 6.61 %, the mean of five runs"};
      if (depth >= 56) return {"test_accuracy", 0.9303, "cifar10", "He et al. 2015, table 6: ResNet-56 errs on 6.97 %"};
      if (depth >= 44) return {"test_accuracy", 0.9283, "cifar10", "He et al. 2015, table 6: ResNet-44 errs on 7.17 %"};
      if (depth >= 32) return {"test_accuracy", 0.9249, "cifar10", "He et al. 2015, table 6: ResNet-32 errs on 7.51 %"};
      return {"test_accuracy", 0.9125, "cifar10", "He et al. 2015, table 6: ResNet-20 errs on 8.75 %"};
    }
    return {"test_accuracy", 0.80, "cifar10", "about 80 % after 10 passes; He et al. 2015 report 91.25 % after 164"};
  }

  std::shared_ptr<Module> model(const Features& f) override {
    if ((depth - 2) % 6 != 0) {
      const int64_t below = (depth - 2) / 6 * 6 + 2;
      throw ConfigError("--depth " + std::to_string(depth) + " is no number of layers that these networks have: 6 n + 2.\nHint: --depth " +
                        std::to_string(below) + " or --depth " + std::to_string(below + 6) + ".");
    }
    ResNetConfig c = resnet_of_cifar((depth - 2) / 6);
    c.classes = f.outputs();
    c.channels = f.channels;
    return std::make_shared<ResNet>(c);
  }
};

}  // namespace

extern const RecipeInfo resnet20_recipe;
const RecipeInfo resnet20_recipe = {"resnet20",
                                    "R5",
                                    "residual networks of 20 to 110 layers",
                                    "ResNet-20 of section 4.2, 269,722 parameters; --depth for deeper ones",
                                    "cifar10, cifar100, mnist, fashion-mnist",
                                    make_recipe<ResNetCifar>};

}  // namespace cairn
