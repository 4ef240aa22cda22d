#include <cairn/plot/table.h>

#include <fmt/format.h>

namespace cairn::plot::detail {
namespace {

bool looks_numeric(const std::string& cell) {
  size_t at = cell.find_first_not_of("+-<>~= .");
  return at != std::string::npos && cell[at] >= '0' && cell[at] <= '9';
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

TableCells cells_of(const Table& table, std::vector<std::string>& notes) {
  TableCells out;
  out.header = !table.header.empty();
  size_t rows = std::min(table.rows.size(), max_table_rows);
  if (out.header) out.rows.push_back(table.header);
  out.rows.insert(out.rows.end(), table.rows.begin(), table.rows.begin() + int64_t(rows));
  for (const auto& row : out.rows) out.columns = std::max(out.columns, row.size());
  if (rows < table.rows.size()) notes.push_back(fmt::format("the first {} of {} rows are shown", rows, table.rows.size()));
  if (out.columns > max_table_columns) {
    notes.push_back(fmt::format("the first {} of {} columns are shown", max_table_columns, out.columns));
    out.columns = max_table_columns;
  }
  out.numeric.assign(out.columns, false);
  for (auto& row : out.rows) {
    if (row.size() > out.columns) row.resize(out.columns);
    for (std::string& cell : row) cell = one_line(std::move(cell));
  }
  for (size_t c = 0; c < out.columns; c++) {
    bool any = false, all = true;
    for (size_t r = out.header; r < out.rows.size(); r++)
      if (c < out.rows[r].size() && !out.rows[r][c].empty()) {
        any = true;
        all = all && looks_numeric(out.rows[r][c]);
      }
    out.numeric[c] = any && all;
  }
  return out;
}

}  // namespace cairn::plot::detail
