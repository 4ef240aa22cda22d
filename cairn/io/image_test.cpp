#include <cairn/io/image.h>

#include <cstdio>

#include <jpeglib.h>
#include <png.h>

#include <tests/helpers/io_files.h>

namespace cairn {
namespace {

Image parse(const std::string& bytes) { return load_image(ByteSource("p.png", bytes)); }

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
  EXPECT_EQ(parse(png_of(8, 1, 1, PNG_COLOR_TYPE_GRAY, "\xa5")).pixels, (std::vector<uint8_t>{255, 0, 255, 0, 0, 255, 0, 255}));
  EXPECT_EQ(parse(png_of(2, 1, 16, PNG_COLOR_TYPE_GRAY, std::string("\xff\xff\x80\x00", 4))).pixels, (std::vector<uint8_t>{255, 128}));
  const Image palette = parse(png_of(8, 1, 1, PNG_COLOR_TYPE_PALETTE, "\x80"));
  EXPECT_EQ(palette.channels, 3);
  EXPECT_EQ(palette.at(0, 0, 2), 255);
  EXPECT_EQ(palette.at(1, 0, 0), 255);
  EXPECT_EQ(parse(png_of(1, 1, 8, PNG_COLOR_TYPE_RGB, "\1\2\3")).pixels, (std::vector<uint8_t>{1, 2, 3}));
  const std::string rows = "abcdefghijklmnopqrstuvwxyz0123456789";
  EXPECT_EQ(parse(png_of(6, 6, 8, PNG_COLOR_TYPE_GRAY, rows, true)).pixels, std::vector<uint8_t>(rows.begin(), rows.end()));
}

TEST(Image, what_is_transparent_shows_white_paper) {
  EXPECT_EQ(parse(png_of(2, 1, 8, PNG_COLOR_TYPE_RGB_ALPHA, std::string("\1\2\3\0\4\5\6\xff", 8))).pixels,
            (std::vector<uint8_t>{255, 255, 255, 4, 5, 6}));
  const Image grey = parse(png_of(2, 1, 8, PNG_COLOR_TYPE_GRAY_ALPHA, std::string("\x09\0\x07\xff", 4)));
  EXPECT_EQ(grey.channels, 1);
  EXPECT_EQ(grey.pixels, (std::vector<uint8_t>{255, 7}));
}

// A JPEG by libjpeg itself.
std::string jpeg_of(const Image& p) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* out = nullptr;
  unsigned long bytes = 0;
  jpeg_mem_dest(&jpeg, &out, &bytes);
  jpeg.image_width = JDIMENSION(p.width);
  jpeg.image_height = JDIMENSION(p.height);
  jpeg.input_components = int(p.channels);
  jpeg.in_color_space = p.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 100, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    auto row = const_cast<JSAMPROW>(p.pixels.data() + size_t(jpeg.next_scanline) * size_t(p.width * p.channels));
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  std::string s(reinterpret_cast<char*>(out), bytes);
  jpeg_destroy_compress(&jpeg);
  free(out);
  return s;
}

TEST(Image, reads_jpeg_grey_and_coloured) {
  const Image flat{20, 9, 3, [] {
                     std::vector<uint8_t> v;
                     for (int i = 0; i < 180; i++) v.insert(v.end(), {200, 100, 50});
                     return v;
                   }()};
  const Image back = parse(jpeg_of(flat));
  EXPECT_EQ(back.width, 20);
  EXPECT_EQ(back.height, 9);
  ASSERT_EQ(back.channels, 3);
  for (size_t i = 0; i < back.pixels.size(); i++) EXPECT_NEAR(back.pixels[i], flat.pixels[i], 2);
  EXPECT_EQ(parse(jpeg_of(Image{8, 8, 1, std::vector<uint8_t>(64, 77)})).pixels, std::vector<uint8_t>(64, 77));
}

TEST(Image, a_jpeg_that_is_cut_off_or_too_large_is_refused) {
  const std::string bytes = jpeg_of(gradient(30, 30, 3));
  for (size_t n = 3; n + 2 < bytes.size(); n += 7) EXPECT_THROW(parse(bytes.substr(0, n)), FileError) << n << " of " << bytes.size();
  std::string huge = bytes;
  const size_t frame = bytes.find("\xff\xc0");
  huge.replace(frame + 5, 4, big(16000, 2) + big(8000, 2));
  EXPECT_THAT(refusal([&] { parse(huge); }), HasSubstr("bytes can hold"));
  huge.replace(frame + 5, 4, big(65000, 2) + big(65000, 2));
  EXPECT_THAT(refusal([&] { parse(huge); }), HasSubstr("found 65000 x 65000"));
}

