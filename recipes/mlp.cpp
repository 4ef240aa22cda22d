// A multilayer perceptron with one hidden layer (Rumelhart, Hinton, Williams 1986), the roadmap's Example 1.
//   h = dropout(relu(W1 x + b1)),   logits = W2 h + b2         x [n, features]   h [n, hidden]   logits [n, classes]
#include <recipes/pictures.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct Mlp : Recipe {
  std::string data = "fashion-mnist", target;
  int64_t hidden = 128;
  double dropout = 0.2;
  Mlp() {
    train.epochs = 10;
    train.schedule = "cosine";
  }

  void fields(Fields& f) override {
    f("data", data, "fashion-mnist, mnist, cifar10, a shipped table (digits, iris, wine, breast_cancer), or a CSV file");
    f("target", target, "the column to predict, for a CSV file");
    f("hidden", hidden, "width of the hidden layer", between(1, 65536));
    f("dropout", dropout, "chance that a hidden unit is silenced while training", between(0.0, 0.95));
    f.group(train);
  }
  std::string data_name() const override { return data; }
  std::vector<Defaults> defaults() const override { return {table_defaults()}; }
  std::vector<Preset> presets() const override {
    return {{"quick", "a first look", {{"epochs", is_pictures(data) ? "3" : "20"}}},
            {"standard", "the defaults, which the goal is measured with", {}},
            {"paper",
             "Nielsen's 100 hidden units: batches of 10, a constant rate, L2, 60 passes; today's activation",
             {{"hidden", "100"},
              {"dropout", "0"},
              {"optimizer", "sgd"},
              {"lr", "0.1"},
              {"weight_decay", "0.0001"},
              {"batch_size", "10"},
              {"schedule", "constant"},
              {"epochs", "60"}}}};
  }
  Goal goal() const override {
    if (data == "mnist") return {"test_accuracy", 0.98, "mnist", "Nielsen 2015, \"Neural networks and deep learning\", chapter 3: about 98 %"};
    if (data == "cifar10") return {"test_accuracy", 0.50, "cifar10", "one hidden layer on raw pixels: about 50 % in the literature"};
    return {"test_accuracy", 0.88, "fashion-mnist", "the Fashion-MNIST benchmark's MLPs: 0.87 to 0.89"};
  }

  Setup setup() override {
    if (is_pictures(data)) return pictures_setup(data, *this);
    return table_setup(data, target, false, *this);
  }
  std::shared_ptr<Module> model(const Features& f) override {
    return std::make_shared<Sequential>(Flatten(), Linear(f.size(), hidden), ReLU(), Dropout(dropout), Linear(hidden, f.outputs()));
  }
};

}  // namespace

extern const RecipeInfo mlp_recipe;
const RecipeInfo mlp_recipe = {"mlp",
                               "R2",
                               "one hidden layer: the roadmap's Example 1",
                               "Flatten, Linear(784, 128), ReLU, Dropout(0.2), Linear(128, 10)",
                               "fashion-mnist, mnist, cifar10, digits, iris, wine, breast_cancer, CSV",
                               make_recipe<Mlp>};

}  // namespace cairn
