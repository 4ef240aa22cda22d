#include <recipes/recipe.h>

#include <algorithm>

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
