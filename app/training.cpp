#include <app/training.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <app/estimate.h>
#include <app/mine.h>
#include <app/progress.h>
#include <app/prose.h>
#include <app/report.h>
#include <cairn/autograd/modes.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/nn/saving.h>
#include <cairn/train/checkpoint.h>

namespace cairn {

namespace {

constexpr const char* features_file = "/features.json";

// config.toml: the recipe's fields and the seed.
struct SavedConfig {
  Recipe& recipe;
  int64_t& seed;
  void fields(Fields& f) {
    recipe.fields(f);
    f("seed", seed, "seed of all random numbers", between(0, 9e15));
  }
};

void report_start(Session& session, const Run& run, const Recipe& recipe, const Setup& s) {
  session.event(Json::object({{"event", "start"},
                              {"run", run.path()},
                              {"recipe", run.recipe()},
                              {"train_examples", s.train->size()},
                              {"val_examples", s.val ? s.val->size() : 0},
                              {"test_examples", s.test->size()},
                              {"parameters", s.model->parameter_count()},
                              {"threads", num_threads()},
                              {"epochs", recipe.train.epochs}}));
  session.say(narrowed(fmt::format("{}: {} training examples, {} for validation, {} to test{}", run.recipe(), s.train->size(),
                                   s.val ? s.val->size() : 0, s.test->size(), s.data_note.empty() ? "" : " (" + s.data_note + ")")));
  for (const std::string& note : s.notes) session.say(narrowed("note: " + note));
  session.say(narrowed(fmt::format("{} parameters; {} thread{}; run directory: {}", s.model->parameter_count(), num_threads(),
                                   num_threads() == 1 ? "" : "s", run.path())));
}

}  // namespace

void RunOptions::fields(Fields& f) {
  f("name", name, "name of the run's directory; without it RECIPE-1, RECIPE-2, ...");
  f("runs", runs, "folder that holds the runs");
}

std::string default_runs() { return env("CAIRN_RUNS", "runs"); }

std::string config_text(Recipe& recipe, int64_t seed) {
  SavedConfig config{recipe, seed};
  const Fields fields = fields_of(config);
  // A run is resumed and evaluated from any folder. The recipe itself keeps the paths as they were typed, for what is said about them.
  std::vector<std::pair<std::string*, std::string>> typed;
  for (const Field& f : fields.list())
    if (f.name == "weights" || (f.name == "data" && is_path(recipe, Fields::get(f)))) {
      std::string& path = *static_cast<std::string*>(f.value);
      typed.emplace_back(&path, path);
      path = absolute_path(path);
    }
  std::string text = fields.to_toml();
  for (auto& [path, before] : typed) *path = before;
  return text;
}

std::string shell_word(const std::string& text) {
  if (!text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+./,:@%=") == std::string::npos)
    return text;
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string runs_option(const Run& run) {
  const std::string& path = run.path();
  if (path == default_runs() + "/" + run.name()) return "";
  const size_t slash = path.rfind('/');
  return " --runs " + (slash == std::string::npos ? "." : shell_word(path.substr(0, std::max<size_t>(1, slash))));
}

std::string command_for(const std::string& verb, const Run& run) { return "cairn " + verb + " " + shell_word(run.name()) + runs_option(run); }

namespace {

struct ReadConfig {
  std::unique_ptr<Recipe> recipe;
  int64_t seed = 0;
  std::vector<std::string> given;  // the fields that the file has
  Fields fields() {
    SavedConfig config{*recipe, seed};
    return fields_of(config);
  }
};

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

ReadConfig read_config(const Run& run) {
  const std::string file = run.path() + "/config.toml", hint = "\nHint: was " + file + " changed? Bring it back, or train anew.";
  ReadConfig c;
  try {
    c.recipe = find_recipe(run.recipe()).make();
  } catch (const UsageError& e) { throw FileError(file + " line 1: " + e.what()); }
  Fields fields = c.fields();
  try {
    c.given = fields.from_toml(run.config_toml(), file);
  } catch (const ConfigError& e) {  // a file's mistake, not one of the command line
    throw FileError(e.what() + hint);
  }
  // The seed is written last, so where it is missing the end of the file is. Other fields may be: an older program did not know them.
  if (!contains(c.given, "seed")) {
    std::vector<std::string> missing;
    for (const Field& f : fields.list())
      if (!contains(c.given, f.name)) missing.push_back(f.name);
    const size_t shown = std::min<size_t>(missing.size(), 6), all = fields.list().size();
    const std::string list = join({missing.begin(), missing.begin() + int64_t(shown)}, ", ");
    throw FileError(fmt::format("{} is cut short: {} of its {} fields are missing ({}{}).{}", file, missing.size(), all, list,
                                shown < missing.size() ? ", ..." : "", hint));
  }
  return c;
}

}  // namespace

std::unique_ptr<Recipe> recipe_of(const Run& run, int64_t& seed) {
  ReadConfig c = read_config(run);
  seed = c.seed;
  return std::move(c.recipe);
}

// ---- the config that a checkpoint notes

namespace {

Json config_of(const Run& run) {
  Json config = Json::object({{"recipe", run.recipe()}});
  for (const auto& [name, value] : read_config(run).fields().to_json().as_object()) config[name] = value;
  return config;
}

// These change when something is done, not what comes out.
const std::vector<std::string> free_fields = {"workers", "checkpoint_every"};

bool same_value(const Json& a, const Json& b) { return a.is_number() && b.is_number() ? a.as_double() == b.as_double() : a == b; }

// SHA-256 of the data files of an environment.json, without their names.
std::vector<std::string> data_sums(const Json& environment) {
  std::vector<std::string> sums;
  if (const Json* data = environment.find("data"); data && data->is_object())
    for (const auto& [name, sum] : data->as_object())
      if (name != "weights") sums.push_back(sum.dump());
  std::sort(sums.begin(), sums.end());
  return sums;
}

}  // namespace

void check_config(const Run& run) {
  int64_t step = 0;
  const Json then = noted_config(run.checkpoints(), step);
  if (!then.is_object()) return;
  const std::string file = run.path() + "/config.toml", recipe = run.recipe();
  const std::string go_on = " and `" + command_for("resume", run) + "` goes on";
  if (const Json* before = then.find("recipe"); before && *before != Json(recipe))
    throw StateError(
        fmt::format("{} names the recipe {}, but the checkpoint at step {} is of {}.\nHint: put \"# recipe: {}\" back,{}; another recipe "
                    "is a new run: `cairn train {}`.",
                    file, printable(recipe), step, before->dump(), before->as_string(), go_on, shell_word(recipe)));
  ReadConfig now = read_config(run), plain{find_recipe(recipe).make(), now.seed, {}};
  const Fields fields = now.fields();
  const Json values = fields.to_json(), defaults = plain.fields().to_json();
  std::vector<std::string> lines, back, flags;
  for (const Field& f : fields.list()) {
    const Json *noted = then.find(f.name), &before = noted ? *noted : defaults.at(f.name), &after = values.at(f.name);
    if (same_value(before, after) || contains(free_fields, f.name)) continue;
    if (f.name == "data" && is_path(*now.recipe, before.as_string()) && is_path(*now.recipe, after.as_string()))
      continue;  // check_moved_data() looks at what is in it
    lines.push_back(fmt::format("  {}: {} {}, {} {}", f.name, before.dump(),
                                noted ? "in the checkpoint" : "for the checkpoint, which does not have it", after.dump(),
                                contains(now.given, f.name) ? "in the file" : "now, for the file does not have it"));
    back.push_back(f.name + " = " + before.dump());
    flags.push_back(f.kind != Field::boolean ? Fields::flag(f) + " " + shell_word(Fields::get(f))
                    : after.as_bool()        ? Fields::flag(f)
                                             : "--no-" + Fields::flag(f).substr(2));
  }
  if (lines.empty()) return;
  throw StateError(
      fmt::format("{} was changed since the checkpoint at step {} was written:\n{}\nHint: put it back ({}),{}; a training with other "
                  "values is a new run: `cairn train {} ... {}`.",
                  file, step, join(lines, "\n"), join(back, ", "), go_on, recipe, join(flags, " ")));
}

void check_moved_data(const Run& run, const Json& environment_now) {
  int64_t step = 0;
  const Json then = noted_config(run.checkpoints(), step);
  const Json *before = then.find("data"), now = config_of(run).at("data");
  if (!before || *before == now || data_sums(run.environment()) == data_sums(environment_now)) return;
  throw StateError(fmt::format(
      "{}/config.toml names {} as data, and its files are others than those of {}, on which the run was trained until step "
      "{}.\nHint: put data = {} back, and `{}` goes on; a training on other data is a new run: `cairn train {} --data {}`.",
      run.path(), now.dump(), before->dump(), step, before->dump(), command_for("resume", run), run.recipe(), shell_word(now.as_string())));
}

Features features_of(const Run& run) {
  const std::string file = run.path() + features_file;
  if (!file_exists(file)) throw FileError(file + " is missing: this run has not trained yet. Hint: `" + command_for("resume", run) + "`.");
  const Json j = Json::parse(read_file(file, 64 << 20), file);
  try {
    return Features::from_json(j);
  } catch (const FileError& e) { throw FileError(file + " is damaged: " + e.what() + "\nHint: bring it back from a copy, or train anew."); }
}

void check_features(const Run& run, const Features& now) {
  if (features_of(run).to_json() != now.to_json())
    throw StateError(run.path() +
                     " was trained on other features or classes than its data has now. Hint: bring the data back as it was (environment.json has the "
                     "digests of its files), or train anew.");
}

bool model_is_whole(const Run& run, const Json& end) {
  if (!file_exists(run.model_file())) return false;
  const Json* digest = end.find("model_sha256");
  return !digest || *digest == Json(sha256_file(run.model_file()));
}

std::shared_ptr<Module> trained_model(const Run& run, Recipe& recipe, const Features& features) {
  std::shared_ptr<Module> model = recipe.model(features);
  const Json end = run.end();
  if (!end.is_null() && !model_is_whole(run, end))
    throw FileError(run.model_file() + " is missing, or damaged: it has not the SHA-256 that the training noted. Hint: `" +
                    command_for("resume", run) + "` writes it again from the last checkpoint.");
  try {
    if (file_exists(run.model_file())) {
      load(run.model_file(), *model);
    } else {
      Checkpoint c;
      std::vector<std::string> problems;
      if (!newest_sound_checkpoint(run.checkpoints(), c, problems))
        throw FileError(run.path() + " has neither model.safetensors nor a whole checkpoint: it has not come to its first one." +
                        (problems.empty() ? "" : " " + join(problems, "; ")) + " Hint: `" + command_for("resume", run) + "`.");
      for (const std::string& p : problems) log_warning(p);
      auto averages = c.parts.find("ema");  // where the weights are averaged, the average is what counts
      model->load_state(averages != c.parts.end() ? averages->second : c.parts.at("model"));
    }
  } catch (const StateError& e) {
    throw StateError(
        run.path() +
        " holds another model than its config.toml and features.json describe. Hint: was one of them changed? Bring it back, or train anew.\n" +
        e.what());
  }
  model->eval();
  return model;
}

void say_unfinished(const Session& session, const Run& run) {
  if (!run.finished())
    session.say(narrowed("note: " + run.name() + " has not finished; this is its newest checkpoint. `" + command_for("resume", run) + "` goes on."));
}

Setup prepare(Recipe& recipe, int64_t seed) {
  manual_seed(uint64_t(seed));
  Setup s = recipe.setup();
  std::unique_ptr<Optimizer> optimizer = recipe.train.make_optimizer(*s.model);
  recipe.train.make_schedule(*optimizer, 1);
  return s;
}

Setup prepare(Recipe& recipe, int64_t seed, const Run& run) {
  recipe.run_folder = run.path();
  keep_columns(recipe, run);
  if (const std::string data = recipe.data_name(); is_path(recipe, data) && !file_exists(data))
    throw FileError(fmt::format(
        "{0}/config.toml: its data, {1}, is not there.\nHint: {2}; when it lies elsewhere now, write the new place into {0}/"
        "config.toml (data = \"/...\").",
        run.path(), printable(data, 500), data.starts_with('/') ? "bring it back" : "start from the folder in which the run was trained"));
  try {
    return prepare(recipe, seed);
  } catch (const ConfigError& e) { throw FileError(run.path() + "/config.toml: " + e.what()); }
}

std::unique_ptr<Optimizer> optimizer_of(const Setup& s, const TrainOptions& o, const Module& model) {
  return s.optimizer ? s.optimizer(model) : o.make_optimizer(model);
}

SupervisedOptions supervised_options(const Setup& s, const TrainOptions& o) {
  SupervisedOptions options = o.supervised();
  options.loss = s.loss;
  return options;
}

TrainingParts::TrainingParts(const Setup& s, const TrainOptions& o, int64_t seed)
    : train(s.train, {.batch_size = o.batch_size, .shuffle = true, .workers = o.workers, .seed = uint64_t(seed)}),
      val(s.val ? std::make_unique<DataLoader>(s.val, LoaderOptions{.batch_size = evaluation_batch}) : nullptr),
      optimizer(optimizer_of(s, o, *s.model)),
      supervised(*s.model, *optimizer, s.objective, supervised_options(s, o)),
      callbacks(o.callbacks(*optimizer, train.batches())) {}

Json environment_of(const Setup& s, int64_t seed) {
  Json environment = environment_now(uint64_t(seed));
  environment["data"] = s.checksums;
  if (!s.data_note.empty()) environment["data_note"] = s.data_note;
  return environment;
}

namespace {

// `trains`: set when the first step is about to be made.
int train_and_report(Session& session, Run& run, Recipe& recipe, const Setup& s, int64_t seed, bool resuming, bool& trains) {
  const double start = seconds_since_start();
  if (resuming && file_exists(run.path() + features_file)) check_features(run, *s.features);
  else write_file(run.path() + features_file, s.features->to_json().dump(1) + "\n");
  for (const auto& [name, contents] : s.files)
    if (!file_exists(run.path() + "/" + name)) write_file(run.path() + "/" + name, contents);

  const TrainOptions& o = recipe.train;
  TrainingParts parts(s, o, seed);
  Task& task = s.task ? *s.task : parts.supervised;
  Trainer trainer(task, parts.train, parts.val.get(), o.trainer(), &run);
  trainer.set_config(config_of(run));
  trainer.add(std::make_shared<Progress>(session));
  for (const std::shared_ptr<Callback>& callback : parts.callbacks) trainer.add(callback);
  for (const std::shared_ptr<Callback>& callback : s.callbacks) trainer.add(callback);

  report_start(session, run, recipe, s);
  if (!resuming && !s.task) report_estimate(session, recipe, s, seed);
  if (resuming) {
    std::vector<std::string> problems;
    const bool found = trainer.resume(problems);
    Json skipped = Json::array();
    for (const std::string& p : problems) {
      log_warning(p);
      skipped.push_back(p);
    }
    session.event(Json::object({{"event", "resume"}, {"resumed_at", trainer.resumed_at()}, {"skipped", skipped}}));
    session.say(narrowed(found ? fmt::format("resumed_at: step {}", trainer.resumed_at())
                               : "resumed_at: step 0 (the run was stopped before its first checkpoint)"));
  }
  catch_interrupt();
  const std::string go_on = command_for("resume", run);
  trains = true;
  const FitResult result = trainer.fit();
  if (result.interrupted) {
    session.event(Json::object({{"event", "interrupted"}, {"run", run.path()}, {"step", result.steps}, {"resume", go_on}}));
    session.say(narrowed("\nstopped at step " + std::to_string(result.steps) + "; everything is saved. `" + go_on + "` goes on from here."));
    return 130;
  }
  if (!result.stopped_early.empty()) session.say(narrowed("stopped early: " + result.stopped_early));

  task.set_training(false);
  Setup last = s;
  last.test = watched_test(session, s.test);
  Json test = evaluate_setup(*s.model, last, *s.features, evaluation_batch);
  if (!std::isfinite(test.at("loss").as_double()))
    throw NumericError(
        run.path() +
        ": after the last step the test loss is NaN or infinite. Hint: lower --lr, clip the gradients (--clip-norm 1), and check the data for NaN.");
  save(run.model_file(), *s.model);
  Json end = Json::object({{"event", "end"}});
  for (const auto& [key, value] : test.as_object())
    if (value.is_number()) end["test_" + key] = value;
  if (!s.data_note.empty()) end["data_note"] = s.data_note;
  end["run"] = run.path();
  end["model_sha256"] = sha256_file(run.model_file());
  const Outcome outcome = s.outcome ? s.outcome() : Outcome();
  for (const auto& [key, value] : outcome.values.as_object()) end[key] = value;
  for (const std::string& line : outcome.lines) session.say(narrowed(line));
  end["epochs"] = result.epochs;
  end["training_seconds"] = trainer.seconds();
  end["data_wait_seconds"] = parts.train.waited();  // of this process; near 0 where the workers keep up
  end["peak_memory_mib"] = double(peak_rss_bytes()) / 1048576;
  end["seconds"] = seconds_since_start() - (resuming ? start : 0);
  write_unsynced(run.path() + "/test.json", test.dump(1) + "\n");  // `cairn eval` makes it, and the samples, again
  write_samples(session, run, *s.model, recipe, s);
  run.append_metrics(end);
  run.sync_metrics();
  session.event(end);
  if (!session.json()) report_end(session, run, recipe, test, s, end.at("seconds").as_double());
  return 0;
}

}  // namespace

int train_run(Session& session, Run& run, Recipe& recipe, const Setup& setup, int64_t seed, bool resuming) {
  bool trains = false;
  try {
    return train_and_report(session, run, recipe, setup, seed, resuming, trains);
  } catch (const FileError& e) {     // no room, no permission, a picture that cannot be read: what was saved before is as it was
    if (resuming && !trains) throw;  // what was saved is what cannot be read
    const std::vector<std::string> saved = list_checkpoints(run.checkpoints());
    throw FileError(std::string(e.what()) + "\n" + run.path() +
                    (saved.empty() ? " has no checkpoint yet." : " keeps its older checkpoints, the newest of them " + saved.back() + ".") +
                    " Hint: when that is mended, `" + command_for("resume", run) + "` goes on" + (saved.empty() ? " from the beginning." : "."));
  }
}

}  // namespace cairn
