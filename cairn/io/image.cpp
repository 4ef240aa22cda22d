#include <cairn/io/image.h>

#include <png.h>

#include <algorithm>
#include <cmath>
#include <csetjmp>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>

namespace cairn {

namespace {

void check_size(const std::string& name, uint64_t offset, uint64_t width, uint64_t height) {
  const std::string found = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0) corrupt(name, offset, "a width and height of at least 1", found);
  if (width > uint64_t(max_image_side) || height > uint64_t(max_image_side) || width * height > uint64_t(max_image_pixels))
    corrupt(name, offset, "at most " + std::to_string(max_image_side) + " pixels a side and " + std::to_string(max_image_pixels) + " in all", found);
}

// ---- PNG. libpng reports errors by longjmp; everything that needs a destructor lives outside of the function that jumps.

struct PngReader {
  const ByteSource& source;
  uint64_t offset = 0;
  std::string error;
};

void png_read(png_structp png, png_bytep to, png_size_t n) {
  auto* r = static_cast<PngReader*>(png_get_io_ptr(png));
  if (r->offset + n > r->source.size()) png_error(png, "the file ends early");
  try {
    r->source.read(r->offset, to, n, "PNG data");
  } catch (const Error& e) { r->error = e.what(); }
  if (!r->error.empty()) png_error(png, "the file cannot be read");
  r->offset += n;
}

void png_failed(png_structp png, png_const_charp message) {
  static_cast<PngReader*>(png_get_error_ptr(png))->error = message;
  longjmp(png_jmpbuf(png), 1);
}
void png_warned(png_structp, png_const_charp) {}

// Header: size and channels after the transformations. False on error.
bool png_start(png_structp png, png_infop info, Image& picture, int& passes) {
  if (setjmp(png_jmpbuf(png))) return false;
  png_set_user_limits(png, png_uint_32(max_image_side), png_uint_32(max_image_side));
  png_set_chunk_malloc_max(png, 1 << 24);
  png_read_info(png, info);
  const int colour = png_get_color_type(png, info);
  if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
  if (colour == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (colour == PNG_COLOR_TYPE_GRAY && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
  if ((colour & PNG_COLOR_MASK_ALPHA) || png_get_valid(png, info, PNG_INFO_tRNS)) {
    png_color_16 white = {0, 255, 255, 255, 255};  // transparent places show white paper
    png_set_background(png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, 1.0);
    png_set_strip_alpha(png);
  }
  passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  picture.width = png_get_image_width(png, info);
  picture.height = png_get_image_height(png, info);
  picture.channels = png_get_channels(png, info);
  return true;
}

bool png_rows(png_structp png, png_bytep pixels, int64_t stride, int64_t height, int passes) {
  if (setjmp(png_jmpbuf(png))) return false;
  for (int pass = 0; pass < passes; pass++)
    for (int64_t y = 0; y < height; y++) png_read_row(png, pixels + y * stride, nullptr);
  png_read_end(png, nullptr);
  return true;
}

Image load_png(const ByteSource& source) {
  PngReader reader{source, 0, {}};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, png_failed, png_warned);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  struct Close {
    png_structp& png;
    png_infop& info;
    ~Close() { png_destroy_read_struct(&png, &info, nullptr); }
  } close{png, info};
  if (!info) throw OutOfMemoryError("libpng could not start.");
  png_set_read_fn(png, &reader, png_read);
  Image picture;
  int passes = 1;
  if (!png_start(png, info, picture, passes)) corrupt(source.name(), reader.offset, "a sound PNG", reader.error);
  check_size(source.name(), 16, uint64_t(picture.width), uint64_t(picture.height));
  // Deflate expands at most 1032 times: a small file cannot hold a large picture.
  const uint64_t bytes = uint64_t(picture.width * picture.height * picture.channels);
  if (bytes / 8 / 1032 > source.size())
    corrupt(source.name(), 16, "a size that " + std::to_string(source.size()) + " bytes can hold",
            std::to_string(picture.width) + " x " + std::to_string(picture.height));
  picture.pixels.resize(bytes);
  if (!png_rows(png, picture.pixels.data(), picture.width * picture.channels, picture.height, passes))
    corrupt(source.name(), reader.offset, "a sound PNG", reader.error);
  if (picture.channels == 2 || picture.channels == 4)
    corrupt(source.name(), 25, "grey, palette or RGB", std::to_string(picture.channels) + " channels");
  return picture;
}

// ---- PGM and PPM: "P5 width height levels" in text, with comments, then the values.

class Netpbm {
 public:
  explicit Netpbm(const ByteSource& source) : source_(source), text_(source.text(0, size_t(source.size()), "the picture")) {}

  Image read() {
    const char kind = text_[1];
    at_ = 2;
    Image picture;
    const uint64_t width = number("the width"), height = number("the height");
    const uint64_t start = at_, levels = number("the largest value");
    check_size(source_.name(), 2, width, height);
    if (levels == 0 || levels > 65535) corrupt(source_.name(), start, "a largest value of 1 to 65535", std::to_string(levels));
    picture.width = int64_t(width);
    picture.height = int64_t(height);
    picture.channels = kind == '3' || kind == '6' ? 3 : 1;
    const uint64_t count = width * height * uint64_t(picture.channels);
    const bool plain = kind < '4';
    const uint64_t bytes = plain ? 2 * count - 1 : count * (levels > 255 ? 2 : 1);  // plain: a digit and a blank at least
    if (!plain) at_++;                                                              // one white space
    if (at_ > text_.size() || text_.size() - at_ < bytes)
      corrupt(source_.name(), at_, std::to_string(bytes) + " bytes of pixels", std::to_string(text_.size() - std::min<uint64_t>(at_, text_.size())));
    picture.pixels.resize(count);
    for (uint64_t i = 0; i < count; i++) {
      uint64_t v;
      if (plain) v = number("a pixel");
      else if (levels > 255) v = uint64_t(uint8_t(text_[at_])) << 8 | uint8_t(text_[at_ + 1]), at_ += 2;
      else v = uint8_t(text_[at_++]);
      if (v > levels) corrupt(source_.name(), at_, "a pixel of at most " + std::to_string(levels), std::to_string(v));
      picture.pixels[i] = uint8_t((v * 255 + levels / 2) / levels);
    }
    return picture;
  }

 private:
  uint64_t number(const char* what) {
    while (at_ < text_.size() && (std::isspace(uint8_t(text_[at_])) || text_[at_] == '#'))
      if (text_[at_++] == '#')
        while (at_ < text_.size() && text_[at_] != '\n') at_++;
    const uint64_t start = at_;
    uint64_t v = 0;
    while (at_ < text_.size() && std::isdigit(uint8_t(text_[at_])) && at_ - start < 9) v = v * 10 + uint64_t(text_[at_++] - '0');
    if (at_ == start) corrupt(source_.name(), start, what, looks_like(std::string_view(text_).substr(std::min<uint64_t>(start, text_.size()), 16)));
    return v;
  }
  const ByteSource& source_;
  std::string text_;
  uint64_t at_ = 0;
};

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

Image load_image(const std::string& path) { return load_image(ByteSource(path)); }

Image load_image(const ByteSource& source) {
  const std::string first = source.text(0, size_t(std::min<uint64_t>(16, source.size())), "the first bytes");
  if (first.starts_with("\x89PNG")) return load_png(source);
  if (first.starts_with("\xff\xd8\xff")) return load_jpeg(source);
  if (first.size() > 2 && first[0] == 'P' && (first[1] == '2' || first[1] == '3' || first[1] == '5' || first[1] == '6')) {
    if (source.size() > uint64_t(max_image_pixels) * 6 + 1024)
      corrupt(source.name(), 0, "a picture of at most " + std::to_string(max_image_pixels) + " pixels", std::to_string(source.size()) + " bytes");
    return Netpbm(source).read();
  }
  corrupt(source.name(), 0, "a picture (PNG, JPEG, PGM or PPM)", source.size() == 0 ? "an empty file" : looks_like(first));
}

std::string encode_png(const Image& p) {
  if ((p.channels != 1 && p.channels != 3) || p.width < 1 || p.height < 1 || p.pixels.size() != size_t(p.width * p.height * p.channels))
    throw ShapeError("[encode_png] " + std::to_string(p.pixels.size()) + " bytes are not " + std::to_string(p.width) + " x " +
                     std::to_string(p.height) + " pixels of " + std::to_string(p.channels) + " channels.");
  std::string bytes;
  PngReader errors{ByteSource("PNG", bytes), 0, {}};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &errors, png_failed, png_warned);
  png_infop info = png ? png_create_info_struct(png) : nullptr;
  bool ok = false;
  if (info) {
    png_set_write_fn(png, &bytes, png_append, png_flushed);
    ok = png_write(png, info, p);
  }
  png_destroy_write_struct(&png, &info);
  if (!ok) throw OutOfMemoryError("libpng could not write the picture: " + errors.error);
  return bytes;
}

void save_png(const std::string& path, const Image& picture) { write_file(path, encode_png(picture)); }

Image to_grey(const Image& p) {
  if (p.channels == 1) return p;
  Image grey{p.width, p.height, 1, std::vector<uint8_t>(size_t(p.width * p.height))};
  for (size_t i = 0; i < grey.pixels.size(); i++) {
    const uint8_t* c = &p.pixels[3 * i];
    grey.pixels[i] = uint8_t(std::lround(0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2]));
  }
  return grey;
}

