// Pooling as layers, with PyTorch's names and rules (ops/pool has the formulas, ops.h the options). Kernels and options that do not fit
// together are a ConfigError, and images too small for a window a ShapeError, when the layer is called.
#pragma once

#include <cairn/nn/module.h>
#include <cairn/ops/ops.h>

namespace cairn {

// [N, C, L] -> [N, C, OL], OL = (L + 2 padding - dilation (kernel - 1) - 1) / stride + 1; also without N, as all of these
struct MaxPool1d : Layer<MaxPool1d> {
  using Options = MaxPool1dOptions;
  explicit MaxPool1d(int64_t kernel, Options options = {}) : kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int64_t kernel;
  Options o;
};
// [N, C, H, W] -> [N, C, OH, OW]
struct MaxPool2d : Layer<MaxPool2d> {
  using Options = MaxPool2dOptions;
  explicit MaxPool2d(Size2 kernel, Options options = {}) : kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 kernel;
  Options o;
};
struct AvgPool1d : Layer<AvgPool1d> {
  using Options = AvgPool1dOptions;
  explicit AvgPool1d(int64_t kernel, Options options = {}) : kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int64_t kernel;
  Options o;
};
struct AvgPool2d : Layer<AvgPool2d> {
  using Options = AvgPool2dOptions;
  explicit AvgPool2d(Size2 kernel, Options options = {}) : kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 kernel;
  Options o;
};

// Images of any size to one size: [N, C, H, W] -> [N, C, size].
struct AdaptiveAvgPool2d : Layer<AdaptiveAvgPool2d> {
  explicit AdaptiveAvgPool2d(Size2 size) : size(size) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 size;
};
struct AdaptiveMaxPool2d : Layer<AdaptiveMaxPool2d> {
  explicit AdaptiveMaxPool2d(Size2 size) : size(size) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 size;
};
// The mean of each channel: [N, C, H, W] -> [N, C].
struct GlobalAvgPool2d : Layer<GlobalAvgPool2d> {
  Tensor forward(const Tensor& x);
};

}  // namespace cairn
