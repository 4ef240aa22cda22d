// Four convolutions on CIFAR-10, with augmentation: what flips and shifted crops are worth. Keras' "cifar10_cnn" (Chollet 2015).
#include <cairn/models/cnn.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct CifarCnn : PictureRecipe {
  CifarCnn() : PictureRecipe("cifar10", "crop-flip", "cifar10, cifar100, mnist, fashion-mnist") {
    train.epochs = 20;
    train.schedule = "cosine";
  }

  std::vector<Preset> presets() const override {
    return {{"quick", "a first look, at most 3 minutes", {{"epochs", "4"}, {"limit_train", "25000"}}},
            {"standard", "what the goal is measured with", {{"epochs", "20"}}},
            {"paper",
             "Keras' own: RMSprop, small constant steps, 25 passes",
             {{"epochs", "25"}, {"batch_size", "32"}, {"optimizer", "rmsprop"}, {"lr", "0.0001"}, {"schedule", "constant"}}}};
  }
  Goal goal() const override { return {"test_accuracy", 0.75, "cifar10", "Keras' cifar10_cnn: 75 % after 25 passes"}; }

  std::shared_ptr<Module> model(const Features& f) override {
    return std::make_shared<Sequential>(cifar_cnn({f.channels, f.height, f.width, f.outputs()}));
  }
};

}  // namespace

extern const RecipeInfo cifar_cnn_recipe;
const RecipeInfo cifar_cnn_recipe = {"cifar-cnn",
                                     "R4",
                                     "four convolutions and augmentation",
                                     "twice two conv 3x3 and a pool, Linear 512: 1,250,858 parameters",
                                     "cifar10, cifar100, mnist, fashion-mnist",
                                     make_recipe<CifarCnn>};

}  // namespace cairn