Image to_rgb(const Image& p) {
  if (p.channels == 3) return p;
  Image rgb{p.width, p.height, 3, {}};
  rgb.pixels.reserve(p.pixels.size() * 3);
  for (uint8_t v : p.pixels) rgb.pixels.insert(rgb.pixels.end(), {v, v, v});
  return rgb;
}

namespace {

// For each new position: the old positions that make it, with weights that add up to 1.
std::vector<std::vector<std::pair<int64_t, double>>> resampling(int64_t from, int64_t to) {
  std::vector<std::vector<std::pair<int64_t, double>>> taps(static_cast<size_t>(to));
  const double scale = double(from) / double(to), support = std::max(1.0, scale);
  for (int64_t i = 0; i < to; i++) {
    const double centre = (double(i) + 0.5) * scale - 0.5;
    double total = 0;
    for (int64_t k = int64_t(std::floor(centre - support)); k <= int64_t(std::ceil(centre + support)); k++) {
      const double weight = 1 - std::abs(double(k) - centre) / support;  // a triangle
      if (weight <= 0) continue;
      taps[size_t(i)].push_back({std::clamp<int64_t>(k, 0, from - 1), weight});
      total += weight;
    }
    for (auto& t : taps[size_t(i)]) t.second /= total;
  }
  return taps;
}

}  // namespace

