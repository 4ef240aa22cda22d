// Every preset: the paper's number of parameters, the names of torchvision and timm at full size, starting values, errors. Nothing large is
// computed: shapes alone say all of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <cairn/autograd/modes.h>
#include <cairn/base/random.h>
#include <cairn/models/blocks.h>
#include <cairn/models/models.h>
#include <cairn/models/shapes_only.h>
#include <cairn/ops/ops.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

using ::testing::HasSubstr;

TEST(Models, have_as_many_parameters_as_their_papers_say) {
  const std::map<std::string, int64_t> published = {
      {"lenet", 61'706},         {"convnet", 34'826},       {"cnn", 1'199'882},        {"cifar_cnn", 1'250'858},    {"alexnet", 61'100'840},
      {"vgg11", 132'863'336},    {"vgg13", 133'047'848},    {"vgg16", 138'357'544},    {"vgg19", 143'667'240},      {"vgg11_bn", 132'868'840},
      {"vgg13_bn", 133'053'736}, {"vgg16_bn", 138'365'992}, {"vgg19_bn", 143'678'248}, {"resnet18", 11'689'512},    {"resnet34", 21'797'672},
      {"resnet50", 25'557'032},  {"resnet101", 44'549'160}, {"resnet152", 60'192'808}, {"resnet20", 269'722},       {"resnet32", 464'154},
      {"resnet44", 658'586},     {"resnet56", 853'018},     {"resnet110", 1'727'962},  {"mobilenet_v2", 3'504'872}, {"resnet18_cifar", 11'173'962}};
  ShapesOnly shapes;
  std::set<std::string> seen;
  for (const ModelInfo* m : all_models()) {
    SCOPED_TRACE(m->name);
    EXPECT_EQ(m->make(m->input)->parameter_count(), m->parameters);
    if (const auto p = published.find(m->name); p != published.end()) EXPECT_EQ(m->parameters, p->second);
    EXPECT_TRUE(seen.insert(m->name).second);
  }
  for (const auto& [name, count] : published) EXPECT_TRUE(seen.count(name)) << name;
}

TEST(Models, name_the_layer_that_gives_the_classes) {
  ShapesOnly shapes;
  for (const ModelInfo* m : all_models()) {
    SCOPED_TRACE(m->name);
    const StateDict state = m->make(m->input)->state_dict();
    const std::string head = m->head;
    ASSERT_TRUE(state.count(head + ".weight") && state.count(head + ".bias"));
    EXPECT_EQ(state.at(head + ".bias").shape(), Shape({m->input.classes}));
  }
}

TEST(Models, take_their_images_and_give_logits) {
  ShapesOnly shapes;
  NoGrad no_grad;
  for (const ModelInfo* m : all_models()) {
    SCOPED_TRACE(m->name);
    ModelInput in = m->input;
    EXPECT_EQ(m->make(in)->apply(zeros({2, in.channels, in.height, in.width})).shape(), Shape({2, in.classes}));
    in.channels = 2, in.classes = 7, in.height += 3;
    EXPECT_EQ(m->make(in)->apply(zeros({2, in.channels, in.height, in.width})).shape(), Shape({2, 7}));
  }
}

