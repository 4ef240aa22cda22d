// VGG for small images: nothing but 3x3 convolutions and pools. Simonyan, Zisserman 2014, "Very deep convolutional networks for large-scale
// image recognition", table 1, with batch norm (Ioffe, Szegedy 2015), without which the deeper ones do not start to learn.
#include <cairn/base/errors.h>
#include <cairn/models/vgg.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

struct VggSmall : PictureRecipe {
  std::string depth = "11";
  int64_t width = 32;
  VggSmall() : PictureRecipe("cifar10", "crop-flip", "cifar10, cifar100") {
    train.epochs = 10;
    train.batch_size = 128;
    train.optimizer = "sgd";
    train.lr = 0.05;
    train.momentum = 0.9;
    train.weight_decay = 5e-4;
    train.schedule = "one-cycle";
  }

  void model_fields(Fields& f) override {
    f("depth", depth, "layers with weights: configuration A, B, D, E of table 1", one_of({"11", "13", "16", "19"}));
    f("width", width, "maps of the first convolution; the paper's 64 cost four times as much", between(1, 256));
  }
  std::vector<Preset> presets() const override {
    return {{"quick", "a first look, at most 3 minutes", {{"epochs", "3"}, {"limit_train", "25000"}}},
            {"standard", "what the goal is measured with", {{"epochs", "10"}}},
            {"paper",
             "VGG-16 at full width, 150 passes; 92.6 % in the literature",
             {{"depth", "16"}, {"width", "64"}, {"epochs", "150"}, {"schedule", "cosine"}}}};
  }
  Goal goal() const override {
    if (depth == "16" && width >= 64)
      return {"test_accuracy", 0.926, "cifar10", "VGG16 with batch norm at full length: 92.6 % (kuangliu's pytorch-cifar)"};
    return {"test_accuracy", 0.80, "cifar10", "our own figure for the narrow VGG-11; VGG16 at full length reaches 92.6 %"};
  }

  std::shared_ptr<Module> model(const Features& f) override {
    VGGConfig c = for_small_images(depth == "11" ? vgg11() : depth == "13" ? vgg13() : depth == "16" ? vgg16() : vgg19());
    c.classes = f.outputs();
    c.channels = f.channels;
    c.width = width;
    return std::make_shared<VGG>(c);
  }
};

}  // namespace

extern const RecipeInfo vgg_recipe;
const RecipeInfo vgg_recipe = {
    "vgg", "R6", "VGG for small images", "VGG-11 to VGG-19 with batch norm, half as wide; one Linear", "cifar10, cifar100", make_recipe<VggSmall>};

}  // namespace cairn
