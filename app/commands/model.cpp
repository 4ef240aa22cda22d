// cairn model [NAME]: the models; or one layer by layer: output, parameters, FLOPs, memory, receptive field. Nothing is computed for it.
#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/models/layer_table.h>
#include <cairn/models/registry.h>
#include <cairn/models/shapes_only.h>

namespace cairn {

namespace {

struct ModelOptions {
  std::string input;
  int64_t classes = 0;
  void fields(Fields& f) {
    f("input", input, "size of an image, channels x height x width (3x224x224); empty: what the model was made for");
    f("classes", classes, "how many classes; 0: as many as the model was made for", between(0, 1'000'000));
  }
};

std::string millions(int64_t n) { return n < 1'000'000 ? fmt::format("{:.1f} k", double(n) / 1e3) : fmt::format("{:.1f} M", double(n) / 1e6); }

Json described(const ModelInfo& m) {
  return Json::object({{"event", "model"},
                       {"name", m.name},
                       {"title", m.title},
                       {"source", m.source},
                       {"made_for", m.input.str()},
                       {"classes", m.input.classes},
                       {"parameters", m.parameters}});
}

int list(Session& session) {
  for (const ModelInfo* m : all_models()) {
    session.event(described(*m));
    const std::string first = fmt::format("  {:<15} {:>8}  {:<10}", m->name, millions(m->parameters), m->input.str());
    const std::string what = fmt::format("{}: {}", m->title, m->source);
    session.say(table_width() >= 80 ? first + " " + what : first.substr(0, first.find_last_not_of(' ') + 1) + "\n" + narrowed("      " + what));
  }
  session.say(narrowed("\n`cairn model NAME [--input 3x224x224] [--classes N]` shows one layer by layer."));
  return 0;
}

int model(Session& session, Arguments& arguments) {
  ModelOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  if (arguments.positionals().empty()) return list(session);
  const ModelInfo& info = model_named(arguments.positionals()[0]);
  ModelInput input = info.input;
  if (!o.input.empty()) input = parse_model_input(o.input);
  input.classes = o.classes ? o.classes : info.input.classes;

  LayerTable table;
  try {
    ShapesOnly shapes;
    table = layer_table(*info.make(input), {input.channels, input.height, input.width});
  } catch (const ShapeError& e) { throw ShapeError(too_small_text(e.what(), info.name, info.make, input)); }
  Json event = described(info);
  event["classes"] = input.classes;
  const Json details = table.json();
  for (const auto& [key, value] : details.as_object()) event[key] = value;
  session.event(event);
  session.say(narrowed(fmt::format("{} ({}): {}\n\n{}", info.name, info.title, info.source, table.str(table_width()))));
  return 0;
}

}  // namespace

extern const CommandInfo model_command;
const CommandInfo model_command = {"model", "the models; or one layer by layer: parameters, FLOPs, memory, receptive field",
                                   "cairn model [NAME] [--input 3x224x224] [--classes N]", model, options_of<ModelOptions>};

}  // namespace cairn