// tests/golden/model_names.txt, checked against torchvision 0.29 and timm 1.0.31: "model name [shape]".
TEST(Models, have_torchvisions_names_and_shapes_and_know_timms) {
  ShapesOnly shapes;
  std::map<std::string, std::shared_ptr<Module>> models;
  std::map<std::string, std::set<std::string>> reached;
  std::ifstream file(CAIRN_SOURCE_DIR "/tests/golden/model_names.txt");
  int lines = 0;
  for (std::string line; std::getline(file, line); lines++) {
    std::istringstream words(line);
    std::string full, name, shape;
    words >> full >> name;
    std::getline(words, shape);
    const bool timm = full.starts_with("timm_");
    const std::string model = timm ? full.substr(5) : full;
    std::shared_ptr<Module>& net = models[full];
    if (!net) net = model_named(model).make(model_named(model).input);
    if (timm) name = dynamic_cast<const KnowsOtherNames&>(*net).own_name(name);
    const StateDict state = net->state_dict();
    const auto own = state.find(name);
    ASSERT_NE(own, state.end()) << line << ": we have no " << name;
    if (name != "classifier.0.weight" && name != "classifier.3.weight") EXPECT_EQ(" " + own->second.shape().str(), shape) << line;
    EXPECT_TRUE(reached[full].insert(name).second) << line << ": " << name << " a second time";
  }
  EXPECT_EQ(lines, 1099);
  for (auto& [full, net] : models)
    for (const auto& [name, value] : net->state_dict())
      if (!name.ends_with("num_batches_tracked")) EXPECT_TRUE(reached[full].count(name)) << full << " has no " << name;
}

double deviation(const Tensor& x) { return std::sqrt(mean(x * x).item()); }

TEST(Models, start_from_the_values_of_their_papers) {
  manual_seed(7);
  ResNet r({ResNetBlock::basic, {1, 1}, ResNetStem::imagenet, ResNetShortcut::projection, 10, 3, 32});
  EXPECT_NEAR(deviation(r.conv1.weight.tensor()), std::sqrt(2.0 / (32 * 49)), 0.05 * std::sqrt(2.0 / (32 * 49)));  // fan_out
  const StateDict state = r.state_dict();
  EXPECT_NEAR(deviation(state.at("layer2.0.conv1.weight")), std::sqrt(2.0 / (64 * 9)), 0.05 * std::sqrt(2.0 / (64 * 9)));
  EXPECT_EQ(min(state.at("layer2.0.bn1.weight")).item(), 1);
  EXPECT_EQ(max(abs(state.at("layer2.0.bn1.bias"))).item(), 0);

  VGGConfig c = for_small_images(vgg11());
  c.width = 8;
  VGG v(c);
  EXPECT_NEAR(deviation(v.state_dict().at("classifier.0.weight")), 0.01, 0.001);
  EXPECT_EQ(max(abs(v.state_dict().at("features.0.bias"))).item(), 0);

  const StateDict k = convnet().state_dict();
  EXPECT_NEAR(deviation(k.at("3.weight")), std::sqrt(2.0 / (9 * (32 + 64))), 0.002);  // Glorot's
  EXPECT_EQ(max(abs(k.at("0.bias"))).item(), 0);
}

TEST(Models, change_with_the_seed_only) {
  const auto first = [] { return LeNet().state_dict().at("conv1.weight").to_vector<float>(); };
  manual_seed(3);
  const auto a = first();
  const auto b = first();
  manual_seed(3);
  EXPECT_EQ(first(), a);
  EXPECT_NE(a, b);
}

TEST(Models, a_clone_shares_nothing_and_gives_the_same_logits) {
  ResNet net({ResNetBlock::basic, {1, 1}, ResNetStem::cifar, ResNetShortcut::zero_padded, 3, 3, 4});
  ResNet other = net.clone();
  const Tensor x = randn({2, 3, 8, 8});
  net.eval();
  other.eval();
  const Tensor y = net(x).detach();
  EXPECT_TRUE(allclose(other(x).detach(), y, 0, 0));
  init::zeros(net.fc.weight);
  EXPECT_TRUE(allclose(other(x).detach(), y, 0, 0));
}

TEST(Models, work_in_double_after_to) {
  ResNet net({ResNetBlock::basic, {1, 1}, ResNetStem::cifar, ResNetShortcut::zero_padded, 3, 3, 4});
  net.eval();
  const Tensor x = randn({2, 3, 8, 8}), y = net(x).detach();
  net.to(f64);
  const Tensor z = net(x.to(f64)).detach();
  EXPECT_EQ(z.dtype(), f64);
  EXPECT_TRUE(allclose(z.to(f32), y, 1e-4, 1e-4));
}

