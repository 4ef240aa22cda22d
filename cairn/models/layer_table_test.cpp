// The table of a model, and receptive fields against brute force: which pixels a value in the middle really depends on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/autograd/autograd.h>
#include <cairn/backend/backend.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <cairn/models/blocks.h>
#include <cairn/models/models.h>
#include <cairn/models/shapes_only.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

using ::testing::HasSubstr;

const LayerRow& row(const LayerTable& table, const std::string& path) {
  for (const LayerRow& r : table.rows)
    if (r.path == path) return r;
  throw StateError("no row " + path);
}

LayerTable table_of(const char* name) {
  ShapesOnly shapes;
  const ModelInfo& m = model_named(name);
  return layer_table(*m.make(m.input), {m.input.channels, m.input.height, m.input.width});
}

TEST(LayerTable, has_the_numbers_that_papers_give) {
  const LayerTable r50 = table_of("resnet50"), v16 = table_of("vgg16"), m2 = table_of("mobilenet_v2");
  EXPECT_NEAR(double(r50.flops) / 2e9, 4.09, 0.01);  // torchvision: 4.09 G multiply-adds
  EXPECT_NEAR(double(v16.flops) / 2e9, 15.47, 0.01);
  EXPECT_NEAR(double(m2.flops) / 2e9, 0.30, 0.01);  // the paper: 300 M
  EXPECT_EQ(r50.parameters, 25'557'032);
  EXPECT_EQ(r50.parameter_bytes, 4 * 25'557'032);
  // Araujo, Norris, Sim 2019, table 1: VGG-16 212, ResNet-50 483, MobileNetV2 491 at the last map.
  EXPECT_EQ(text_of(row(v16, "features").field, v16.image), "212x212");
  EXPECT_EQ(text_of(row(m2, "features").field, m2.image), "491x491");
  EXPECT_EQ(text_of(row(table_of("alexnet"), "features").field, {3, 224, 224}), "195x195");
  EXPECT_EQ(text_of(row(v16, "classifier.6").field, v16.image), "all");
}

