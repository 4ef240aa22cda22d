// Normalisation layers, with PyTorch's names and defaults (formulas and papers stand with the ops, ops/norm).
//
// BatchNorm normalises with the statistics of the batch while training, and keeps running ones, with which it normalises in evaluation. The
// others look at one example at a time and do the same in both modes.
#pragma once

#include <optional>

#include <cairn/nn/module.h>

namespace cairn {

struct BatchNormLayerOptions {
  double eps = 1e-5;
  std::optional<double> momentum = 0.1;  // share of each batch in the running statistics; none: the plain average of all batches so far
  bool affine = true;                    // learn a scale and a shift
  bool track_running_stats = true;       // false: the statistics of the batch in evaluation, too
  bool relu = false;                     // relu(normalised x) in one pass
  DType dtype = f32;
};

// What both have in common. Weight starts as 1, bias as 0, the running statistics as mean 0 and variance 1.
struct BatchNormState {
  // ConfigError below one channel, for eps < 0 and a momentum outside [0, 1].
  BatchNormState(int64_t channels, const BatchNormLayerOptions& o);
  int64_t channels;
  BatchNormLayerOptions o;
  Parameter weight, bias;            // [channels]; not defined unless affine
  Buffer running_mean, running_var;  // [channels]; these three are not defined unless tracked
  Buffer num_batches_tracked;        // i64: training batches so far

 protected:
  Tensor normalised(const Tensor& x, int low, int high, const char* name, bool training);
  void visit_state(Visitor& v);
  std::string options_text() const;
};

// [N, C] or [N, C, L] -> the same. ShapeError for another rank or number of channels, and for training with one value a channel.
struct BatchNorm1d : Layer<BatchNorm1d>, BatchNormState {
  using Options = BatchNormLayerOptions;
  explicit BatchNorm1d(int64_t channels, Options options = {}) : BatchNormState(channels, options) {}
  Tensor forward(const Tensor& x) { return normalised(x, 2, 3, "BatchNorm1d", training()); }
  void visit(Visitor& v) override { visit_state(v); }
  std::string options() const override { return options_text(); }
};
// [N, C, H, W] -> the same.
struct BatchNorm2d : Layer<BatchNorm2d>, BatchNormState {
  using Options = BatchNormLayerOptions;
  explicit BatchNorm2d(int64_t channels, Options options = {}) : BatchNormState(channels, options) {}
  Tensor forward(const Tensor& x) { return normalised(x, 4, 4, "BatchNorm2d", training()); }
  void visit(Visitor& v) override { visit_state(v); }
  std::string options() const override { return options_text(); }
};

// Each channel of each image by itself: [N, C, H, W] -> the same. Tracked: running statistics are the averages of the images' own, and
// evaluation uses them. ShapeError for images of one pixel.
struct InstanceNormOptions {
  double eps = 1e-5, momentum = 0.1;
  bool affine = false, track_running_stats = false;
  DType dtype = f32;
};
struct InstanceNorm2d : Layer<InstanceNorm2d> {
  using Options = InstanceNormOptions;
  explicit InstanceNorm2d(int64_t channels, Options options = {});
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;
  std::string options() const override;
  int64_t channels;
  Options o;
  Parameter weight, bias;
  Buffer running_mean, running_var, num_batches_tracked;  // the last is there for PyTorch's sake and stays 0, as there
 private:
  void track(const Tensor& x);
};

// Channels in groups of neighbours: [N, C, ...] -> the same. ConfigError unless the groups divide the channels.
struct GroupNormOptions {
  double eps = 1e-5;
  bool affine = true;
  DType dtype = f32;
};
struct GroupNorm : Layer<GroupNorm> {
  using Options = GroupNormOptions;
  GroupNorm(int64_t groups, int64_t channels, Options options = {});
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;
  std::string options() const override;
  int64_t groups, channels;
  Options o;
  Parameter weight, bias;  // [channels]
};

// Over the last axes, which have the shape `last` (one number: the last axis): [..., last] -> the same.
struct LayerNormOptions {
  double eps = 1e-5;
  bool affine = true, bias = true;  // a scale; and a shift
  DType dtype = f32;
};
struct LayerNorm : Layer<LayerNorm> {
  using Options = LayerNormOptions;
  explicit LayerNorm(const Shape& last, Options options = {});
  explicit LayerNorm(int64_t features, Options options = {}) : LayerNorm(Shape{features}, options) {}
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;
  std::string options() const override;
  Shape last;
  Options o;
  Parameter weight, bias;  // last
};

// As LayerNorm, without the mean and the shift.
struct RMSNormOptions {
  std::optional<double> eps = {};  // none: the smallest step of the type at 1
  bool affine = true;
  DType dtype = f32;
};
struct RMSNorm : Layer<RMSNorm> {
  using Options = RMSNormOptions;
  explicit RMSNorm(const Shape& last, Options options = {});
  explicit RMSNorm(int64_t features, Options options = {}) : RMSNorm(Shape{features}, options) {}
  Tensor forward(const Tensor& x);
  void visit(Visitor& v) override;
  std::string options() const override;
  Shape last;
  Options o;
  Parameter weight;  // last
};

}  // namespace cairn
