// cairn train RECIPE: trains a recipe; every flag comes from its config.
#include <app/mine.h>
#include <app/progress.h>
#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

namespace {

struct Config {
  Recipe& recipe;
  RunOptions& run;
  std::string preset = "";  // the run keeps what it stands for, not its name
  std::string mine = "";    // kept in environment.json, with the digests of the learner's files
  bool takes_mine = true;
  void fields(Fields& f) {
    recipe.fields(f);
    std::vector<std::string> names = {""};
    for (const Preset& p : recipe.presets()) names.push_back(p.name);
    if (names.size() > 1) f("preset", preset, "a set of values to start from; `cairn recipes NAME` shows them", one_of(names));
    f.group(run);
    if (takes_mine) f("mine", mine, "your own passed exercises in place of the engine's parts: all of them, or a list such as relu,loss");
  }
};

// What --mine asks for, and whether the optimiser would be sgd unless the words ask for another.
struct Asked {
  std::string mine;
  bool sgd = false;
};
Asked asked(const RecipeInfo& info, Arguments words) {
  std::unique_ptr<Recipe> recipe = info.make();
  recipe->train.optimizer = "sgd";
  RunOptions run;
  Config config{*recipe, run};
  Fields fields = fields_of(config);
  words.read(fields, 1, 1);
  return {config.mine, recipe->train.optimizer == "sgd"};
}

// A recipe at the defaults that suit the data, and at the preset, which the words ask for.
std::unique_ptr<Recipe> suited(const RecipeInfo& info, Arguments words) {
  std::unique_ptr<Recipe> recipe = info.make();
  RunOptions run;
  Config config{*recipe, run};
  Fields fields = fields_of(config);
  words.read(fields, 1, 1);
  return recipe_for(info, recipe->data_name(), config.preset);
}

constexpr const char* not_given = "/";  // no run can be called so

int train(Session& session, Arguments& arguments) {
  const std::optional<std::string> name = arguments.first();
  if (!name) {
    std::vector<std::string> names;
    for (const RecipeInfo* r : all_recipes()) names.push_back(r->name);
    throw UsageError("`cairn train` needs the name of a recipe: " + join(names, ", ") + ".\nHint: `cairn recipes` explains them.");
  }
  const RecipeInfo& info = find_recipe(*name);
  arguments.allow_bare("--mine", "all");
  std::unique_ptr<Recipe> recipe = suited(info, arguments);
  const Asked words = asked(info, arguments);
  if (!words.mine.empty() && info.name != std::string(mine_recipe))
    throw UsageError(std::string("--mine puts your own exercises into the recipe ") + mine_recipe + "; " + info.name +
                     " has no places for them.\nHint: cairn train " + mine_recipe + " --mine");
  std::optional<Mine> mine;
  if (!words.mine.empty()) mine.emplace(words.mine);
  if (mine && mine->uses("step") && words.sgd) {  // plain descent needs longer steps than adam, which the recipe has otherwise
    recipe->train.optimizer = "sgd";
    recipe->train.lr = 0.1;
  }
  RunOptions options;
  options.runs = default_runs();
  options.name = not_given;
  Config config{*recipe, options};
  Fields fields = fields_of(config);
  arguments.read(fields, 1, 1);
  if (options.name.empty())  // a variable of a script that was never set, most likely
    throw ConfigError("--name is empty. Hint: give the run a name, or leave --name out: then it is " + std::string(info.name) + "-1, " + info.name +
                      "-2, ...");
  if (options.name == not_given) options.name.clear();
  const int64_t seed = session.options().seed;
  if (mine) {
    mine->fit(*recipe);
    mine->compile(session);
    mine->put_into(*recipe);
  }
  recipe->reading = reading_progress(session);
  Setup setup = prepare(*recipe, seed);
  Json environment = environment_of(setup, seed);
  if (mine) {
    mine->put_into(setup, recipe->train);
    environment["mine"] = mine->to_json();
    mine->report(session);
  }
  Run run = Run::create(options.runs, info.name, options.name, config_text(*recipe, seed), environment);
  const int code = train_run(session, run, *recipe, setup, seed, false);
  if (mine && code == 0) mine->compare(session, run);
  return code;
}

std::string train_options(const Arguments& arguments) {
  const std::optional<std::string> name = arguments.first();
  if (!name) return "`cairn train RECIPE --help` lists the fields of a recipe.\n";
  std::unique_ptr<Recipe> recipe = suited(find_recipe(*name), arguments);
  RunOptions run;
  run.runs = default_runs();
  Config config{*recipe, run};
  config.takes_mine = *name == mine_recipe;
  return "the fields of " + *name + (recipe->defaults().empty() ? "" : " (defaults for --data " + printable(recipe->data_name()) + ")") + "\n" +
         options_table(fields_of(config));
}

}  // namespace

extern const CommandInfo train_command;
const CommandInfo train_command = {"train", "train a recipe", "cairn train RECIPE [--field value ...]", train, train_options};

}  // namespace cairn
