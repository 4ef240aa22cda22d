// How standard output and standard error show sentences: how long their lines are, and with which letters.
#pragma once

#include <cstddef>
#include <string>

namespace cairn {

// As wide as the terminal, from 40 to 78 columns. `otherwise`: where `file` (1: standard output, 2: standard error) is no terminal and COLUMNS says
// nothing; 0: no line is broken.
size_t prose_width(size_t otherwise = 78, int file = 1);
// Each line that is longer than the terminal goes on below itself (course::rows).
std::string rows_here(const std::string& text, int file = 1);
// Columns for tables: as many as the terminal has, at least 40. 80 where standard output is none and COLUMNS says nothing.
size_t table_width();
// Results and tables: as they are from 80 columns on, as rows_here() below that.
std::string narrowed(const std::string& text);
// Markdown of one paragraph or more as plain text: maths between $ can be read, and all of it is shown_here().
std::string in_plain_maths(const std::string& markdown);
// In ASCII where there is no UTF-8.
std::string shown_here(const std::string& text);

}  // namespace cairn
