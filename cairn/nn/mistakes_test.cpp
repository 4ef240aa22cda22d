// What a beginner does wrong with the layers: every message names the layer's op, shows the sizes, and says what to do. Inputs of a wrong
// shape stand with each layer in layers_test.cpp.
#include <gtest/gtest.h>

#include <cairn/nn/nn.h>
#include <cairn/ops/ops.h>
#include <tests/helpers/mistakes.h>

namespace cairn {
namespace {

TEST(LayerMistakes, in_making_a_layer_are_explained) {
  expect_explained("linear", {"Linear(0, 3)"}, [] { Linear(0, 3); });
  expect_explained("linear", {"i64"}, [] { Linear(3, 3, {.dtype = i64}); });
  expect_explained("conv2d", {"3 to 0 channels", "kernel 3"}, [] { Conv2d(3, 0, 3); });
  expect_explained("conv2d", {"3 to 8 channels", "2 groups"}, [] { Conv2d(3, 8, 3, {.groups = 2}); });
  expect_explained("conv2d", {"u8"}, [] { Conv2d(3, 8, 3, {.dtype = u8}); });
  expect_explained("conv1d", {"3 to 8 channels", "kernel 0"}, [] { Conv1d(3, 8, 0); });
  expect_explained("dropout", {"50"}, [] { Dropout(50); });
  expect_explained("dropout", {"got 1)"}, [] { Dropout(1); });
  expect_explained("dropout2d", {"-0.5"}, [] { Dropout2d(-0.5); });
  expect_explained("stochastic_depth", {"1.2"}, [] { StochasticDepth(1.2); });
  expect_explained("batch_norm", {"[0]"}, [] { BatchNorm2d(0); });
  expect_explained("batch_norm", {"momentum", "2"}, [] { BatchNorm1d(3, {.momentum = 2}); });
  expect_explained("batch_norm", {"eps", "-1"}, [] { BatchNorm1d(3, {.eps = -1}); });
  expect_explained("instance_norm", {"momentum", "-1"}, [] { InstanceNorm2d(3, {.momentum = -1}); });
  expect_explained("group_norm", {"GroupNorm(4, 6)", "6 channels"}, [] { GroupNorm(4, 6); });
  expect_explained("layer_norm", {"[0]"}, [] { LayerNorm(0); });
  expect_explained("rms_norm", {"bool"}, [] { RMSNorm(3, {.dtype = boolean}); });
}

TEST(LayerMistakes, in_calling_a_layer_are_explained) {
  const Tensor images = zeros({2, 3, 8, 8});
  expect_explained("linear", {"8 features", "expects 192", "input [2, 3, 8, 8]", "Flatten"}, [&] { Linear(192, 10)(images); });
  expect_explained("linear", {"i64"}, [&] { Linear(3, 2)(zeros({2, 3}, i64)); });
  expect_explained("conv2d", {"input [2, 8, 8, 3]", "permute"}, [&] { Conv2d(3, 4, 3)(images.permute({0, 2, 3, 1})); });
  expect_explained("conv2d", {"input [2, 192]"}, [&] { Conv2d(3, 4, 3)(images.flatten(1)); });
  expect_explained("conv2d", {"stride is 0"}, [&] { Conv2d(3, 4, 3, {.stride = 0})(images); });
  expect_explained("max_pool2d", {"9 x 9", "x [2, 3, 8, 8]"}, [&] { MaxPool2d(9)(images); });
  expect_explained("max_pool2d", {"x [2, 192]"}, [&] { MaxPool2d(2)(images.flatten(1)); });
  expect_explained("batch_norm", {"3 channels", "for 4", "input [2, 3, 8, 8]"}, [&] { BatchNorm2d(4)(images); });
  expect_explained("batch_norm", {"input [2, 3, 8, 8]"}, [&] { BatchNorm1d(3)(images); });
  expect_explained("batch_norm", {"x [1, 3]"}, [&] { BatchNorm1d(3)(zeros({1, 3})); });
  expect_explained("group_norm", {"3 channels", "for 4", "GroupNorm(groups, 4)"}, [&] { GroupNorm(2, 4)(images); });
  expect_explained("layer_norm", {"[3]", "x [2, 3, 8, 8]"}, [&] { LayerNorm(3)(images); });
  expect_explained("flatten", {"axis 1", "x [3]"}, [&] { Flatten()(zeros({3})); });
  expect_explained("softmax", {"axis 1", "x [3]"}, [&] { Softmax(1)(zeros({3})); });
  expect_explained("upsample", {"size", "scale"}, [&] { Upsample({})(images); });
  expect_explained("pixel_shuffle", {"2 x 2", "x [2, 3, 8, 8]"}, [&] { PixelShuffle(2)(images); });
  expect_explained("pad", {"(8, 8)", "x [2, 3, 8, 8]"}, [&] { ReflectionPad2d(8)(images); });
  expect_explained("sequential", {"layer 2", "has 2"}, [&] { Sequential(Linear(2, 2), ReLU())[2]; });
}

}  // namespace
}  // namespace cairn
