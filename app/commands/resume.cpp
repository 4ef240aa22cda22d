// cairn resume RUN: goes on exactly where a run stopped, with its seed, threads and backend.
#include <app/training.h>
#include <cairn/backend/backend.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {

namespace {

struct Options {
  std::string runs = default_runs();
  void fields(Fields& f) { f("runs", runs, "folder that holds the runs"); }
};

int resume(Session& session, Arguments& arguments) {
  Options o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  Run run = Run::open(o.runs, arguments.positionals()[0], true);
  if (run.finished()) {
    session.event(Json::object({{"event", "finished"}, {"run", run.path()}}));
    session.say(run.path() + " has finished; there is nothing to resume. Hint: `cairn eval " + run.name() + "` shows its result.");
    return 0;
  }
  const Json then = run.environment();
  // The same bits need the same number of threads.
  if (!session.threads_given) set_threads(int(then.at("threads").as_int()));
  if (session.options().backend.empty()) use_backend(then.at("backend").as_string());
  int64_t seed = 0;
  std::unique_ptr<Recipe> recipe = recipe_of(run, seed);
  for (const std::string& difference : environment_differences(then, environment_now(uint64_t(seed))))
    session.say("note: results may differ in the last bits: " + difference);
  return train_run(session, run, *recipe, seed, true);
}

std::string options(const Arguments&) {
  Options o;
  return options_table(fields_of(o));
}

}  // namespace

extern const CommandInfo resume_command;
const CommandInfo resume_command = {"resume", "go on with a stopped run", "cairn resume RUN", resume, options};

}  // namespace cairn
