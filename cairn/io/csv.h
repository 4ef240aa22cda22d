// CSV tables (RFC 4180): a header line, quoted fields, typed columns. A column is numeric when every value that is there reads as a
// number; otherwise its distinct texts are its categories. NaN means missing; inf, or 1e400 that no f64 holds, is an error among numbers.
//
//   Table t = load_csv("iris.csv");
//   Tensor x = t.numbers({"sepal_length_cm", "petal_length_cm"});        // f32 [150, 2]
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/tensor/tensor.h>

namespace cairn {

struct Column {
  std::string name;
  bool numeric = true;
  std::vector<double> values;           // numeric: the number, NaN where it is missing; otherwise the category's index, -1 where missing
  std::vector<std::string> categories;  // empty for numbers
  std::vector<int64_t> lines;           // where each value stands (a quoted field may hold line ends, so this is not the row)
  int64_t missing() const;              // how many values are not there: empty, NA, N/A, NaN (also -nan), null or ?
};

struct Table {
  std::string name;  // the file, for messages
  std::vector<Column> columns;
  int64_t rows() const { return columns.empty() ? 0 : int64_t(columns[0].values.size()); }
  const Column* find(std::string_view column) const;
  const Column& operator[](std::string_view column) const;  // FileError with the nearest name
  std::vector<std::string> names() const;
  // f32 [rows, columns]; FileError naming line and column for text or a missing value.
  Tensor numbers(const std::vector<std::string>& columns) const;
};

struct CsvOptions {
  char separator = ',';
  std::vector<std::string> numeric = {};  // columns that must hold numbers: text there is an error, with line and column
};

// FileError: file, line and column of what is wrong (ragged rows, an open quote, bytes that are not text, two columns of one name, no rows,
// a number that is not finite, a column of `numeric` that is not there). ConfigError for a separator that is a quote or a line end.
Table load_csv(const std::string& path, const CsvOptions& options = {});
Table parse_csv(std::string_view text, const std::string& name, const CsvOptions& options = {});

}  // namespace cairn