TEST(Image, reads_netpbm_plain_and_raw) {
  EXPECT_EQ(parse("P2 # grey\n3 1\n255\n0 128 255\n").pixels, (std::vector<uint8_t>{0, 128, 255}));
  EXPECT_EQ(parse("P2\n2 1 3\n1 3").pixels, (std::vector<uint8_t>{85, 255}));
  EXPECT_EQ(parse("P3 1 1 255 9 8 7").pixels, (std::vector<uint8_t>{9, 8, 7}));
  EXPECT_EQ(parse("P5 2 1 255\n\x10\x20").pixels, (std::vector<uint8_t>{16, 32}));
  EXPECT_EQ(parse(std::string("P5 1 1 65535\n\xff\xff", 15)).pixels, (std::vector<uint8_t>{255}));
  EXPECT_EQ(parse("P6 1 1 255\nabc").channels, 3);
}

TEST(Image, a_file_that_is_no_picture_says_what_it_looks_like) {
  EXPECT_THAT(refusal([] { parse(""); }), HasSubstr("an empty file"));
  EXPECT_THAT(refusal([] { parse("<html><body>404"); }), HasSubstr("an HTML page"));
  EXPECT_THAT(refusal([] { parse("GIF89a..."); }), HasSubstr("a GIF image"));
  EXPECT_THAT(refusal([] { parse("\xff\xd8\xff\xe0"); }), HasSubstr("a sound JPEG"));
  EXPECT_THAT(refusal([] { parse("age,height\n1,2\n"); }), HasSubstr("text starting 'age,height"));
  EXPECT_THAT(refusal([] { load_image("nowhere.png"); }), HasSubstr("cannot open nowhere.png"));
}

TEST(Image, every_prefix_of_a_picture_is_refused) {
  for (const std::string& bytes : {encode_png(gradient(9, 9, 3)), std::string("P5 2 2 255\nabcd"), std::string("P3 1 1 255 100 100 1")})
    for (size_t n = 0; n + 1 < bytes.size(); n++) EXPECT_THROW(parse(bytes.substr(0, n)), FileError) << n << " of " << bytes.size();
}

TEST(Image, damage_is_noticed_by_the_checksums) {
  std::string bytes = encode_png(gradient(9, 9, 3));
  bytes[bytes.size() / 2] ^= 1;
  EXPECT_THROW(parse(bytes), FileError);
}

TEST(Image, a_size_beyond_the_limits_is_refused_before_memory_is_taken) {
  std::string bytes = encode_png(gradient(4, 4, 1));
  const auto with_size = [&](uint32_t width, uint32_t height) {
    std::string s = bytes;
    s.replace(16, 8, big(width, 4) + big(height, 4));
    return s.replace(29, 4, big(crc32(0, reinterpret_cast<const Bytef*>(s.data()) + 12, 17), 4));
  };
  EXPECT_THROW(parse(with_size(1u << 30, 1)), FileError);
  EXPECT_THROW(parse(with_size(0, 4)), FileError);
  EXPECT_THAT(refusal([&] { parse(with_size(32768, 32768)); }), HasSubstr("in all"));
  EXPECT_THAT(refusal([&] { parse(with_size(8192, 8192)); }), HasSubstr("bytes can hold"));
  EXPECT_THAT(refusal([] { parse("P5 99999 99999 255\nx"); }), HasSubstr("found 99999 x 99999"));
  EXPECT_THAT(refusal([] { parse("P5 30000 4000 255\nx"); }), HasSubstr("bytes of pixels"));
  EXPECT_THROW(parse("P5 2 2 0\nabcd"), FileError);
  EXPECT_THROW(parse("P2 1 1 10 11"), FileError);
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

TEST(Image, pixels_that_do_not_fill_the_picture_are_not_written) {
  EXPECT_THROW(encode_png(Image{2, 2, 1, {1, 2, 3}}), ShapeError);
  EXPECT_THROW(encode_png(Image{2, 2, 2, std::vector<uint8_t>(8)}), ShapeError);
}

}  // namespace
}  // namespace cairn
