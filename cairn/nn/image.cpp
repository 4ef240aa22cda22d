#include <cairn/nn/image.h>

#include <fmt/format.h>

namespace cairn {

namespace {

std::vector<int64_t> amounts_of(const Margins& m) { return {m.left, m.right, m.top, m.bottom}; }
std::string text_of(const Margins& m) {
  const bool even = m.left == m.right && m.left == m.top && m.left == m.bottom;
  return even ? std::to_string(m.left) : fmt::format("left {}, right {}, top {}, bottom {}", m.left, m.right, m.top, m.bottom);
}
std::string text_of(Size2 s) { return fmt::format("{}x{}", s.h, s.w); }
std::string text_of(Size2 kernel, const UnfoldOptions& o) {
  std::string text = text_of(kernel);
  if (!(o.dilation == Size2(1))) text += ", dilation " + text_of(o.dilation);
  if (!(o.padding == Size2(0))) text += ", padding " + text_of(o.padding);
  if (!(o.stride == Size2(1))) text += ", stride " + text_of(o.stride);
  return text;
}

}  // namespace

Tensor Upsample::forward(const Tensor& x) { return upsample(x, o); }
Tensor ZeroPad2d::forward(const Tensor& x) { return pad(x, amounts_of(margins), 0.0); }
Tensor ReflectionPad2d::forward(const Tensor& x) { return pad(x, amounts_of(margins), PadMode::reflect); }
Tensor ReplicationPad2d::forward(const Tensor& x) { return pad(x, amounts_of(margins), PadMode::replicate); }
Tensor CircularPad2d::forward(const Tensor& x) { return pad(x, amounts_of(margins), PadMode::circular); }
Tensor Unfold::forward(const Tensor& x) { return unfold(x, kernel, o); }
Tensor Fold::forward(const Tensor& x) { return fold(x, size, kernel, o); }
Tensor PixelShuffle::forward(const Tensor& x) { return pixel_shuffle(x, factor); }
Tensor PixelUnshuffle::forward(const Tensor& x) { return pixel_unshuffle(x, factor); }

std::string Upsample::options() const {
  std::string text = o.size == Size2(0) ? fmt::format("{} x {} times", o.scale.h, o.scale.w) : "to " + text_of(o.size);
  if (o.mode == Upsampling::bilinear) text += ", bilinear";
  if (o.align_corners) text += ", align_corners";
  return text;
}
std::string ZeroPad2d::options() const { return text_of(margins); }
std::string ReflectionPad2d::options() const { return text_of(margins); }
std::string ReplicationPad2d::options() const { return text_of(margins); }
std::string CircularPad2d::options() const { return text_of(margins); }
std::string Unfold::options() const { return text_of(kernel, o); }
std::string Fold::options() const { return "to " + text_of(size) + ", " + text_of(kernel, o); }
std::string PixelShuffle::options() const { return fmt::format("{}", factor); }
std::string PixelUnshuffle::options() const { return fmt::format("{}", factor); }

}  // namespace cairn
