// What a beginner does wrong with the ops, and that every message names the op, shows the shapes and values, and says what to do.
// The samples of each op hold further wrong inputs (conformance_test.cpp).
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/ops/ops.h>
#include <tests/helpers/mistakes.h>

namespace cairn {
namespace {

const Tensor none;
Tensor whole(const Shape& shape) { return zeros(shape, i64); }

TEST(Mistakes, of_shape_are_explained) {
  const Tensor x = zeros({2, 3});
  expect_explained("reshape", {"6 elements", "[4, 2]", "x [2, 3]", "multiply up to 8"}, [&] { x.reshape({4, 2}); });
  expect_explained("reshape", {"[4, -1]", "x [2, 3]", "does not divide 6"}, [&] { x.reshape({4, -1}); });
  expect_explained("reshape", {"[-1, -1]", "x [2, 3]"}, [&] { x.reshape({-1, -1}); });
  expect_explained("reshape", {"[-2, 3]", "x [2, 3]"}, [&] { x.reshape({-2, 3}); });
  expect_explained("flatten", {"axis 5", "x [2, 3]", "0 to 1"}, [&] { x.flatten(5); });
  expect_explained("flatten", {"axis 1", "axis 0", "x [2, 3]", "flatten(0, 1)"}, [&] { x.flatten(1, 0); });
  expect_explained("permute", {"[0]", "x [2, 3]"}, [&] { x.permute({0}); });
  expect_explained("permute", {"[0, 0]", "x [2, 3]"}, [&] { x.permute({0, 0}); });
  expect_explained("permute", {"x [2, 3]"}, [&] { x.permute({0, 1, 2, 3, 4, 5, 6, 7, 8}); });
  expect_explained("transpose", {"axis 2", "x [2, 3]", "0 to 1"}, [&] { x.transpose(1, 2); });
  expect_explained("t", {"x [3]"}, [&] { zeros({3}).t(); });
  expect_explained("expand", {"[2, 6]", "x [2, 3]"}, [&] { x.expand({2, 6}); });
  expect_explained("squeeze", {"axis 1", "3 elements", "x [2, 3]"}, [&] { x.squeeze(1); });
  expect_explained("squeeze", {"axis -3", "x [2, 3]", "-1 to -2"}, [&] { x.squeeze(-3); });
  expect_explained("unsqueeze", {"axis 4", "3 axes", "x [2, 3]", "0 to 2"}, [&] { x.unsqueeze(4); });
  expect_explained("unsqueeze", {"x [1, 1, 1, 1, 1, 1, 1, 1]"}, [&] { ones({1, 1, 1, 1, 1, 1, 1, 1}).unsqueeze(0); });
  expect_explained("slice", {"axis 2", "x [2, 3]"}, [&] { x.slice(2, {0, 1}); });
  expect_explained("slice", {"step"}, [&] { x.slice(0, {0, 1, 0}); });
  expect_explained("select", {"index 2", "axis 0", "size 2", "x [2, 3]", "last is 1"}, [&] { x.select(0, 2); });
  expect_explained("cat", {"axis 0", "tensor 0 [2, 3]", "tensor 1 [2, 4]", "axis 1"}, [&] { cat({x, zeros({2, 4})}, 0); });
  expect_explained("cat", {"tensor 0 [2, 3]", "tensor 1 [3]", "unsqueeze"}, [&] { cat({x, zeros({3})}, 0); });
  expect_explained("cat", {"tensor 0 [2, 3]", "tensor 1 [4, 5]"}, [&] { cat({x, zeros({4, 5})}, 0); });
  expect_explained("cat", {"axis 2", "x [2, 3]"}, [&] { cat({x, x}, 2); });
  expect_explained("cat", {"at least one"}, [&] { cat({}, 0); });
  expect_explained("cat", {"tensor 1 is not defined"}, [&] { cat({x, none}, 0); });
  expect_explained("stack", {"tensor 0 [2, 3]", "tensor 1 [2, 4]", "cat"}, [&] { stack({x, zeros({2, 4})}); });
  expect_explained("stack", {"axis 3", "x [2, 3]", "0 to 2"}, [&] { stack({x, x}, 3); });
  expect_explained("split", {"3 elements", "axis 1", "x [2, 3]", "1 + 1"}, [&] { split(x, std::vector<int64_t>{1, 1}, 1); });
  expect_explained("split", {"0", "chunk"}, [&] { split(x, 0); });
  expect_explained("chunk", {"0", "split"}, [&] { chunk(x, 0); });
  expect_explained("chunk", {"axis 7", "x [2, 3]"}, [&] { chunk(x, 2, 7); });
  expect_explained("pad", {"3 numbers", "x [2, 3]"}, [&] { pad(x, {1, 1, 1}); });
  expect_explained("pad", {"(-4, 0)", "x [2, 3]"}, [&] { pad(x, {-4, 0}); });
  expect_explained("roll", {"axis 2", "x [2, 3]"}, [&] { roll(x, 1, 2); });
  expect_explained("flip", {"axis -1", "x [2, 3]"}, [&] { flip(x, {1, -1}); });
  expect_explained("repeat", {"[2]", "x [2, 3]"}, [&] { repeat(x, {2}); });
}

TEST(Mistakes, of_indices_and_masks_are_explained) {
  const Tensor x = zeros({2, 3});
  expect_explained("gather", {"x [2, 3]", "index [2]", "unsqueeze(1)"}, [&] { gather(x, 1, whole({2})); });
  expect_explained("gather", {"x [2, 3]", "index [5, 1]"}, [&] { gather(x, 1, whole({5, 1})); });
  expect_explained("gather", {"index 7", "position 1", "axis 1", "size 3", "index [2, 1]"}, [&] { gather(x, 1, tensor({{0}, {7}}, i64)); });
  expect_explained("gather", {"f32", "to(i64)"}, [&] { gather(x, 1, zeros({2, 1})); });
  expect_explained("gather", {"axis 2", "x [2, 3]"}, [&] { gather(x, 2, whole({2, 1})); });
  expect_explained("gather", {"index is not defined"}, [&] { gather(x, 1, none); });
  expect_explained("scatter", {"index [2, 1]", "source [2, 2]"}, [&] { scatter(x, 1, whole({2, 1}), zeros({2, 2})); });
  expect_explained("scatter_add", {"x f32", "source i64"}, [&] { scatter_add(x, 1, whole({2, 1}), whole({2, 1})); });
  expect_explained("index_select", {"x [2, 3]", "index [1, 1]"}, [&] { index_select(x, 0, whole({1, 1})); });
  expect_explained("index_select", {"index 2", "axis 0", "size 2"}, [&] { index_select(x, 0, tensor({2}, i64)); });
  expect_explained("masked_fill", {"f32", "ne(mask, 0)"}, [&] { masked_fill(x, x, 0); });
  expect_explained("masked_fill", {"[2, 3]", "[2]"}, [&] { masked_fill(x, zeros({2}, boolean), 0); });
  expect_explained("masked_fill", {"x [3]", "mask [2, 3]"}, [&] { masked_fill(zeros({3}), zeros({2, 3}, boolean), 0); });
  expect_explained("masked_select", {"[2, 3]", "[4]"}, [&] { masked_select(x, zeros({4}, boolean)); });
  expect_explained("one_hot", {"index 12", "position 1", "10 classes"}, [&] { one_hot(tensor({3, 12}, i64), 10); });
  expect_explained("one_hot", {"index -1", "position 0"}, [&] { one_hot(tensor({-1}, i64), 10); });
  expect_explained("one_hot", {"f32"}, [&] { one_hot(x, 10); });
  expect_explained("one_hot", {"not 0"}, [&] { one_hot(whole({2}), 0); });
  expect_explained("topk", {"k is 5", "3 elements", "x [2, 3]"}, [&] { topk(x, 5); });
  expect_explained("topk", {"x []"}, [&] { topk(zeros({}), 1); });
  expect_explained("sort", {"axis 3", "x [2, 3]"}, [&] { sort(x, 3); });
  expect_explained("tril", {"x [3]"}, [&] { tril(zeros({3})); });
}

TEST(Mistakes, of_reductions_are_explained) {
  const Tensor x = zeros({2, 3}), empty = zeros({0, 3});
  expect_explained("sum", {"axis 2", "2 axes", "x [2, 3]", "0 to 1", "-1 to -2"}, [&] { sum(x, {2}); });
  expect_explained("sum", {"axis 1", "1 axis", "x [3]"}, [&] { sum(zeros({3}), {1}); });
  expect_explained("sum", {"axis 0", "x []"}, [&] { sum(zeros({}), {0}); });
  expect_explained("sum", {"[1, -1]", "x [2, 3]"}, [&] { sum(x, {1, -1}); });
  expect_explained("mean", {"axis -3", "x [2, 3]"}, [&] { mean(x, {-3}); });
  expect_explained("var", {"axis 2", "x [2, 3]"}, [&] { var(x, {2}); });
  expect_explained("prod", {"axis 2", "x [2, 3]"}, [&] { prod(x, {2}); });
  expect_explained("max", {"axis 2", "x [2, 3]"}, [&] { max(x, {2}); });
  expect_explained("max", {"x [0, 3]"}, [&] { max(empty, {0}); });
  expect_explained("logsumexp", {"axis 2", "x [2, 3]"}, [&] { logsumexp(x, {2}); });
  expect_explained("norm", {"p", "-1"}, [&] { norm(x, -1); });
  expect_explained("argmax", {"axis 2", "x [2, 3]"}, [&] { argmax(x, 2); });
  expect_explained("argmax", {"x [0, 3]"}, [&] { argmax(empty, 0); });
  expect_explained("cumsum", {"axis 2", "x [2, 3]"}, [&] { cumsum(x, 2); });
  expect_explained("softmax", {"axis 2", "x [2, 3]"}, [&] { softmax(x, 2); });
  expect_explained("log_softmax", {"axis 1", "x [3]"}, [&] { log_softmax(zeros({3}), 1); });
  expect_explained("sum_to", {"[2]", "x [2, 3]"}, [&] { sum_to(x, {2}); });
}

TEST(Mistakes, of_arithmetic_and_products_are_explained) {
  const Tensor x = zeros({2, 3}), flags = zeros({2, 3}, boolean);
  expect_explained("add", {"[2, 3]", "[2]", "axis -1"}, [&] { x + zeros({2}); });
  expect_explained("mul", {"[2, 3]", "[3, 2]"}, [&] { x* zeros({3, 2}); });
  expect_explained("where", {"f32"}, [&] { where(x, x, x); });
  expect_explained("where", {"[2, 3]", "[4]"}, [&] { where(flags, x, zeros({4})); });
  expect_explained("sub", {"bool", "[2, 3]"}, [&] { flags - flags; });
  expect_explained("clamp", {"low", "high", "2", "1"}, [&] { clamp(x, 2, 1); });
  expect_explained("matmul", {"a [2, 3]", "b [2, 3]", "transposed"}, [&] { matmul(x, x); });
  expect_explained("matmul", {"[2, 2, 3]", "[3, 3, 2]"}, [&] { matmul(zeros({2, 2, 3}), zeros({3, 3, 2})); });
  expect_explained("matmul", {"b []", "at least 1 axis"}, [&] { matmul(x, zeros({})); });
  expect_explained("matmul", {"b is not defined"}, [&] { matmul(x, none); });
  expect_explained("linear", {"3 features", "expects 4", "input [2, 3]", "weight [5, 4]"}, [&] { linear(x, zeros({5, 4})); });
  expect_explained("linear", {"5 outputs", "weight [5, 3]", "bias [3]"}, [&] { linear(x, zeros({5, 3}), zeros({3})); });
  expect_explained("linear", {"weight [3]"}, [&] { linear(x, zeros({3})); });
  expect_explained("outer", {"a [2, 3]", "b [2]"}, [&] { outer(x, zeros({2})); });
  expect_explained("einsum", {"\"ij,jk->ik\"", "2 operands", "1 were given"}, [&] { einsum("ij,jk->ik", {x}); });
  expect_explained("einsum", {"\"ij,jk->ik\"", "[2, 3]", "'j' is 3", "2 in operand 1"}, [&] { einsum("ij,jk->ik", {x, x}); });
  expect_explained("einsum", {"\"ijk->i\"", "2 axes", "[2, 3]"}, [&] { einsum("ijk->i", {x}); });
  expect_explained("einsum", {"\"ij->k\"", "'k'"}, [&] { einsum("ij->k", {x}); });
  expect_explained("einsum", {"\"ij->ii\"", "'i'"}, [&] { einsum("ij->ii", {x}); });
  expect_explained("einsum", {"'1'"}, [&] { einsum("1j", {x}); });
  expect_explained("einsum", {"no operands"}, [&] { einsum("ij", {}); });
  expect_explained("solve", {"a [2, 3]", "square"}, [&] { solve(x, zeros({2})); });
  expect_explained("solve", {"2 rows", "3", "a [2, 2]", "b [3]"}, [&] { solve(eye(2), zeros({3})); });
  expect_explained("solve", {"a [2, 2]"}, [&] { solve(zeros({2, 2}), zeros({2})); });
  expect_explained("cholesky", {"a [2, 3]"}, [&] { cholesky(x); });
  expect_explained("cholesky", {"a [2, 2]"}, [&] { cholesky(-eye(2)); });
  expect_explained("qr", {"a [3]"}, [&] { qr(zeros({3})); });
  expect_explained("eigh", {"i64"}, [&] { eigh(whole({2, 2})); });
  expect_explained("svd", {"a [3]"}, [&] { svd(zeros({3})); });
}

TEST(Mistakes, of_images_are_explained) {
  const Tensor x = zeros({1, 3, 8, 8});
  expect_explained("conv2d", {"input [3, 8, 8]", "unsqueeze"}, [&] { conv2d(zeros({3, 8, 8}), zeros({4, 3, 3, 3})); });
  expect_explained("conv2d", {"input [1, 192]", "reshape"}, [&] { conv2d(zeros({1, 192}), zeros({4, 3, 3, 3})); });
  expect_explained("conv2d", {"3 channels", "expects 1", "input [1, 3, 8, 8]", "weight [4, 1, 3, 3]"}, [&] { conv2d(x, zeros({4, 1, 3, 3})); });
  expect_explained("conv2d", {"input [1, 8, 8, 3]", "permute"}, [&] { conv2d(zeros({1, 8, 8, 3}), zeros({4, 3, 3, 3})); });
  expect_explained("conv2d", {"weight [4, 3]"}, [&] { conv2d(x, zeros({4, 3})); });
  expect_explained("conv2d", {"input [1, 3, 8, 8]", "weight [4, 3, 9, 9]"}, [&] { conv2d(x, zeros({4, 3, 9, 9})); });
  expect_explained("conv2d", {"4 output channels", "bias [3]"}, [&] { conv2d(x, zeros({4, 3, 3, 3}), zeros({3})); });
  expect_explained("conv2d", {"stride is 0"}, [&] { conv2d(x, zeros({4, 3, 3, 3}), {}, {.stride = 0}); });
  expect_explained("conv2d", {"padding is -1"}, [&] { conv2d(x, zeros({4, 3, 3, 3}), {}, {.padding = -1}); });
  expect_explained("conv2d", {"2 groups", "weight [3, 3, 3, 3]"}, [&] { conv2d(x, zeros({3, 3, 3, 3}), {}, {.groups = 2}); });
  expect_explained("conv2d", {"weight [4, 3, 0, 3]"}, [&] { conv2d(x, zeros({4, 3, 0, 3})); });
  expect_explained("conv2d", {"same", "padding"}, [&] { conv2d(x, zeros({4, 3, 3, 3}), {}, {.padding = 1, .same = true}); });
  expect_explained("conv2d", {"u8"}, [&] { conv2d(x.to(u8), zeros({4, 3, 3, 3})); });
  expect_explained("conv1d", {"input [8]"}, [&] { conv1d(zeros({8}), zeros({4, 3, 3})); });
  expect_explained("conv1d", {"input [1, 2, 8]", "weight [4, 3, 3]"}, [&] { conv1d(zeros({1, 2, 8}), zeros({4, 3, 3})); });
  expect_explained("conv_transpose2d", {"input [1, 3, 8, 8]", "weight [4, 3, 3, 3]"}, [&] { conv_transpose2d(x, zeros({4, 3, 3, 3})); });
  expect_explained("conv_transpose2d", {"output_padding is 2"}, [&] { conv_transpose2d(x, zeros({3, 4, 3, 3}), {}, {.output_padding = 2}); });
  expect_explained("conv_transpose2d", {"input [1, 3, 1, 1]"}, [&] {
    conv_transpose2d(zeros({1, 3, 1, 1}), zeros({3, 4, 2, 2}), {}, {.padding = 1});
  });
  expect_explained("max_pool2d", {"x [8, 8]"}, [&] { max_pool2d(zeros({8, 8}), 2); });
  expect_explained("max_pool2d", {"16 x 16", "8 x 8", "x [1, 3, 8, 8]"}, [&] { max_pool2d(x, 16); });
  expect_explained("max_pool2d", {"kernel", "0 x 0"}, [&] { max_pool2d(x, 0); });
  expect_explained("avg_pool2d", {"padding 2 x 2", "kernel 2 x 2", "at most 1 x 1"}, [&] { avg_pool2d(x, 2, {.padding = 2}); });
  expect_explained("max_pool1d", {"x [8]"}, [&] { max_pool1d(zeros({8}), 2); });
  expect_explained("max_pool2d", {"u8"}, [&] { max_pool2d(x.to(u8), 2); });
  expect_explained("adaptive_avg_pool2d", {"0 x 0"}, [&] { adaptive_avg_pool2d(x, 0); });
  expect_explained("adaptive_avg_pool2d", {"x [1, 3, 0, 8]"}, [&] { adaptive_avg_pool2d(zeros({1, 3, 0, 8}), 1); });
  expect_explained("global_avg_pool2d", {"x [8, 8]"}, [&] { global_avg_pool2d(zeros({8, 8})); });
  expect_explained("upsample", {"size", "scale"}, [&] { upsample(x, {}); });
  expect_explained("upsample", {"x [3, 8, 8]"}, [&] { upsample(zeros({3, 8, 8}), {.scale = 2.0}); });
  expect_explained("upsample", {"-1"}, [&] { upsample(x, {.scale = -1.0}); });
  expect_explained("upsample", {"bilinear"}, [&] { upsample(x, {.scale = 2.0, .align_corners = true}); });
  expect_explained("upsample", {"0 x 0", "x [1, 3, 8, 8]"}, [&] { upsample(x, {.scale = 0.1}); });
  expect_explained("pad", {"reflect", "0 to 7", "(8, 0)", "x [1, 3, 8, 8]"}, [&] { pad(x, {8, 0}, PadMode::reflect); });
  expect_explained("pad", {"3 numbers", "x [1, 3, 8, 8]"}, [&] { pad(x, {1, 1, 1}, PadMode::replicate); });
  expect_explained("unfold", {"9 x 9", "8 x 8", "x [1, 3, 8, 8]"}, [&] { unfold(x, 9); });
  expect_explained("unfold", {"kernel", "0 x 0"}, [&] { unfold(x, 0); });
  expect_explained("fold", {"4 places", "x [1, 3, 9]"}, [&] { fold(zeros({1, 3, 9}), {4, 4}, 2); });
  expect_explained("fold", {"3 x 3 windows", "x [1, 4, 8]"}, [&] { fold(zeros({1, 4, 8}), {4, 4}, 2); });
  expect_explained("pixel_shuffle", {"2 x 2", "x [1, 3, 8, 8]"}, [&] { pixel_shuffle(x, 2); });
  expect_explained("pixel_unshuffle", {"multiples of 3", "x [1, 3, 8, 8]"}, [&] { pixel_unshuffle(x, 3); });
  expect_explained("pixel_shuffle", {"not 0"}, [&] { pixel_shuffle(x, 0); });
}

TEST(Mistakes, of_normalisation_and_randomness_are_explained) {
  const Tensor x = zeros({4, 6});
  expect_explained("batch_norm", {"x [6]"}, [&] { batch_norm(zeros({6})); });
  expect_explained("batch_norm", {"x [4, 6]", "weight [4]", "[6]"}, [&] { batch_norm(x, zeros({4})); });
  expect_explained("batch_norm", {"x [1, 6]"}, [&] { batch_norm(zeros({1, 6})); });
  expect_explained("batch_norm", {"running_mean", "running_var"}, [&] { batch_norm(x, {}, {}, zeros({6})); });
  expect_explained("batch_norm", {"none"}, [&] { batch_norm(x, {}, {}, {}, {}, {.training = false}); });
  expect_explained("batch_norm", {"momentum", "not 2"}, [&] { batch_norm(x, {}, {}, {}, {}, {.momentum = 2}); });
  expect_explained("batch_norm", {"eps", "-1"}, [&] { batch_norm(x, {}, {}, {}, {}, {.eps = -1}); });
  expect_explained("layer_norm", {"[4]", "x [4, 6]"}, [&] { layer_norm(x, {4}); });
  expect_explained("layer_norm", {"[6]", "bias [4]"}, [&] { layer_norm(x, {6}, {}, zeros({4})); });
  expect_explained("rms_norm", {"[4]", "x [4, 6]"}, [&] { rms_norm(x, {4}); });
  expect_explained("group_norm", {"6 channels", "4 equal groups", "x [4, 6]"}, [&] { group_norm(x, 4); });
  expect_explained("group_norm", {"weight [4]", "[6]"}, [&] { group_norm(x, 2, zeros({4})); });
  expect_explained("instance_norm", {"x [4, 6]"}, [&] { instance_norm(x); });
  expect_explained("instance_norm", {"x [4, 6, 1, 1]"}, [&] { instance_norm(zeros({4, 6, 1, 1})); });
  expect_explained("layer_norm", {"i64"}, [&] { layer_norm(whole({4, 6}), {6}); });
  expect_explained("dropout", {"not 20"}, [&] { dropout(x, 20); });
  expect_explained("dropout", {"not -0.1"}, [&] { dropout(x, -0.1); });
  expect_explained("dropout", {"i64"}, [&] { dropout(whole({3}), 0.5); });
  expect_explained("dropout2d", {"not 1.5"}, [&] { dropout2d(zeros({1, 1, 2, 2}), 1.5); });
  expect_explained("dropout2d", {"x [3]"}, [&] { dropout2d(zeros({3}), 0.5); });
  expect_explained("stochastic_depth", {"not nan"}, [&] { stochastic_depth(x, std::nan("")); });
  expect_explained("rand", {"i64", "randint"}, [&] { rand({2}, i64); });
  expect_explained("randint", {"[3, 3)"}, [&] { randint(3, 3, {2}); });
  expect_explained("bernoulli", {"p [2]"}, [&] { bernoulli(tensor({0.5, 1.5})); });
  expect_explained("randperm", {"-1"}, [&] { randperm(-1); });
}

TEST(Mistakes, of_losses_are_explained) {
  const Tensor logits = zeros({4, 10}), y = zeros({4, 1});
  expect_explained("cross_entropy", {"target 10", "position 2", "10 classes", "target - 1"}, [&] {
    cross_entropy(logits, tensor({1, 2, 10, 4}, i64));
  });
  expect_explained("cross_entropy", {"target -1", "position 0", "ignore_index"}, [&] { cross_entropy(logits, tensor({-1, 2, 3, 4}, i64)); });
  expect_explained("cross_entropy", {"logits [4, 10]", "target [3]", "[4]"}, [&] { cross_entropy(logits, whole({3})); });
  expect_explained("cross_entropy", {"logits [4, 10]", "target [4, 1]"}, [&] { cross_entropy(logits, whole({4, 1})); });
  expect_explained("cross_entropy", {"f32", "argmax"}, [&] { cross_entropy(logits, zeros({4})); });
  expect_explained("cross_entropy", {"logits []"}, [&] { cross_entropy(zeros({}), whole({})); });
  expect_explained("cross_entropy", {"target is not defined"}, [&] { cross_entropy(logits, none); });
  expect_explained("cross_entropy", {"logits [4, 10]", "weight [4]", "[10]"}, [&] { cross_entropy(logits, whole({4}), {.weight = ones({4})}); });
  expect_explained("cross_entropy", {"logits [4, 10]", "weight [4]", "[10]"}, [&] { cross_entropy(logits, logits, {.weight = ones({4})}); });
  expect_explained("cross_entropy", {"label_smoothing", "not 2"}, [&] { cross_entropy(logits, whole({4}), {.label_smoothing = 2}); });
  expect_explained("cross_entropy", {"logits", "i64"}, [&] { cross_entropy(whole({4, 10}), whole({4})); });
  expect_explained("nll_loss", {"target 10", "10 classes"}, [&] { nll_loss(logits, tensor({1, 2, 10, 4}, i64)); });
  expect_explained("nll_loss", {"label_smoothing"}, [&] { nll_loss(logits, whole({4}), {.label_smoothing = 0.1}); });
  expect_explained("mse_loss", {"prediction [4, 1]", "target [4]", "reshape"}, [&] { mse_loss(y, zeros({4})); });
  expect_explained("mse_loss", {"prediction [4, 1]", "target [1]"}, [&] { mse_loss(y, zeros({1})); });
  expect_explained("mse_loss", {"target is not defined"}, [&] { mse_loss(y, none); });
  expect_explained("mse_loss", {"prediction", "i64"}, [&] { mse_loss(whole({4}), whole({4})); });
  expect_explained("l1_loss", {"prediction [4, 1]", "target [4]"}, [&] { l1_loss(y, zeros({4})); });
  expect_explained("huber_loss", {"not 0"}, [&] { huber_loss(y, y, 0); });
  expect_explained("bce_with_logits", {"logits [4, 1]", "target [4]"}, [&] { bce_with_logits(y, zeros({4})); });
  expect_explained("bce_with_logits", {"logits [4, 1]", "pos_weight [4, 2]"}, [&] { bce_with_logits(y, y, ones({4, 2})); });
  expect_explained("kl_div", {"log_q [4, 1]", "p [4]"}, [&] { kl_div(y, zeros({4})); });
  expect_explained("hinge_loss", {"scores [4, 1]", "target [4]"}, [&] { hinge_loss(y, zeros({4})); });
}

}  // namespace
}  // namespace cairn
