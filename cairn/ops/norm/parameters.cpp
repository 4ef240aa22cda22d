#include <cairn/ops/norm/parameters.h>

#include <fmt/format.h>

namespace cairn {

void check_normalised(const char* op, const Tensor& x, RankRule rank, double eps) {
  check_rank(op, x, rank);
  check_floating(op, x);
  if (!(eps >= 0))
    throw ConfigError(fmt::format("[{}] eps keeps a division from failing and must not be negative, it is {}. Hint: 1e-5 is usual.", op, eps));
}

void check_parameter(const char* op, const Tensor& x, const char* name, const Tensor& parameter, const Shape& wanted, const std::string& rule) {
  if (!parameter.defined()) return;
  check_shape(op, std::string(name) + " must have " + rule, {{"x", x}, {name, parameter}}, parameter.shape() == wanted,
              "its shape must be " + wanted.str() + ".");
  check_floating(op, parameter, name);
  check_beside(op, {"x", x}, {name, parameter});
}

void check_gradient(const char* op, const Tensor& x, const Tensor& dy) {
  check_rank(op, x, at_least(2));
  check_floating(op, x);
  check_shape(op, "x and dy must have one shape", {{"x", x}, {"dy", dy}}, x.shape() == dy.shape(), "dy is the gradient of a result of x's shape.");
  check_same_dtype(op, {{"x", x}, {"dy", dy}});
}

Tensor along_channels(const Tensor& parameter, int rank) {
  Shape wide{1, parameter.numel()};
  for (int i = 2; i < rank; i++) wide.push_back(1);
  return reshape(parameter, wide);
}

}  // namespace cairn
