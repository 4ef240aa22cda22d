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
