#include <cairn/nn/norm.h>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/nn/checks.h>
#include <cairn/ops/ops.h>

namespace cairn {

namespace {

// What all constructors refuse.
void check_options(const char* op, const char* name, const Shape& shape, double eps, DType dtype) {
  bool positive = shape.rank() > 0;
  for (int64_t size : shape) positive = positive && size >= 1;
  if (!positive)
    throw ConfigError(
        fmt::format("[{}] {}({}): sizes must be at least 1. Hint: the number of channels or features of its input.", op, name, shape.str()));
  if (!(eps >= 0))
    throw ConfigError(
        fmt::format("[{}] {}: eps keeps a division from failing and must not be negative, not {}. Hint: 1e-5 is usual.", op, name, eps));
  check_layer_dtype(op, dtype);
}

// An input with other axes or channels than the layer was made for.
void check_input(const char* op, const char* name, const Tensor& x, int low, int high, int64_t channels) {
  const std::string path = module_path(), place = path.empty() ? "" : " in " + path;
  if (x.rank() < low || x.rank() > high)
    throw ShapeError(fmt::format("[{}] {} takes {} axes (input {}){}. Hint: axis 0 counts the examples, axis 1 the channels.", op, name,
                                 low == high ? std::to_string(low) : fmt::format("{} or {}", low, high), x.shape().str(), place));
  if (x.size(1) != channels)
    throw ShapeError(fmt::format("[{}] the input has {} channels but the layer was made for {} (input {}){}. Hint: the layer was made with {}({}).",
                                 op, x.size(1), channels, x.shape().str(), place, name,
                                 std::string_view(name) == "GroupNorm" ? fmt::format("groups, {}", channels) : std::to_string(channels)));
}

Tensor value_of(const Parameter& p) { return p.defined() ? p.value() : Tensor(); }
std::string eps_text(double eps) { return eps == 1e-5 ? "" : fmt::format(", eps {}", eps); }
std::string text_of(const Shape& last) { return last.rank() == 1 ? std::to_string(last[0]) : last.str(); }

}  // namespace

// ---- batch norm

BatchNormState::BatchNormState(int64_t channels, const BatchNormLayerOptions& o) : channels(channels), o(o) {
  check_options("batch_norm", "BatchNorm", {channels}, o.eps, o.dtype);
  if (o.momentum && !(*o.momentum >= 0 && *o.momentum <= 1))
    throw ConfigError(
        fmt::format("[batch_norm] momentum is the share of the batch in the running statistics and must lie in [0, 1], not {}. Hint: "
                    "std::nullopt keeps the plain average of all batches.",
                    *o.momentum));
  if (o.affine) weight = Parameter(ones({channels}, o.dtype)), bias = Parameter(zeros({channels}, o.dtype));
  if (!o.track_running_stats) return;
  running_mean = Buffer(zeros({channels}, o.dtype));
  running_var = Buffer(ones({channels}, o.dtype));
  num_batches_tracked = Buffer(zeros({}, i64));
}

Tensor BatchNormState::normalised(const Tensor& x, int low, int high, const char* name, bool training) {
  check_input("batch_norm", name, x, low, high, channels);
  const bool tracking = training && o.track_running_stats;
  const double batches = tracking ? num_batches_tracked.tensor().item() + 1 : 1;
  const BatchNormOptions options = {
      .training = training || !o.track_running_stats, .momentum = o.momentum.value_or(1 / batches), .eps = o.eps, .relu = o.relu};
  const Tensor y = batch_norm(x, value_of(weight), value_of(bias), value_of(running_mean), value_of(running_var), options);
  if (tracking) {
    Tensor count = num_batches_tracked.tensor();
    count.set_({}, batches);
  }
  return y;
}

void BatchNormState::visit_state(Visitor& v) {
  v("weight", weight);
  v("bias", bias);
  v("running_mean", running_mean);
  v("running_var", running_var);
  v("num_batches_tracked", num_batches_tracked);
}

std::string BatchNormState::options_text() const {
  std::string text = std::to_string(channels) + eps_text(o.eps);
  if (o.track_running_stats && !o.momentum) text += ", average of all batches";
  else if (o.track_running_stats && *o.momentum != 0.1) text += fmt::format(", momentum {}", *o.momentum);
  if (!o.affine) text += ", not affine";
  if (!o.track_running_stats) text += ", not tracked";
  return text + (o.relu ? ", relu" : "");
}

// ---- instance norm

InstanceNorm2d::InstanceNorm2d(int64_t channels, Options options) : channels(channels), o(options) {
  check_options("instance_norm", "InstanceNorm2d", {channels}, o.eps, o.dtype);
  if (!(o.momentum >= 0 && o.momentum <= 1))
    throw ConfigError(fmt::format("[instance_norm] momentum must lie in [0, 1], not {}. Hint: 0.1 is usual.", o.momentum));
  if (o.affine) weight = Parameter(ones({channels}, o.dtype)), bias = Parameter(zeros({channels}, o.dtype));
  if (!o.track_running_stats) return;
  running_mean = Buffer(zeros({channels}, o.dtype));
  running_var = Buffer(ones({channels}, o.dtype));
  num_batches_tracked = Buffer(zeros({}, i64));
}

// running = (1 - momentum) running + momentum (mean over the images of their own mean, and of their unbiased variance)
void InstanceNorm2d::track(const Tensor& x) {
  NoGrad no_grad;
  const auto blend = [&](Buffer& running, const Tensor& now) {
    Tensor t = running.tensor();
    t.copy_((1 - o.momentum) * t + o.momentum * now);
  };
  blend(running_mean, mean(x, {0, 2, 3}));
  blend(running_var, mean(var(x, {2, 3}), {0}));
}

Tensor InstanceNorm2d::forward(const Tensor& x) {
  check_input("instance_norm", "InstanceNorm2d", x, 4, 4, channels);
  if (!training() && o.track_running_stats)
    return batch_norm(x, value_of(weight), value_of(bias), running_mean.value(), running_var.value(), {.training = false, .eps = o.eps});
  const Tensor y = instance_norm(x, value_of(weight), value_of(bias), o.eps);
  if (o.track_running_stats) track(x);
  return y;
}

void InstanceNorm2d::visit(Visitor& v) {
  v("weight", weight);
  v("bias", bias);
  v("running_mean", running_mean);
  v("running_var", running_var);
  v("num_batches_tracked", num_batches_tracked);
}

std::string InstanceNorm2d::options() const {
  return std::to_string(channels) + eps_text(o.eps) + (o.affine ? ", affine" : "") + (o.track_running_stats ? ", tracked" : "");
}

// ---- within one example

GroupNorm::GroupNorm(int64_t groups, int64_t channels, Options options) : groups(groups), channels(channels), o(options) {
  check_options("group_norm", "GroupNorm", {groups, channels}, o.eps, o.dtype);
  if (channels % groups != 0)
    throw ConfigError(fmt::format(
        "[group_norm] GroupNorm({}, {}): {} channels cannot be cut into {} equal groups. Hint: groups come first and divide the channels.", groups,
        channels, channels, groups));
  if (o.affine) weight = Parameter(ones({channels}, o.dtype)), bias = Parameter(zeros({channels}, o.dtype));
}
Tensor GroupNorm::forward(const Tensor& x) {
  check_input("group_norm", "GroupNorm", x, 2, Shape::max_rank, channels);
  return group_norm(x, groups, value_of(weight), value_of(bias), o.eps);
}
void GroupNorm::visit(Visitor& v) {
  v("weight", weight);
  v("bias", bias);
}
std::string GroupNorm::options() const {
  return fmt::format("{} groups of {}{}{}", groups, channels / groups, eps_text(o.eps), o.affine ? "" : ", not affine");
}

LayerNorm::LayerNorm(const Shape& last, Options options) : last(last), o(options) {
  check_options("layer_norm", "LayerNorm", last, o.eps, o.dtype);
  if (o.affine) weight = Parameter(ones(last, o.dtype));
  if (o.affine && o.bias) bias = Parameter(zeros(last, o.dtype));
}
Tensor LayerNorm::forward(const Tensor& x) { return layer_norm(x, last, value_of(weight), value_of(bias), o.eps); }
void LayerNorm::visit(Visitor& v) {
  v("weight", weight);
  v("bias", bias);
}
std::string LayerNorm::options() const { return text_of(last) + eps_text(o.eps) + (!o.affine ? ", not affine" : !o.bias ? ", no bias" : ""); }

RMSNorm::RMSNorm(const Shape& last, Options options) : last(last), o(options) {
  check_options("rms_norm", "RMSNorm", last, o.eps.value_or(0), o.dtype);
  if (o.affine) weight = Parameter(ones(last, o.dtype));
}
Tensor RMSNorm::forward(const Tensor& x) { return rms_norm(x, last, value_of(weight), o.eps); }
void RMSNorm::visit(Visitor& v) { v("weight", weight); }
std::string RMSNorm::options() const { return text_of(last) + (o.eps ? fmt::format(", eps {}", *o.eps) : "") + (o.affine ? "" : ", not affine"); }

}  // namespace cairn
