#include <cairn/data/registry.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {

TensorDataset Labelled::dataset() const {
  TensorDataset data({{"x", x}, {"y", y}});
  if (x.dtype() == u8) data.normalize("x", normalize);
  return data;
}

std::string did_you_mean_data(const std::string& name, const std::vector<std::string>& names, bool list) {
  constexpr size_t least = 3;  // letters of a part that says something
  std::string near = nearest(name, names);
  for (const std::string& candidate : names) {
    if (!near.empty() || name.size() < least) break;
    std::string parts = candidate;
    std::replace(parts.begin(), parts.end(), '_', '-');
    std::vector<std::string> long_parts;
    for (const std::string& part : split(parts, '-'))
      if (part.size() >= least) long_parts.push_back(part);
    if (candidate.starts_with(lower(name)) || !nearest(name, long_parts).empty()) near = candidate;
  }
  if (!near.empty()) return " Did you mean '" + near + "'?";
  return list ? did_you_mean(name, names) : "";
}

const DatasetInfo& dataset_named(const std::string& name) {
  std::vector<std::string> names;
  for (const DatasetInfo* info : all_datasets()) {
    if (info->name == name) return *info;
    names.push_back(info->name);
  }
  std::sort(names.begin(), names.end());
  throw ConfigError("there is no data set '" + printable(name) + "'." + did_you_mean_data(name, names));
}

Labelled load_dataset(const std::string& name, const std::string& split, const std::string& from) {
  const DatasetInfo& info = dataset_named(name);
  check_split(info, split);
  return info.load(info, split, from);
}

void check_split(const DatasetInfo& info, const std::string& split) {
  if (std::find(info.splits.begin(), info.splits.end(), split) == info.splits.end())
    throw ConfigError(fmt::format("the data set {} has no split '{}', only {}.", info.name, printable(split), join(info.splits, ", ")));
}

void check_labels(const std::string& name, const Tensor& y, int64_t classes) {
  const std::vector<int64_t> labels = y.to_vector<int64_t>();
  for (size_t i = 0; i < labels.size(); i++)
    if (labels[i] < 0 || labels[i] >= classes)
      throw IndexError(fmt::format("{}: example {} has the label {}, expected 0 to {}. Hint: the file is damaged, or belongs to another data set.",
                                   name, i, labels[i], classes - 1));
}

std::string data_cache_folder() {
  if (std::string folder = env("CAIRN_CACHE"); !folder.empty()) return folder + "/data";
  if (std::string folder = env("XDG_CACHE_HOME"); !folder.empty()) return folder + "/cairn/data";
  std::string home = env("HOME");
  return (home.empty() ? "." : home) + "/.cache/cairn/data";
}

namespace {

// The tables that come with Cairn: beside the installed program, or in the source tree that it was built from.
std::vector<std::string> share_folders() {
  std::vector<std::string> folders;
  for (const std::string& folder : {env("CAIRN_SHARE"), std::string(CAIRN_SHARE_BUILD), std::string(CAIRN_SHARE_INSTALLED)})
    if (!folder.empty()) folders.push_back(folder + "/tables");
  return folders;
}

// Every path that is tried. Files of different data sets share names (train-images-idx3-ubyte.gz), so a mirror and the cache are
// searched by the data set's folder only; a folder that was named for this one data set may hold the files themselves.
std::vector<std::string> candidates(const DatasetInfo& info, const std::string& file, const std::string& from) {
  std::vector<std::string> paths;
  const std::string below = std::string(info.name) + "/" + file;
  if (!from.empty()) paths = {from + "/" + below, from + "/" + file};
  if (std::string mirror = env("CAIRN_DATA_MIRROR"); !mirror.empty()) paths.push_back(mirror + "/" + below);
  paths.push_back(data_cache_folder() + "/" + below);
  if (*info.system_folder) paths.push_back(std::string(info.system_folder) + "/" + file);
  for (const std::string& folder : share_folders()) paths.push_back(folder + "/" + file);
  return paths;
}

}  // namespace

// The name of a packed file may have lost its ending where somebody unpacked it.
std::string look_for_data_file(const DatasetInfo& info, const std::string& file, const std::string& from) {
  std::error_code ignored;
  for (const std::string& path : candidates(info, file, from)) {
    if (std::filesystem::is_regular_file(path, ignored)) return path;
    if (path.ends_with(".gz") && std::filesystem::is_regular_file(path.substr(0, path.size() - 3), ignored)) return path.substr(0, path.size() - 3);
  }
  return "";
}

std::string find_data_file(const DatasetInfo& info, const std::string& file, const std::string& from) {
  if (std::string path = look_for_data_file(info, file, from); !path.empty()) return path;
  std::string how = fmt::format("run `cairn data get {}`, or set CAIRN_DATA_MIRROR to a folder that holds {}/{}", info.name, info.name, file);
  if (*info.package) how = fmt::format("install the Debian package {} (apt install {}), or ", info.package, info.package) + how;
  std::vector<std::string> folders;
  for (const std::string& path : candidates(info, file, from)) folders.push_back(path.substr(0, path.size() - file.size() - 1));
  throw FileError(fmt::format("the data set {} is not here: {} is in none of {}. Hint: {}.", info.name, file, join(folders, ", "), how));
}

bool have_dataset(const DatasetInfo& info, const std::string& from) {
  const auto here = [&](const std::string& file) { return !look_for_data_file(info, file, from).empty(); };
  return std::all_of(info.files.begin(), info.files.end(), [&](const DataFile& f) { return here(f.name); }) ||
         std::any_of(info.instead.begin(), info.instead.end(), here);
}

}  // namespace cairn
