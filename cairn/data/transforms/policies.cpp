#include <cairn/data/transforms/policies.h>

#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/data/transforms/colour.h>
#include <cairn/data/transforms/draws.h>

namespace cairn::transforms {

using namespace detail;

const char* name_of(Operation op) {
  static constexpr const char* names[] = {"identity",   "shear_x",  "shear_y",   "translate_x", "translate_y", "rotate",       "brightness",
                                          "saturation", "contrast", "sharpness", "posterize",   "solarize",    "autocontrast", "equalize"};
  return names[size_t(op)];
}

void apply(Sample& s, Operation op, double strength, Interpolation how, uint8_t fill) {
  const auto degrees = [](double slope) { return std::atan(slope) * 180 / std::numbers::pi; };
  switch (op) {
    case Operation::identity: return;
    // Sheared around the upper left corner, moved by whole pixels.
    case Operation::shear_x: return transform(s, inverse_affine({.shear_x = degrees(strength)}, 0, 0), how, fill);
    case Operation::shear_y: return transform(s, inverse_affine({.shear_y = degrees(strength)}, 0, 0), how, fill);
    case Operation::translate_x: return s.crop(0, -int64_t(strength), s.height(), s.width(), Border::constant, fill);
    case Operation::translate_y: return s.crop(-int64_t(strength), 0, s.height(), s.width(), Border::constant, fill);
    case Operation::rotate: return rotate(s, strength, how, fill);
    case Operation::brightness: return adjust_brightness(s, 1 + strength);
    case Operation::saturation: return adjust_saturation(s, 1 + strength);
    case Operation::contrast: return adjust_contrast(s, 1 + strength);
    case Operation::sharpness: return adjust_sharpness(s, 1 + strength);
    case Operation::posterize: return posterize(s, int(strength));
    case Operation::solarize: return solarize(s, strength);
    case Operation::autocontrast: return autocontrast(s);
    case Operation::equalize: return equalize(s);
  }
}

namespace {

// Both lists differ in their ends alone.
struct Ends {
  double shear, move_x, move_y, degrees, factor, bits_lost;
};
Strength strength_of(Operation op, int magnitude, int bins, const Ends& most) {
  const double share = bins > 1 ? double(magnitude) / double(bins - 1) : 0;
  switch (op) {
    case Operation::shear_x:
    case Operation::shear_y: return {most.shear * share, true};
    case Operation::translate_x: return {most.move_x * share, true};
    case Operation::translate_y: return {most.move_y * share, true};
    case Operation::rotate: return {most.degrees * share, true};
    case Operation::brightness:
    case Operation::saturation:
    case Operation::contrast:
    case Operation::sharpness: return {most.factor * share, true};
    case Operation::posterize: return {8 - std::nearbyint(most.bits_lost * share), false};
    case Operation::solarize: return {255 * (1 - share), false};
    default: return {0, false};
  }
}

void check_policy(const char* step, int bins, Interpolation how) {
  if (bins < 2 || bins > 1000) throw ConfigError(fmt::format("[{}] bins must be from 2 to 1000, got {}.", step, bins));
  if (how == Interpolation::bicubic) throw ConfigError(fmt::format("[{}] interpolation is nearest or bilinear, not bicubic.", step));
}

}  // namespace

Strength rand_augment_strength(Operation op, int magnitude, int bins, int64_t height, int64_t width) {
  // 150 pixels of ImageNet's 331, in the paper's words.
  return strength_of(op, magnitude, bins, {0.3, 150.0 / 331 * double(width), 150.0 / 331 * double(height), 30, 0.9, 4});
}
Strength trivial_augment_strength(Operation op, int magnitude, int bins) { return strength_of(op, magnitude, bins, {0.99, 32, 32, 135, 0.99, 6}); }

void RandAugment::apply(Sample& s, Random& r) const {
  for (int i = 0; i < operations; i++) {
    const Operation op = Operation(below(r, operations_in_all));
    const Strength v = rand_augment_strength(op, magnitude, bins, s.height(), s.width());
    const bool negative = r.bits() & 1;
    transforms::apply(s, op, v.signed_ && negative ? -v.value : v.value, how, fill);
  }
}
std::string RandAugment::str() const { return fmt::format("RandAugment({} operations, magnitude {} of {})", operations, magnitude, bins); }
void RandAugment::check() const {
  check_policy("RandAugment", bins, how);
  if (operations < 0 || operations > 100) throw ConfigError(fmt::format("[RandAugment] operations must be from 0 to 100, got {}.", operations));
  if (magnitude < 0 || magnitude >= bins)
    throw ConfigError(fmt::format("[RandAugment] magnitude must be from 0 to {}, the last of its bins, got {}.", bins - 1, magnitude));
}

void TrivialAugment::apply(Sample& s, Random& r) const {
  const Operation op = Operation(below(r, operations_in_all));
  const Strength v = trivial_augment_strength(op, int(below(r, bins)), bins);
  const bool negative = r.bits() & 1;
  transforms::apply(s, op, v.signed_ && negative ? -v.value : v.value, how, fill);
}
std::string TrivialAugment::str() const { return fmt::format("TrivialAugment({} strengths)", bins); }
void TrivialAugment::check() const { check_policy("TrivialAugment", bins, how); }

}  // namespace cairn::transforms
