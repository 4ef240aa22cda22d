// The recipes that descend no gradient: what theory promises of them, and what they say where it promises nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/ops/ops.h>
#include <recipes/tables.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

using testing::HasSubstr;
using Flags = std::vector<std::pair<std::string, std::string>>;

struct Trained {
  std::unique_ptr<Recipe> recipe;
  cairn::Setup setup;
  FitResult fit;
  Json test;
  Outcome outcome;
  std::vector<double> losses;  // of the epochs
};

struct Losses : Callback {
  std::vector<double> list;
  void on_epoch(const EpochReport& r) override { list.push_back(r.train.mean_loss()); }
};

Trained trained(const std::string& name, const Flags& flags, uint64_t seed = 1) {
  Trained t;
  t.recipe = find_recipe(name).make();
  Fields fields = fields_of(*t.recipe);
  for (const auto& [field, value] : flags) fields.set(field, value, "--" + field);
  manual_seed(seed);
  t.setup = t.recipe->setup();
  DataLoader train(t.setup.train, {.batch_size = t.recipe->train.batch_size, .shuffle = true, .seed = seed});
  Trainer trainer(*t.setup.task, train, nullptr, t.recipe->train.trainer());
  const auto losses = std::make_shared<Losses>();
  trainer.add(losses);
  for (const auto& callback : t.setup.callbacks) trainer.add(callback);
  t.fit = trainer.fit();
  t.losses = losses->list;
  NoGrad off;
  t.test = t.setup.evaluate(*t.setup.model, t.setup.test);
  t.outcome = t.setup.outcome();
  return t;
}

double number(const Json& j, const char* name) { return j.at(name).as_double(); }

Batch all_of(const Dataset& data) {
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < data.size(); i++) rows.push_back(i);
  return data.get_batch(rows);
}

TEST(Perceptron, converges_where_a_plane_separates) {
  const Trained t = trained("perceptron", {});
  EXPECT_TRUE(t.outcome.values.at("converged").as_bool());
  EXPECT_LT(t.fit.epochs, 20);
  EXPECT_THAT(t.fit.stopped_early, HasSubstr("an epoch without a mistake"));
  EXPECT_THAT(t.outcome.lines.at(0), HasSubstr("converged after"));
  EXPECT_GE(number(t.test, "accuracy"), t.recipe->goal().score);
  EXPECT_EQ(number(t.test, "loss"), 0);
}

TEST(Perceptron, makes_no_more_corrections_than_novikoff_allows) {
  for (const char* margin : {"0.1", "0.4"}) {
    const Trained t = trained("perceptron", {{"data", "separable"}, {"margin", margin}, {"epochs", "1000"}});
    ASSERT_TRUE(t.outcome.values.at("converged").as_bool()) << margin;
    // The bound (R / g)^2 for the examples with a 1 beside them for b, and the margin of any separating plane: the one found will do.
    const Batch b = all_of(*t.setup.train);
    const Tensor x = cat({b["x"], ones({b.size(), 1})}, 1).to(f64), sign = reshape(2.0 * b["y"].to(f64) - 1.0, {b.size(), 1});
    const auto parameters = t.setup.model->parameters();
    const Tensor w = cat({reshape(parameters[0].second.tensor(), {2}), parameters[1].second.tensor()}).detach().to(f64);
    const double radius = std::sqrt(max(sum(square(x), {1})).item()), gap = min(sign * matmul(x, reshape(w, {3, 1}))).item() / norm(w).item();
    ASSERT_GT(gap, 0);
    EXPECT_LE(number(t.outcome.values, "corrections"), std::pow(radius / gap, 2));
  }
}

TEST(Perceptron, says_that_xor_cannot_be_separated) {
  const Trained t = trained("perceptron", {{"data", "xor"}, {"epochs", "30"}});
  EXPECT_FALSE(t.outcome.values.at("converged").as_bool());
  EXPECT_EQ(t.fit.epochs, 30);
  EXPECT_TRUE(t.fit.stopped_early.empty());
  EXPECT_THAT(t.outcome.lines.at(0), HasSubstr("did not converge: stopped after 30 epochs"));
  EXPECT_THAT(t.outcome.lines.at(1), HasSubstr("XOR is not linearly separable"));
  EXPECT_LE(number(t.test, "accuracy"), 0.75);  // three of the four cases at best
}

TEST(Perceptron, tells_any_class_from_the_others_and_knows_their_names) {
  const Trained t = trained("perceptron", {{"positive", "virginica"}, {"epochs", "5"}});
  EXPECT_EQ(t.setup.features->classes, (std::vector<std::string>{"not virginica", "virginica"}));
  EXPECT_THAT(t.outcome.lines.at(1), HasSubstr("no plane separates"));
  EXPECT_EQ(t.recipe->answer(std::vector<double>{0.5}, *t.setup.features).at("class").as_string(), "virginica");
  EXPECT_EQ(t.recipe->answer(std::vector<double>{0}, *t.setup.features).at("class").as_string(), "not virginica");
  TempFolder folder;  // two classes keep their names
  std::string text = "x,kind\n";
  for (int i = 0; i < 20; i++) text += std::to_string(i) + (i < 10 ? ",low\n" : ",high\n");
  const std::string file = folder.put("two.csv", text);
  EXPECT_EQ(trained("perceptron", {{"data", file}, {"target", "kind"}}).setup.features->classes, (std::vector<std::string>{"high", "low"}));
  EXPECT_EQ(trained("perceptron", {{"data", file}, {"target", "kind"}, {"positive", "high"}}).setup.features->classes,
            (std::vector<std::string>{"low", "high"}));
  try {
    trained("perceptron", {{"positive", "setossa"}});
    ADD_FAILURE() << "there is no such class";
  } catch (const ConfigError& e) { EXPECT_THAT(e.what(), HasSubstr("setosa")); }
}

