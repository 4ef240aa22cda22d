// cairn alone: where you are, and what to do next.
#include <fmt/format.h>

#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/data/registry.h>

namespace cairn {

namespace {

int start(Session& session, Arguments& arguments) {
  Fields none;
  arguments.read(none, 0, 0);
  const std::string runs = default_runs();
  const std::vector<std::string> names = Run::list(runs);
  std::string unfinished, finished;
  for (const std::string& n : names) {
    try {
      (Run::open(runs, n, false).finished() ? finished : unfinished) = n;
    } catch (const Error&) {  // `cairn runs` says what is wrong with it
    }
  }
  int64_t data = 0;
  for (const DatasetInfo* info : all_datasets()) data += have_dataset(*info);
  std::string next;
  if (!unfinished.empty()) next = "cairn resume " + unfinished;
  else if (finished.empty()) next = "cairn train mlp";
  else next = "cairn eval " + finished;
  session.event(Json::object({{"event", "start"},
                              {"version", version()},
                              {"runs", int64_t(names.size())},
                              {"recipes", int64_t(all_recipes().size())},
                              {"data_sets_here", data},
                              {"next", next}}));
  session.say(fmt::format("cairn {}: learn and practise deep learning in C++\n", version()));
  session.say(names.empty() ? "You have no runs here yet."
                            : fmt::format("{} run{} in {}{}.", names.size(), names.size() == 1 ? "" : "s", runs,
                                          unfinished.empty() ? "" : "; " + unfinished + " is not finished"));
  session.say(fmt::format("{} recipes to train, {} of {} data sets at hand.\n", all_recipes().size(), data, all_datasets().size()));
  session.say("next:  " + next);
  session.say(
      "also:  cairn recipes    what can be trained\n       cairn data       the data sets\n       cairn doctor     what this machine can do\n       "
      "cairn --help     every verb");
  return 0;
}

}  // namespace

extern const CommandInfo start_command;
const CommandInfo start_command = {"", "where you are, and what to do next", "cairn", start};

}  // namespace cairn
