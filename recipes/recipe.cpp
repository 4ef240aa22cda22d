#include <recipes/recipe.h>

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

}  // namespace cairn
