// Changes of brightness and colour, with the bytes of Pillow's ImageEnhance and ImageOps. A factor mixes the picture with a poorer one:
//   y = poor + factor (x - poor), held within 0 to 255: 0 gives the poor one, 1 the picture, 2 as much again on the other side.
#pragma once

#include <cairn/data/transforms/sample.h>

namespace cairn::transforms {

void adjust_brightness(Sample& s, double factor);  // poor: black
void adjust_contrast(Sample& s, double factor);    // poor: the mean brightness
void adjust_saturation(Sample& s, double factor);  // poor: grey of the same brightness
void adjust_sharpness(Sample& s, double factor);   // poor: smoothed, [1 1 1; 1 5 1; 1 1 1] / 13; the outermost pixels stay
// Turns the circle of colours (red, yellow, green, cyan, blue, magenta) by `turn`, -0.5 to 0.5 of it. Grey stays as it is.
// (Of all colours, one byte in three million differs from Pillow's by 1.)
void adjust_hue(Sample& s, double turn);

void greyscale(Sample& s, int64_t channels);  // 0: as many as it had, all equal
void posterize(Sample& s, int bits);          // only the highest bits, 1 to 8, stay; 0: black
void solarize(Sample& s, double threshold);   // bytes at or above it are inverted
void invert(Sample& s);
void autocontrast(Sample& s);  // each channel stretched to 0 .. 255
void equalize(Sample& s);      // each channel's values made equally frequent, as far as they go

}  // namespace cairn::transforms
