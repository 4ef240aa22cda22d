#include <recipes/recipe.h>

#include <algorithm>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

const RecipeInfo& find_recipe(const std::string& name) {
  std::vector<std::string> names;
  for (const RecipeInfo* r : all_recipes()) {
    if (name == r->name || name == r->id) return *r;
    names.push_back(r->name);
  }
  throw UsageError("there is no recipe '" + printable(name) + "'." + did_you_mean(name, names) + "\nHint: `cairn recipes` lists them.");
}

namespace {

std::string flags_of(const std::vector<std::pair<std::string, std::string>>& values) {
  std::vector<std::string> words;
  for (const auto& [name, value] : values) {
    words.push_back("--" + name);
    std::replace(words.back().begin(), words.back().end(), '_', '-');
    words.push_back(value);
  }
  return join(words, " ");
}

}  // namespace

std::string Defaults::flags() const { return flags_of(values); }
std::string Preset::flags() const { return flags_of(values); }

bool is_path(const Recipe& recipe, const std::string& data) {
  const std::vector<std::string> made = recipe.made_data();
  if (data.empty() || std::find(made.begin(), made.end(), data) != made.end()) return false;
  return std::none_of(all_datasets().begin(), all_datasets().end(), [&](const DatasetInfo* info) { return data == info->name; });
}

std::string absolute_path(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::path whole = fs::absolute(path, error);
  if (path.empty() || error || !file_exists(path)) return path;
  if (!whole.has_filename()) whole = whole.parent_path();  // "photos/"
  const std::string name = whole.filename().string();
  const fs::path found = name == "." || name == ".." ? fs::canonical(whole, error) : fs::canonical(whole.parent_path(), error) / name;
  return error ? path : found.string();
}

std::string last_name(const std::string& path) { return std::filesystem::path(absolute_path(path)).filename().string(); }

std::string did_you_mean_path(const std::string& path, bool folder) {
  namespace fs = std::filesystem;
  constexpr size_t shown = 6;
  fs::path wanted(path);
  if (!wanted.has_filename()) wanted = wanted.parent_path();  // "photos/"
  const fs::path place = wanted.has_parent_path() ? wanted.parent_path() : fs::path(".");
  std::error_code error;
  std::vector<std::string> names, tables;
  for (fs::directory_iterator it(place, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string(), ending = lower(it->path().extension().string());
    std::error_code ignored;
    if (name.starts_with('.') || !valid_utf8(name) || (folder ? !it->is_directory(ignored) : !it->is_regular_file(ignored))) continue;
    names.push_back(name);
    if (ending == ".csv" || ending == ".tsv") tables.push_back(name);
  }
  if (error && wanted.has_parent_path()) return " There is no folder " + printable(place.string(), 200) + ".";
  std::sort(names.begin(), names.end());
  std::sort(tables.begin(), tables.end());
  if (const std::string near = nearest(wanted.filename().string(), names); !near.empty())
    return " Did you mean '" + printable(wanted.has_parent_path() ? (place / near).string() : near, 200) + "'?";
  if (folder || tables.empty() || !(wanted.has_parent_path() || wanted.has_extension())) return "";
  const bool more = tables.size() > shown;
  tables.resize(std::min(tables.size(), shown));
  return " Tables in " + (wanted.has_parent_path() ? printable(place.string(), 200) : "this folder") + ": " + printable(join(tables, ", "), 300) +
         (more ? ", ..." : "") + ".";
}

std::unique_ptr<Recipe> recipe_for(const RecipeInfo& info, const std::string& data, const std::string& preset) {
  std::unique_ptr<Recipe> recipe = info.make();
  Fields fields = fields_of(*recipe);
  fields.set("data", data, "--data");
  for (const Defaults& d : recipe->defaults())
    if (d.fits(data))
      for (const auto& [name, value] : d.values) fields.set(name, value, name);
  if (preset.empty()) return recipe;
  std::vector<std::string> names;
  for (const Preset& p : recipe->presets()) {
    names.push_back(p.name);
    if (p.name != preset) continue;
    for (const auto& [name, value] : p.values) fields.set(name, value, "preset " + p.name + ", " + name);
    return recipe;
  }
  throw UsageError(std::string(info.name) + " has no preset '" + printable(preset) + "'." +
                   (names.empty() ? " It has none at all." : did_you_mean(preset, names)) + "\nHint: `cairn recipes " + info.name + "` explains it.");
}

}  // namespace cairn
