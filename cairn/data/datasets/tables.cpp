#include <cairn/data/datasets/tables.h>

#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/io/csv.h>

namespace cairn {

Labelled load_table_dataset(const DatasetInfo& info, const std::string&, const std::string& from) {
  const std::string path = find_data_file(info, info.files[0].name, from);
  const Table table = load_csv(path);
  if (table.columns.size() < 2) throw FileError(path + ": expected features and a target, found one column.");
  Labelled data;
  data.features = table.names();
  const std::string target = data.features.back();
  data.features.pop_back();
  data.files = {path};
  data.x = table.numbers(data.features);
  data.classes = info.classes;
  if (data.classes.empty()) {
    data.y = table.numbers({target});
    return data;
  }
  const Column& y = table.columns.back();
  std::vector<int64_t> labels;
  for (size_t i = 0; i < y.values.size(); i++) {
    const std::string text = y.numeric ? fmt::format("{}", y.values[i]) : y.values[i] < 0 ? "" : y.categories[size_t(y.values[i])];
    auto at = std::find(data.classes.begin(), data.classes.end(), text);
    if (at == data.classes.end())
      throw FileError(fmt::format("{}, line {}, column {}: expected one of {} as {}, found '{}'.", path, y.lines[i], table.columns.size(),
                                  join(data.classes, ", "), target, printable(text)));
    labels.push_back(at - data.classes.begin());
  }
  data.y = from_vector(labels);
  return data;
}

}  // namespace cairn
