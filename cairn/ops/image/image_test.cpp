// Values that can be checked by eye, and what upsampling, padding, unfolding and shuffling refuse.
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

std::vector<double> row(const Tensor& x) { return x.to_vector<double>(); }
using Row = std::vector<double>;

TEST(Pad, shows_the_image_again_as_its_mode_says) {
  const Tensor x = tensor({0, 1, 2});
  EXPECT_EQ(row(pad(x, {2, 1}, PadMode::reflect)), (Row{2, 1, 0, 1, 2, 1}));
  EXPECT_EQ(row(pad(x, {2, 1}, PadMode::replicate)), (Row{0, 0, 0, 1, 2, 2}));
  EXPECT_EQ(row(pad(x, {2, 1}, PadMode::circular)), (Row{1, 2, 0, 1, 2, 0}));
  EXPECT_EQ(pad(tensor({{1, 2}, {3, 4}}, i64), {0, 0, 1, 1}, PadMode::circular).to_vector<int64_t>(), (std::vector<int64_t>{3, 4, 1, 2, 3, 4, 1, 2}));
}

TEST(Pad, refuses_more_than_the_image_has) {
  const Tensor x = zeros({1, 1, 3, 4});
  EXPECT_THAT(message_of<ShapeError>([&] {
                pad(x, {4, 0}, PadMode::reflect);
              }),
              ::testing::HasSubstr("[pad] mode reflect can add 0 to 3 elements on each side of axis 3, not (4, 0) (x [1, 1, 3, 4])"));
  EXPECT_THAT(message_of<ShapeError>([&] {
                pad(x, {0, 0, 0, 4}, PadMode::circular);
              }),
              ::testing::HasSubstr("0 to 3 elements on each side of axis 2"));
  EXPECT_THAT(message_of<ShapeError>([&] { pad(x, {-1, 0}, PadMode::replicate); }), ::testing::HasSubstr("Hint: slice()"));
  EXPECT_THROW(pad(x, {1, 1, 1, 1, 1, 1}, PadMode::reflect), ShapeError);
  EXPECT_THROW(pad(x, {1}, PadMode::reflect), ShapeError);
  EXPECT_THROW(pad(zeros({0}), {1, 1}, PadMode::replicate), ShapeError);
  EXPECT_THROW(pad(zeros({1}), {int64_t{1} << 60, int64_t{1} << 60}, PadMode::replicate), OutOfMemoryError);
}

TEST(Upsample, keeps_corners_or_areas) {
  const Tensor x = tensor({{{{0, 3}}}});
  EXPECT_EQ(row(upsample(x, {.scale = 2})), (Row{0, 0, 3, 3, 0, 0, 3, 3}));
  EXPECT_EQ(row(upsample(x, {.size = {1, 4}, .mode = Upsampling::bilinear, .align_corners = true})), (Row{0, 1, 2, 3}));
  EXPECT_EQ(row(upsample(x, {.size = {1, 4}, .mode = Upsampling::bilinear})), (Row{0, 0.75, 2.25, 3}));
  EXPECT_EQ(upsample(zeros({1, 1, 5, 5}), {.scale = {1.5, 0.5}}).shape(), (Shape{1, 1, 7, 2}));
}

TEST(Upsample, refuses_what_has_no_size) {
  const Tensor x = zeros({1, 1, 3, 4});
  EXPECT_THAT(message_of<ConfigError>([&] { upsample(x, {}); }), ::testing::HasSubstr("[upsample] give either the size of the result or the scale"));
  EXPECT_THAT(message_of<ConfigError>([&] { upsample(x, {.size = 4, .scale = 2}); }), ::testing::HasSubstr("either"));
  EXPECT_THAT(message_of<ShapeError>([&] { upsample(x, {.scale = 0.1}); }),
              ::testing::HasSubstr("the result (0 x 0) may be without pixels (x [1, 1, 3, 4])"));
  EXPECT_THROW(upsample(x, {.scale = {-1.0, 2.0}}), ConfigError);
  EXPECT_THROW(upsample(x, {.scale = std::numeric_limits<double>::quiet_NaN()}), ConfigError);
  EXPECT_THROW(upsample(x, {.scale = 2, .align_corners = true}), ConfigError);
  EXPECT_THROW(upsample(zeros({3, 4}), {.scale = 2}), ShapeError);
  EXPECT_THROW(upsample(x, {.size = {int64_t{1} << 40, int64_t{1} << 40}}), OutOfMemoryError);
}

TEST(Unfold, makes_a_convolution_a_matrix_product_and_fold_counts_the_windows) {
  const Tensor x = arange(9).reshape({1, 1, 3, 3});
  EXPECT_EQ(row(unfold(x, 2)), (Row{0, 1, 3, 4, 1, 2, 4, 5, 3, 4, 6, 7, 4, 5, 7, 8}));
  EXPECT_EQ(row(fold(unfold(ones({1, 1, 3, 3}), 2), 3, 2)), (Row{1, 2, 1, 2, 4, 2, 1, 2, 1}));
  EXPECT_EQ(unfold(x[0], 2).shape(), (Shape{4, 4}));
  EXPECT_EQ(fold(zeros({4, 4}), 3, 2).shape(), (Shape{1, 3, 3}));
  EXPECT_THROW(unfold(x, {int64_t{1} << 31, int64_t{1} << 31}, {.padding = int64_t{1} << 31}), OutOfMemoryError);
  EXPECT_THROW(unfold(x, 2, {.stride = 0}), ConfigError);
  EXPECT_THROW(fold(zeros({1, 4, 4}), 0, 2), ConfigError);
}

TEST(PixelShuffle, puts_channels_side_by_side_and_back) {
  const Tensor x = arange(8).reshape({1, 4, 1, 2});
  EXPECT_EQ(row(pixel_shuffle(x, 2)), (Row{0, 2, 1, 3, 4, 6, 5, 7}));
  const Tensor y = sample_normal({2, 3, 8, 3, 5});
  EXPECT_TRUE(allclose(pixel_unshuffle(pixel_shuffle(y, 2), 2), y));
  EXPECT_THAT(message_of<ShapeError>([] {
                pixel_shuffle(zeros({1, 6, 2, 2}), 2);
              }),
              ::testing::HasSubstr("[pixel_shuffle] the channels must be a multiple of 2 x 2 (x [1, 6, 2, 2])"));
  EXPECT_THROW(pixel_unshuffle(zeros({1, 1, 3, 4}), 2), ShapeError);
  EXPECT_THROW(pixel_shuffle(zeros({1, 4, 2, 2}), 0), ConfigError);
}

}  // namespace
}  // namespace cairn
