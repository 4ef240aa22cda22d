// Augmentation without a search: a few operations drawn from a list, at one strength or a random one.
#pragma once

#include <cairn/data/transforms/geometry.h>
#include <cairn/data/transforms/transform.h>

namespace cairn::transforms {

// `operations` of fourteen (turns, shears, moves, colours), one after the other, at strength `magnitude` of `bins`.
// Cubuk et al. 2019: RandAugment: Practical automated data augmentation with a reduced search space.
struct RandAugment {
  int operations = 2;
  int magnitude = 9;
  int bins = 31;
  Interpolation how = Interpolation::nearest;
  uint8_t fill = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// One operation, at a random strength of `bins`, from wider ranges.
// Mueller, Hutter 2021: TrivialAugment: Tuning-free yet state-of-the-art data augmentation.
struct TrivialAugment {
  int bins = 31;
  Interpolation how = Interpolation::nearest;
  uint8_t fill = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// What both draw from. Strengths are pixels, degrees, bits, a threshold, slopes of shears, or factors' distances from 1.
enum class Operation : uint8_t {
  identity,
  shear_x,
  shear_y,
  translate_x,
  translate_y,
  rotate,
  brightness,
  saturation,
  contrast,
  sharpness,
  posterize,
  solarize,
  autocontrast,
  equalize
};
inline constexpr int operations_in_all = 14;
const char* name_of(Operation op);
void apply(Sample& s, Operation op, double strength, Interpolation how = Interpolation::nearest, uint8_t fill = 0);
// The strength of bin `magnitude` of `bins` for a picture of this size; `signed_` says whether its opposite is as good.
struct Strength {
  double value = 0;
  bool signed_ = false;
};
Strength rand_augment_strength(Operation op, int magnitude, int bins, int64_t height, int64_t width);
Strength trivial_augment_strength(Operation op, int magnitude, int bins);

}  // namespace cairn::transforms
