#include <cairn/io/image.h>

#include <png.h>

#include <tests/helpers/golden.h>
#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

Image parse_image(const std::string& bytes) { return load_image(ByteSource("p.png", bytes)); }

Image gradient(int64_t width, int64_t height, int64_t channels) {
  Image p{width, height, channels, std::vector<uint8_t>(size_t(width * height * channels))};
  for (size_t i = 0; i < p.pixels.size(); i++) p.pixels[i] = uint8_t(i * 7);
  return p;
}

// A PNG of any kind, by libpng itself: rows as the file has them.
std::string png_of(int width, int height, int depth, int colour, const std::string& rows, bool interlaced = false) {
  std::string out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &out,
      [](png_structp p, png_bytep d, png_size_t n) { static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<char*>(d), n); },
      [](png_structp) {});
  png_set_IHDR(png, info, png_uint_32(width), png_uint_32(height), depth, colour, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (colour == PNG_COLOR_TYPE_PALETTE) {
    const png_color palette[2] = {{255, 0, 0}, {0, 0, 255}};
    png_set_PLTE(png, info, palette, 2);
  }
  png_write_info(png, info);
  std::vector<png_bytep> lines;
  for (int y = 0; y < height; y++)
    lines.push_back(reinterpret_cast<png_bytep>(const_cast<char*>(rows.data())) + size_t(y) * rows.size() / size_t(height));
  png_write_image(png, lines.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

TEST(Image, what_is_written_as_png_is_read) {
  TempFolder folder;
  for (int64_t channels : {1, 3}) {
    const Image p = gradient(5, 4, channels);
    save_png(folder / "p.png", p);
    const Image q = load_image(folder / "p.png");
    EXPECT_EQ(q.width, 5);
    EXPECT_EQ(q.height, 4);
    EXPECT_EQ(q.channels, channels);
    EXPECT_EQ(q.pixels, p.pixels);
  }
}

TEST(Image, reads_every_kind_of_png) {
  EXPECT_EQ(parse_image(png_of(8, 1, 1, PNG_COLOR_TYPE_GRAY, "\xa5")).pixels, (std::vector<uint8_t>{255, 0, 255, 0, 0, 255, 0, 255}));
  EXPECT_EQ(parse_image(png_of(2, 1, 16, PNG_COLOR_TYPE_GRAY, std::string("\xff\xff\x80\x00", 4))).pixels, (std::vector<uint8_t>{255, 128}));
  const Image palette = parse_image(png_of(8, 1, 1, PNG_COLOR_TYPE_PALETTE, "\x80"));
  EXPECT_EQ(palette.channels, 3);
  EXPECT_EQ(palette.at(0, 0, 2), 255);
  EXPECT_EQ(palette.at(1, 0, 0), 255);
  EXPECT_EQ(parse_image(png_of(1, 1, 8, PNG_COLOR_TYPE_RGB, "\1\2\3")).pixels, (std::vector<uint8_t>{1, 2, 3}));
  const std::string rows = "abcdefghijklmnopqrstuvwxyz0123456789";
  EXPECT_EQ(parse_image(png_of(6, 6, 8, PNG_COLOR_TYPE_GRAY, rows, true)).pixels, std::vector<uint8_t>(rows.begin(), rows.end()));
}

TEST(Image, what_is_transparent_shows_white_paper) {
  EXPECT_EQ(parse_image(png_of(2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, std::string("\1\2\3\0\4\5\6\xff", 8))).pixels,
            (std::vector<uint8_t>{255, 255, 255, 4, 5, 6}));
  const Image grey = parse_image(png_of(2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, std::string("\x09\0\x07\xff", 4)));
  EXPECT_EQ(grey.channels, 1);
  EXPECT_EQ(grey.pixels, (std::vector<uint8_t>{255, 7}));
}

TEST(Image, reads_netpbm_plain_and_raw) {
  EXPECT_EQ(parse_image("P2 # grey\n3 1\n255\n0 128 255\n").pixels, (std::vector<uint8_t>{0, 128, 255}));
  EXPECT_EQ(parse_image("P2\n2 1 3\n1 3").pixels, (std::vector<uint8_t>{85, 255}));
  EXPECT_EQ(parse_image("P3 1 1 255 9 8 7").pixels, (std::vector<uint8_t>{9, 8, 7}));
  EXPECT_EQ(parse_image("P5 2 1 255\n\x10\x20").pixels, (std::vector<uint8_t>{16, 32}));
  EXPECT_EQ(parse_image(std::string("P5 1 1 65535\n\xff\xff", 15)).pixels, (std::vector<uint8_t>{255}));
  EXPECT_EQ(parse_image("P6 1 1 255\nabc").channels, 3);
}

TEST(Image, a_file_that_is_no_picture_says_what_it_looks_like) {
  EXPECT_THAT(refusal([] { parse_image(""); }), HasSubstr("an empty file"));
  EXPECT_THAT(refusal([] { parse_image("<html><body>404"); }), HasSubstr("an HTML page"));
  const std::pair<std::string, const char*> others[] = {{"GIF89a...", "a GIF image"},
                                                        {"BM\x36", "a BMP image"},
                                                        {std::string("II*\0\x08\0\0\0", 8), "a TIFF image"},
                                                        {std::string("MM\0*\0\0\0\x08", 8), "a TIFF image"},
                                                        {std::string("RIFF\x10\0\0\0WEBPVP8 ", 16), "a WebP image"},
                                                        {std::string("\0\0\0\x18"
                                                                     "ftypheic\0\0\0\0",
                                                                     16),
                                                         "a HEIC image"},
                                                        {std::string("\0\0\0\x18"
                                                                     "ftypmif1\0\0\0\0",
                                                                     16),
                                                         "a HEIC image"},
                                                        {std::string("\0\0\0\x18"
                                                                     "ftypavif\0\0\0\0",
                                                                     16),
                                                         "an AVIF image"}};
  for (const auto& [bytes, what] : others)
    EXPECT_THAT(refusal([&] { parse_image(bytes); }), AllOf(HasSubstr(what), HasSubstr("Hint: save it as PNG"), HasSubstr("convert"))) << what;
  EXPECT_THAT(refusal([] {
                parse_image(
                    std::string("\0\0\0\x18"
                                "ftypisom\0\0\0\0",
                                16));
              }),
              AllOf(HasSubstr("a video"), Not(HasSubstr("Hint"))));
  EXPECT_THAT(refusal([] { parse_image("\xff\xd8\xff\xe0"); }), HasSubstr("a sound JPEG"));
  EXPECT_THAT(refusal([] { parse_image("age,height\n1,2\n"); }), HasSubstr("text starting 'age,height"));
  EXPECT_THAT(refusal([] { load_image("nowhere.png"); }), HasSubstr("cannot open nowhere.png"));
}

TEST(Image, every_prefix_of_a_picture_is_refused) {
  for (const std::string& bytes : {encode_png(gradient(9, 9, 3)), std::string("P5 2 2 255\nabcd"), std::string("P3 1 1 255 100 100 1")})
    for (size_t n = 0; n + 1 < bytes.size(); n++) EXPECT_THROW(parse_image(bytes.substr(0, n)), FileError) << n << " of " << bytes.size();
}

TEST(Image, damage_is_noticed_by_the_checksums) {
  std::string bytes = encode_png(gradient(9, 9, 3));
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_THROW(parse_image(bytes), FileError);
}

TEST(Image, a_size_beyond_the_limits_is_refused_before_memory_is_taken) {
  std::string bytes = encode_png(gradient(4, 4, 1));
  const auto with_size = [&](uint32_t width, uint32_t height) {
    std::string s = bytes;
    s.replace(16, 8, big(width, 4) + big(height, 4));
    return s.replace(29, 4, big(crc32(0, reinterpret_cast<const Bytef*>(s.data()) + 12, 17), 4));
  };
  EXPECT_THROW(parse_image(with_size(1u << 30, 1)), FileError);
  EXPECT_THROW(parse_image(with_size(0, 4)), FileError);
  EXPECT_THAT(refusal([&] { parse_image(with_size(32768, 32768)); }), HasSubstr("in all"));
  EXPECT_THAT(refusal([&] { parse_image(with_size(8192, 8192)); }), HasSubstr("bytes can hold"));
  EXPECT_THAT(refusal([] { parse_image("P5 99999 99999 255\nx"); }), HasSubstr("found 99999 x 99999"));
  EXPECT_THAT(refusal([] { parse_image("P5 30000 4000 255\nx"); }), HasSubstr("bytes of pixels"));
  EXPECT_THROW(parse_image("P5 2 2 0\nabcd"), FileError);
  EXPECT_THROW(parse_image("P2 1 1 10 11"), FileError);
}

TEST(Image, colours_and_sizes_change_as_they_should) {
  const Image red{1, 1, 3, {255, 0, 0}};
  EXPECT_EQ(to_grey(red).pixels, (std::vector<uint8_t>{76}));
  EXPECT_EQ(to_rgb(Image{1, 1, 1, {9}}).pixels, (std::vector<uint8_t>{9, 9, 9}));
  const Image flat{5, 3, 1, std::vector<uint8_t>(15, 200)};
  for (auto [w, h] : {std::pair<int64_t, int64_t>{28, 28}, {2, 2}, {1, 1}})
    EXPECT_EQ(resized(flat, w, h).pixels, std::vector<uint8_t>(size_t(w * h), 200));
  EXPECT_EQ(resized(gradient(4, 4, 3), 4, 4).pixels, gradient(4, 4, 3).pixels);
  const Image half = resized(Image{4, 1, 1, {0, 0, 200, 200}}, 2, 1);
  EXPECT_LT(half.pixels[0], 60);
  EXPECT_GT(half.pixels[1], 140);
  EXPECT_THROW(resized(flat, 0, 3), ShapeError);
}

TEST(Image, what_is_half_transparent_is_half_white_at_16_bits_too) {
  const Image p = parse_image(png_of(2, 1, 16, PNG_COLOR_TYPE_RGB_ALPHA, std::string("\0\0\0\0\0\0\x80\x00\x40\0\x40\0\x40\0\xff\xff", 16)));
  EXPECT_EQ(p.pixels, (std::vector<uint8_t>{127, 127, 127, 64, 64, 64}));
}

TEST(Image, the_name_does_not_matter_but_the_content) {
  TempFolder folder;
  folder.put("cat.jpg", encode_png(gradient(5, 4, 3)));
  EXPECT_EQ(load_image(folder / "cat.jpg").pixels, gradient(5, 4, 3).pixels);
  folder.put("dog.png", "BM......................");
  EXPECT_THAT(refusal([&] { load_image(folder / "dog.png"); }), AllOf(HasSubstr("dog.png"), HasSubstr("a BMP image")));
}

TEST(Image, the_header_alone_says_size_and_format) {
  const auto info = [](const std::string& bytes) { return image_info(ByteSource("p", bytes)); };
  const std::string png = encode_png(gradient(50, 40, 3));
  for (size_t rest : {size_t{0}, png.size() / 2}) {
    const ImageInfo i = info(png.substr(0, png.size() - rest));
    EXPECT_EQ(i.format, "PNG");
    EXPECT_EQ(i.width, 50);
    EXPECT_EQ(i.height, 40);
    EXPECT_EQ(i.channels, 3);
  }
  EXPECT_EQ(info("P5 7 3 255\n").format, "PGM");
  EXPECT_EQ(info("P6 7 3 255\n").width, 7);
  EXPECT_EQ(info(png_of(8, 1, 1, PNG_COLOR_TYPE_PALETTE, "\x80")).channels, 3);
  EXPECT_THROW(info(""), FileError);
  EXPECT_THROW(info(png.substr(0, 20)), FileError);
  EXPECT_THROW(info("\xff\xd8\xff\xe0"), FileError);
}

TEST(Image, a_limit_of_pixels_can_be_set) {
  const std::string bytes = encode_png(gradient(20, 20, 1));
  EXPECT_EQ(load_image(ByteSource("p", bytes), {.max_pixels = 400}).width, 20);
  EXPECT_THAT(refusal([&] { load_image(ByteSource("p.png", bytes), {.max_pixels = 399}); }),
              AllOf(HasSubstr("p.png"), HasSubstr("399 in all"), HasSubstr("found 20 x 20"), HasSubstr("decompression bomb")));
}

TEST(Image, the_sides_of_a_bomb_are_named_before_anything_is_unpacked) {
  const std::string bytes = encode_png(gradient(20, 20, 1));
  const auto with_sides = [&](uint32_t width, uint32_t height) { return std::string(bytes).replace(16, 8, big(width, 4) + big(height, 4)); };
  for (const auto& [w, h, found, advice] :
       {std::tuple(100000u, 100000u, "found 100000 x 100000", "needs 28611 MiB; if it is no decompression bomb"),
        std::tuple(40000u, 10u, "found 40000 x 10", "make its longer side smaller with another program"),
        std::tuple(4294967295u, 4294967295u, "found 4294967295 x 4294967295", "MiB; if it is no decompression bomb")})
    for (const bool whole : {true, false})
      EXPECT_THAT(refusal([&, w = w, h = h] {
                    const std::string bomb = with_sides(w, h);
                    const ByteSource source("p.png", bomb);
                    whole ? load_image(source).width : image_info(source).width;
                  }),
                  AllOf(HasSubstr("p.png"), HasSubstr("at most 32768 pixels a side"), HasSubstr(found), HasSubstr(advice)));
  EXPECT_THAT(refusal([&] { parse_image(with_sides(0, 5)); }), AllOf(HasSubstr("at least 1"), HasSubstr("found 0 x 5")));
}

TEST(Image, files_show_what_pillow_shows) {
  const Golden golden("image.safetensors");
  int files = 0;
  for (size_t i = 0; i < golden.cases().size(); i++) {
    const Json& c = golden.cases()[i];
    if (c.at("what").as_string() != "file") continue;
    files++;
    const std::vector<uint8_t> file = golden.tensor(i, "file").to_vector<uint8_t>();
    const Tensor shown = golden.tensor(i, "pixels");
    const Image p = parse_image({file.begin(), file.end()});
    const std::string& name = c.at("name").as_string();
    ASSERT_EQ((Shape{p.height, p.width, p.channels}), shown.shape()) << name;
    const std::vector<int> expected = [&] {
      const auto bytes = shown.to_vector<uint8_t>();
      return std::vector<int>(bytes.begin(), bytes.end());
    }();
    int worst = 0;
    for (size_t k = 0; k < expected.size(); k++) worst = std::max(worst, std::abs(expected[k] - p.pixels[k]));
    EXPECT_LE(worst, c.at("tolerance").as_int()) << name;
    const ImageInfo info = image_info(ByteSource(name, std::string_view(reinterpret_cast<const char*>(file.data()), file.size())));
    EXPECT_EQ((Shape{info.height, info.width, info.channels}), shown.shape()) << name;
  }
  EXPECT_EQ(files, 27);
}

TEST(Image, pixels_that_do_not_fill_the_picture_are_not_written) {
  EXPECT_THROW(encode_png(Image{2, 2, 1, {1, 2, 3}}), ShapeError);
  EXPECT_THROW(encode_png(Image{2, 2, 2, std::vector<uint8_t>(8)}), ShapeError);
}

}  // namespace
}  // namespace cairn
