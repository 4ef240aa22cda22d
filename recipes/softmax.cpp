// Softmax regression: p(k | x) = softmax(W x + b)_k: logistic regression for more than two classes.     x [n, features]   y [n]
#include <recipes/pictures.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct Softmax_ : Recipe {
  std::string data = "mnist", target;
  Softmax_() {
    train.epochs = 10;
    train.batch_size = 128;
    train.schedule = "cosine";  // at a constant rate the last steps on CIFAR-10 throw the boundaries about: 35 % instead of 40 %
  }

  void fields(Fields& f) override {
    f("data", data, "mnist, fashion-mnist, cifar10, digits, iris, wine, breast_cancer, or a CSV file");
    f("target", target, "the column to predict, for a CSV file");
    f.group(train);
  }
  std::string data_name() const override { return data; }
  std::vector<Defaults> defaults() const override { return {table_defaults()}; }
  std::vector<Preset> presets() const override {
    return {{"quick", "a first look", {{"epochs", is_pictures(data) ? "3" : "20"}}},
            {"standard", "the defaults, which the goal is measured with", {}},
            {"paper",
             "plain stochastic gradient descent at a constant rate, as networks of one layer were trained before Adam",
             {{"optimizer", "sgd"}, {"lr", "0.01"}, {"schedule", "constant"}, {"batch_size", "32"}, {"epochs", "20"}}}};
  }
  Goal goal() const override {
    if (data == "cifar10") return {"test_accuracy", 0.39, "cifar10", "softmax regression on raw pixels: about 39 % in the literature"};
    return {"test_accuracy", 0.92, "mnist", "LeCun et al. 1998: a linear classifier errs on 12.0 to 7.6 % of MNIST"};
  }

  Setup setup() override {
    if (is_pictures(data)) return pictures_setup(data, *this);
    return table_setup(data, target, false, *this);
  }
  std::shared_ptr<Module> model(const Features& f) override { return std::make_shared<Sequential>(Flatten(), Linear(f.size(), f.outputs())); }
};

}  // namespace

extern const RecipeInfo softmax_recipe;
const RecipeInfo softmax_recipe = {"softmax",
                                   "R1",
                                   "ten straight boundaries",
                                   "Linear(features, classes), cross-entropy",
                                   "mnist, fashion-mnist, cifar10, digits, iris, wine, breast_cancer, CSV",
                                   make_recipe<Softmax_>};

}  // namespace cairn
