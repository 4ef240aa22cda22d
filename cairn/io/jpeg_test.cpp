#include <gtest/gtest.h>

#include <cairn/base/random.h>
#include <cairn/io/image.h>
#include <cairn/io/image_formats.h>
#include <tests/helpers/io_files.h>
#include <tests/helpers/jpeg.h>

namespace cairn {
namespace {

Image parse_jpeg(const std::string& bytes, const ImageOptions& options = {}) { return load_image(ByteSource("p.jpg", bytes), options); }

Image smooth(int64_t width, int64_t height, int64_t channels) {
  Image p{width, height, channels, std::vector<uint8_t>(size_t(width * height * channels))};
  for (int64_t y = 0; y < height; y++)
    for (int64_t x = 0; x < width; x++)
      for (int64_t c = 0; c < channels; c++) p.at(x, y, c) = uint8_t((x * 255 / width + y * (c + 1) * 60 / height) % 256);
  return p;
}

TEST(Jpeg, reads_grey_and_coloured) {
  Image flat{20, 9, 3, {}};
  for (int i = 0; i < 180; i++) flat.pixels.insert(flat.pixels.end(), {200, 100, 50});
  for (bool progressive : {false, true}) {
    const Image back = parse_jpeg(jpeg_of(flat, {.progressive = progressive}));
    EXPECT_EQ(back.width, 20);
    EXPECT_EQ(back.height, 9);
    ASSERT_EQ(back.channels, 3);
    for (size_t i = 0; i < back.pixels.size(); i++) EXPECT_NEAR(back.pixels[i], flat.pixels[i], 2);
  }
  EXPECT_EQ(parse_jpeg(jpeg_of(Image{8, 8, 1, std::vector<uint8_t>(64, 77)})).pixels, std::vector<uint8_t>(64, 77));
}

TEST(Jpeg, four_inks_become_light_whether_adobe_wrote_them_or_not) {
  Image inks{8, 8, 4, {}};  // as stored: with Adobe's marker what the inks leave, else how much of each there is
  for (int i = 0; i < 64; i++) inks.pixels.insert(inks.pixels.end(), {255, 128, 0, 200});
  const auto near = [](const Image& p, std::vector<int> colour) {
    ASSERT_EQ(p.channels, 3);
    for (size_t i = 0; i < p.pixels.size(); i++) ASSERT_NEAR(p.pixels[i], colour[i % 3], 2) << i;
  };
  near(parse_jpeg(jpeg_of(inks)), {200, 100, 0});
  near(parse_jpeg(jpeg_of(inks, {.ycck = true})), {200, 100, 0});
  near(parse_jpeg(jpeg_of(inks), {.at_least = 2}), {200, 100, 0});
  near(parse_jpeg(jpeg_of(inks, {.adobe = false})), {0, 127 * 55 / 255, 55});
}

TEST(Jpeg, is_decoded_at_the_smallest_size_that_is_enough) {
  const Image p = smooth(500, 375, 3);
  const std::string bytes = jpeg_of(p);
  struct Case {
    int64_t at_least, width, height;
  };
  for (const Case& c : {Case{0, 500, 375},
                        {375, 500, 375},
                        {1000, 500, 375},
                        {224, 500, 375},
                        {188, 250, 188},
                        {189, 500, 375},
                        {94, 125, 94},
                        {47, 63, 47},
                        {32, 63, 47},
                        {1, 63, 47}}) {
    const Image small = parse_jpeg(bytes, {.at_least = c.at_least});
    EXPECT_EQ(small.width, c.width) << c.at_least;
    EXPECT_EQ(small.height, c.height) << c.at_least;
    // Half the size is the picture's own mean, about: what a resize of all of it gives.
    const Image expected = resized(p, small.width, small.height);
    double sum = 0;
    for (size_t i = 0; i < small.pixels.size(); i++) sum += std::abs(int(small.pixels[i]) - int(expected.pixels[i]));
    EXPECT_LT(sum / double(small.pixels.size()), 6) << c.at_least;
  }
  const Image turned = parse_jpeg(jpeg_of(p, {.orientation = 6}), {.at_least = 188});
  EXPECT_EQ(turned.width, 188);
  EXPECT_EQ(turned.height, 250);
}

TEST(Jpeg, stands_upright) {
  Image p{16, 8, 1, std::vector<uint8_t>(128, 0)};  // the left half white
  for (int64_t y = 0; y < 8; y++)
    for (int64_t x = 0; x < 8; x++) p.at(x, y) = 255;
  for (bool big_endian : {false, true})
    for (int orientation = 1; orientation <= 8; orientation++) {
      const std::string bytes = jpeg_of(p, {.orientation = orientation, .big_endian = big_endian});
      const Image q = parse_jpeg(bytes);
      const bool turned = orientation >= 5;
      EXPECT_EQ(q.width, turned ? 8 : 16);
      EXPECT_EQ(q.height, turned ? 16 : 8);
      EXPECT_EQ(image_info(ByteSource("p", bytes)).orientation, orientation);
      // The white half: left, right, right, left; above, above, below, below.
      const bool at_start = orientation == 1 || orientation == 4 || orientation == 5 || orientation == 6;
      EXPECT_EQ(q.at(0, 0), at_start ? 255 : 0) << orientation;
      EXPECT_EQ(q.at(q.width - 1, q.height - 1), at_start ? 0 : 255) << orientation;
    }
}

TEST(Jpeg, damaged_exif_changes_nothing) {
  const std::string tiff = exif_of(6, false).substr(6);
  EXPECT_EQ(detail::exif_orientation(tiff), 6);
  for (size_t n = 0; n + 6 < tiff.size(); n++) EXPECT_EQ(detail::exif_orientation(tiff.substr(0, n)), 1) << n;
  for (uint64_t offset : {uint64_t{0}, uint64_t{1000}, uint64_t{0xffffffff}})
    EXPECT_EQ(detail::exif_orientation(tiff.substr(0, 4) + little(offset, 4) + tiff.substr(8)), 1);
  EXPECT_EQ(detail::exif_orientation(exif_of(9, true).substr(6)), 1);
  EXPECT_EQ(detail::exif_orientation("something else entirely"), 1);
}

TEST(Jpeg, that_is_cut_off_or_too_large_is_refused) {
  const std::string bytes = jpeg_of(smooth(30, 30, 3));
  for (size_t n = 3; n + 2 < bytes.size(); n += 7) EXPECT_THROW(parse_jpeg(bytes.substr(0, n)), FileError) << n << " of " << bytes.size();
  EXPECT_THAT(refusal([&] { parse_jpeg(bytes.substr(0, bytes.size() / 2)); }), AllOf(HasSubstr("p.jpg"), HasSubstr("Premature end")));
  for (const size_t n : {size_t(10), bytes.size() / 4, bytes.size() / 2})  // where it ends is where it is damaged
    EXPECT_THAT(refusal([&] { parse_jpeg(bytes.substr(0, n)); }), HasSubstr("at byte " + std::to_string(n) + " expected a sound JPEG")) << n;
  std::string huge = bytes;
  const size_t frame = bytes.find("\xff\xc0");
  huge.replace(frame + 5, 4, big(16000, 2) + big(8000, 2));
  EXPECT_THAT(refusal([&] { parse_jpeg(huge); }), HasSubstr("bytes can hold"));
  huge.replace(frame + 5, 4, big(65000, 2) + big(65000, 2));
  EXPECT_THAT(refusal([&] { parse_jpeg(huge); }), HasSubstr("found 65000 x 65000"));
}

TEST(Jpeg, with_scans_without_end_is_refused) {
  const std::string bytes = jpeg_of(smooth(64, 64, 1), {.progressive = true});
  const size_t second = bytes.find("\xff\xda", bytes.find("\xff\xda") + 2), end = bytes.rfind("\xff\xd9");
  std::string many = bytes.substr(0, end);
  for (int i = 0; i < 200; i++) many += bytes.substr(second, end - second);
  EXPECT_THROW(parse_jpeg(many + bytes.substr(end)), FileError);
}

TEST(Jpeg, a_header_behind_long_remarks_is_found) {
  std::string bytes = jpeg_of(smooth(40, 30, 3));
  const std::string remark = "\xff\xfe" + big(60002, 2) + std::string(60000, 'x');
  bytes.insert(2, remark + remark);
  const ImageInfo info = image_info(ByteSource("p", bytes));
  EXPECT_EQ(info.format, "JPEG");
  EXPECT_EQ(info.width, 40);
  EXPECT_EQ(info.height, 30);
}

TEST(Jpeg, a_changed_byte_never_does_harm) {
  const std::string bytes = jpeg_of(smooth(24, 24, 3), {.orientation = 8});
  Random random(5);
  int refused = 0;
  for (int i = 0; i < 500; i++) {
    std::string damaged = bytes;
    for (int k = 0; k < 3; k++) damaged[random.below(damaged.size())] = char(random.bits());
    try {
      const Image p = parse_jpeg(damaged);
      EXPECT_EQ(p.pixels.size(), size_t(p.width * p.height * p.channels));
    } catch (const FileError&) { refused++; }
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace cairn
