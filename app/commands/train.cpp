// cairn train RECIPE: trains a recipe; every flag comes from its config.
#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

struct Config {
  Recipe& recipe;
  RunOptions& run;
  std::string preset = "";  // the run keeps what it stands for, not its name
  void fields(Fields& f) {
    recipe.fields(f);
    std::vector<std::string> names = {""};
    for (const Preset& p : recipe.presets()) names.push_back(p.name);
    if (names.size() > 1) f("preset", preset, "a set of values to start from; `cairn recipes NAME` shows them", one_of(names));
    f.group(run);
  }
};

// A recipe at the defaults that suit the data, and at the preset, which the words ask for.
std::unique_ptr<Recipe> suited(const RecipeInfo& info, Arguments words) {
  std::unique_ptr<Recipe> recipe = info.make();
  RunOptions run;
  Config config{*recipe, run};
  Fields fields = fields_of(config);
  words.read(fields, 1, 1);
  return recipe_for(info, recipe->data_name(), config.preset);
}

int train(Session& session, Arguments& arguments) {
  const std::optional<std::string> name = arguments.first();
  if (!name) {
    std::vector<std::string> names;
    for (const RecipeInfo* r : all_recipes()) names.push_back(r->name);
    throw UsageError("`cairn train` needs the name of a recipe: " + join(names, ", ") + ".\nHint: `cairn recipes` explains them.");
  }
  const RecipeInfo& info = find_recipe(*name);
  std::unique_ptr<Recipe> recipe = suited(info, arguments);
  RunOptions options;
  options.runs = default_runs();
  Config config{*recipe, options};
  Fields fields = fields_of(config);
  arguments.read(fields, 1, 1);
  const int64_t seed = session.options().seed;
  const Setup setup = prepare(*recipe, seed);
  Run run = Run::create(options.runs, info.name, options.name, config_text(*recipe, seed), environment_of(setup, seed));
  return train_run(session, run, *recipe, setup, seed, false);
}

std::string options(const Arguments& arguments) {
  const std::optional<std::string> name = arguments.first();
  if (!name) return "`cairn train RECIPE --help` lists the fields of a recipe.\n";
  std::unique_ptr<Recipe> recipe = suited(find_recipe(*name), arguments);
  RunOptions run;
  run.runs = default_runs();
  Config config{*recipe, run};
  return "the fields of " + *name + (recipe->defaults().empty() ? "" : " (defaults for --data " + printable(recipe->data_name()) + ")") + "\n" +
         options_table(fields_of(config));
}

}  // namespace

extern const CommandInfo train_command;
const CommandInfo train_command = {"train", "train a recipe", "cairn train RECIPE [--field value ...]", train, options};

}  // namespace cairn
