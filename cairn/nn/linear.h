// Linear: y = x W^T + b, the fully connected layer.
#pragma once

#include <cairn/nn/module.h>

namespace cairn {

struct LinearOptions {
  bool bias = true;
  DType dtype = f32;
};

struct Linear : Layer<Linear> {
  using Options = LinearOptions;
  // Weight and bias start as U(-1/sqrt(in), 1/sqrt(in)), PyTorch's default. ConfigError for sizes below 1.
  Linear(int64_t in_features, int64_t out_features, Options options = {});

  Tensor forward(const Tensor& x);  // [..., in] -> [..., out]; ShapeError for another last axis
  void visit(Visitor& v) override {
    v("weight", weight);
    v("bias", bias);
  }
  std::string options() const override;

  int64_t in_features, out_features;
  Parameter weight, bias;  // [out, in], [out] (not defined without bias)
};

}  // namespace cairn
