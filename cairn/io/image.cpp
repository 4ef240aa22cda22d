#include <cairn/io/image.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/io/image_formats.h>
#include <cairn/io/pixels.h>
#include <cairn/io/resample.h>

namespace cairn {

namespace detail {

std::string picture_bytes(const ByteSource& source) {
  constexpr uint64_t most = uint64_t(max_image_pixels) * 8 + (1 << 20);  // four channels of 16 bits, and remarks
  if (source.size() > most) corrupt(source.name(), 0, "a picture of at most " + std::to_string(most) + " bytes", std::to_string(source.size()));
  return source.text(0, size_t(source.size()), "the picture");
}

void check_picture_size(const std::string& name, uint64_t offset, uint64_t width, uint64_t height, int64_t max_pixels) {
  const std::string found = std::to_string(width) + " x " + std::to_string(height);
  if (width == 0 || height == 0) corrupt(name, offset, "a width and height of at least 1", found);
  const bool too_long = width > uint64_t(max_image_side) || height > uint64_t(max_image_side);
  if (!too_long && width * height <= uint64_t(max_pixels)) return;
  const double area = double(width) * double(height);
  corrupt(name, offset, "at most " + std::to_string(max_image_side) + " pixels a side and " + std::to_string(max_pixels) + " in all", found,
          area > double(max_pixels)
              ? fmt::format("a picture of this size needs {:.0f} MiB; if it is no decompression bomb, make it smaller with another program.",
                            std::ceil(area * 3 / (1 << 20)))
              : "make its longer side smaller with another program, or cut it into parts.");
}

namespace {

enum class Format { png, jpeg, netpbm };

Format format_of(const ByteSource& source) {
  const std::string first = source.text(0, size_t(std::min<uint64_t>(24, source.size())), "the first bytes");
  if (first.starts_with("\x89PNG")) return Format::png;
  if (first.starts_with("\xff\xd8\xff")) return Format::jpeg;
  if (first.size() > 2 && first[0] == 'P' && (first[1] == '2' || first[1] == '3' || first[1] == '5' || first[1] == '6')) return Format::netpbm;
  const std::string found = looks_like(first);
  corrupt(source.name(), 0, "a picture (PNG, JPEG, PGM or PPM)", found,
          found.ends_with(" image") ? "save it as PNG with the program that made it, or by `convert PICTURE PICTURE.png` (ImageMagick)." : "");
}

}  // namespace
}  // namespace detail

Image load_image(const std::string& path, const ImageOptions& options) { return load_image(ByteSource(path), options); }

Image load_image(const ByteSource& source, const ImageOptions& options) {
  detail::Stored stored;
  switch (detail::format_of(source)) {
    case detail::Format::png: stored = detail::load_png(source, options); break;
    case detail::Format::jpeg: stored = detail::load_jpeg(source, options); break;
    case detail::Format::netpbm: stored = detail::load_netpbm(source, options); break;
  }
  return detail::upright(std::move(stored.image), stored.orientation);
}

ImageInfo image_info(const ByteSource& source) {
  ImageInfo info;
  switch (detail::format_of(source)) {
    case detail::Format::png: info = detail::png_info(source); break;
    case detail::Format::jpeg: info = detail::jpeg_info(source); break;
    case detail::Format::netpbm: info = detail::netpbm_info(source); break;
  }
  if (detail::lies_on_its_side(info.orientation)) std::swap(info.width, info.height);
  return info;
}

Image to_grey(const Image& p) {
  if (p.channels == 1) return p;
  Image grey{p.width, p.height, 1, std::vector<uint8_t>(size_t(p.width * p.height))};
  for (size_t i = 0; i < grey.pixels.size(); i++) grey.pixels[i] = detail::luma(p.pixels[3 * i], p.pixels[3 * i + 1], p.pixels[3 * i + 2]);
  return grey;
}

Image to_rgb(const Image& p) {
  if (p.channels == 3) return p;
  Image rgb{p.width, p.height, 3, std::vector<uint8_t>(p.pixels.size() * 3)};
  for (size_t i = 0; i < rgb.pixels.size(); i++) rgb.pixels[i] = p.pixels[i / 3];
  return rgb;
}

Image resized(const Image& p, int64_t width, int64_t height) {
  if (width < 1 || height < 1 || width > max_image_side || height > max_image_side)
    throw ShapeError("[resized] a picture cannot become " + std::to_string(width) + " x " + std::to_string(height) + ".");
  if (p.width == width && p.height == height) return p;
  const size_t area = size_t(p.width * p.height), new_area = size_t(width * height);
  std::vector<uint8_t> planes(p.pixels.size()), smaller(new_area * size_t(p.channels));
  detail::split_channels(p.pixels.data(), int64_t(area), p.channels, planes.data());
  const Resampler resampler(p.width, p.height, width, height);
  for (size_t c = 0; c < size_t(p.channels); c++) resampler.run(planes.data() + c * area, p.width, smaller.data() + c * new_area);
  Image result{width, height, p.channels, std::vector<uint8_t>(smaller.size())};
  detail::join_channels(smaller.data(), int64_t(new_area), p.channels, result.pixels.data());
  return result;
}

}  // namespace cairn
