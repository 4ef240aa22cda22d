// LeNet-5 on digits and clothes: LeCun, Bottou, Bengio, Haffner 1998, "Gradient-based learning applied to document recognition".
#include <cairn/models/lenet.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct LeNetRecipe : PictureRecipe {
  LeNetRecipe() : PictureRecipe("mnist", "none", "mnist, fashion-mnist, cifar10, cifar100") {
    train.epochs = 12;
    train.schedule = "cosine";
  }

  std::vector<Preset> presets() const override {
    return {{"quick", "a first look, under a minute", {{"epochs", "5"}}},
            {"standard", "what the goal is measured with", {{"epochs", "12"}}},
            {"paper",
             "20 passes with small steps, as in 1998; today's layers",
             {{"epochs", "20"}, {"optimizer", "sgd"}, {"lr", "0.02"}, {"momentum", "0.9"}}}};
  }
  Goal goal() const override {
    if (data == "fashion-mnist")
      return {"test_accuracy", 0.89, "fashion-mnist", "the Fashion-MNIST benchmark: two convolutions with pooling, 0.876 to 0.916"};
    return {"test_accuracy", 0.9905, "mnist", "LeCun et al. 1998: LeNet-5 errs on 0.95 % of MNIST"};
  }

  std::shared_ptr<Module> model(const Features& f) override {
    return std::make_shared<LeNet>(LeNetConfig{f.channels, f.height, f.width, f.outputs()});
  }
};

}  // namespace

extern const RecipeInfo lenet_recipe;
const RecipeInfo lenet_recipe = {"lenet",
                                 "R3",
                                 "the first convolutional network that read for a living",
                                 "LeNet-5, 61,706 parameters",
                                 "mnist, fashion-mnist, cifar10, cifar100",
                                 make_recipe<LeNetRecipe>};

}  // namespace cairn
