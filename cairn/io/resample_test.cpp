#include <cairn/io/resample.h>

#include <gtest/gtest.h>

#include <cairn/base/random.h>
#include <cairn/io/pixels.h>
#include <tests/helpers/golden.h>
#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

std::vector<uint8_t> noise(int64_t n) {
  Random random(7);
  std::vector<uint8_t> v(static_cast<size_t>(n));
  for (auto& x : v) x = uint8_t(random.bits());
  return v;
}

TEST(Resample, gives_pillows_pixels) {
  const Golden golden("image.safetensors");
  int sizes = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("what").as_string() != "resize") continue;
    sizes++;
    const Tensor from = golden.tensor(i, "pixels"), expected = golden.tensor(i, "resized");
    const int64_t height = from.size(0), width = from.size(1), channels = from.size(2), w = c.at("width").as_int(), h = c.at("height").as_int();
    const std::string how = c.at("how").as_string();
    const Resampler resampler(width, height, w, h,
                              how == "nearest"    ? Interpolation::nearest
                              : how == "bilinear" ? Interpolation::bilinear
                                                  : Interpolation::bicubic);
    std::vector<uint8_t> planes(size_t(from.numel())), small(size_t(w * h * channels)), result(small.size());
    detail::split_channels(from.to_vector<uint8_t>().data(), width * height, channels, planes.data());
    for (int64_t k = 0; k < channels; k++) resampler.run(planes.data() + k * width * height, width, small.data() + k * w * h);
    detail::join_channels(small.data(), w * h, channels, result.data());
    EXPECT_EQ(result, expected.to_vector<uint8_t>()) << c.at("name").as_string();
  }
  EXPECT_EQ(sizes, 42);
}

TEST(Resample, a_part_of_a_plane_is_resampled_as_if_it_were_alone) {
  const std::vector<uint8_t> plane = noise(50 * 40);
  std::vector<uint8_t> part, a(9 * 7), b(9 * 7);
  for (int64_t y = 5; y < 25; y++) part.insert(part.end(), plane.begin() + y * 50 + 3, plane.begin() + y * 50 + 33);
  const Resampler resampler(30, 20, 9, 7);
  resampler.run(plane.data() + 5 * 50 + 3, 50, a.data());
  resampler.run(part.data(), 30, b.data());
  EXPECT_EQ(a, b);
}

TEST(Resample, sizes_below_one_are_refused) {
  EXPECT_THAT(refusal<ShapeError>([] { Resampler(3, 4, 0, 5); }), HasSubstr("3 x 4 cannot become 0 x 5"));
}

TEST(Pixels, channels_are_split_joined_transposed_and_reversed_at_every_length) {
  for (int64_t n : {0, 1, 7, 8, 63, 64, 65, 200}) {
    const std::vector<uint8_t> pixels = noise(3 * n);
    std::vector<uint8_t> planes(pixels.size()), back(pixels.size()), reversed(pixels.size());
    detail::split_channels(pixels.data(), n, 3, planes.data());
    for (int64_t i = 0; i < n; i++)
      for (int64_t c = 0; c < 3; c++) ASSERT_EQ(planes[size_t(c * n + i)], pixels[size_t(3 * i + c)]);
    detail::join_channels(planes.data(), n, 3, back.data());
    EXPECT_EQ(back, pixels);
    detail::reverse_bytes(pixels.data(), reversed.data(), 3 * n);
    EXPECT_EQ(reversed, (std::vector<uint8_t>(pixels.rbegin(), pixels.rend())));
  }
  for (auto [w, h] : {std::pair<int64_t, int64_t>{1, 1}, {8, 8}, {9, 17}, {16, 3}, {31, 33}}) {
    const std::vector<uint8_t> from = noise((w + 3) * h);
    std::vector<uint8_t> to(static_cast<size_t>(w * h));
    detail::transpose_bytes(from.data(), w + 3, w, h, to.data());
    for (int64_t y = 0; y < h; y++)
      for (int64_t x = 0; x < w; x++) ASSERT_EQ(to[size_t(x * h + y)], from[size_t(y * (w + 3) + x)]) << w << " x " << h;
  }
}

TEST(Pixels, brightness_in_vectors_is_that_of_single_pixels) {
  const std::vector<uint8_t> v = noise(3 * 131);
  std::vector<uint8_t> to(131);
  detail::luma_row(v.data(), v.data() + 131, v.data() + 262, to.data(), 131);
  for (size_t i = 0; i < 131; i++) ASSERT_EQ(to[i], detail::luma(v[i], v[131 + i], v[262 + i]));
}

}  // namespace
}  // namespace cairn
