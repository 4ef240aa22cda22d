// The recipes of pictures at full length, with CAIRN_LONG=1 only.
#include <gtest/gtest.h>

#include <algorithm>

#include <cairn/base/system.h>
#include <cairn/nn/saving.h>
#include <recipes/pictures.h>
#include <tests/helpers/recipes.h>
#include <tests/helpers/temp_folder.h>

namespace cairn {
namespace {

// Minutes to an hour each: `./test --long` runs every one of them as a process of its own, with a time limit of its own.
class FullTraining : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(FullTraining, reaches_its_goal) {
  if (env("CAIRN_LONG") != "1") GTEST_SKIP() << "up to an hour: CAIRN_LONG=1";
  const auto [name, data] = GetParam();
  if (!have_dataset(dataset_named(data))) GTEST_SKIP() << data << " is not at hand (CAIRN_DATA_MIRROR)";
  auto recipe = recipe_for(find_recipe(name), data, "standard");
  manual_seed(1);
  cairn::Setup s = recipe->setup();
  train_model(*recipe, s);
  const double reached = accuracy(s);
  std::printf("%s on %s: %.2f %%\n", name, data, 100 * reached);
  EXPECT_GE(reached, recipe->goal().score);
}

INSTANTIATE_TEST_SUITE_P(Recipes, FullTraining,
                         testing::Values(std::pair("lenet", "mnist"), std::pair("convnet", "mnist"), std::pair("convnet", "fashion-mnist"),
                                         std::pair("cifar-cnn", "cifar10"), std::pair("resnet20", "cifar10"), std::pair("alexnet", "cifar10"),
                                         std::pair("vgg", "cifar10")),
                         [](const auto& p) {
                           std::string name = std::string(p.param.first) + "_" + p.param.second;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// The experiment that the goal tells of: a network learns five classes, and its weights learn the other five from fifty pictures each.
TEST(FullTrainingOfTransfer, weights_of_five_classes_help_with_the_other_five) {
  if (env("CAIRN_LONG") != "1") GTEST_SKIP() << "up to an hour: CAIRN_LONG=1";
  if (!have_dataset(dataset_named("cifar10"))) GTEST_SKIP() << "cifar10 is not at hand (CAIRN_DATA_MIRROR)";
  TempFolder folder;
  const auto score_of = [](Recipe& recipe, cairn::Setup& s) {
    train_model(recipe, s);
    return accuracy(s);
  };
  const std::string weights = folder / "five.safetensors";
  auto first = with("resnet20", {{"classes", "automobile,bird,cat,frog,ship"}});
  manual_seed(1);
  cairn::Setup five = first->setup();
  EXPECT_GE(score_of(*first, five), 0.8) << "of the five to start from";
  save(weights, *five.model);

  const std::string others = "airplane,deer,dog,horse,truck";
  auto plain = with("transfer", {{"classes", others}, {"tuning", "scratch"}}), helped = with("transfer", {{"classes", others}, {"weights", weights}});
  ASSERT_TRUE(helped->goal_applies());
  manual_seed(1);
  cairn::Setup from_nothing = plain->setup();
  const double without = score_of(*plain, from_nothing);
  manual_seed(1);
  cairn::Setup from_weights = helped->setup();
  const double reached = score_of(*helped, from_weights);
  EXPECT_GE(reached, helped->goal().score);
  EXPECT_GE(reached, without + 0.05) << "from scratch: " << without;
}

}  // namespace
}  // namespace cairn
