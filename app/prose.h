// How standard output shows sentences: how long its lines are, and with which letters.
#pragma once

#include <cstddef>
#include <string>

namespace cairn {

// As wide as the terminal, from 40 to 78 columns. `otherwise`: where standard output is no terminal and COLUMNS says nothing; 0: no line is broken.
size_t prose_width(size_t otherwise = 78);
// In ASCII where there is no UTF-8.
std::string shown_here(const std::string& text);

}  // namespace cairn
