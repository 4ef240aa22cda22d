#include <app/mine.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <app/progress.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/metrics/metrics.h>
#include <recipes/tables.h>

namespace cairn {

// The losses of a training, step by step, and the time that its steps took.
struct Mine::Watch : Callback {
  explicit Watch(course::Pieces pieces = {}) : pieces(std::move(pieces)) {}
  void on_start(int64_t, int64_t) override {
    for (const auto& p : {pieces.linear, pieces.relu, pieces.loss, pieces.step})  // what was called for the estimate
      if (p) p->reset();
  }
  void on_step(const StepReport& r) override {
    if (r.step == 1) before = {}, clock = 0, sound = true;
    if (sound) {  // not so for the first step after a resume: what came before it is not known
      losses[r.total_step] = (r.train->loss - before.loss) / double(r.train->examples - before.examples);
      seconds.push_back(r.seconds - clock);
    }
    before = *r.train, clock = r.seconds, sound = true;
    last = r.total_step;
  }
  void on_epoch(const EpochReport& r) override {
    epochs[r.epoch] = r.train.mean_loss();
    calls.clear();
    for (const auto& p : pieces.all()) calls.push_back({p, p->calls(), p->seconds()});
  }
  double step_seconds() const {  // the median: other work of the machine does not count
    if (seconds.empty()) return 0;
    std::vector<double> s = seconds;
    std::nth_element(s.begin(), s.begin() + int64_t(s.size() / 2), s.end());
    return s[s.size() / 2];
  }

  struct Calls {
    std::shared_ptr<course::Piece> piece;
    int64_t calls;
    double seconds;
  };
  course::Pieces pieces;
  std::map<int64_t, double> losses, epochs;  // by step, by epoch
  std::vector<Calls> calls;                  // up to the end of the last epoch
  std::vector<double> seconds;               // of each step
  int64_t last = 0;

