#include <recipes/tables.h>

#include <algorithm>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/ops/ops.h>
#include <recipes/pictures.h>

namespace cairn {

namespace {

constexpr uint64_t table_split_seed = 0x7ab1e;
constexpr double test_share = 0.2;

const DatasetInfo* shipped(const std::string& data) {
  for (const DatasetInfo* info : all_datasets())
    if (data == info->name && info->splits.size() == 1) return info;
  return nullptr;
}

}  // namespace

bool is_table(const std::string& data) { return !is_pictures(data); }

Defaults table_defaults() { return {"a table (digits, iris, a CSV file, ...)", is_table, {{"epochs", "50"}, {"batch_size", "32"}, {"lr", "0.01"}}}; }

Table load_table(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (std::filesystem::is_other(status) || std::filesystem::is_character_file(status) || std::filesystem::is_fifo(status))
    throw FileError(printable(path, 200) + " is a device or pipe, not a file. Hint: a run reads its data again when it is resumed or evaluated.");
  Table table = load_csv(path);
  if (table.columns.size() == 1)
    for (char separator : {';', '\t'})
      if (table.columns[0].name.find(separator) != std::string::npos) return load_csv(path, {.separator = separator});
  return table;
}

Table open_table(const std::string& data) {
  if (const DatasetInfo* info = shipped(data)) return load_csv(find_data_file(*info, info->files.at(0).name));
  if (!file_exists(data)) {
    std::vector<std::string> names;
    for (const DatasetInfo* info : all_datasets()) names.push_back(info->name);
    std::string near = did_you_mean_data(data, names, false);
    if (near.empty()) near = did_you_mean_path(data, false);
    throw ConfigError("--data '" + printable(data, 200) + "' is neither a data set nor a file." +
                      (near.empty() ? did_you_mean_data(data, names) : near) +
                      (near.starts_with(" Did") ? "" : "\nHint: `cairn data` lists the data sets."));
  }
  return load_table(data);
}

std::string target_column(const std::string& data, const std::string& target, const Table& table) {
  if (!target.empty()) {
    if (table.find(target)) return target;
    throw ConfigError(table.name + " has no column '" + printable(target) + "' to predict." + did_you_mean(target, table.names()));
  }
  if (shipped(data)) return table.columns.back().name;
  throw ConfigError("which column of " + table.name + " is to be predicted? Hint: --target COLUMN, one of: " + join(table.names(), ", ") + ".");
}

Json data_digests(const std::string& data) {
  if (const DatasetInfo* info = shipped(data)) return data_checksums(*info, {find_data_file(*info, info->files.at(0).name)});
  return Json::object({{last_name(data), sha256_file(data)}});
}

Setup table_setup(const std::string& data, const std::string& target, bool regression, Recipe& recipe, Scale scale) {
  const Table table = open_table(data);
  Setup s = table_setup(table, target_column(data, target, table), regression, recipe, scale);
  s.checksums = data_digests(data);
  return s;
}

namespace {

// Numbers back in their own unit, still centred: a missing one stays the mean.
void undo_deviations(TableData& data) {
  std::vector<float> unit;
  for (ColumnFeature& c : data.features.columns) {
    unit.insert(unit.end(), size_t(c.width()), float(c.categories.empty() ? c.deviation : 1.0));
    c.deviation = 1;
  }
  const Tensor units = from_vector(unit);
  data.train_x = data.train_x * units;
  data.test_x = data.test_x * units;
}

}  // namespace

Setup table_setup(const Table& table, const std::string& target, bool regression, Recipe& recipe, Scale scale) {
  TableData data = encode_table(table, target, regression, test_share, table_split_seed, recipe.fit_column);
  if (scale == Scale::own_units) undo_deviations(data);
  Setup s;
  s.features = std::make_shared<Features>(data.features);
  s.objective = recipe.objective();
  s.model = recipe.model(*s.features);
  std::shared_ptr<Dataset> all = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", data.train_x}, {"y", data.train_y}});
  s.test = std::make_shared<TensorDataset>(std::vector<Batch::Field>{{"x", data.test_x}, {"y", data.test_y}});
  s.train = all;
  // A table of a few rows has none to spare for choosing by.
  if (const double share = recipe.train.val_share; share > 0 && double(all->size()) * share >= 8) {
    auto [kept, held_out] = random_split(all, 1 - share, table_split_seed);
    s.train = std::make_shared<Subset>(std::move(kept));
    s.val = std::make_shared<Subset>(std::move(held_out));
  }
  s.train = limited(s.train, recipe.train.limit_train);
  return s;
}

Batch whole(const Dataset& data) {
  std::vector<int64_t> rows;
  for (int64_t i = 0; i < data.size(); i++) rows.push_back(i);
  return data.get_batch(rows);
}

}  // namespace cairn
