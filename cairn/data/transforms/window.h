// Reading through a window: a plane's rows and columns, borders, mirrors, and conversion to floats in one pass.
#pragma once

#include <cairn/data/transforms/sample.h>

namespace cairn::transforms::detail {

// The place in [0, n) that stands for place i beyond the edge.
int64_t beyond(int64_t i, int64_t n, Border border);

// One plane as `window` shows it, without gaps. source: `height` rows of `width` bytes, `row` apart.
void window_bytes(const uint8_t* source, int64_t row, int64_t height, int64_t width, const Window& window, uint8_t* to);
// The same, y = (x - centre) * scale.
void window_floats(const uint8_t* source, int64_t row, int64_t height, int64_t width, const Window& window, float centre, float scale, float* to);

}  // namespace cairn::transforms::detail
