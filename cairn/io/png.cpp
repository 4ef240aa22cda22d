// PNG by libpng. It reports errors by longjmp: everything that needs a destructor lives outside of the functions that jump.
#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstring>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/io/image_formats.h>

namespace cairn {
namespace {

struct PngBytes {
  std::string_view bytes;
  size_t offset = 0;
  char error[128] = {};
};

void png_read(png_structp png, png_bytep to, png_size_t n) {
  auto* r = static_cast<PngBytes*>(png_get_io_ptr(png));
  if (n > r->bytes.size() - r->offset) png_error(png, "the file ends early");
  std::memcpy(to, r->bytes.data() + r->offset, n);
  r->offset += n;
}

void png_failed(png_structp png, png_const_charp message) {
  auto* r = static_cast<PngBytes*>(png_get_error_ptr(png));
  std::strncpy(r->error, message, sizeof r->error - 1);
  longjmp(png_jmpbuf(png), 1);
}
void png_warned(png_structp, png_const_charp) {}

// libpng's pair of structures for reading.
struct Reader {
  explicit Reader(std::string_view bytes) : in{bytes} {
    png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &in, png_failed, png_warned);
    info = png ? png_create_info_struct(png) : nullptr;
    if (!info) {
      png_destroy_read_struct(&png, &info, nullptr);
      throw OutOfMemoryError("libpng could not start.");
    }
    png_set_read_fn(png, &in, png_read);
  }
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
  Reader(const Reader&) = delete;
  PngBytes in;
  png_structp png = nullptr;
  png_infop info = nullptr;
};

// The header: size and channels after all becomes 8 bits of grey or RGB, perhaps with alpha behind. False on error.
bool png_start(Reader& r, int64_t& width, int64_t& height, int& channels, int& passes) {
  png_structp png = r.png;
  png_infop info = r.info;
  if (setjmp(png_jmpbuf(png))) return false;
  png_set_user_limits(png, png_uint_32(max_image_side), png_uint_32(max_image_side));
  png_set_chunk_malloc_max(png, 1 << 24);
  png_read_info(png, info);
  const int colour = png_get_color_type(png, info);
  if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
  if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (colour == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
  passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  width = png_get_image_width(png, info);
  height = png_get_image_height(png, info);
  channels = png_get_channels(png, info);
  return true;
}

bool png_rows(Reader& r, png_bytep pixels, int64_t stride, int64_t height, int passes) {
  if (setjmp(png_jmpbuf(r.png))) return false;
  for (int pass = 0; pass < passes; pass++)
    for (int64_t y = 0; y < height; y++) png_read_row(r.png, pixels + y * stride, nullptr);
  png_read_end(r.png, nullptr);
  return true;
}

int png_orientation(Reader& r) {
  png_bytep exif = nullptr;
  png_uint_32 bytes = 0;
  if (!png_get_eXIf_1(r.png, r.info, &bytes, &exif)) return 1;
  return detail::exif_orientation({reinterpret_cast<const char*>(exif), bytes});
}

// White paper shines through: colour * alpha + white * (1 - alpha). Works in place: a pixel is never written before it is read.
void on_white(std::vector<uint8_t>& pixels, int64_t count, int64_t colours) {
  const uint8_t* from = pixels.data();
  uint8_t* to = pixels.data();
  for (int64_t i = 0; i < count; i++, from += colours + 1) {
    const int alpha = from[colours];
    for (int64_t c = 0; c < colours; c++) *to++ = uint8_t((from[c] * alpha + 255 * (255 - alpha) + 127) / 255);
  }
  pixels.resize(size_t(count * colours));
}

void png_append(png_structp png, png_bytep data, png_size_t n) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<char*>(data), n);
}
void png_flushed(png_structp) {}

bool png_write(png_structp png, png_infop info, const Image& p) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_set_IHDR(png, info, png_uint_32(p.width), png_uint_32(p.height), 8, p.channels == 3 ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(png, info);
  for (int64_t y = 0; y < p.height; y++) png_write_row(png, p.pixels.data() + y * p.width * p.channels);
  png_write_end(png, info);
  return true;
}

}  // namespace

