#include <bench/decode.h>

// jpeglib.h needs these two before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <bench/clock.h>
#include <cairn/base/random.h>
#include <cairn/io/image.h>

namespace cairn {

namespace {

// Slow waves with a little noise: about two bits a pixel, as in a photograph.
std::vector<uint8_t> photograph(int width, int height) {
  std::vector<uint8_t> rgb;
  Random noise(7);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int c = 0; c < 3; c++) {
        const double wave = std::sin(x * 0.02 + c) * std::cos(y * 0.03 - c) + 0.3 * std::sin(0.4 * x + 0.3 * y);
        rgb.push_back(uint8_t(std::clamp(128 + 70 * wave + 12 * (noise.uniform() - 0.5), 0.0, 255.0)));
      }
  return rgb;
}

std::string encoded(const std::vector<uint8_t>& rgb, int width, int height) {
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&jpeg, &bytes, &size);
  jpeg.image_width = JDIMENSION(width), jpeg.image_height = JDIMENSION(height);
  jpeg.input_components = 3, jpeg.in_color_space = JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 90, TRUE);
  jpeg_start_compress(&jpeg, TRUE);
  while (jpeg.next_scanline < jpeg.image_height) {
    auto* row = const_cast<JSAMPLE*>(rgb.data() + size_t(jpeg.next_scanline) * size_t(width) * 3);
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::string text(reinterpret_cast<char*>(bytes), size);
  std::free(bytes);
  return text;
}

// The least that a program can do with libjpeg-turbo: no check, memory that is there already.
void decode_bare(const std::string& bytes, unsigned eighths, std::vector<uint8_t>& to) {
  jpeg_decompress_struct jpeg{};
  jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_decompress(&jpeg);
  jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<unsigned long>(bytes.size()));
  jpeg_read_header(&jpeg, TRUE);
  jpeg.scale_num = eighths, jpeg.scale_denom = 8;
  jpeg.dct_method = JDCT_ISLOW;
  jpeg_start_decompress(&jpeg);
  const size_t row = size_t(jpeg.output_width) * 3;
  to.resize(row * jpeg.output_height);
  while (jpeg.output_scanline < jpeg.output_height) {
    JSAMPROW rows[16];
    for (JDIMENSION i = 0; i < 16; i++) rows[i] = to.data() + row * std::min(jpeg.output_scanline + i, jpeg.output_height - 1);
    jpeg_read_scanlines(&jpeg, rows, std::min<JDIMENSION>(16, jpeg.output_height - jpeg.output_scanline));
  }
  jpeg_finish_decompress(&jpeg);
  jpeg_destroy_decompress(&jpeg);
}

}  // namespace

std::vector<Json> decode_rates() {
  constexpr int64_t at_least = 224;
  std::vector<Json> rows;
  for (const auto& [width, height] : {std::pair{500, 375}, std::pair{1000, 750}, std::pair{2000, 1500}}) {
    const std::string bytes = encoded(photograph(width, height), width, height);
    const ByteSource source("picture.jpg", bytes);
    const Image decoded = load_image(source, {.at_least = at_least});
    const auto eighths = unsigned(std::lround(8.0 * double(decoded.width) / width));
    std::vector<uint8_t> bare;
    // In turn, the fastest of each: the machine does other things as well.
    double ours = 1e30, theirs = 1e30;
    for (int round = 0; round < 5; round++) {
      theirs = std::min(theirs, best_seconds([&] { decode_bare(bytes, eighths, bare); }, 0.04));
      ours = std::min(ours, best_seconds([&] { load_image(source, {.at_least = at_least}); }, 0.04));
    }
    rows.push_back(Json::object({{"picture", std::to_string(width) + "x" + std::to_string(height)},
                                 {"at_least", at_least},
                                 {"scale", std::to_string(eighths) + "/8"},
                                 {"us", ours * 1e6},
                                 {"libjpeg_us", theirs * 1e6},
                                 {"same_pixels", bare == decoded.pixels},
                                 {"share", theirs / ours}}));
  }
  return rows;
}

}  // namespace cairn
