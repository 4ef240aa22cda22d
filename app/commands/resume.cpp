// cairn resume RUN: goes on exactly where a run stopped, with its seed, threads and backend.
#include <app/mine.h>
#include <app/progress.h>
#include <app/training.h>
#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {

namespace {

constexpr int64_t most_threads = 1024;

struct ResumeOptions {
  std::string runs = default_runs();
  void fields(Fields& f) { f("runs", runs, "folder that holds the runs"); }
};

int resume(Session& session, Arguments& arguments) {
  ResumeOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  Run run = Run::open(o.runs, arguments.positionals()[0], true);
  if (const Json end = run.end(); !end.is_null()) {
    if (model_is_whole(run, end)) {
      session.event(Json::object({{"event", "finished"}, {"run", run.path()}}));
      session.say(run.path() + " has finished; there is nothing to resume. Hint: `" + command_for("eval", run) + "` shows its result.");
      return 0;
    }
    log_warning(run.model_file() + " is missing or damaged: it is written again from the last checkpoint.");
  }
  check_config(run);
  int64_t seed = 0;
  std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
  // The same bits need the same number of threads, and the same kernels.
  const Json then = run.environment();
  try {
    const int64_t threads = then.at("threads").as_int();
    if (threads < 1 || threads > most_threads)
      throw FileError("threads must be between 1 and " + std::to_string(most_threads) + ", found " + std::to_string(threads) + ".");
    if (!session.threads_given) set_threads(int(threads));
    if (session.options().backend.empty()) use_backend(then.at("backend").as_string());
  } catch (const Error& e) { throw FileError(run.path() + "/environment.json: " + e.what()); }
  std::optional<Mine> mine = Mine::of(session, run);
  if (mine) mine->put_into(*recipe);
  recipe->reading = reading_progress(session);
  Setup setup = prepare(*recipe, seed, run);
  Json now = environment_of(setup, seed);
  if (mine) {
    mine->put_into(setup, recipe->train);
    now["mine"] = mine->to_json();
    mine->report(session);
  }
  check_moved_data(run, now);
  const std::vector<std::string> differences = environment_differences(then, now);
  for (const std::string& d : differences) session.say("note: the results may differ from those of a run that was never stopped: " + d);
  if (!differences.empty()) { session.event(Json::object({{"event", "environment"}, {"differences", Json::array(differences)}})); }
  const int code = train_run(session, run, *recipe, setup, seed, true);
  if (mine && code == 0) mine->compare(session, run);
  return code;
}

}  // namespace

extern const CommandInfo resume_command;
const CommandInfo resume_command = {"resume", "go on with a stopped run", "cairn resume RUN", resume, options_of<ResumeOptions>};

}  // namespace cairn