TEST(LayerTable, says_of_each_layer_what_it_makes_and_costs) {
  const LayerTable t = table_of("lenet");
  EXPECT_EQ(t.rows[0].type, "LeNet");
  EXPECT_EQ(t.parameters, 61'706);
  const LayerRow& conv2 = row(t, "conv2");
  EXPECT_EQ(conv2.output, Shape({1, 16, 10, 10}));
  EXPECT_EQ(conv2.parameters, 16 * 6 * 25 + 16);
  EXPECT_EQ(conv2.flops, 2 * 16 * 100 * 6 * 25);
  EXPECT_EQ(conv2.bytes, 4 * 1600);
  EXPECT_EQ(text_of(conv2.field, t.image), "14x14");
  EXPECT_EQ(t.flops, 2 * (784 * 6 * 25 + 100 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10));
  // conv 4704, relu 4704, pool 1176; conv 1600, relu 1600, pool 400; 120, 120, 84, 84, 10
  EXPECT_EQ(t.activation_bytes, 4 * (4704 * 2 + 1176 + 3200 + 400 + 240 + 168 + 10));
  for (const size_t width : {40, 50, 60, 79}) {
    std::vector<std::string> lines = split(t.str(width), '\n');
    lines.resize(t.rows.size() + 3);  // sentences follow
    for (const std::string& line : lines) EXPECT_LE(line.size(), width) << line;
    EXPECT_NE(lines[0].find("parameters"), std::string::npos) << "what matters most stays";
    EXPECT_EQ(lines[0].find("sees") != std::string::npos, width > 60) << width;
    EXPECT_EQ(t.str(width).find("sees: the receptive field") != std::string::npos, width > 60) << "what is not shown is not explained";
  }
  EXPECT_EQ(t.str(80), t.str());
  EXPECT_EQ(t.str(200), t.str());
  const std::string text = t.str();
  for (const char* part : {"conv2: Conv2d(6 -> 16, kernel 5)", "16x10x10", "2,416", "14x14", "parameters 61,706"}) EXPECT_THAT(text, HasSubstr(part));
  const Json json = t.json();
  EXPECT_EQ(json.at("layers").as_array().size(), t.rows.size());
  EXPECT_EQ(json.at("layers").as_array()[1].at("receptive_field").as_array()[0].as_double(), 5);
}

TEST(LayerTable, names_the_layer_at_which_a_small_image_ends) {
  ShapesOnly shapes;
  const auto what = [](const char* name, const Shape& image) {
    const ModelInfo& m = model_named(name);
    return message_of<ShapeError>([&] { layer_table(*m.make({image[0], image[1], image[2], 10}), image); });
  };
  EXPECT_THAT(what("vgg16", {3, 20, 20}), HasSubstr("an image of 3x20x20 ends at features.30, MaxPool2d(2), which is given [1, 512, 1, 1]"));
  EXPECT_THAT(what("alexnet", {3, 20, 20}), HasSubstr("features.5, MaxPool2d(3, stride 2)"));
  EXPECT_THAT(what("lenet", {1, 4, 4}), HasSubstr("conv2, Conv2d(6 -> 16, kernel 5), which is given [1, 6, 2, 2]"));
  EXPECT_THAT(what("cifar_cnn", {3, 2, 2}), HasSubstr("2, Conv2d(32 -> 32, kernel 3)"));
}

TEST(LayerTable, leaves_the_model_as_it_was) {
  LeNet net;
  net.train();
  layer_table(net, {1, 28, 28});
  EXPECT_TRUE(net.training());
  EXPECT_THROW(layer_table(net, {1, 3, 3}), ShapeError);
  EXPECT_TRUE(net.training() && net.conv1.training());
  EXPECT_THROW(layer_table(net, {28, 28}), ShapeError);
}

// ---- receptive fields

// Rows (axis 0) or columns (1) of the image with which the middle value of y changes: first and one behind the last. Weights and images are
// positive, so that no gradient cancels; several images, so that every place of a max pool wins once.
std::pair<int64_t, int64_t> seen(const Tensor& dx, int axis) {
  const Tensor line = max(abs(dx), axis == 0 ? Axes{0, 1, 3} : Axes{0, 1, 2});
  const std::vector<float> v = line.to_vector<float>();
  int64_t first = 0, last = int64_t(v.size());
  while (first < last && v[size_t(first)] == 0) first++;
  while (last > first && v[size_t(last - 1)] == 0) last--;
  return {first, last};
}

void equals_brute_force(Module& net, const Shape& image, int64_t images = 24) {
  UseBackend naive(reference_backend());
  manual_seed(11);
  for (const auto& [name, p] : net.parameters()) init::uniform(p, 0.1, 1.0);
  net.eval();
  const Graph graph =
      trace([&](const std::vector<Tensor>& x) { return std::vector<Tensor>{net.apply(x[0])}; }, {zeros({1, image[0], image[1], image[2]})});
  const ReceptiveField field = receptive_fields(graph)[size_t(graph.outputs[0])];
  ASSERT_EQ(field.kind, ReceptiveField::known);

  Tensor x = rand({images, image[0], image[1], image[2]}) + 0.1;
  x.set_requires_grad(true);
  const Tensor y = net.apply(x);
  ASSERT_EQ(y.rank(), 4);
  const int64_t at[2] = {y.size(2) / 2, y.size(3) / 2};
  sum(select(select(y, 3, at[1]), 2, at[0])).backward();
  for (int axis = 0; axis < 2; axis++) {
    const FieldAxis& f = field.axis[axis];
    const double start = f.start + double(at[axis]) * f.step;
    const auto [first, last] = seen(x.grad(), axis);
    EXPECT_EQ(double(first), std::max(0.0, start)) << "axis " << axis;
    EXPECT_EQ(double(last), std::min(double(image[axis + 1]), start + f.length)) << "axis " << axis;
  }
}

TEST(ReceptiveField, of_windows_is_what_the_gradient_reaches) {
  auto strided = Sequential(Conv2d(2, 2, 3, {.stride = 2, .padding = 1}), ReLU(), Conv2d(2, 2, 5, {.padding = 2}), AvgPool2d(3, {.stride = 2}));
  equals_brute_force(strided, {2, 37, 41}, 1);
  auto dilated = Sequential(Conv2d(1, 2, {3, 1}, {.dilation = {2, 1}}), Conv2d(2, 1, {1, 5}, {.stride = {1, 2}}), BatchNorm2d(1));
  equals_brute_force(dilated, {1, 21, 30}, 1);
  auto pooled = Sequential(Conv2d(1, 1, 3), MaxPool2d(3, {.stride = 2, .padding = 1}), Conv2d(1, 1, 3), MaxPool2d(2));
  equals_brute_force(pooled, {1, 32, 29}, 200);
  auto adaptive = Sequential(Conv2d(1, 1, 3), AdaptiveAvgPool2d(5));
  equals_brute_force(adaptive, {1, 22, 32}, 1);
}

TEST(ReceptiveField, of_slices_and_paddings_is_what_the_gradient_reaches) {
  auto net = Sequential(Conv2d(1, 2, 3), Lambda([](const Tensor& x) { return slice(slice(x, 2, {.start = 2, .step = 2}), -1, {.start = -20}); }),
                        Lambda([](const Tensor& x) {
                          return pad(x, {3, 1, 2, 0, 1, 1});
                        }),
                        Conv2d(4, 1, 3));
  equals_brute_force(net, {1, 30, 31}, 1);
}

TEST(ReceptiveField, of_residual_blocks_is_what_the_gradient_reaches) {
  auto blocks = Sequential(BasicBlock(2, 2, 1, ResNetShortcut::projection), BasicBlock(2, 4, 2, ResNetShortcut::projection),
                           BasicBlock(4, 8, 2, ResNetShortcut::zero_padded));
  equals_brute_force(blocks, {2, 40, 33}, 1);
  auto bottle = Sequential(Bottleneck(2, 1, 1, ResNetShortcut::projection), Bottleneck(4, 1, 2, ResNetShortcut::projection));
  equals_brute_force(bottle, {2, 20, 17}, 1);
}

TEST(ReceptiveField, of_whole_nets_is_what_the_gradient_reaches) {
  VGGConfig v = vgg11();
  v.width = 1;
  VGG vgg(v);
  vgg.features.push_back(FusedReLU());
  equals_brute_force(vgg.features, {3, 96, 70}, 60);
  AlexNet alex({.small_images = false, .classes = 2, .width = 1, .hidden = 2});
  equals_brute_force(alex.features, {3, 243, 263}, 40);  // so large that no border is in it: sums with zeros of the padding never win a max
}

TEST(ReceptiveField, is_unknown_behind_an_op_without_a_rule) {
  auto net = Sequential(Conv2d(1, 4, 3), PixelShuffle(2), Conv2d(1, 1, 3));
  const LayerTable t = layer_table(net, {1, 9, 9});
  EXPECT_EQ(text_of(row(t, "0").field, t.image), "3x3");
  EXPECT_EQ(text_of(row(t, "2").field, t.image), "-");
}

}  // namespace
}  // namespace cairn
