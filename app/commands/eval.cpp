// cairn eval RUN: a run's model on the test split.
#include <algorithm>

#include <app/progress.h>
#include <app/prose.h>
#include <app/report.h>
#include <app/training.h>
#include <cairn/metrics/metrics.h>
#include <cairn/nn/inference.h>

namespace cairn {

namespace {

struct EvalOptions {
  std::string runs = default_runs();
  int64_t batch_size = 500;
  void fields(Fields& f) {
    f("runs", runs, "folder that holds the runs");
    f("batch_size", batch_size, "examples at a time", between(1, 1e6));
  }
};

// The matrix back from its JSON, for printing.
ConfusionMatrix matrix_of(const Json& m, const Features& features) {
  ConfusionMatrix matrix(features.classes);
  const Json::Array& rows = m.at("confusion").as_array();
  for (size_t t = 0; t < rows.size(); t++)
    for (size_t p = 0; p < rows[t].size(); p++)
      if (const int64_t n = rows[t].as_array()[p].as_int()) matrix.update(full({n}, double(p), i64), full({n}, double(t), i64));
  return matrix;
}

int eval(Session& session, Arguments& arguments) {
  EvalOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  const Run run = Run::open(o.runs, arguments.positionals()[0], false);
  int64_t seed = 0;
  std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
  const Features features = features_of(run);
  InferenceModel model(trained_model(run, *recipe, features));
  recipe->reading = reading_progress(session);
  recipe->to_learn = false;
  Setup s = prepare(*recipe, seed, run);
  s.test = watched_test(session, s.test);
  check_features(run, *s.features);
  Json metrics = evaluate_setup(model, s, features, o.batch_size);
  Json event = Json::object({{"event", "eval"}, {"run", run.path()}});
  for (const auto& [key, value] : metrics.as_object()) event[key] = value;
  if (!s.data_note.empty()) event["data_note"] = s.data_note;
  session.event(event);
  if (session.json()) return 0;
  say_unfinished(session, run);
  for (const std::string& note : s.notes) session.say(narrowed("note: " + note));
  session.say(narrowed(run.name() + " (" + run.recipe() + "): " + evaluation_text(metrics, features, s.data_note)));
  if (metrics.find("confusion")) {
    const ConfusionMatrix matrix = matrix_of(metrics, features);
    const size_t width = std::min<size_t>(80, table_width());
    const std::string table = matrix.table(width);
    const bool has_room = table != matrix.confusions_text(10, width);  // otherwise the confusions stand for it
    session.say("\n" + table + "\n" + matrix.report(width) + (has_room ? "\n" + matrix.confusions_text(5, width) : ""));
  }
  return 0;
}

}  // namespace

extern const CommandInfo eval_command;
const CommandInfo eval_command = {"eval", "test metrics of a run, with confusion matrix", "cairn eval RUN", eval, options_of<EvalOptions>};

}  // namespace cairn
