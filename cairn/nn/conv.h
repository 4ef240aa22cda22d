// Convolutions as layers, with PyTorch's names and initialisation.
#pragma once

#include <cairn/nn/module.h>
#include <cairn/ops/ops.h>

namespace cairn {

struct Conv2dOptions {
  Size2 stride = 1, padding = 0, dilation = 1;
  int64_t groups = 1;
  bool same = false;  // zeros around the image so that the output is ceil(size / stride)
  bool bias = true;
  DType dtype = f32;
};

// y = conv2d(x, weight) + bias. [N, in, H, W] -> [N, out, OH, OW] (sizes: ops.h)
struct Conv2d : Layer<Conv2d> {
  using Options = Conv2dOptions;
  // Weight and bias start as U(-1/sqrt(fan_in), 1/sqrt(fan_in)), fan_in = in / groups * KH * KW. ConfigError for sizes that do not fit.
  Conv2d(int64_t in_channels, int64_t out_channels, Size2 kernel, Options options = {});

  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override {
    v("weight", weight);
    v("bias", bias);
  }
  std::string options() const override;

  int64_t in_channels, out_channels;
  Size2 kernel;
  Options o;
  Parameter weight, bias;  // [out, in / groups, KH, KW], [out] (not defined without bias)
};

struct Conv1dOptions {
  int64_t stride = 1, padding = 0, dilation = 1, groups = 1;
  bool same = false, bias = true;
  DType dtype = f32;
};

// [N, in, L] -> [N, out, OL]
struct Conv1d : Layer<Conv1d> {
  using Options = Conv1dOptions;
  Conv1d(int64_t in_channels, int64_t out_channels, int64_t kernel, Options options = {});

  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override {
    v("weight", weight);
    v("bias", bias);
  }
  std::string options() const override;

  int64_t in_channels, out_channels, kernel;
  Options o;
  Parameter weight, bias;  // [out, in / groups, K], [out]
};

struct ConvTranspose2dOptions {
  Size2 stride = 1, padding = 0, output_padding = 0, dilation = 1;
  int64_t groups = 1;
  bool bias = true;
  DType dtype = f32;
};

// A convolution run backwards: [N, in, H, W] -> [N, out, OH, OW], OH = (H - 1) stride - 2 padding + dilation (KH - 1) + output_padding + 1
struct ConvTranspose2d : Layer<ConvTranspose2d> {
  using Options = ConvTranspose2dOptions;
  ConvTranspose2d(int64_t in_channels, int64_t out_channels, Size2 kernel, Options options = {});

  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override {
    v("weight", weight);
    v("bias", bias);
  }
  std::string options() const override;

  int64_t in_channels, out_channels;
  Size2 kernel;
  Options o;
  Parameter weight, bias;  // [in, out / groups, KH, KW], [out]
};

struct ConvTranspose1dOptions {
  int64_t stride = 1, padding = 0, output_padding = 0, dilation = 1, groups = 1;
  bool bias = true;
  DType dtype = f32;
};

// [N, in, L] -> [N, out, OL]
struct ConvTranspose1d : Layer<ConvTranspose1d> {
  using Options = ConvTranspose1dOptions;
  ConvTranspose1d(int64_t in_channels, int64_t out_channels, int64_t kernel, Options options = {});

  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override {
    v("weight", weight);
    v("bias", bias);
  }
  std::string options() const override;

  int64_t in_channels, out_channels, kernel;
  Options o;
  Parameter weight, bias;  // [in, out / groups, K], [out]
};

}  // namespace cairn
