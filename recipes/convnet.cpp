// A small convolutional network on digits and clothes: two convolutions, two pools, one Linear; the smallest that reads MNIST as well as
// people do. Keras' "Simple MNIST convnet" (Chollet 2015).
#include <cairn/models/cnn.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct ConvNet : PictureRecipe {
  ConvNet() : PictureRecipe("mnist", "none", "mnist, fashion-mnist, cifar10, cifar100") {
    train.epochs = 12;
    train.lr = 2e-3;
    train.schedule = "cosine";
  }

  std::vector<Preset> presets() const override {
    return {{"quick", "a first look: MNIST to about 99 %", {{"epochs", "6"}}},
            {"standard", "what the goal is measured with", {{"epochs", "12"}}},
            {"paper",
             "Keras' own: batches of 128, a constant rate, 15 passes",
             {{"epochs", "15"}, {"batch_size", "128"}, {"lr", "0.001"}, {"schedule", "constant"}, {"val_share", "0.1"}}}};
  }
  Goal goal() const override {
    if (data == "fashion-mnist")
      return {"test_accuracy", 0.91, "fashion-mnist", "the Fashion-MNIST benchmark: small convolutional networks, 0.91 to 0.925"};
    return {"test_accuracy", 0.992, "mnist", "Keras' \"Simple MNIST convnet\": 99.2 % after 15 passes"};
  }

  std::shared_ptr<Module> model(const Features& f) override {
    return std::make_shared<Sequential>(convnet({f.channels, f.height, f.width, f.outputs()}));
  }
};

}  // namespace

extern const RecipeInfo convnet_recipe;
const RecipeInfo convnet_recipe = {"convnet",
                                   "R3",
                                   "a small convolutional network",
                                   "conv 3x3 x 32, pool, conv 3x3 x 64, pool, dropout, Linear: 34,826 parameters",
                                   "mnist, fashion-mnist, cifar10, cifar100",
                                   make_recipe<ConvNet>};

}  // namespace cairn