TEST(ZeroPaddedShortcut, is_every_second_pixel_with_zeros_around_the_channels) {
  const Tensor x = randn({2, 3, 5, 6});
  const Tensor expected = pad(slice(slice(x, 2, {.step = 2}), 3, {.step = 2}), {0, 0, 0, 0, 2, 3});
  EXPECT_TRUE(allclose(ZeroPaddedShortcut(3, 8, 2)(x), expected, 0, 0));
  EXPECT_THROW(ZeroPaddedShortcut(4, 3, 1), ConfigError);
}

TEST(Models, keep_their_activations_in_one_layout_through_a_training_step) {
  if (backend().conv2d_layout(ConvPass::forward, {2, 16, 8, 8}, {16, 16, 3, 3}, {2, 16, 8, 8}, f32, {}) == Layout::strided)
    GTEST_SKIP() << "no blocked layout here";
  ResNet net({ResNetBlock::basic, {2, 2, 1}, ResNetStem::cifar, ResNetShortcut::zero_padded, 10, 3, 16});
  const Tensor x = randn({2, 3, 16, 16});
  const auto step = [&] {
    sum(net(x)).backward();
    net.zero_grad();
  };
  step();
  const uint64_t before = layout_conversions().count;
  step();
  EXPECT_LE(layout_conversions().count - before, 2u);
}

TEST(Models, are_found_by_name_and_the_nearest_is_named) {
  EXPECT_STREQ(model_named("mobilenet-v2").name, "mobilenet_v2");
  EXPECT_THAT(message_of<UsageError>([] { model_named("resnt18"); }), HasSubstr("Did you mean 'resnet18'?"));
  EXPECT_THAT(message_of<UsageError>([] { model_named("zzz"); }), HasSubstr("`cairn model` lists them"));
}

TEST(Models, read_the_size_of_an_image) {
  EXPECT_EQ(parse_model_input("3x224x200").str(), "3x224x200");
  EXPECT_EQ(parse_model_input("28").str(), "3x28x28");
  EXPECT_EQ(parse_model_input("28x30").str(), "3x28x30");
  for (const char* bad : {"", "x", "3x", "3x0x5", "3x224x224x1", "3x-1x4", "3x70000x1", "3,224,224", "1e3", "99999999999999999999"}) {
    SCOPED_TRACE(bad);
    EXPECT_THAT(message_of<ConfigError>([&] { parse_model_input(bad); }), HasSubstr("3x224x224"));
  }
}

TEST(Models, know_the_smallest_image_they_take) {
  const auto least = [](const char* name) { return smallest_image(model_named(name), model_named(name).input); };
  EXPECT_EQ(least("vgg16"), 32);
  EXPECT_EQ(least("alexnet"), 63);
  EXPECT_EQ(least("lenet"), 12);
  EXPECT_EQ(least("resnet20"), 1);
  EXPECT_EQ(least("mobilenet_v2"), 1);
}

TEST(Models, say_from_which_size_on_they_take_images_in_place_of_the_hint_to_who_built_them) {
  const ModelInfo& vgg = model_named("vgg11_cifar");
  const auto text = [&](int64_t height, int64_t width) {
    return too_small_text("it vanishes.\nHint: use fewer.", "vgg11_cifar", vgg.make, {3, height, width, 10},
                          [](int64_t least) { return "--size " + std::to_string(least); });
  };
  EXPECT_EQ(text(28, 64), "it vanishes.\nHint: vgg11_cifar takes images from 32x32 on: --size 32.");
  EXPECT_EQ(text(32, 32), "it vanishes.\nHint: use fewer.") << "the size is not the reason";
  EXPECT_EQ(too_small_text("it vanishes.", "it", vgg.make, {3, 8, 8, 10}), "it vanishes.\nHint: it takes images from 32x32 on.");
}

}  // namespace
}  // namespace cairn
