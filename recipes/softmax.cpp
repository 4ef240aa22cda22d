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
    train.lr = 1e-3;
  }

  void fields(Fields& f) override {
    f("data", data, "mnist, fashion-mnist, cifar10, digits, iris, wine, breast_cancer, or a CSV file");
    f("target", target, "the column to predict, for a CSV file");
    f.group(train);
  }
  std::string data_name() const override { return data; }
  Goal goal() const override { return {"test_accuracy", 0.92, "mnist", "LeCun et al. 1998: a linear classifier errs on 12.0 to 7.6 % of MNIST"}; }

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
                                   "mnist, fashion-mnist, cifar10, digits, iris, wine, CSV",
                                   make_recipe<Softmax_>};

}  // namespace cairn
