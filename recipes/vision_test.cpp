// The recipes of convolutional networks: presets, augmentation, weights to start from, and that they learn.
#include <gtest/gtest.h>

#include <filesystem>
#include <numeric>
#include <set>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/io/safetensors.h>
#include <cairn/models/weights.h>
#include <cairn/nn/saving.h>
#include <cairn/ops/ops.h>
#include <recipes/pictures.h>
#include <recipes/transfer.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/jpeg.h>
#include <tests/helpers/recipes.h>
#include <tests/helpers/small_data.h>

namespace cairn {
namespace {

const char* const vision[] = {"lenet", "convnet", "cifar-cnn", "resnet20", "alexnet", "vgg", "transfer", "image-folder"};

TEST(ConvNet, reads_digits_after_200_steps) {
  if (!have_dataset(dataset_named("mnist"))) GTEST_SKIP() << "mnist is not at hand (CAIRN_DATA_MIRROR)";
  auto recipe = with("convnet", {{"limit_train", "6400"}, {"epochs", "2"}, {"lr", "0.004"}});
  manual_seed(1);
  cairn::Setup s = recipe->setup();
  train_model(*recipe, s, 200);
  const double got = accuracy(s);
  std::printf("convnet, 200 steps of 64: %.2f %% of the digits to test\n", 100 * got);
  EXPECT_GE(got, 0.95);
}

TEST(VisionRecipes, have_three_presets_each_of_fields_within_their_ranges) {
  std::vector<const char*> names_of_recipes(std::begin(vision), std::end(vision));
  names_of_recipes.insert(names_of_recipes.end(), {"softmax", "mlp"});
  for (const char* name : names_of_recipes) {
    SCOPED_TRACE(name);
    const RecipeInfo& info = find_recipe(name);
    std::vector<std::string> names;
    for (const Preset& p : info.make()->presets()) {
      names.push_back(p.name);
      auto recipe = recipe_for(info, "mnist", p.name);
      Fields fields = fields_of(*recipe);
      for (const auto& [field, value] : p.values) {
        ASSERT_TRUE(fields.find(field)) << field;
        double is = 0, was = 0;
        if (parse_double(value, was)) EXPECT_TRUE(parse_double(Fields::get(*fields.find(field)), is) && is == was) << field;
        else EXPECT_EQ(Fields::get(*fields.find(field)), value);
      }
      EXPECT_FALSE(p.what.empty());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"quick", "standard", "paper"}));
    EXPECT_THROW(recipe_for(info, "mnist", "quik"), UsageError);
  }
  EXPECT_THROW(recipe_for(find_recipe("pca"), "mnist", "quick"), UsageError);
  EXPECT_EQ(recipe_for(find_recipe("mlp"), "iris", "standard")->train.epochs, recipe_for(find_recipe("mlp"), "iris")->train.epochs)
      << "the defaults for tables stay";
}

TEST(VisionRecipes, decode_a_large_photograph_no_larger_than_is_needed) {
  TempFolder folder;
  Image photo{1600, 1200, 3, {}};
  for (int64_t y = 0; y < photo.height; y++)
    for (int64_t x = 0; x < photo.width; x++)
      for (int64_t c = 0; c < 3; c++) photo.pixels.push_back(uint8_t((x + y) / 11 + 20 * c));
  folder.put("photo.jpg", jpeg_of(photo));
  Features f;
  f.channels = 3;
  f.height = f.width = 32;
  const Image small = f.load(folder / "photo.jpg");
  EXPECT_EQ(small.width, 200) << "an eighth";
  EXPECT_EQ(small.height, 150);
  const Tensor from_small = f.from_image(small), from_all = f.from_image(load_image(folder / "photo.jpg"));
  EXPECT_LT(max(abs(from_small - from_all)).item(), 0.02) << "the same picture for the model";
  f.shorter = 256;
  f.height = f.width = 224;
  EXPECT_EQ(f.load(folder / "photo.jpg").height, 600) << "a half: the least that is not below 320";
}