TEST(KMeans, finds_the_flowers_and_never_raises_the_inertia) {
  for (uint64_t seed = 1; seed <= 5; seed++) {
    const Trained t = trained("kmeans", {}, seed);
    EXPECT_TRUE(t.outcome.values.at("converged").as_bool()) << seed;
    EXPECT_GE(number(t.test, "purity"), t.recipe->goal().score) << seed;
    for (size_t i = 1; i < t.losses.size(); i++) EXPECT_LE(t.losses[i], t.losses[i - 1] * (1 + 1e-6)) << seed;
    const Batch b = all_of(*t.setup.train);  // each centre is the mean of its examples
    const Tensor centres = t.setup.model->parameters()[0].second.tensor().to(f64), x = b["x"].to(f64);
    const Tensor member = one_hot(argmin(t.setup.model->apply(b["x"]), 1), 3).to(f64);
    EXPECT_TRUE(allclose(centres, matmul(member.t(), x) / unsqueeze(sum(member, {0}), 1), 1e-4, 1e-5));
  }
}

TEST(KMeans, has_no_nan_for_clusters_that_stay_empty) {
  TempFolder folder;
  std::string text = "x,y,kind\n";
  for (int i = 0; i < 30; i++) text += i % 2 ? "0,0,a\n" : "1,1,b\n";  // two different points for six centres
  const Trained t = trained("kmeans", {{"data", folder.put("two.csv", text)}, {"target", "kind"}, {"clusters", "6"}, {"epochs", "20"}});
  EXPECT_TRUE(all_finite(t.setup.model->parameters()[0].second.tensor()));
  EXPECT_EQ(number(t.test, "purity"), 1);
  EXPECT_NEAR(number(t.test, "inertia"), 0, 1e-10);
  EXPECT_THROW(trained("kmeans", {{"data", folder / "two.csv"}, {"target", "kind"}, {"clusters", "31"}}), ConfigError);
}

TEST(KMeans, an_empty_centre_takes_the_farthest_example) {
  Trained t = trained("kmeans", {{"clusters", "3"}, {"epochs", "1"}});
  Parameter centres = t.setup.model->parameters()[0].second;
  const double far = 1e3;  // the third is nobody's nearest
  centres.set(tensor({{0, 0, 0, 0}, {1, 1, 1, 1}, {far, far, far, far}}));
  DataLoader train(t.setup.train, {.batch_size = 256, .seed = 1});
  Trainer(*t.setup.task, train, nullptr, {.epochs = 1}).fit();
  EXPECT_LT(max(centres.tensor()).item(), 10);
}

TEST(Pca, finds_the_eigenvectors_of_the_covariance) {
  const Trained t = trained("pca", {{"data", "wine"}, {"components", "3"}, {"standardise", "true"}});
  const Tensor x = all_of(*t.setup.train)["x"].to(f64), centred = x - mean(x, {0});
  const std::vector<Tensor> e = eigh(matmul(centred.t(), centred) / double(x.size(0) - 1));
  const auto parameters = t.setup.model->parameters();
  const Tensor directions = parameters[1].second.tensor().to(f64), variances = parameters[2].second.tensor().to(f64);
  const int64_t d = x.size(1);
  for (int64_t i = 0; i < 3; i++) {
    EXPECT_NEAR(variances.at({i}), e[0].at({d - 1 - i}), 1e-4);
    EXPECT_NEAR(std::abs(sum(select(directions, 0, i) * select(e[1], 1, d - 1 - i)).item()), 1, 1e-5);
  }
  EXPECT_NEAR(variances.at({3}), sum(e[0]).item(), 1e-3);
}

TEST(Pca, explains_of_the_digits_what_is_reported_and_all_with_all_components) {
  const Trained two = trained("pca", {});
  EXPECT_GE(number(two.test, "explained"), two.recipe->goal().score);
  EXPECT_NEAR(number(two.outcome.values, "train_explained"), 0.285, 0.01);
  const Trained all = trained("pca", {{"components", "64"}});
  EXPECT_NEAR(number(all.test, "explained"), 1, 1e-6);
  EXPECT_LT(number(all.test, "reconstruction_error"), 1e-6);
  EXPECT_THROW(trained("pca", {{"components", "65"}}), ConfigError);
  EXPECT_EQ(two.recipe->answer(std::vector<double>{1, -2, 9}, *two.setup.features).dump(), R"({"pc1":1.0,"pc2":-2.0,"error":3.0})");
}

}  // namespace
}  // namespace cairn
