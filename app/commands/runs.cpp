// cairn runs [list | show RUN | compare RUN RUN... | rm RUN...]: what the run directories hold.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include <app/prose.h>
#include <app/training.h>
#include <cairn/base/columns.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/train/checkpoint.h>

namespace cairn {

namespace {

struct RunsOptions {
  std::string runs = default_runs();
  void fields(Fields& f) { f("runs", runs, "folder that holds the runs"); }
};

// Recipe, state, epochs and result of a run; a damaged one says what is wrong instead.
Json summary(const std::string& runs, const std::string& name) {
  Json j = Json::object({{"event", "run"}, {"run", name}});
  try {
    const Run run = Run::open(runs, name, false);
    j["recipe"] = run.recipe();
    int64_t epochs = 0;
    Json last;
    for (const Json& line : run.metrics()) {
      if (line.at("event") == Json("epoch")) epochs = line.at("epoch").as_int();
      if (line.at("event") != Json("step")) last = line;
    }
    j["epochs"] = epochs;
    j["state"] = last.find("event") && last.at("event") == Json("end") ? "finished" : "unfinished";
    if (last.is_object())
      for (const char* key : {"test_accuracy", "test_r2", "test_loss", "val_accuracy", "val_loss", "data_note", "seconds"})
        if (const Json* v = last.find(key)) j[key] = *v;
  } catch (const Error& e) {
    j["state"] = "damaged";
    j["problem"] = e.what();
  }
  return j;
}

std::string score(const Json& j) {
  auto percent = [&](const char* key) { return fmt::format("{:.2f} %", 100 * j.at(key).as_double()); };
  const std::string note = j.find("data_note") ? " " + j.at("data_note").as_string() : "";
  if (j.find("test_accuracy")) return "test accuracy " + percent("test_accuracy") + note;
  if (j.find("test_r2")) return fmt::format("test R2 {:.4f}", j.at("test_r2").as_double()) + note;
  if (j.find("val_accuracy")) return "validation accuracy " + percent("val_accuracy");
  if (j.find("val_loss")) return fmt::format("validation loss {:.4f}", j.at("val_loss").as_double());
  if (j.find("problem")) return j.at("problem").as_string();
  return "";
}

// The same in ten columns or fewer.
std::string short_score(const Json& j) {
  if (j.find("problem")) return "";
  for (const char* key : {"test_accuracy", "val_accuracy"})
    if (const Json* v = j.find(key)) return fmt::format("{:.2f} %", 100 * v->as_double());
  if (const Json* v = j.find("test_r2")) return fmt::format("R2 {:.4f}", v->as_double());
  if (const Json* v = j.find("val_loss")) return fmt::format("{:.4f}", v->as_double());
  return "";
}

int list(Session& session, const std::string& runs) {
  const std::vector<std::string> names = Run::list(runs);
  if (names.empty()) session.say(narrowed("there are no runs in " + runs + " yet. Hint: `cairn train mlp` makes the first."));
  size_t width = 0, widest = 0;
  for (const std::string& n : names) width = std::max(width, n.size());
  std::vector<Json> found;
  std::vector<std::string> rows;
  for (const std::string& n : names) {
    found.push_back(summary(runs, n));
    const Json& j = found.back();
    session.event(j);
    rows.push_back(fmt::format("  {:<{}}  {:<10}  {:>3} epochs  {}", n, width, j.at("state").as_string(),
                               j.find("epochs") ? j.at("epochs").as_int() : 0, score(j)));
    widest = std::max(widest, j.find("problem") ? 0 : columns_of(rows.back()));
  }
  const size_t columns = table_width();
  for (size_t i = 0; i < rows.size(); i++) {
    if (columns < 80 && widest > columns)
      rows[i] = fmt::format("  {}  {:<10}  {}", pad_right(names[i], std::min(width, columns - 26)), found[i].at("state").as_string(),
                            short_score(found[i]));
    else if (columns < 80 && found[i].find("problem")) rows[i] = fmt::format("  {:<{}}  damaged", names[i], width);
    session.say(rows[i].substr(0, rows[i].find_last_not_of(' ') + 1));
    if (columns < 80 && found[i].find("problem")) session.say(narrowed("    " + found[i].at("problem").as_string()));
  }
  return 0;
}

// What matters most of an epoch's line of metrics.jsonl, for a terminal in which the line itself has no room.
std::string epoch_in_words(const Json& line) {
  const Json *val = line.find("val_loss"), *accuracy = line.find(val ? "val_accuracy" : "train_accuracy");
  std::string text = fmt::format("epoch {}  loss {:.4f}", line.at("epoch").as_int(), line.at("train_loss").as_double());
  if (val && !accuracy) text += fmt::format("  val {:.4f}", val->as_double());
  if (accuracy) text += fmt::format("{} {:.2f} %", val ? "  val" : " ", 100 * accuracy->as_double());
  return text;
}

int show(Session& session, const std::string& runs, const std::string& name) {
  const Run run = Run::open(runs, name, false);
  Json j = summary(runs, name);
  j["path"] = run.path();
  // Without it the rest of the run is as it was, and is shown.
  std::string trouble;
  const std::string environment = run.path() + "/environment.json";
  try {
    j["environment"] = file_exists(environment) ? run.environment() : Json();
    if (j.at("environment").is_null()) trouble = environment + " is missing: versions, threads and data of this training are not known.";
  } catch (const FileError& e) { j["environment"] = nullptr, trouble = e.what(); }
  if (!trouble.empty()) j["trouble"] = trouble;
  Json lines = Json::array();
  for (const Json& line : run.metrics()) lines.push_back(line);
  j["metrics"] = lines;
  session.event(j);
  session.say(narrowed(run.path() + " (" + run.recipe() + "): " + j.at("state").as_string() + (score(j).empty() ? "" : ", " + score(j))));
  session.say(narrowed("\n" + run.config_toml()));
  if (!trouble.empty()) session.say(narrowed("note: " + trouble));
  const Json::Object none;
  for (const auto& [key, value] : trouble.empty() ? j.at("environment").as_object() : none) {
    const bool too_wide = value.is_object() && table_width() < 80;
    session.say(narrowed(fmt::format("  {:<10} {}", key,
                                     value.is_string() ? value.as_string()
                                     : too_wide        ? fmt::format("{} in environment.json", value.size())
                                                       : value.dump())));
  }
  session.say("");
  for (const Json& line : run.metrics())
    if (line.at("event") == Json("epoch")) session.say("  " + (table_width() < 80 ? epoch_in_words(line) : line.dump()));
  for (const std::string& c : list_checkpoints(run.checkpoints())) session.say("  checkpoint " + std::filesystem::path(c).filename().string());
  return 0;
}

// The options in which runs differ, and their results, side by side.
int compare(Session& session, const std::string& runs, const std::vector<std::string>& names) {
  std::vector<std::map<std::string, std::string>> configs;
  std::set<std::string> keys;
  for (const std::string& name : names) {
    const Run run = Run::open(runs, name, false);
    int64_t seed = 0;
    std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
    std::map<std::string, std::string> config{{"recipe", run.recipe()}, {"seed", std::to_string(seed)}};
    Fields fields = fields_of(*recipe);
    for (const Field& f : fields.list()) config[f.name] = Fields::get(f);
    for (auto& [key, value] : config) keys.insert(key);
    configs.push_back(std::move(config));
  }
  // Below 80 columns narrower ones, where they would still say something; else a line a run below each title.
  constexpr size_t least_cell = 9;
  const size_t columns = table_width(), n = names.size();
  const bool narrow = columns < 80 && 18 + 26 * n > columns;
  const size_t first = narrow ? 10 : 16, share = (columns - 2 - first) / n, cell = narrow ? share - std::min<size_t>(2, share) : 24;
  auto row = [&](const std::string& title, const std::vector<std::string>& cells) {
    if (!narrow) {
      std::string line = fmt::format("  {:<16}", title);
      for (const std::string& c : cells) line += fmt::format("  {:<24}", c);
      session.say(line);
    } else if (cell >= least_cell) {
      std::string line = "  " + pad_right(title, first);
      for (const std::string& c : cells) line += "  " + pad_right(c, cell);
      session.say(line.substr(0, line.find_last_not_of(' ') + 1));
    } else if (!title.empty()) {
      session.say("  " + title);
      for (size_t i = 0; i < n; i++) session.say(narrowed("    " + names[i] + "  " + cells[i]));
    }
  };
  row("", names);
  for (const std::string& key : keys) {
    std::vector<std::string> cells;
    for (auto& c : configs) cells.push_back(c.count(key) ? c[key] : "-");
    if (!std::all_of(cells.begin(), cells.end(), [&](const std::string& c) { return c == cells[0]; })) row(key, cells);
  }
  std::vector<std::string> scores, seconds;
  for (const std::string& name : names) {
    const Json j = summary(runs, name);
    session.event(j);
    scores.push_back(narrow && cell >= least_cell ? short_score(j) : score(j));
    seconds.push_back(j.find("seconds") ? human_seconds(j.at("seconds").as_double()) : "-");
  }
  row("result", scores);
  row("time", seconds);
  return 0;
}

int remove(Session& session, const std::string& runs, const std::vector<std::string>& names) {
  std::vector<Run> found;  // all of them first: one mistyped name removes nothing
  for (const std::string& n : names) {
    if (n.find('/') != std::string::npos || n == "." || n == ".." || !file_exists(runs + "/" + n))
      throw FileError("there is no run '" + printable(n) + "' in " + runs + "." + did_you_mean(n, Run::list(runs)) +
                      " Hint: a run is removed by its name alone; `cairn runs` lists them.");
    if (std::any_of(found.begin(), found.end(), [&](const Run& r) { return r.name() == n; })) continue;
    found.push_back(Run::open(runs, n, true));  // not while somebody trains in it
  }
  for (const Run& run : found) {
    disk().remove_all(run.path());
    session.event(Json::object({{"event", "removed"}, {"run", run.path()}}));
    session.say("removed " + run.path());
  }
  return 0;
}

int runs(Session& session, Arguments& arguments) {
  RunsOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1000);
  std::vector<std::string> words = arguments.positionals();
  const std::string what = words.empty() ? "list" : words[0];
  if (!words.empty()) words.erase(words.begin());
  auto need = [&](size_t least) {
    if (words.size() < least)
      throw UsageError("`cairn runs " + what + "` needs " + (least == 1 ? "the name of a run" : "the names of two runs or more") +
                       ".\nHint: `cairn runs` lists them.");
  };
  if ((what == "list" && !words.empty()) || (what == "show" && words.size() > 1))
    throw UsageError("`cairn runs " + what + "` does not know what to do with '" + printable(words[what == "show"]) +
                     "'.\nHint: `cairn runs show RUN`, `cairn runs compare RUN RUN...`.");
  if (what == "list") return list(session, o.runs);
  if (what != "show" && what != "compare" && what != "rm")
    throw UsageError("`cairn runs " + printable(what) + "`?" + did_you_mean(what, {"list", "show", "compare", "rm"}));
  need(what == "compare" ? 2 : 1);
  if (what == "show") return show(session, o.runs, words[0]);
  if (what == "compare") return compare(session, o.runs, words);
  return remove(session, o.runs, words);
}

}  // namespace

extern const CommandInfo runs_command;
const CommandInfo runs_command = {"runs", "list, show, compare or remove runs", "cairn runs [list | show RUN | compare RUN RUN... | rm RUN...]", runs,
                                  options_of<RunsOptions>};

}  // namespace cairn
