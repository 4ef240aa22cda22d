// What both renderings need of a table.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot::detail {

struct TableCells {
  std::vector<std::vector<std::string>> rows;  // with the header as the first, if there is one; newlines are blanks
  bool header = false;
  size_t columns = 0;
  std::vector<bool> numeric;  // columns whose cells, below the header, all begin as numbers do
};
// At most max_table_rows and max_table_columns; notes say what is left out.
TableCells cells_of(const Table& table, std::vector<std::string>& notes);
inline constexpr size_t max_table_rows = 200, max_table_columns = 40;

// Narrows the widest columns until all together have `room`, none below `least`.
template <class T> void fit(std::vector<T>& widths, T room, T least) {
  T all = 0;
  for (T w : widths) all += w;
  while (all > room) {
    size_t widest = size_t(std::max_element(widths.begin(), widths.end()) - widths.begin());
    if (widths[widest] <= least) return;
    T second = least;
    for (size_t i = 0; i < widths.size(); i++)
      if (i != widest) second = std::max(second, std::min(widths[i], widths[widest]));
    T cut = std::min(std::max<T>(widths[widest] - second, 1), std::max<T>(all - room, 1));
    cut = std::min(cut, widths[widest] - least);
    widths[widest] -= cut;
    all -= cut;
  }
}

}  // namespace cairn::plot::detail
