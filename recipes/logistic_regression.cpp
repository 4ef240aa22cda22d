// Logistic regression: p(y = 1 | x) = sigmoid(w x + b), fitted by maximum likelihood (Cox 1958).     x [n, features]   y [n] in {0, 1}
#include <recipes/pictures.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct LogisticRegression : Recipe {
  std::string data = "breast_cancer", target;
  LogisticRegression() {
    train.epochs = 30;
    train.batch_size = 32;
    train.lr = 0.01;
  }

  void fields(Fields& f) override {
    f("data", data, "breast_cancer (569 tumours), mnist-3-8 (digits 3 against 8), or a CSV file with two classes");
    f("target", target, "the column to predict, for a CSV file");
    f.group(train);
  }
  std::string data_name() const override { return data; }
  std::vector<std::string> made_data() const override { return {"mnist-3-8"}; }
  Goal goal() const override {
    return {"test_accuracy", 0.95, "breast_cancer",
            "logistic regression on standardised features: 0.95 to 0.98 by split (scikit-learn's documentation)"};
  }
  Objective objective() const override { return Objective::classify_binary; }

  Setup setup() override {
    Setup s = data == "mnist-3-8" ? pictures_setup("mnist", *this, {.classes = {3, 8}}) : table_setup(data, target, false, *this);
    if (s.features->classes.size() != 2)
      throw ConfigError("logistic-regression tells two classes apart, " + data + " has " + std::to_string(s.features->classes.size()) +
                        ". Hint: `cairn train softmax --data " + data + "`.");
    return s;
  }
  std::shared_ptr<Module> model(const Features& f) override { return std::make_shared<Sequential>(Flatten(), Linear(f.size(), 1)); }
};

}  // namespace

extern const RecipeInfo logistic_regression_recipe;
const RecipeInfo logistic_regression_recipe = {"logistic-regression",
                                               "A09",
                                               "two classes, one straight boundary",
                                               "Linear(features, 1), binary cross-entropy",
                                               "breast_cancer, mnist-3-8, CSV",
                                               make_recipe<LogisticRegression>};

}  // namespace cairn
