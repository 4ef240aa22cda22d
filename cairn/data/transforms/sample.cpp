#include <cairn/data/transforms/sample.h>

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/data/transforms/window.h>
#include <cairn/io/pixels.h>

namespace cairn::transforms {

Planes to_planes(const Image& p) {
  Planes planes;
  planes.resize(p.channels, p.height, p.width);
  cairn::detail::split_channels(p.pixels.data(), planes.area(), p.channels, planes.values.data());
  return planes;
}

Planes to_planes(const Tensor& x) {
  if (x.dtype() != u8) throw DtypeError("[to_planes] a picture of bytes (u8) is needed, this one is " + std::string(name_of(x.dtype())) + ".");
  if (x.rank() != 3 || (x.size(0) != 1 && x.size(0) != 3) || x.numel() == 0)
    throw ShapeError("[to_planes] a picture must be [1, height, width] or [3, height, width] (x " + x.shape().str() + ").");
  return {x.size(0), x.size(1), x.size(2), x.to_vector<uint8_t>()};
}

Image to_image(const Planes& p) {
  Image image{p.width, p.height, p.channels, std::vector<uint8_t>(p.values.size())};
  cairn::detail::join_channels(p.values.data(), p.area(), p.channels, image.pixels.data());
  return image;
}

Tensor to_tensor(const Planes& p) { return from_span(std::span<const uint8_t>(p.values), {p.channels, p.height, p.width}); }

const char* name_of(Border border) {
  switch (border) {
    case Border::constant: return "constant";
    case Border::edge: return "edge";
    case Border::reflect: return "reflect";
    default: return "symmetric";
  }
}

void Sample::reset(const Look& source) {
  source_ = source;
  window_ = {0, 0, source.height, source.width};
  centre_ = scale_ = nullptr;
  erased_.clear();
}

void Sample::check_bytes(const char* what) const {
  if (normalized()) throw StateError(fmt::format("[{}] changes bytes, but Normalize has made floats of them. Hint: put Normalize behind it.", what));
}

void Sample::crop(int64_t top, int64_t left, int64_t height, int64_t width, Border border, uint8_t fill) {
  check_bytes("crop");
  Window w = window_;
  const bool inside = top >= 0 && left >= 0 && top + height <= w.height && left + width <= w.width;
  const bool whole = w.top == 0 && w.left == 0 && w.height == source_.height && w.width == source_.width;
  if (!inside && !whole) {  // beyond the edge of a part is not what lies beside it in the source
    pixels();
    w = window_;
  }
  w.top += w.upside_down ? w.height - top - height : top;
  w.left += w.mirrored ? w.width - left - width : left;
  w.height = height;
  w.width = width;
  if (!inside) w.border = border, w.fill = fill;
  window_ = w;
}

void Sample::normalize(const std::vector<float>& centre, const std::vector<float>& scale) {
  check_bytes("normalize");
  if (scale.size() != 1 && int64_t(scale.size()) != channels())
    throw ShapeError(fmt::format("[Normalize] {} means need {} channels, the picture has {}.", scale.size(), scale.size(), channels()));
  centre_ = &centre;
  scale_ = &scale;
}

bool Sample::plain() const {
  const Window& w = window_;
  return !w.mirrored && !w.upside_down && w.top >= 0 && w.left >= 0 && w.top + w.height <= source_.height && w.left + w.width <= source_.width;
}

Look Sample::look() {
  check_bytes("look");
  if (!plain()) return pixels();
  Look l = source_;
  l.values += window_.top * l.row + window_.left;
  l.height = window_.height;
  l.width = window_.width;
  return l;
}

Planes& Sample::pixels() {
  check_bytes("pixels");
  const bool own = !own_.values.empty() && source_.values == own_.values.data();
  if (own && plain() && window_.height == own_.height && window_.width == own_.width) return own_;
  spare_.resize(channels(), height(), width());
  for (int64_t c = 0; c < channels(); c++)
    detail::window_bytes(source_.values + c * source_.plane, source_.row, source_.height, source_.width, window_, spare_.plane(c));
  done();
  return own_;
}

void Sample::done() {
  std::swap(own_, spare_);
  reset(own_);
}

void Sample::erase(int64_t top, int64_t left, int64_t height, int64_t width, uint8_t value, const Noise* noise) {
  const int64_t bottom = std::clamp<int64_t>(top + height, 0, this->height()), right = std::clamp<int64_t>(left + width, 0, this->width());
  top = std::clamp<int64_t>(top, 0, bottom);
  left = std::clamp<int64_t>(left, 0, right);
  if (normalized()) {
    erased_.push_back({top, left, bottom - top, right - left, noise != nullptr, noise ? *noise : Noise{}});
    return;
  }
  Planes& p = pixels();
  for (int64_t c = 0; c < p.channels; c++)
    for (int64_t y = top; y < bottom; y++) std::memset(&p.plane(c)[y * p.width + left], value, size_t(right - left));
}

void Sample::write(uint8_t* to) {
  for (int64_t c = 0; c < channels(); c++) {
    uint8_t* plane = to + c * height() * width();
    detail::window_bytes(source_.values + c * source_.plane, source_.row, source_.height, source_.width, window_, plane);
    for (const Box& b : erased_) {
      const float mean = (*centre_)[centre_->size() == 1 ? 0 : size_t(c)];
      for (int64_t y = b.top; y < b.top + b.height; y++)
        std::memset(plane + y * width() + b.left, int(std::clamp(mean + 0.5f, 0.0f, 255.0f)), size_t(b.width));
    }
  }
}

void Sample::write(float* to) const {
  if (!normalized()) throw StateError("[Sample] bytes become floats by Normalize, which the pipeline lacks.");
  for (int64_t c = 0; c < channels(); c++) {
    const size_t k = scale_->size() == 1 ? 0 : size_t(c);
    float* plane = to + c * height() * width();
    detail::window_floats(source_.values + c * source_.plane, source_.row, source_.height, source_.width, window_, (*centre_)[k], (*scale_)[k],
                          plane);
    for (const Box& b : erased_) {
      Random random(b.noise.seed, b.noise.stream, uint64_t(c) << 32);
      for (int64_t y = b.top; y < b.top + b.height; y++)
        for (int64_t x = b.left; x < b.left + b.width; x++) plane[y * width() + x] = b.noisy ? float(random.normal()) : 0.0f;
    }
  }
}

}  // namespace cairn::transforms
