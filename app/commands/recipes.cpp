// cairn recipes [NAME]: what can be trained; or one in full.
#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/text.h>
#include <recipes/recipe.h>

namespace cairn {

namespace {

Json described(const RecipeInfo& info) {
  std::unique_ptr<Recipe> recipe = info.make();
  const Goal goal = recipe->goal();
  Fields fields = fields_of(*recipe);
  Json list = Json::array();
  for (const Field& f : fields.list())
    list.push_back(Json::object({{"name", f.name},
                                 {"flag", Fields::flag(f)},
                                 {"default", Fields::get(f)},
                                 {"range", Fields::range_text(f)},
                                 {"description", f.description}}));
  Json defaults = Json::array();
  for (const Defaults& d : recipe->defaults()) {
    Json values = Json::object();
    for (const auto& [name, value] : d.values) values[name] = value;
    defaults.push_back(Json::object({{"data", d.data}, {"values", values}}));
  }
  Json presets = Json::array();
  for (const Preset& p : recipe->presets()) {
    Json values = Json::object();
    for (const auto& [name, value] : p.values) values[name] = value;
    presets.push_back(Json::object({{"name", p.name}, {"what", p.what}, {"values", values}}));
  }
  return Json::object({{"event", "recipe"},
                       {"name", info.name},
                       {"id", info.id},
                       {"title", info.title},
                       {"model", info.model},
                       {"data", info.data},
                       {"goal", Json::object({{"metric", goal.metric}, {"score", goal.score}, {"data", goal.data}, {"source", goal.source}})},
                       {"fields", list},
                       {"defaults", defaults},
                       {"presets", presets}});
}

int recipes(Session& session, Arguments& arguments) {
  Fields none;
  arguments.read(none, 0, 1);
  if (arguments.positionals().empty()) {
    for (const RecipeInfo* r : all_recipes()) {
      session.event(described(*r));
      session.say(narrowed(fmt::format("  {:<20} {:<4} {}\n  {:<20}      data: {}", r->name, r->id, r->title, "", r->data)));
    }
    session.say(narrowed("\n`cairn recipes NAME` explains one, `cairn train NAME` trains it."));
    return 0;
  }
  const RecipeInfo& info = find_recipe(arguments.positionals()[0]);
  session.event(described(info));
  std::unique_ptr<Recipe> recipe = info.make();
  Goal goal = recipe->goal();
  if (goal.data.empty()) goal.data = "your data";
  session.say(
      narrowed(fmt::format("{} ({}): {}\n\n  model   {}\n  data    {}\n  goal    {} of {:g} on {}\n  source  {}\n\nfields\n{}", info.name, info.id,
                           info.title, info.model, info.data, goal.metric, goal.score, goal.data, goal.source, options_table(fields_of(*recipe)))));
  const std::vector<Preset> presets = recipe->presets();
  if (!presets.empty()) session.say(narrowed(fmt::format("presets (`cairn train {} --preset {}`)", info.name, presets[0].name)));
  for (const Preset& p : presets)
    session.say(narrowed(fmt::format("  {:<9} {}", p.name, p.what) + (p.values.empty() ? "" : fmt::format("\n  {:<9} {}", "", p.flags()))));
  for (const Defaults& d : recipe->defaults()) session.say(narrowed("defaults for " + d.data + ": " + d.flags()));
  return 0;
}

}  // namespace

extern const CommandInfo recipes_command;
const CommandInfo recipes_command = {"recipes", "what can be trained; or one recipe in full", "cairn recipes [NAME]", recipes};

}  // namespace cairn
