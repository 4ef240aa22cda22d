// Linear regression: y = w x + b, fitted by gradient descent on the mean squared error.     x [n, features]   y [n, 1]
// The oldest model of all (Legendre 1805, Gauss 1809), and the last layer of nearly every other one.
#include <cmath>

#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <recipes/tables.h>

namespace cairn {

namespace {

struct LinearRegression : Recipe {
  std::string data = "diabetes", target;
  int64_t points = 200;
  double noise = 0.5;
  LinearRegression() {
    train.epochs = 60;
    train.batch_size = 32;
    train.lr = 0.01;
  }

  void fields(Fields& f) override {
    f("data", data, "diabetes (442 patients), line (points around y = 2 x + 1), or a CSV file");
    f("target", target, "the column to predict, for a CSV file");
    f("points", points, "how many points the line has", between(10, 1e7));
    f("noise", noise, "deviation of the points from the line", at_least_value(0.0));
    f.group(train);
  }
  // scikit-learn's LinearRegression on a random fifth held out gives an R2 between 0.4 and 0.55, by split.
  std::string data_name() const override { return data; }
  std::vector<std::string> made_data() const override { return {"line"}; }
  Goal goal() const override { return {"test_r2", 0.40, "diabetes", "ordinary least squares, Efron et al. 2004's data: R2 0.52 on all rows"}; }
  Objective objective() const override { return Objective::regress; }

  Setup setup() override {
    if (data == "line") return table_setup(line(), "y", true, *this);
    return table_setup(data, target, true, *this);
  }
  std::shared_ptr<Module> model(const Features& f) override { return std::make_shared<Sequential>(Linear(f.size(), 1)); }

  Table line() const {
    Random r(0x11e);
    std::string text = "x,y\n";
    for (int64_t i = 0; i < points; i++) {
      const double x = 4 * r.uniform() - 2;
      text += std::to_string(x) + "," + std::to_string(2 * x + 1 + noise * r.normal()) + "\n";
    }
    return parse_csv(text, "the synthetic line");
  }
};

}  // namespace

extern const RecipeInfo linear_regression_recipe;
const RecipeInfo linear_regression_recipe = {"linear-regression",     "A08",
                                             "a line through points", "Linear(features, 1), mean squared error",
                                             "diabetes, line, CSV",   make_recipe<LinearRegression>};

}  // namespace cairn
