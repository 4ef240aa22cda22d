#include <cairn/nn/pool.h>

#include <fmt/format.h>

namespace cairn {

namespace {

std::string short_text(int64_t n) { return std::to_string(n); }
std::string short_text(Size2 s) { return s.h == s.w ? std::to_string(s.h) : fmt::format("{}x{}", s.h, s.w); }

// "3, stride 2, padding 1": what differs from the defaults.
template <class Size, class Options> std::string pooling(Size kernel, const Options& o) {
  std::string text = short_text(kernel);
  if (!(o.stride == Size(0))) text += ", stride " + short_text(o.stride);
  if (!(o.padding == Size(0))) text += ", padding " + short_text(o.padding);
  if constexpr (requires { o.dilation; })
    if (!(o.dilation == Size(1))) text += ", dilation " + short_text(o.dilation);
  if (o.ceil_mode) text += ", ceil_mode";
  if constexpr (requires { o.count_include_pad; })
    if (!o.count_include_pad) text += ", without the padding";
  return text;
}

}  // namespace

Tensor MaxPool1d::forward(const Tensor& x) { return max_pool1d(x, kernel, o); }
Tensor MaxPool2d::forward(const Tensor& x) { return max_pool2d(x, kernel, o); }
Tensor AvgPool1d::forward(const Tensor& x) { return avg_pool1d(x, kernel, o); }
Tensor AvgPool2d::forward(const Tensor& x) { return avg_pool2d(x, kernel, o); }
Tensor AdaptiveAvgPool2d::forward(const Tensor& x) { return adaptive_avg_pool2d(x, size); }
Tensor AdaptiveMaxPool2d::forward(const Tensor& x) { return adaptive_max_pool2d(x, size); }
Tensor GlobalAvgPool2d::forward(const Tensor& x) { return global_avg_pool2d(x); }

std::string MaxPool1d::options() const { return pooling(kernel, o); }
std::string MaxPool2d::options() const { return pooling(kernel, o); }
std::string AvgPool1d::options() const { return pooling(kernel, o); }
std::string AvgPool2d::options() const { return pooling(kernel, o); }
std::string AdaptiveAvgPool2d::options() const { return fmt::format("to {}x{}", size.h, size.w); }
std::string AdaptiveMaxPool2d::options() const { return fmt::format("to {}x{}", size.h, size.w); }

}  // namespace cairn