namespace detail {

namespace {

// The size as the header says it, before libpng looks: to it a bomb is only "invalid".
void check_header_size(const ByteSource& source, std::string_view bytes, int64_t max_pixels) {
  if (bytes.size() < 24 || bytes.substr(12, 4) != "IHDR") return;
  const auto number = [&](size_t at) {
    uint64_t n = 0;
    for (size_t i = 0; i < 4; i++) n = n << 8 | uint8_t(bytes[at + i]);
    return n;
  };
  check_picture_size(source.name(), 16, number(16), number(20), max_pixels);
}

}  // namespace

Stored load_png(const ByteSource& source, const ImageOptions& options) {
  const std::string bytes = picture_bytes(source);
  check_header_size(source, bytes, options.max_pixels);
  Reader reader(bytes);
  int64_t width = 0, height = 0;
  int channels = 0, passes = 1;
  if (!png_start(reader, width, height, channels, passes)) corrupt(source.name(), reader.in.offset, "a sound PNG", reader.in.error);
  // Deflate expands at most 1032 times, and one bit may become four bytes: a small file cannot hold a large picture.
  const uint64_t size = uint64_t(width * height * channels);
  if (size / 32 / 1032 > bytes.size())
    corrupt(source.name(), 16, "a size that " + std::to_string(bytes.size()) + " bytes can hold",
            std::to_string(width) + " x " + std::to_string(height));
  Stored stored{{width, height, channels >= 3 ? 3 : 1, std::vector<uint8_t>(size)}, png_orientation(reader)};
  if (!png_rows(reader, stored.image.pixels.data(), width * channels, height, passes))
    corrupt(source.name(), reader.in.offset, "a sound PNG", reader.in.error);
  if (channels == 2 || channels == 4) on_white(stored.image.pixels, width * height, stored.image.channels);
  return stored;
}

ImageInfo png_info(const ByteSource& source) {
  constexpr uint64_t enough = 1 << 16;  // for what stands before the pixels; remarks may be longer, the rest of the file is read then
  for (uint64_t most : {enough, source.size()}) {
    const std::string bytes = source.text(0, size_t(std::min(most, source.size())), "the header");
    check_header_size(source, bytes, max_image_pixels);
    Reader reader(bytes);
    int64_t width = 0, height = 0;
    int channels = 0, passes = 1;
    if (!png_start(reader, width, height, channels, passes)) {
      if (bytes.size() < source.size() && source.size() <= uint64_t(max_image_pixels) * 8) continue;
      corrupt(source.name(), reader.in.offset, "a sound PNG", reader.in.error);
    }
    return {"PNG", width, height, channels >= 3 ? 3 : 1, png_orientation(reader)};
  }
  corrupt(source.name(), 0, "a sound PNG", "no pixels");
}

}  // namespace detail

std::string encode_png(const Image& p) {
  if ((p.channels != 1 && p.channels != 3) || p.width < 1 || p.height < 1 || p.pixels.size() != size_t(p.width * p.height * p.channels))
    throw ShapeError("[encode_png] " + std::to_string(p.pixels.size()) + " bytes are not " + std::to_string(p.width) + " x " +
                     std::to_string(p.height) + " pixels of " + std::to_string(p.channels) + " channels.");
  std::string bytes;
  PngBytes errors;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &errors, png_failed, png_warned);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  bool ok = false;
  if (info) {
    png_set_write_fn(png, &bytes, png_append, png_flushed);
    ok = png_write(png, info, p);
  }
  png_destroy_write_struct(&png, &info);
  if (!ok) throw OutOfMemoryError(std::string("libpng could not write the picture: ") + errors.error);
  return bytes;
}

void save_png(const std::string& path, const Image& picture) { write_file(path, encode_png(picture)); }

}  // namespace cairn
