// Loops of colour.cpp in vector code.
#pragma once

#include <cstdint>

namespace cairn::transforms::detail {

// to = poor + factor (x - poor) in f32, held within 0 to 255, its fraction cut off. `to` may be one of them.
void mixed_rows(const uint8_t* poor, const uint8_t* x, float factor, uint8_t* to, int64_t n);
// to[x] = ([1 1 1; 1 5 1; 1 1 1] around row[x]) / 13, rounded, for x from 1 to n - 2; the first and last as they are.
void smoothed_row(const uint8_t* above, const uint8_t* row, const uint8_t* below, uint8_t* to, int64_t n);

// Colour as hue, saturation and value, all bytes (Smith 1978: Color gamut transform pairs), the hue moved on by `shift`, and back:
//   value = max(R, G, B);  saturation = (value - min(R, G, B)) / value
//   hue, once around from 0 to 255: in sixths of the circle, which of R, G, B is the largest and to which of the others it leans
// Roundings as Pillow's. Grey stays as it is.
void turn_hue(uint8_t* r, uint8_t* g, uint8_t* b, uint8_t shift, int64_t n);

}  // namespace cairn::transforms::detail