 private:
  Totals before;
  double clock = 0;
  bool sound = false;
};

namespace {

std::string list_of(const std::vector<course::PieceState>& states) {
  std::string text;
  for (const course::PieceState& s : states) text += fmt::format("\n  {:<12} {}   ({})", s.info.name, s.why(), s.info.what);
  return text;
}

}  // namespace

// ---- which pieces

Mine::Mine(const std::string& words) : named_(words != "all") {
  const std::vector<std::string> names = course::piece_names();
  std::vector<std::string> wanted = names;
  if (named_) {
    wanted.clear();
    for (const std::string& word : split(words, ',')) {
      const std::string name(trim(word));
      if (std::find(names.begin(), names.end(), name) == names.end())
        throw UsageError("there is no piece '" + printable(name, 60) + "'." + did_you_mean(name, names) +
                         "\nHint: --mine takes all that you have, or some of " + join(names, ",") + ".");
      wanted.push_back(name);
    }
  }
  std::vector<course::PieceState> missing;
  for (course::PieceState& s : course::piece_states()) {
    const bool asked = std::find(wanted.begin(), wanted.end(), s.info.name) != wanted.end(), ready = s.state == course::PieceState::ready;
    if (asked && !ready) missing.push_back(s);
    const std::string why = !asked ? "not asked for" : s.why();
    choices_.push_back({std::move(s), asked && ready, why});
  }
  const bool any = std::any_of(choices_.begin(), choices_.end(), [](const Choice& c) { return c.used; });
  if (any && (!named_ || missing.empty())) return;
  const bool changed = missing[0].state == course::PieceState::changed;
  const std::string id = missing[0].info.exercise;
  throw StateError(
      std::string(named_ ? "--mine asks for what is not yours yet:"
                         : "--mine trains with exercises of yours that have passed, in place of the engine's parts. None of these is ready:") +
      list_of(missing) +
      (changed ? "\nHint: cairn check " + id + ", then again."
               : "\nHint: cairn learn " + id + ", then cairn start " + id + "; when `cairn check " + id + "` is content, `cairn train " +
                     mine_recipe + " --mine` uses it."));
}

bool Mine::uses(const std::string& piece) const {
  return std::any_of(choices_.begin(), choices_.end(), [&](const Choice& c) { return c.used && c.state.info.name == piece; });
}

void Mine::leave_out(const std::string& piece, const std::string& why) {
  for (Choice& c : choices_) {
    if (!c.used || c.state.info.name != piece) continue;
    if (named_) throw ConfigError("--mine asks for your " + piece + ", but " + why + ".");
    c.used = false;
    c.why = why;
  }
}

void Mine::fit(const Recipe& recipe) {
  const TrainOptions& o = recipe.train;
  if (o.precision != "f32") throw ConfigError("--mine goes with --precision f32: your pieces take and give whole numbers of 32 bits and more.");
  if (!is_table(recipe.data_name())) leave_out("standardise", "--data " + recipe.data_name() + " are pictures, which the engine normalises as one");
  if (o.optimizer != "sgd") leave_out("step", "--optimizer " + o.optimizer + " does more than your step");
  else if (o.momentum > 0 || o.weight_decay > 0) leave_out("step", "your step knows neither --momentum nor --weight-decay");
  if (std::none_of(choices_.begin(), choices_.end(), [](const Choice& c) { return c.used; })) {
    std::string text = "of what is yours nothing is left for this training:";
    for (const Choice& c : choices_) text += fmt::format("\n  {:<12} {}", c.state.info.name, c.why);
    throw ConfigError(text);
  }
}

void Mine::compile(const Session& session) {
  course::tell_crashes(session.json(),
                       "\nHint: cairn check looks for the place; until it is mended, --mine with the names of the others leaves this piece out.");
  std::vector<std::string> files;
  for (const Choice& c : choices_)
    if (c.used) files.push_back(c.state.info.exercise);
  session.say(rows_here("compiling what has changed of your " + join(files, ", ")));
  for (const Choice& c : choices_)
    if (c.used)
      pieces_.at(c.state.info.name) = course::compiled_piece(c.state.info, course::find_exercise(c.state.info.exercise), c.state.file, c.state.text);
}

std::optional<Mine> Mine::of(const Session& session, const Run& run) {
  const Json environment = run.environment();
  const Json* saved = environment.find("mine");
  if (!saved) return std::nullopt;
  course::tell_crashes(session.json(), "\nHint: a run with --mine goes on with the same pieces only; train anew when the exercise is mended.");
  Mine mine;
  mine.named_ = true;
  const std::string file = run.path() + "/environment.json";
  std::vector<course::PieceState> now;
  for (const auto& [name, entry] : saved->as_object()) {
    const std::string id = entry.at("exercise").as_string(), digest = entry.at("digest").as_string();
    const auto& all = course::all_pieces();
    const auto info = std::find_if(all.begin(), all.end(), [&, name = name](const auto& p) { return p.name == name && p.exercise == id; });
    if (info == all.end()) throw FileError(file + ": '" + printable(name, 60) + "' of " + printable(id, 20) + " is no piece that this Cairn knows.");
    std::shared_ptr<course::Piece> piece = course::kept_piece(*info, entry.at("library").as_string(), digest);
    course::PieceState state;
    state.info = *info;
    state.digest = digest;
    if (!piece) {
      const course::Exercise exercise = course::find_exercise(id);
      const std::string path = course::workplace("").file_of(exercise);
      const std::string text = file_exists(path) ? read_file(path, uint64_t{4} << 20) : "";
      if (sha256(text) != digest)
        throw StateError(run.path() + " was trained with your " + name + " (" + id +
                         ") as it was then: neither is it compiled here any more, nor is " + path +
                         " still the same.\nHint: bring the file back as it was, or train anew: cairn train " + mine_recipe + " --mine");
      piece = course::compiled_piece(*info, exercise, path, text);
    }
    mine.pieces_.at(name) = piece;
    mine.choices_.push_back({state, true, ""});
  }
  return mine;
}

// ---- into the training

void Mine::put_into(Recipe& recipe) {
  if (pieces_.standardise) recipe.fit_column = course::fit_column_by(pieces_.standardise);
}

void Mine::put_into(Setup& setup, const TrainOptions& options) {
  course::put_pieces(pieces_, setup, options);
  watch_ = std::make_shared<Watch>(pieces_);
  setup.callbacks.push_back(watch_);
}

Json Mine::to_json() const {
  Json all = Json::object();
  for (const auto& p : pieces_.all())
    all[p->info().name] = Json::object({{"exercise", p->info().exercise}, {"digest", p->digest()}, {"library", p->library()}});
  return all;
}

void Mine::report(const Session& session) const {
  Json yours = Json::array(), engines = Json::array();
  session.say(rows_here("pieces of this training:"));
  for (const Choice& c : choices_) {
    const course::PieceInfo& i = c.state.info;
    if (c.used) {
      yours.push_back(Json::object({{"piece", i.name}, {"exercise", i.exercise}, {"functions", i.functions}, {"digest", c.state.digest}}));
      session.say(rows_here(fmt::format("  {:<12} yours ({})    {}: {}", i.name, i.exercise, i.what, i.functions)));
    } else {
      engines.push_back(Json::object({{"piece", i.name}, {"why", c.why}}));
      session.say(rows_here(fmt::format("  {:<12} the engine's   {}", i.name, c.why)));
    }
  }
  if (uses("loss"))
    session.say(rows_here("  (the losses of the training are those of your loss; the test's stays the cross-entropy, as in other runs)"));
  session.event(Json::object({{"event", "pieces"}, {"yours", yours}, {"engine", engines}}));
}

void keep_columns(Recipe& recipe, const Run& run) {
  Json environment;
  try {
    environment = run.environment();
  } catch (const FileError&) { return; }  // who needs it will say so
  const Json* mine = environment.find("mine");
  if (!mine || !mine->find("standardise") || !file_exists(run.path() + "/features.json")) return;
  recipe.fit_column = [features = features_of(run)](const Column& column, const std::vector<int64_t>&, double& mean, double& deviation) {
    for (const ColumnFeature& f : features.columns)
      if (f.name == column.name && f.categories.empty()) mean = f.mean, deviation = f.deviation;
  };
}

// ---- beside the engine's own

namespace {

struct F1 {
  double yours = 0, engine = 0;
};

// Of the run's own network: the macro F1 of its confusion matrix, by the learner's function and by the engine's.
F1 f1_of(const std::shared_ptr<course::Piece>& piece, const Run& run) {
  const Json test = Json::parse(read_file(run.path() + "/test.json", 64 << 20), run.path() + "/test.json");
  std::vector<std::vector<int64_t>> counts;
  for (const Json& row : test.at("confusion").as_array()) {
    counts.emplace_back();
    for (const Json& n : row.as_array()) counts.back().push_back(n.as_int());
  }
  PrecisionRecallF1 engine(Average::macro, int64_t(counts.size()));
  for (size_t t = 0; t < counts.size(); t++)
    for (size_t p = 0; p < counts[t].size(); p++) engine.update(full({counts[t][p]}, int64_t(p), i64), full({counts[t][p]}, int64_t(t), i64));
  return {course::f1_by(piece, counts)[2], engine.f1()};
}

}  // namespace

void Mine::compare(const Session& session, const Run& run) {
  Watch& yours = *watch_;
  for (const Json& line : run.metrics())  // those before a resume, too
    if (line.at("event") == Json("epoch")) yours.epochs[line.at("epoch").as_int()] = line.at("train_loss").as_double();
  int64_t seed = 0;
  const std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
  Setup s = prepare(*recipe, seed);
  if (pieces_.loss) s.loss = course::engine_loss;  // the same formula
  recipe->train.patience = 0;                      // as many steps as yours
  TrainingParts parts(s, recipe->train, seed);
  TrainerOptions limits = recipe->train.trainer();
  limits.max_steps = yours.last;
  Trainer trainer(parts.supervised, parts.train, parts.val.get(), limits);
  const auto engine = std::make_shared<Watch>();
  trainer.add(engine);
  for (const auto& callback : parts.callbacks) trainer.add(callback);
  session.say(rows_here(fmt::format("\nthe same {} steps with the engine's own pieces, from the same seed:", yours.last)));
  if (!session.json()) trainer.add(std::make_shared<Progress>(session));
  if (trainer.fit().interrupted) {
    session.event(Json::object({{"event", "interrupted"}, {"run", run.path()}, {"step", engine->last}}));
    session.say(rows_here("the comparison was stopped; the run with your pieces is complete."));
    return;
  }
  parts.supervised.set_training(false);
  const Json test = evaluate_setup(*s.model, s, *s.features, evaluation_batch), end = run.end();

  double largest = 0;
  int64_t where = 0;
  for (const auto& [step, loss] : yours.losses)
    if (const auto other = engine->losses.find(step); other != engine->losses.end())
      if (const double d = std::abs(loss - other->second); !(d <= largest)) largest = d, where = step;
  Json epochs = Json::array(), calls = Json::array();
  std::string table = fmt::format("\n  {:<14}{:>10}{:>14}\n", "", "yours", "the engine's");
  const auto row = [&](const std::string& what, const std::string& a, const std::string& b) {
    table += fmt::format("  {:<14}{:>10}{:>14}\n", what, a, b);
  };
  // A table of fifty epochs shows every fifth.
  const int64_t every = std::max<int64_t>(1, int64_t(yours.epochs.size()) / 10), newest = yours.epochs.empty() ? 0 : yours.epochs.rbegin()->first;
  for (const auto& [epoch, loss] : yours.epochs)
    if (const auto other = engine->epochs.find(epoch); other != engine->epochs.end()) {
      epochs.push_back(Json::object({{"epoch", epoch}, {"yours", loss}, {"engine", other->second}}));
      if (epoch % every == 0 || epoch == 1 || epoch == newest)
        row(fmt::format("loss, epoch {}", epoch), fmt::format("{:.6f}", loss), fmt::format("{:.6f}", other->second));
    }
  const double accuracy = end.at("test_accuracy").as_double(), engine_accuracy = test.at("accuracy").as_double();
  row("test accuracy", fmt::format("{:.2f} %", 100 * accuracy), fmt::format("{:.2f} %", 100 * engine_accuracy));
  const double a = yours.step_seconds(), b = engine->step_seconds();
  row("a step", fmt::format("{:.2f} ms", 1000 * a), fmt::format("{:.2f} ms", 1000 * b));
  session.say(table);
  session.say(rows_here(largest == 0 ? "The loss is the same at every step."
                                     : fmt::format("The losses of a step differ by {:.1e} at most (step {}).", largest, where)));
  if (b > 0) session.say(rows_here(fmt::format("A step of yours takes {:.1f} times as long as one of the engine's.", a / b)));
  Json event =
      Json::object({{"event", "comparison"}, {"run", run.path()}, {"steps", yours.last}, {"epochs", epochs}, {"largest_difference", largest}});
  event["yours"] = Json::object({{"step_seconds", a}, {"test_accuracy", accuracy}});
  event["engine"] = Json::object({{"step_seconds", b}, {"test_accuracy", engine_accuracy}});
  std::vector<Watch::Calls> all = yours.calls;
  if (const auto& piece = pieces_.f1) {
    const F1 f1 = f1_of(piece, run);
    event["f1"] = Json::object({{"yours", f1.yours}, {"engine", f1.engine}});
    session.say(rows_here(
        fmt::format("The F1 of this network on the test data is {:.6f} by your function and {:.6f} by the engine's.", f1.yours, f1.engine)));
    std::erase_if(all, [&](const Watch::Calls& c) { return c.piece == piece; });
    all.push_back({piece, piece->calls(), piece->seconds()});
  }
  for (const Watch::Calls& c : all) {
    calls.push_back(
        Json::object({{"piece", c.piece->info().name}, {"exercise", c.piece->info().exercise}, {"calls", c.calls}, {"seconds", c.seconds}}));
    session.say(rows_here(
        fmt::format("  {:<12} {:>12} calls of {}, {} in all", c.piece->info().name, c.calls, c.piece->info().functions, human_seconds(c.seconds))));
  }
  event["pieces"] = calls;
  write_file(run.path() + "/comparison.json", event.dump(1) + "\n");
  session.event(event);
}

}  // namespace cairn
