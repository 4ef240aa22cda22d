// AlexNet, its shape kept for images of 32 x 32: Krizhevsky, Sutskever, Hinton 2012, "ImageNet classification with deep convolutional neural
// networks". Large Linear layers that dropout has to hold.
#include <cairn/models/alexnet.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct AlexNetSmall : PictureRecipe {
  double dropout = 0.5;
  AlexNetSmall() : PictureRecipe("cifar10", "crop-flip", "cifar10, cifar100, mnist, fashion-mnist") {
    train.epochs = 20;
    train.batch_size = 128;
    train.lr = 5e-4;
    train.schedule = "cosine";
    train.warmup = 1;
  }

  void model_fields(Fields& f) override {
    f("dropout", dropout, "chance that an input of the two large Linear layers is silenced", between(0.0, 0.95));
  }
  std::vector<Preset> presets() const override {
    return {{"quick", "a first look, at most 3 minutes", {{"epochs", "3"}, {"limit_train", "20000"}}},
            {"standard", "what the goal is measured with", {{"epochs", "20"}}},
            {"paper",
             "the optimiser of 2012: momentum, weight decay, the rate divided by 10; 90 passes",
             {{"epochs", "90"}, {"optimizer", "sgd"}, {"lr", "0.01"}, {"momentum", "0.9"}, {"weight_decay", "0.0005"}, {"schedule", "step"}}}};
  }
  Goal goal() const override { return {"test_accuracy", 0.75, "cifar10", "our own figure: AlexNet has no published score at this size"}; }

  std::shared_ptr<Module> model(const Features& f) override {
    AlexNetConfig c = alexnet_cifar();
    c.classes = f.outputs();
    c.channels = f.channels;
    c.dropout = dropout;
    return std::make_shared<AlexNet>(c);
  }
};

}  // namespace

extern const RecipeInfo alexnet_recipe;
const RecipeInfo alexnet_recipe = {"alexnet",
                                   "R6",
                                   "AlexNet for small images",
                                   "five convolutions, three Linear: 4,557,642 parameters",
                                   "cifar10, cifar100, mnist, fashion-mnist",
                                   make_recipe<AlexNetSmall>};

}  // namespace cairn
