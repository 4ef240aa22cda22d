// PGM and PPM: "P5 width height levels" in text, with comments, then the values.
#include <algorithm>
#include <cctype>

#include <cairn/io/image_formats.h>

namespace cairn::detail {
namespace {

class Netpbm {
 public:
  Netpbm(const ByteSource& source, std::string text) : source_(source), text_(std::move(text)) {}

  // Reads up to the largest value, and leaves `pixels` empty.
  Image header(int64_t max_pixels) {
    const char kind = text_[1];
    plain_ = kind < '4';
    at_ = 2;
    const uint64_t width = number("the width"), height = number("the height");
    const uint64_t start = at_;
    levels_ = number("the largest value");
    check_picture_size(source_.name(), 2, width, height, max_pixels);
    if (levels_ == 0 || levels_ > 65535) corrupt(source_.name(), start, "a largest value of 1 to 65535", std::to_string(levels_));
    return {int64_t(width), int64_t(height), kind == '3' || kind == '6' ? 3 : 1, {}};
  }

  Image read(int64_t max_pixels) {
    Image picture = header(max_pixels);
    const uint64_t count = uint64_t(picture.width * picture.height * picture.channels);
    const uint64_t bytes = plain_ ? 2 * count - 1 : count * (levels_ > 255 ? 2 : 1);  // plain: a digit and a blank at least
    if (!plain_) at_++;                                                               // one white space
    if (at_ > text_.size() || text_.size() - at_ < bytes)
      corrupt(source_.name(), at_, std::to_string(bytes) + " bytes of pixels", std::to_string(text_.size() - std::min<uint64_t>(at_, text_.size())));
    picture.pixels.resize(count);
    for (uint64_t i = 0; i < count; i++) {
      uint64_t v;
      if (plain_) v = number("a pixel");
      else if (levels_ > 255) v = uint64_t(uint8_t(text_[at_])) << 8 | uint8_t(text_[at_ + 1]), at_ += 2;
      else v = uint8_t(text_[at_++]);
      if (v > levels_) corrupt(source_.name(), at_, "a pixel of at most " + std::to_string(levels_), std::to_string(v));
      picture.pixels[i] = uint8_t((v * 255 + levels_ / 2) / levels_);
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
  uint64_t at_ = 0, levels_ = 0;
  bool plain_ = false;
};

}  // namespace

Stored load_netpbm(const ByteSource& source, const ImageOptions& options) {
  return {Netpbm(source, picture_bytes(source)).read(options.max_pixels), 1};
}

ImageInfo netpbm_info(const ByteSource& source) {
  constexpr uint64_t longest_header = 4096;  // with its comments
  const std::string text = source.text(0, size_t(std::min(longest_header, source.size())), "the header");
  const Image p = Netpbm(source, text).header(max_image_pixels);
  return {p.channels == 3 ? "PPM" : "PGM", p.width, p.height, p.channels, 1};
}

}  // namespace cairn::detail
