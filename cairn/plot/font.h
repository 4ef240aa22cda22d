// The bitmap letters of picture.h.
#pragma once

#include <cstdint>

namespace cairn::plot_detail {

inline constexpr int glyph_columns = 5, glyph_rows = 8;
extern const uint8_t font[95][glyph_rows];  // of the character 32 + i

}  // namespace cairn::plot_detail
