// The recipes: their registry, their encoders, and that the small ones learn what a closed form or the literature says.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include <cairn/autograd/modes.h>
#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/ops/ops.h>
#include <recipes/pictures.h>
#include <recipes/tables.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

// Trains a recipe in memory and gives its model, evaluated.
Setup trained_setup(Recipe& recipe) {
  manual_seed(1);
  Setup s = recipe.setup();
  DataLoader train(s.train, {.batch_size = recipe.train.batch_size, .shuffle = true, .seed = 1});
  std::unique_ptr<Optimizer> optimizer = recipe.train.make_optimizer(*s.model);
  Supervised task(*s.model, *optimizer, s.objective, recipe.train.supervised());
  Trainer trainer(task, train, nullptr, recipe.train.trainer());
  for (const auto& callback : recipe.train.callbacks(*optimizer, train.batches())) trainer.add(callback);
  trainer.fit();
  s.model->eval();
  return s;
}

double r2(const Tensor& prediction, const Tensor& y) { return 1 - sum(square(prediction - y)).item() / sum(square(y - mean(y))).item(); }

// Least squares by QR: x [n, f] with a column of ones, w = R^-1 Q^T y.
Tensor least_squares(const Tensor& x, const Tensor& y) {
  const Tensor a = cat({x, ones({x.size(0), 1})}, 1).to(f64);
  const int64_t f = a.size(1);
  Array q(a.shape(), f64), r({f, f}, f64);
  backend().qr(a.array(), q, r);
  const Tensor right = matmul(Tensor(q).t(), y.to(f64));
  std::vector<double> w(static_cast<size_t>(f));
  for (int64_t i = f - 1; i >= 0; i--) {
    double v = right.at({i, 0});
    for (int64_t k = i + 1; k < f; k++) v -= Tensor(r).at({i, k}) * w[size_t(k)];
    w[size_t(i)] = v / Tensor(r).at({i, i});
  }
  return from_span(std::span<const double>(w), {f, 1});
}

TEST(LinearRegression, gradient_descent_ends_where_the_closed_form_is) {
  auto recipe = find_recipe("linear-regression").make();
  recipe->train.epochs = 300;
  recipe->train.lr = 3e-3;
  cairn::Setup s = trained_setup(*recipe);
  const TableData d = encode_table(open_table("diabetes"), "progression", true, 0.2, 0x7ab1e);
  const Tensor w = least_squares(d.train_x, d.train_y);
  const double closed = r2(matmul(cat({d.test_x, ones({d.test_x.size(0), 1})}, 1).to(f64), w), d.test_y.to(f64));
  NoGrad off;
  EXPECT_NEAR(r2(s.model->apply(d.test_x), d.test_y), closed, 0.01);
  EXPECT_GT(closed, 0.36);
}

TEST(LogisticRegression, reaches_its_goal_on_tumours) {
  auto recipe = find_recipe("logistic-regression").make();
  cairn::Setup s = trained_setup(*recipe);
  NoGrad off;
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < s.test->size(); i++) rows.push_back(i);
  const Batch test = s.test->get_batch(rows);
  const Tensor hit = eq(reshape(s.model->apply(test["x"]) > 0.0, test["y"].shape()), test["y"].to(boolean));
  EXPECT_GE(mean(hit.to(f32)).item(), recipe->goal().score);
}

// Accuracy on the test split of a recipe with the defaults for its data.
double accuracy_by_default(const std::string& name, const std::string& data) {
  auto recipe = recipe_for(find_recipe(name), data);
  cairn::Setup s = trained_setup(*recipe);
  NoGrad off;
  int64_t right = 0;
  for (Batch& batch : DataLoader(s.test, {.batch_size = 500})) right += int64_t(sum(eq(argmax(s.model->apply(batch["x"]), 1), batch["y"])).item());
  return double(right) / double(s.test->size());
}

TEST(Recipes, defaults_suit_small_tables) {
  EXPECT_GE(accuracy_by_default("softmax", "wine"), 0.9);
  EXPECT_GE(accuracy_by_default("softmax", "digits"), 0.95);
  EXPECT_GE(accuracy_by_default("mlp", "digits"), 0.97);
}

TEST(Recipes, softmax_reaches_its_goals_on_pictures) {
  if (env("CAIRN_LONG") != "1") GTEST_SKIP() << "some seconds: CAIRN_LONG=1";
  for (const char* data : {"mnist", "cifar10"}) {
    if (!have_dataset(dataset_named(data))) GTEST_SKIP() << data << " is not at hand (CAIRN_DATA_MIRROR)";
    EXPECT_GE(accuracy_by_default("softmax", data), recipe_for(find_recipe("softmax"), data)->goal().score) << data;
  }
}

