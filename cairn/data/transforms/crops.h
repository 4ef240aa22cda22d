// Which part of a picture is seen, at what size, and which way round. Nothing here but the changes of size copies a pixel.
#pragma once

#include <cairn/data/transforms/geometry.h>
#include <cairn/data/transforms/transform.h>

namespace cairn::transforms {

// To height x width, or so that the shorter side has `shorter` pixels and the sides keep their ratio.
struct Resize {
  int64_t height = 0, width = 0;
  int64_t shorter = 0;
  Interpolation how = Interpolation::bilinear;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// The middle. Where the picture is smaller, black is added around it. width 0: square.
struct CenterCrop {
  int64_t height = 0, width = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// height x width (0: square) anywhere, after `padding` pixels were added on each side. ShapeError when it does not fit, unless
// `pad_if_needed` adds what lacks.
struct RandomCrop {
  int64_t height = 0, width = 0;
  int64_t padding = 0;
  Border border = Border::constant;
  uint8_t fill = 0;
  bool pad_if_needed = false;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// A box of a random share of the area and a random ratio of width to height, resized to height x width (0: square); the middle when ten
// tries do not fit. "Inception crop" (Szegedy et al. 2014: Going deeper with convolutions, section 6).
struct RandomResizedCrop {
  int64_t height = 0, width = 0;
  double least_area = 0.08, most_area = 1;
  double least_ratio = 3.0 / 4, most_ratio = 4.0 / 3;
  Interpolation how = Interpolation::bilinear;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

struct HorizontalFlip {
  double p = 0.5;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

struct VerticalFlip {
  double p = 0.5;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// By an angle from -degrees to degrees.
struct Rotation {
  double degrees = 0;
  Interpolation how = Interpolation::nearest;
  uint8_t fill = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

// Turned by -degrees to degrees, moved by up to these shares of the sides, scaled, and sheared by up to so many degrees either way.
struct Affine {
  double degrees = 0;
  double translate_x = 0, translate_y = 0;
  double least_scale = 1, most_scale = 1;
  double shear_x = 0, shear_y = 0;
  Interpolation how = Interpolation::nearest;
  uint8_t fill = 0;
  void apply(Sample& s, Random& r) const;
  std::string str() const;
  void check() const;
};

}  // namespace cairn::transforms
