// Layers that change the size of images or take them apart, with PyTorch's names and rules (ops/image has the formulas).
#pragma once

#include <cairn/nn/module.h>
#include <cairn/ops/ops.h>

namespace cairn {

// [N, C, H, W] -> [N, C, OH, OW]: Upsample({.scale = 2}), Upsample({.size = {32, 48}, .mode = Upsampling::bilinear})
struct Upsample : Layer<Upsample> {
  using Options = UpsampleOptions;
  explicit Upsample(Options options) : o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Options o;
};

// How many rows and columns are added on each side; one number: on all.
struct Margins {
  int64_t left, right, top, bottom;
  Margins(int64_t all) : Margins(all, all, all, all) {}
  Margins(int64_t left, int64_t right, int64_t top, int64_t bottom) : left(left), right(right), top(top), bottom(bottom) {}
};
// [.., H, W] -> [.., top + H + bottom, left + W + right]
struct ZeroPad2d : Layer<ZeroPad2d> {
  explicit ZeroPad2d(Margins margins) : margins(margins) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Margins margins;
};
struct ReflectionPad2d : Layer<ReflectionPad2d> {
  explicit ReflectionPad2d(Margins margins) : margins(margins) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Margins margins;
};
struct ReplicationPad2d : Layer<ReplicationPad2d> {
  explicit ReplicationPad2d(Margins margins) : margins(margins) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Margins margins;
};
struct CircularPad2d : Layer<CircularPad2d> {
  explicit CircularPad2d(Margins margins) : margins(margins) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Margins margins;
};

// Windows as columns: [N, C, H, W] -> [N, C KH KW, windows]
struct Unfold : Layer<Unfold> {
  using Options = UnfoldOptions;
  explicit Unfold(Size2 kernel, Options options = {}) : kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 kernel;
  Options o;
};
// Columns added up where they came from: [N, C KH KW, windows] -> [N, C, size]
struct Fold : Layer<Fold> {
  using Options = UnfoldOptions;
  Fold(Size2 size, Size2 kernel, Options options = {}) : size(size), kernel(kernel), o(options) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  Size2 size, kernel;
  Options o;
};

// [.., C r r, H, W] -> [.., C, H r, W r], and back
struct PixelShuffle : Layer<PixelShuffle> {
  explicit PixelShuffle(int64_t factor) : factor(factor) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int64_t factor;
};
struct PixelUnshuffle : Layer<PixelUnshuffle> {
  explicit PixelUnshuffle(int64_t factor) : factor(factor) {}
  Tensor forward(const Tensor& x);
  std::string options() const override;
  int64_t factor;
};

}  // namespace cairn