Image resized(const Image& p, int64_t width, int64_t height) {
  if (width < 1 || height < 1 || width > max_image_side || height > max_image_side)
    throw ShapeError("[resized] a picture cannot become " + std::to_string(width) + " x " + std::to_string(height) + ".");
  if (p.width == width && p.height == height) return p;
  const auto across = resampling(p.width, width), down = resampling(p.height, height);
  std::vector<double> rows(size_t(width * p.height * p.channels));
  for (int64_t y = 0; y < p.height; y++)
    for (int64_t x = 0; x < width; x++)
      for (int64_t c = 0; c < p.channels; c++) {
        double v = 0;
        for (auto [k, w] : across[size_t(x)]) v += w * p.at(k, y, c);
        rows[size_t((y * width + x) * p.channels + c)] = v;
      }
  Image result{width, height, p.channels, std::vector<uint8_t>(size_t(width * height * p.channels))};
  for (int64_t y = 0; y < height; y++)
    for (int64_t i = 0; i < width * p.channels; i++) {
      double v = 0;
      for (auto [k, w] : down[size_t(y)]) v += w * rows[size_t(k * width * p.channels + i)];
      result.pixels[size_t(y * width * p.channels + i)] = uint8_t(std::lround(std::clamp(v, 0.0, 255.0)));
    }
  return result;
}

}  // namespace cairn
