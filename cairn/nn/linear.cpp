// Making a Linear, and the message for an input that does not fit it.
#include <cairn/nn/linear.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/nn/checks.h>
#include <cairn/nn/init.h>
#include <cairn/ops/ops.h>

namespace cairn {

Linear::Linear(int64_t in, int64_t out, Options options) : in_features(in), out_features(out) {
  if (in < 1 || out < 1)
    throw ConfigError(fmt::format("[linear] Linear({}, {}): both sizes must be at least 1. Hint: inputs first, then outputs.", in, out));
  check_layer_dtype("linear", options.dtype);
  weight = Parameter(empty({out, in}, options.dtype));
  init::kaiming_uniform(weight, std::sqrt(5.0));  // the bound becomes 1 / sqrt(in)
  if (!options.bias) return;
  bias = Parameter(empty({out}, options.dtype));
  init::uniform(bias, -1 / std::sqrt(double(in)), 1 / std::sqrt(double(in)));
}

Tensor Linear::forward(const Tensor& x) {
  if (x.rank() == 0 || x.shape().back() != in_features) [[unlikely]] {
    const std::string path = module_path();
    const bool image = x.rank() == 4 && x.numel() / std::max<int64_t>(1, x.size(0)) == in_features;
    throw ShapeError(
        fmt::format("[linear] the input has {} but the weight expects {} (input {}, weight {}){}. Hint: the layer was made with Linear({}, {}){}",
                    x.rank() == 0 ? "no axis" : fmt::format("{} features", x.shape().back()), in_features, x.shape().str(), weight.shape().str(),
                    path.empty() ? "" : " in " + path, in_features, out_features, image ? "; put a Flatten before it." : "."));
  }
  return linear(x, weight.value(), bias.value());
}

std::string Linear::options() const { return fmt::format("{} -> {}{}", in_features, out_features, bias.defined() ? "" : ", no bias"); }

}  // namespace cairn
