// The recipe image-folder: how it divides a folder, what it leaves out, and what it says about it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <cairn/base/errors.h>
#include <cairn/io/image.h>
#include <recipes/recipe.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/recipes.h>
#include <tests/helpers/small_data.h>

namespace cairn {
namespace {

TEST(ImageFolderRecipe, learns_from_a_folder_and_writes_its_split_down) {
  TempFolder folder;
  put_picture_folder(folder);
  setenv("CAIRN_CACHE", (folder / "cache").c_str(), 1);
  const std::vector<std::pair<std::string, std::string>> values = {
      {"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}, {"epochs", "6"}, {"batch_size", "8"}, {"lr", "0.01"}, {"val_share", "0"}};
  auto recipe = with("image-folder", values);
  manual_seed(1);
  cairn::Setup s = recipe->setup();
  EXPECT_EQ(s.features->classes, (std::vector<std::string>{"bright", "dark"}));
  EXPECT_EQ(s.train->size() + s.test->size(), 24);
  ASSERT_TRUE(s.files.count("split.json"));
  train_model(*recipe, s);
  EXPECT_GE(accuracy(s), 0.9);
  const Tensor one = s.features->from_image(load_image(folder / "pictures/dark/10.png"));
  EXPECT_EQ(one.shape(), (Shape{1, 3, 16, 16}));

  // The split that a run wrote down counts, not the one that its options would make.
  folder.put("run/split.json", s.files["split.json"]);
  auto later = with("image-folder", values);
  Fields fields = fields_of(*later);
  fields.set("test_share", "0.5", "");
  later->run_folder = folder / "run";
  const cairn::Setup again = later->setup();
  EXPECT_EQ(again.test->size(), s.test->size());
  EXPECT_TRUE(same(again.test->get(0)["x"], s.test->get(0)["x"]));
  unsetenv("CAIRN_CACHE");
}

TEST(ImageFolderRecipe, a_damaged_picture_stops_it_unless_it_may_be_skipped) {
  TempFolder folder;
  put_picture_folder(folder);
  folder.put("pictures/dark/99.png", "this is no picture");
  setenv("CAIRN_CACHE", (folder / "cache").c_str(), 1);
  auto recipe = with("image-folder", {{"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}});
  try {
    recipe->setup();
    ADD_FAILURE() << "no error";
  } catch (const FileError& e) { EXPECT_NE(std::string(e.what()).find("99.png"), std::string::npos) << e.what(); }
  auto skipping = with("image-folder", {{"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}, {"skip_bad", "true"}});
  const cairn::Setup s = skipping->setup();
  EXPECT_EQ(s.train->size() + s.test->size() + (s.val ? s.val->size() : 0), 24);
  EXPECT_EQ(s.data_note, "without 1 damaged picture");
  ASSERT_GE(s.notes.size(), 2u);
  EXPECT_NE(s.notes[1].find("99.png"), std::string::npos);
  EXPECT_THROW(find_recipe("image-folder").make()->setup(), ConfigError);
  unsetenv("CAIRN_CACHE");
}

TEST(ImageFolderRecipe, says_what_does_not_fit_before_it_decodes_anything) {
  TempFolder folder;
  put_picture_folder(folder);
  setenv("CAIRN_CACHE", (folder / "cache").c_str(), 1);
  for (const char* tuning : {"frozen", "gradual"}) {
    auto recipe = with("image-folder", {{"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}, {"tuning", tuning}});
    const std::string what = message_of<ConfigError>([&] { recipe->setup(); });
    EXPECT_TRUE(contains(what, std::string("--tuning ") + tuning + " starts from weights, and there are none.\nHint: --weights FILE"));
  }
  auto small = with("image-folder", {{"data", folder / "pictures"}, {"model", "vgg11_cifar"}, {"size", "16"}});
  const std::string what = message_of<ShapeError>([&] { small->setup(); });
  EXPECT_TRUE(contains(what, "an image of 3x16x16 ends at features."));
  EXPECT_TRUE(contains(what, "\nHint: vgg11_cifar takes images from 32x32 on: --size 32 or more, or another --model"));
  EXPECT_FALSE(contains(what, "strided")) << what;
  EXPECT_FALSE(std::filesystem::exists(folder / "cache/pictures")) << "nothing was decoded";
  unsetenv("CAIRN_CACHE");
}

TEST(ImageFolderRecipe, tells_how_far_it_has_read_and_which_classes_are_not_tested) {
  TempFolder folder;
  put_picture_folder(folder);
  Image grey{30, 30, 3, std::vector<uint8_t>(30 * 30 * 3, 128)};
  folder.put("pictures/grey/1.png", encode_png(grey));
  setenv("CAIRN_CACHE", (folder / "cache").c_str(), 1);
  auto recipe = with("image-folder", {{"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}, {"val_share", "0"}});
  int64_t read = 0;
  recipe->reading = [&](int64_t done, int64_t all) { read = all == 25 ? done : -1; };
  const cairn::Setup s = recipe->setup();
  EXPECT_EQ(read, 25);
  ASSERT_EQ(s.notes.size(), 1u);
  EXPECT_TRUE(contains(s.notes[0], "no picture of the class 'grey' is in test"));
  unsetenv("CAIRN_CACHE");
}

TEST(ImageFolderRecipe, says_why_nothing_is_watched_and_which_share_would_be) {
  TempFolder folder;
  put_picture_folder(folder);  // 24 pictures, 20 of them to learn from
  setenv("CAIRN_CACHE", (folder / "cache").c_str(), 1);
  const auto setup = [&](const char* share) {
    return with("image-folder", {{"data", folder / "pictures"}, {"model", "resnet20"}, {"size", "16"}, {"val_share", share}})->setup();
  };
  const cairn::Setup s = setup("0.1");
  EXPECT_FALSE(s.val);
  ASSERT_EQ(s.notes.size(), 1u);
  const std::string n = std::to_string(s.train->size());
  EXPECT_TRUE(contains(s.notes[0], "nothing is held back for validation: --val-share 0.1 of " + n + " pictures is fewer than 8, too few to tell"));
  const size_t share = s.notes[0].find("; --val-share ");
  ASSERT_NE(share, std::string::npos) << s.notes[0];
  const std::string better = s.notes[0].substr(share + 14, 4);
  const cairn::Setup watched = setup(better.c_str());
  ASSERT_TRUE(watched.val) << better;
  EXPECT_GE(watched.val->size(), 8);
  EXPECT_TRUE(watched.notes.empty());
  EXPECT_TRUE(setup("0").notes.empty()) << "nothing was asked for";
  unsetenv("CAIRN_CACHE");
}

}  // namespace
}  // namespace cairn