TEST(Recipes, defaults_are_fields_of_the_recipe_and_within_their_ranges) {
  for (const RecipeInfo* info : all_recipes()) {
    auto recipe = info->make();
    for (const Defaults& d : recipe->defaults()) {
      Fields fields = fields_of(*recipe);
      for (const auto& [name, value] : d.values) EXPECT_NO_THROW(fields.set(name, value, name)) << info->name;
      EXPECT_FALSE(d.data.empty());
      EXPECT_FALSE(d.fits(info->make()->data_name())) << info->name << ": what fits the recipe's own data belongs into its struct";
    }
  }
}

TEST(Recipes, have_names_fields_and_goals_with_sources) {
  std::set<std::string> names;
  for (const RecipeInfo* info : all_recipes()) {
    EXPECT_TRUE(names.insert(info->name).second) << info->name;
    auto recipe = info->make();
    Fields fields = fields_of(*recipe);
    EXPECT_GE(fields.list().size(), 5u) << info->name;
    for (const Field& f : fields.list()) EXPECT_FALSE(f.description.empty()) << info->name << " " << f.name;
    EXPECT_FALSE(recipe->goal().source.empty());
    EXPECT_GT(recipe->goal().score, 0);
  }
  EXPECT_TRUE(names.count("mlp") && names.count("softmax") && names.count("linear-regression") && names.count("logistic-regression"));
  EXPECT_THROW(find_recipe("mpl"), UsageError);
}

TEST(Features, tables_are_standardised_by_their_training_rows_and_survive_json) {
  const Table t = parse_csv(
      "size,colour,price\n1,red,10\n2,blue,20\n3,red,30\n4,green,40\n5,blue,50\n6,red,60\n7,red,70\n8,blue,80\n9,red,90\n10,green,100\n", "t.csv");
  const TableData d = encode_table(t, "price", true, 0.2, 3);
  EXPECT_EQ(d.train_x.size(0) + d.test_x.size(0), 10);
  EXPECT_NEAR(mean(d.train_x.slice(1, {0, 1})).item(), 0, 1e-6);
  EXPECT_NEAR(std(d.train_x.slice(1, {0, 1}), {}, false, Variance::biased).item(), 1, 1e-6);
  EXPECT_NEAR(mean(d.train_y).item(), 0, 1e-6);
  const Features again = Features::from_json(Json::parse(d.features.to_json().dump()));
  EXPECT_TRUE(allclose(again.from_table(t), d.features.from_table(t)));
  // A category that the training never saw is all zeros; a missing number is the mean.
  const Table odd = parse_csv("size,colour\n,pink\n", "odd.csv");
  EXPECT_TRUE(allclose(again.from_table(odd), zeros({1, again.size()})));
}

TEST(Features, columns_of_numbers_may_be_fitted_by_another_rule) {
  const Table t = parse_csv("size,colour,price\n1,red,10\n2,blue,20\n3,red,30\n4,red,40\n5,blue,50\n6,red,60\n", "t.csv");
  std::vector<std::string> asked;
  size_t rows = 0;
  const TableData d =
      encode_table(t, "price", true, 0.2, 3, [&](const Column& c, const std::vector<int64_t>& training, double& mean, double& spread) {
        asked.push_back(c.name);
        rows = training.size();
        mean = 2, spread = 4;
      });
  EXPECT_EQ(asked, std::vector<std::string>{"size"});  // neither words nor the target
  EXPECT_EQ(int64_t(rows), d.train_x.size(0));
  EXPECT_EQ(d.features.columns[0].mean, 2);
  EXPECT_EQ(d.features.from_table(t).at({5, 0}), 1);  // (6 - 2) / 4
}

TEST(Features, a_quantity_is_no_class_and_text_is_no_number) {
  std::string text = "x,y\n";
  for (int i = 0; i < 100; i++) text += std::to_string(i) + "," + std::to_string(i * 0.37) + "\n";
  EXPECT_THROW(encode_table(parse_csv(text, "t.csv"), "y", false, 0.2, 1), ConfigError);
  EXPECT_THROW(encode_table(parse_csv("x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n", "t.csv"), "y", true, 0.2, 1), ConfigError);
  EXPECT_THROW(encode_table(parse_csv("x,y\n1,a\n2,\n3,a\n4,b\n5,a\n6,b\n", "t.csv"), "y", false, 0.2, 1), FileError);
  EXPECT_THROW(encode_table(parse_csv("x,y\n1,a\n2,a\n3,a\n4,a\n5,a\n6,a\n", "t.csv"), "y", false, 0.2, 1), ConfigError);
}

TEST(Features, pictures_are_resampled_and_normalised) {
  Features f;
  f.normalize = {{0.5}, {0.5}};
  Image white{56, 56, 3, std::vector<uint8_t>(56 * 56 * 3, 255)};
  const Tensor x = f.from_image(white);
  EXPECT_EQ(x.shape(), (Shape{1, 1, 28, 28}));
  EXPECT_TRUE(allclose(x, ones({1, 1, 28, 28})));
  EXPECT_THROW(f.from_table(parse_csv("a\n1\n", "t.csv")), ConfigError);
}

}  // namespace
}  // namespace cairn
