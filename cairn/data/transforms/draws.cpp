#include <cairn/data/transforms/draws.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/io/image.h>

namespace cairn::transforms::detail {

double log_between(Random& r, double least, double most) { return std::exp(between(r, std::log(least), std::log(most))); }

// Marsaglia and Tsang 2000: A simple method for generating gamma variables. Shapes below 1 by a power of a uniform number.
double gamma(Random& r, double shape) {
  if (shape < 1) return gamma(r, shape + 1) * std::pow(1 - r.uniform(), 1 / shape);
  const double d = shape - 1.0 / 3, c = 1 / std::sqrt(9 * d);
  for (;;) {
    const double x = r.normal(), v = std::pow(1 + c * x, 3);
    if (v > 0 && std::log(1 - r.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
  }
}

double beta(Random& r, double a, double b) {
  const double x = gamma(r, a), y = gamma(r, b);
  return x + y > 0 ? x / (x + y) : 0.5;  // tiny shapes may give 0 twice
}

void check_chance(const char* step, double p) {
  if (!(p >= 0 && p <= 1)) throw ConfigError(fmt::format("[{}] p must be from 0 to 1, got {}.", step, p));
}

void check_size(const char* step, int64_t height, int64_t width) {
  if (height < 1 || width < 0 || height > max_image_side || width > max_image_side)
    throw ConfigError(fmt::format("[{}] a size must be from 1 to {} pixels, got {}.", step, max_image_side, size_text(height, width)));
}

void check_range(const char* step, const char* what, double least, double most, double lowest, double highest) {
  if (!(least >= lowest && least <= most && most <= highest))
    throw ConfigError(fmt::format("[{}] {} must be a range within {} to {}, got {} to {}.", step, what, lowest, highest, least, most));
}

std::string size_text(int64_t height, int64_t width) { return fmt::format("{} x {}", height, width ? width : height); }

}  // namespace cairn::transforms::detail
