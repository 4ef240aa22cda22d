// Text in the columns of a terminal: how wide it is, cut to a width, padded to a width; large numbers as tables write them. Bytes that are not
// UTF-8 count one column each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

// Columns that a terminal needs: 2 for East Asian wide characters and emoji, 0 for combining marks and control characters, else 1.
size_t columns_of(std::string_view text);
// The text when it fits, else its beginning and `tail`, together at most `columns` wide.
std::string cut_to(std::string_view text, size_t columns, std::string_view tail = "~");
// Cut when too wide, then filled up with blanks behind, before or on both sides.
std::string pad_right(std::string_view text, size_t columns);
std::string pad_left(std::string_view text, size_t columns);
std::string pad_both(std::string_view text, size_t columns);

std::string thousands(int64_t n);    // "60,000"; n at least 0
std::string large_count(int64_t n);  // "60,000", "11.69 M", "1.81 G"

}  // namespace cairn
