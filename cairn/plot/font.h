// The bitmap letters of picture.h.
#pragma once

#include <cstdint>
#include <string>

namespace cairn::plot_detail {

inline constexpr int glyph_columns = 5, glyph_rows = 8;
extern const uint8_t font[95][glyph_rows];  // of the character 32 + i
// A Unicode character in the letters of the font: without its accent, in two letters (ae, ss), as nothing (an accent by itself), else as "?".
std::string spelled(uint32_t character);

}  // namespace cairn::plot_detail
