// Rotation, shear and translation of pixels: a new pixel at (x, y) shows the old one at M (x, y), M an affine map from new to old:
//   old_x = m[0] x + m[1] y + m[2],  old_y = m[3] x + m[4] y + m[5]        (x, y: the middle of a pixel, so 0.5 is the first)
// Bytes are those of Pillow's Image.transform.
#pragma once

#include <array>

#include <cairn/data/transforms/sample.h>
#include <cairn/io/resample.h>

namespace cairn::transforms {

using AffineMap = std::array<double, 6>;

// Of a picture of the same size. `how`: nearest or bilinear; `fill`: where nothing was. ConfigError for bicubic.
void transform(Sample& s, const AffineMap& map, Interpolation how = Interpolation::nearest, uint8_t fill = 0);
// Counterclockwise around the middle; multiples of 90 degrees that fit are exact.
void rotate(Sample& s, double degrees, Interpolation how = Interpolation::nearest, uint8_t fill = 0);

// The picture is scaled, sheared (degrees, along x and y), turned (degrees, clockwise) around `centre` and then moved, in pixels.
struct AffineParameters {
  double degrees = 0, translate_x = 0, translate_y = 0, scale = 1, shear_x = 0, shear_y = 0;
};
// From new to old places: its inverse. ConfigError for a scale that is not above 0.
AffineMap inverse_affine(const AffineParameters& p, double centre_x, double centre_y);

void resize(Sample& s, int64_t height, int64_t width, Interpolation how = Interpolation::bilinear);

}  // namespace cairn::transforms