TEST(VisionRecipes, make_models_for_the_pictures_they_are_given) {
  NoGrad off;
  Features f;
  f.channels = 3;
  f.height = f.width = 32;
  for (int i = 0; i < 7; i++) f.classes.push_back(std::to_string(i));
  for (const char* name : vision) {
    if (std::string(name) == "image-folder") continue;  // its ResNet-18 takes a second to fill
    const auto model = find_recipe(name).make()->model(f);
    model->eval();
    EXPECT_EQ(model->apply(zeros({2, 3, 32, 32})).shape(), (Shape{2, 7})) << name;
  }
  f.classes.resize(0);
  for (int i = 0; i < 10; i++) f.classes.push_back(std::to_string(i));
  EXPECT_EQ(with("resnet20", {{"depth", "32"}})->model(f)->parameter_count(), 464'154);
  EXPECT_EQ(with("resnet20", {{"depth", "56"}})->model(f)->parameter_count(), 853'018);
  EXPECT_THROW(with("resnet20", {{"depth", "21"}})->model(f), ConfigError);
}

TEST(VisionRecipes, preset_paper_of_residual_nets_is_the_schedule_of_the_paper) {
  auto recipe = recipe_for(find_recipe("resnet20"), "cifar10", "paper");
  const TrainOptions& o = recipe->train;
  EXPECT_EQ(o.weight_decay, 1e-4);
  EXPECT_EQ(o.momentum, 0.9);
  EXPECT_EQ(o.val_share, 0.1);  // 45,000 to learn from, 5,000 to choose by
  EXPECT_EQ(o.max_steps, 64000);
  const int64_t steps_of_an_epoch = (45000 + o.batch_size - 1) / o.batch_size;
  EXPECT_GE(o.epochs * steps_of_an_epoch, 64000);
  Sequential model(Linear(2, 2));
  const std::unique_ptr<Optimizer> optimizer = o.make_optimizer(model);
  const std::shared_ptr<Scheduling> schedule = o.make_schedule(*optimizer, steps_of_an_epoch);
  ASSERT_TRUE(schedule);
  for (int64_t step = 0; step < 64000; step++, schedule->on_update(*optimizer))
    ASSERT_NEAR(optimizer->lr(), step < 32000 ? 0.1 : step < 48000 ? 0.01 : 0.001, 1e-12) << step;
  EXPECT_EQ(recipe->goal().score, 0.9125);
  Fields fields = fields_of(*recipe);
  fields.set("depth", "110", "");
  EXPECT_EQ(recipe->goal().score, 0.9339);
}

TEST(Augmentation, keeps_the_size_and_depends_on_seed_epoch_and_example_alone) {
  Features f;
  f.channels = 3;
  f.height = f.width = 32;
  f.normalize = {{0.5}, {0.5}};
  Random r(2);
  std::vector<uint8_t> bytes;
  for (int i = 0; i < 3 * 32 * 32; i++) bytes.push_back(uint8_t(r.below(256)));
  const Tensor x = reshape(from_vector(bytes), {3, 32, 32});
  for (const std::string& name : augmentation_names()) {
    const transforms::Compose steps = augmentation_named(name, f);
    if (name == "none") {
      EXPECT_TRUE(steps.steps().empty());
      continue;
    }
    const Tensor y = steps(x, {3, 1}, 7);
    EXPECT_EQ(y.shape(), (Shape{3, 32, 32})) << name;
    EXPECT_TRUE(same(y, augmentation_named(name, f)(x, {3, 1}, 7))) << name;
    bool varies = false;
    for (int epoch = 2; epoch < 9; epoch++) varies |= !same(y, steps(x, {3, epoch}, 7));
    EXPECT_TRUE(varies) << name;
  }
  EXPECT_THROW(augmentation_named("crop-flop", f), ConfigError);
}

TEST(Pictures, training_ones_are_varied_and_those_to_test_are_not) {
  TempFolder folder;
  put_pictures(folder, 200, 40);
  setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  auto recipe = with("softmax", {{"data", "mnist"}});
  const cairn::Setup plain = recipe->setup();
  struct Varied : Recipe {
    void fields(Fields& f) override { f.group(train); }
    Goal goal() const override { return {}; }
    cairn::Setup setup() override { return pictures_setup("mnist", *this); }
    std::shared_ptr<Module> model(const Features& f) override { return std::make_shared<Sequential>(Flatten(), Linear(f.size(), f.outputs())); }
    std::string data_name() const override { return "mnist"; }
    transforms::Compose augmentation(const Features& f) const override { return augmentation_named("crop", f); }
  } varied;
  const cairn::Setup s = varied.setup();
  unsetenv("CAIRN_DATA_MIRROR");
  const std::vector<int64_t> some = {0, 3, 5};
  EXPECT_TRUE(same(s.train->get_batch(some)["y"], plain.train->get_batch(some)["y"]));
  EXPECT_FALSE(same(s.train->get_batch(some)["x"], plain.train->get_batch(some)["x"]));
  EXPECT_FALSE(same(s.train->get_batch(some, {1, 0})["x"], s.train->get_batch(some, {1, 1})["x"]));
  EXPECT_TRUE(same(s.test->get_batch(some)["x"], plain.test->get_batch(some)["x"]));
  EXPECT_TRUE(same(s.val->get_batch(some)["x"], plain.val->get_batch(some)["x"]));
}

struct MixedTraining : ::testing::Test {
  TempFolder folder;
  MixedTraining() {
    put_pictures(folder, 400, 80);
    setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  }
  ~MixedTraining() override { unsetenv("CAIRN_DATA_MIRROR"); }
  std::unique_ptr<Recipe> recipe(const std::string& mix, const std::string& alpha = "1") const {
    return with("resnet20", {{"data", "mnist"},
                             {"depth", "8"},
                             {"augment", "none"},
                             {"mix", mix},
                             {"mix_alpha", alpha},
                             {"epochs", "4"},
                             {"batch_size", "20"},
                             {"lr", "0.05"}});
  }
};

TEST_F(MixedTraining, gives_shares_as_labels_that_depend_on_seed_and_epoch_alone) {
  const std::vector<int64_t> some = {7, 3, 5, 0, 9, 1};
  const cairn::Setup plain = recipe("none")->setup();
  for (const char* mix : {"mixup", "cutmix"}) {
    SCOPED_TRACE(mix);
    const cairn::Setup s = recipe(mix)->setup(), again = recipe(mix)->setup();
    const Batch batch = s.train->get_batch(some, {1, 2});
    EXPECT_EQ(batch["y"].shape(), (Shape{6, 10}));
    EXPECT_TRUE(allclose(sum(batch["y"], {1}), ones({6})));
    EXPECT_FALSE(same(batch["x"], plain.train->get_batch(some, {1, 2})["x"]));
    for (const char* field : {"x", "y"}) {
      EXPECT_TRUE(same(batch[field], again.train->get_batch(some, {1, 2})[field]));
      EXPECT_FALSE(same(batch[field], s.train->get_batch(some, {1, 3})[field]));
      EXPECT_FALSE(same(batch[field], s.train->get_batch(some, {4, 2})[field]));
      for (const auto part : {&cairn::Setup::val, &cairn::Setup::test})  // are as they were
        EXPECT_TRUE(same((s.*part)->get_batch(some)[field], (plain.*part)->get_batch(some)[field]));
    }
    ASSERT_EQ(s.notes.size(), 1u);
    EXPECT_NE(s.notes[0].find(mix[0] == 'm' ? "MixUp(alpha 1)" : "CutMix(alpha 1)"), std::string::npos) << s.notes[0];
  }
  EXPECT_THROW(recipe("mixup", "0"), ConfigError);
  EXPECT_THROW(recipe("mixin"), ConfigError);
}

TEST_F(MixedTraining, learns_and_counts_the_larger_share_as_the_class) {
  auto mixed = recipe("mixup", "0.4");
  manual_seed(1);
  cairn::Setup s = mixed->setup();
  train_model(*mixed, s);
  EXPECT_GE(accuracy(s), 0.9);  // of ten classes, after 76 steps
  std::unique_ptr<Optimizer> optimizer = mixed->train.make_optimizer(*s.model);
  const Supervised task(*s.model, *optimizer, s.objective);
  const Tensor logits = tensor({{2.0, 1.0, 0.0}, {0.0, 1.0, 2.0}}), shares = tensor({{0.6, 0.4, 0.0}, {0.0, 0.7, 0.3}});
  EXPECT_EQ(task.count_correct(logits, shares), 1);
  EXPECT_NEAR(task.loss(logits, shares).item(), mean(-sum(shares * log_softmax(logits, 1), {1})).item(), 1e-6);
}

TEST(Features, of_a_photograph_the_middle_counts) {
  Features f;
  f.channels = 3;
  f.height = f.width = f.shorter = 10;
  f.normalize = {{0.5}, {0.5}};
  Image wide{40, 20, 3, std::vector<uint8_t>(40 * 20 * 3, 0)};
  for (int64_t y = 0; y < 20; y++)
    for (int64_t x = 10; x < 30; x++)
      for (int64_t c = 0; c < 3; c++) wide.at(x, y, c) = 255;
  const Tensor x = f.from_image(wide);
  EXPECT_EQ(x.shape(), (Shape{1, 3, 10, 10}));
  EXPECT_TRUE(allclose(x.slice(3, {1, 9}), ones({1, 3, 10, 8})));
  const Features again = Features::from_json(Json::parse(f.to_json().dump()));
  EXPECT_TRUE(same(again.from_image(wide), x));
  Json bad = f.to_json();
  bad["shorter"] = 5;
  EXPECT_THROW(Features::from_json(bad), FileError);
}

TEST(VisionRecipes, say_which_pictures_are_large_enough) {
  TempFolder folder;
  put_pictures(folder, 100, 20);
  setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  const auto refused = [](const std::string& name, const std::vector<std::pair<std::string, std::string>>& values) {
    const auto recipe = with(name, values);
    const std::string what = message_of<ShapeError>([&] { recipe->setup(); });
    EXPECT_FALSE(contains(what, "strided")) << what;
    EXPECT_FALSE(contains(what, "fewer")) << what;
    return what;
  };
  const std::string vgg = refused("vgg", {{"data", "mnist"}});
  EXPECT_TRUE(contains(vgg, "an image of 1x8x8 ends at features."));
  EXPECT_TRUE(contains(vgg, "\nHint: this network takes images from 32x32 on: choose other --data (cifar10, cifar100), or another recipe."));
  const std::string transfer = refused("transfer", {{"data", "mnist"}, {"model", "vgg11_cifar"}, {"tuning", "scratch"}});
  EXPECT_TRUE(contains(transfer, "\nHint: vgg11_cifar takes images from 32x32 on: choose another --model"));
  unsetenv("CAIRN_DATA_MIRROR");
}

// ---- transfer

struct TransferTest : ::testing::Test {
  TempFolder folder;
  std::shared_ptr<Module> model;
  const ModelInfo& info = model_named("resnet20");
  Features f;
  TransferTest() {
    f.channels = 1;
    f.height = f.width = 8;
    f.classes = {"a", "b", "c"};
    manual_seed(7);
    model = info.make({1, 8, 8, 10});  // other classes than the new task has
    save(folder / "old.safetensors", *model);
  }
  cairn::Setup fresh() {
    manual_seed(8);
    cairn::Setup s;
    s.model = info.make({1, 8, 8, 3});
    s.features = std::make_shared<Features>(f);
    s.train =
        std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", randn({24, 1, 8, 8})}, {"y", from_vector(std::vector<int64_t>(24, 1))}});
    return s;
  }
};

TEST_F(TransferTest, frozen_layers_stay_and_the_head_learns) {
  auto recipe = with("transfer", {{"epochs", "2"}, {"batch_size", "8"}, {"lr", "0.1"}});
  cairn::Setup s = fresh();
  TransferOptions o;
  o.weights = folder / "old.safetensors";
  o.tuning = "frozen";
  start_from(info, o, 2, "", s);
  const StateDict old = model->state_dict();
  const Tensor head = s.model->state_dict().at("fc.weight").clone();
  EXPECT_TRUE(same(s.model->state_dict().at("conv1.weight"), old.at("conv1.weight")));
  train_model(*recipe, s);
  const StateDict now = s.model->state_dict();
  for (const auto& [name, value] : now)
    if (!name.starts_with("fc.")) EXPECT_TRUE(same(value, old.at(name))) << name;
  EXPECT_FALSE(same(now.at("fc.weight"), head));
}

TEST_F(TransferTest, gradual_thaws_from_the_top_down_and_goes_on_after_a_resume) {
  cairn::Setup s = fresh();
  TransferOptions o;
  o.weights = folder / "old.safetensors";
  o.tuning = "gradual";
  start_from(info, o, 8, "", s);
  const auto learning = [&] {
    std::vector<std::string> names;
    for (const auto& [path, p] : s.model->parameters())
      if (p.tensor().requires_grad()) names.push_back(path);
    return names;
  };
  EXPECT_EQ(learning(), (std::vector<std::string>{"fc.weight", "fc.bias"}));
  ASSERT_EQ(s.callbacks.size(), 1u);
  EpochReport report;
  report.epoch = 1;
  s.callbacks[0]->on_epoch(report);
  EXPECT_TRUE(learning().front().starts_with("layer3.")) << learning().front();
  const State state = s.callbacks[0]->stateful()->state();
  report.epoch = 4;
  s.callbacks[0]->on_epoch(report);
  EXPECT_EQ(learning().size(), s.model->parameters().size());
  s.callbacks[0]->stateful()->load_state(state);
  EXPECT_TRUE(learning().front().starts_with("layer3."));
  EXPECT_EQ(thawing_parts(*s.model).front(), "conv1");
  EXPECT_EQ(thawing_parts(*s.model).back(), "fc");
}

TEST_F(TransferTest, says_what_is_missing_or_does_not_fit) {
  cairn::Setup s = fresh();
  TransferOptions o;
  EXPECT_THROW(start_from(info, o, 2, "", s), ConfigError);
  o.weights = folder / "nowhere.safetensors";
  EXPECT_THROW(start_from(info, o, 2, "", s), FileError);
  save(folder / "other.safetensors", *model_named("lenet").make({1, 8, 8, 10}));
  o.weights = folder / "other.safetensors";
  const auto refusal = [&](const ModelInfo& other) {
    try {
      start_from(other, o, 2, "", s);
    } catch (const StateError& e) { return std::string(e.what()); }
    return std::string("no error");
  };
  const auto has = [](const std::string& text, const char* part) { EXPECT_NE(text.find(part), std::string::npos) << "no " << part << ": " << text; };
  has(refusal(info), "none of its");
  has(refusal(info), "Hint: the file has the weights of lenet: --model lenet.");
  o.weights = folder / "old.safetensors";  // nearly all names, other shapes
  s.model = model_named("resnet18").make({1, 8, 8, 3});
  std::string text = refusal(model_named("resnet18"));
  has(text, "old.safetensors does not fit the model resnet18:");
  has(text, "missing:\n  ");
  has(text, "of another shape:\n  conv1.weight (file [16, 1, 3, 3], module [64, 1, 7, 7])\n");
  has(text, "Hint: the file has the weights of resnet20: --model resnet20.");
  EXPECT_EQ(text.find("strict"), std::string::npos) << text;
  EXPECT_GT(std::count(text.begin(), text.end(), '\n'), 100) << text;  // each of them, on a line of its own

  s.model = info.make({3, 8, 8, 3});
  s.features->channels = 3;
  text = refusal(info);
  has(text, "1 of another shape:\n  conv1.weight (file [16, 1, 3, 3], module [16, 3, 3, 3])");
  has(text, "resnet20 itself is nearest");
  save(folder / "strange.safetensors", Tensors{{"a", ones({2, 3})}, {"b", ones({4})}});
  o.weights = folder / "strange.safetensors";
  text = refusal(info);
  has(text, "2 tensors of 10 numbers");
  has(text, "no model here (`cairn model`)");
  o.weights = "";
  o.tuning = "scratch";
  EXPECT_NO_THROW(start_from(info, o, 2, "", s));
}

std::vector<int64_t> labels_of(const Dataset& data) {
  std::vector<int64_t> all(static_cast<size_t>(data.size()));
  for (size_t i = 0; i < all.size(); i++) all[i] = int64_t(i);
  return data.get_batch(all)["y"].to_vector<int64_t>();
}

TEST(Transfer, takes_so_many_labels_of_each_class) {
  TempFolder folder;
  put_pictures(folder, 300, 40);
  setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  auto recipe = with("transfer", {{"data", "mnist"}, {"labels", "4"}, {"tuning", "scratch"}});
  const cairn::Setup s = recipe->setup();
  EXPECT_TRUE(s.notes.empty());
  const cairn::Setup more = with("transfer", {{"data", "mnist"}, {"labels", "32"}, {"tuning", "scratch"}})->setup();
  const cairn::Setup most = with("transfer", {{"data", "mnist"}, {"labels", "100000"}, {"tuning", "scratch"}})->setup();
  unsetenv("CAIRN_DATA_MIRROR");
  EXPECT_EQ(most.train->size(), 300);
  ASSERT_EQ(most.notes.size(), 1u);
  const std::vector<int64_t> there = labels_of(*most.train);
  std::vector<int64_t> each(10);
  for (int64_t y : there) each[size_t(y)]++;
  const auto [least, greatest] = std::minmax_element(each.begin(), each.end());
  EXPECT_TRUE(contains(most.notes[0], "--labels 100000 asks for more"));
  EXPECT_TRUE(
      contains(most.notes[0], "the classes have " + std::to_string(*least) + " to " + std::to_string(*greatest) + "; all of those are taken"));
  const int64_t fewer = std::count_if(each.begin(), each.end(), [](int64_t n) { return n < 32; });
  ASSERT_TRUE(fewer > 1 && fewer < 10) << fewer;
  ASSERT_EQ(more.notes.size(), 1u);
  EXPECT_TRUE(contains(more.notes[0], std::to_string(fewer) + " of 10 classes have fewer, " + std::to_string(*least) + " at least"));
  ASSERT_EQ(s.train->size(), 40);
  std::vector<int64_t> counts(10);
  for (int64_t y : labels_of(*s.train)) counts[size_t(y)]++;
  EXPECT_EQ(counts, std::vector<int64_t>(10, 4));
}

TEST(PictureRecipes, learn_from_the_named_classes_only_and_the_goal_is_not_theirs) {
  TempFolder folder;
  put_pictures(folder, 300, 40);
  setenv("CAIRN_DATA_MIRROR", (folder / "mirror").c_str(), 1);
  const cairn::Setup s = with("resnet20", {{"data", "mnist"}, {"depth", "8"}, {"classes", "7, 2,9"}, {"val_share", "0"}})->setup();
  EXPECT_EQ(s.features->classes, (std::vector<std::string>{"7", "2", "9"}));
  EXPECT_FALSE(with("convnet", {{"data", "mnist"}, {"classes", "7, 2,9"}})->goal_applies());
  EXPECT_TRUE(with("convnet", {{"data", "mnist"}})->goal_applies());
  const auto labels = [](const Dataset& d) {
    std::vector<int64_t> all(static_cast<size_t>(d.size()));
    std::iota(all.begin(), all.end(), 0);
    std::set<int64_t> seen;
    for (int64_t y : d.get_batch(all)["y"].to_vector<int64_t>()) seen.insert(y);
    return seen;
  };
  EXPECT_EQ(labels(*s.train), (std::set<int64_t>{0, 1, 2}));
  EXPECT_EQ(labels(*s.test), (std::set<int64_t>{0, 1, 2}));
  const auto refused = [](const char* classes) {
    return message_of<ConfigError>([&] { with("convnet", {{"data", "mnist"}, {"classes", classes}})->setup(); });
  };
  EXPECT_TRUE(contains(refused("7,11"), "mnist has no class '11'"));
  EXPECT_TRUE(contains(refused("7,7"), "twice"));
  EXPECT_TRUE(contains(refused("7"), "two classes at least"));
  unsetenv("CAIRN_DATA_MIRROR");
}

}  // namespace
}  // namespace cairn
