// What pooling does beyond its samples: both forms of sequences, images blocked by channels from end to end, the place that gets the
// gradient, messages.
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/autograd/autograd.h>
#include <cairn/ops/ops.h>
#include <cairn/ops/samples.h>
#include <cairn/tensor/layout.h>
#include <tests/helpers/errors.h>

namespace cairn {
namespace {

TEST(Pool, of_a_sequence_is_that_of_an_image_of_one_row) {
  const Tensor x = sample_distinct({2, 3, 9});
  const Tensor image = unsqueeze(x, 2);
  EXPECT_TRUE(allclose(max_pool1d(x, 3, {.stride = 2, .padding = 1}), squeeze(max_pool2d(image, {1, 3}, {.stride = {1, 2}, .padding = {0, 1}}), 2)));
  EXPECT_TRUE(allclose(avg_pool1d(x, 3), squeeze(avg_pool2d(image, {1, 3}), 2)));
  EXPECT_EQ(max_pool1d(x[0], 3).shape(), (Shape{3, 3}));
  EXPECT_EQ(adaptive_avg_pool1d(x, 4).shape(), (Shape{2, 3, 4}));
  EXPECT_EQ(adaptive_max_pool1d(x[0], 1).shape(), (Shape{3, 1}));
}

TEST(Pool, global_average_is_the_mean_of_each_channel) {
  const Tensor x = sample_normal({2, 3, 5, 7});
  EXPECT_TRUE(allclose(global_avg_pool2d(x), mean(x, {2, 3})));
  EXPECT_EQ(global_avg_pool2d(x[0]).shape(), (Shape{3}));
}

TEST(Pool, gives_the_gradient_to_the_first_of_equal_values) {
  Tensor x = ones({1, 1, 2, 4}).set_requires_grad();
  max_pool2d(x, 2).backward(tensor({{{{3, 5}}}}));
  EXPECT_EQ(x.grad().to_vector<double>(), (std::vector<double>{3, 0, 5, 0, 0, 0, 0, 0}));
}

TEST(Pool, lets_nan_through_and_nothing_else) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const Tensor x = tensor({{{{nan, 1, 2, 3}, {4, 5, 6, 7}}}});
  const std::vector<double> y = max_pool2d(x, 2).to_vector<double>(), mean = avg_pool2d(x, 2).to_vector<double>();
  EXPECT_TRUE(std::isnan(y[0]) && std::isnan(mean[0]));
  EXPECT_EQ(y[1], 7);
  EXPECT_EQ(mean[1], 4.5);
}

// Values and gradients of f of x are those that x has when it does not lie blocked; blocked results are those that `kept` says.
template <class F> void expect_same_when_blocked(F f, DType dtype, bool kept, const std::string& what) {
  const Tensor values = sample_distinct({2, 19, 6, 8}).to(dtype);
  Tensor plain = values.clone().set_requires_grad();
  Tensor blocked = Tensor(to_blocked(values.array(), Layout::nChw16c)).set_requires_grad();
  const Tensor y = f(plain), z = f(blocked);
  EXPECT_EQ(z.array().blocked(), kept) << what;
  EXPECT_TRUE(allclose(y.detach(), z.detach(), 1e-2, 1e-6)) << what;
  const Tensor dy = sample_normal(y.shape(), 2).to(dtype);
  y.backward(dy);
  z.backward(kept ? Tensor(to_blocked(dy.array(), Layout::nChw16c)) : dy);
  EXPECT_TRUE(blocked.grad().array().blocked()) << what;
  EXPECT_TRUE(allclose(plain.grad(), blocked.grad(), 1e-2, 1e-6)) << what;
}

TEST(Pool, keeps_images_blocked_by_channels_until_one_pixel_is_left) {
  for (const DType t : {f32, bf16}) {
    expect_same_when_blocked([](const Tensor& x) { return max_pool2d(x, 2); }, t, true, "max 2");
    expect_same_when_blocked([](const Tensor& x) { return max_pool2d(x, 3, {.stride = 2, .padding = 1}); }, t, true, "max 3 / 2");
    expect_same_when_blocked([](const Tensor& x) { return avg_pool2d(x, 2); }, t, true, "average 2");
    expect_same_when_blocked([](const Tensor& x) { return adaptive_avg_pool2d(x, {3, 2}); }, t, true, "adaptive, of one size");
    expect_same_when_blocked([](const Tensor& x) { return adaptive_avg_pool2d(x, 1); }, t, false, "global average");
    expect_same_when_blocked([](const Tensor& x) { return adaptive_max_pool2d(x, 1); }, t, false, "global max");
  }
}

TEST(Pool, of_blocked_images_takes_windows_that_only_the_strided_kernels_know) {
  const Tensor values = sample_distinct({1, 5, 9, 9}), blocked = Tensor(to_blocked(values.array(), Layout::nChw8c));
  EXPECT_TRUE(allclose(adaptive_max_pool2d(blocked, {4, 2}), adaptive_max_pool2d(values, {4, 2})));
  EXPECT_TRUE(allclose(max_pool2d(blocked, 2, {.dilation = 2}), max_pool2d(values, 2, {.dilation = 2})));
  EXPECT_TRUE(allclose(max_pool2d(blocked.to(f64), 2), max_pool2d(values.to(f64), 2)));
}

TEST(Pool, names_sizes_and_the_way_out) {
  EXPECT_THAT(message_of<ShapeError>([] {
                max_pool2d(zeros({4, 64, 1, 1}), 2);
              }),
              ::testing::AllOf(::testing::HasSubstr("[max_pool2d] a window of 2 x 2 does not fit into an image of 1 x 1 (x [4, 64, 1, 1])"),
                               ::testing::HasSubstr("Hint: each layer with a stride makes images smaller")));
  EXPECT_THAT(message_of<ShapeError>([] { avg_pool1d(zeros({8}), 2); }), ::testing::HasSubstr("[avg_pool1d] x must have 2 to 3 axes (x [8])"));
  EXPECT_THAT(message_of<ConfigError>([] { max_pool1d(zeros({1, 8}), 2, {.padding = 2}); }), ::testing::HasSubstr("[max_pool1d] the padding"));
  EXPECT_THROW(max_pool2d(zeros({1, 1, 8, 8}), std::numeric_limits<int64_t>::max()), ConfigError);
  EXPECT_THROW(max_pool2d(zeros({1, 1, 8, 8}), {1 << 20, 1 << 20}, {.padding = {1 << 19, 1 << 19}}), ConfigError);
  EXPECT_THROW(adaptive_avg_pool2d(zeros({1, 1, 8, 8}), {int64_t{1} << 31, int64_t{1} << 31}), OutOfMemoryError);
}

}  // namespace
}  // namespace cairn
