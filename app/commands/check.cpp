// cairn check [ID], cairn watch [ID]: is the exercise right, and if not, which slip does it look like?
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include <app/command.h>
#include <app/lesson_gate.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/checking.h>
#include <course/machinery/exercises.h>
#include <course/machinery/pieces.h>

namespace cairn {

namespace {

struct CheckOptions {
  std::string folder;
  bool anyway = false;
  void fields(Fields& f) {
    f("folder", folder, "folder of your exercises, instead of ./cairn-course or the one used last");
    f("anyway", anyway, "although lessons that it builds on have not been passed");
  }
};

// A training lasts minutes: one line of a terminal says how far it is, a program is told each epoch.
class Watching {
 public:
  explicit Watching(const Session& session) : session_(session) {}
  ~Watching() { clear(); }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  bool operator()(const course::TrainingNews& news) {
    const course::Trained& t = news.so_far;
    const std::string part = t.data + " " + t.part;
    if (part != part_ || t.epochs != epochs_) {
      Json event = course::training_json(t);
      event["event"] = "training";
      session_.event(event);
      part_ = part, epochs_ = t.epochs, shown_ = -1;
    }
    if (session_.terminal() && !session_.json() && news.seconds - shown_ >= 0.5) {
      const int room = Terminal::of(1).columns - 1;
      std::printf("\r\033[K%s", training_line(news).substr(0, size_t(std::max(room, 0))).c_str());
      std::fflush(stdout);
      shown_ = news.seconds, drawn_ = true;
    }
    return !interrupted();
  }
  void clear() {
    if (drawn_) std::printf("\r\033[K");
    std::fflush(stdout);
    drawn_ = false;
  }
 private:
  const Session& session_;
  std::string part_;
  int64_t epochs_ = -1;
  double shown_ = -1;
  bool drawn_ = false;
};

course::Verdict check_once(Session& session, const course::Target& target) {
  const uint64_t seed = session.seed_given ? uint64_t(session.options().seed) : course::fresh_seed();
  Watching watching(session);
  const course::Verdict v = course::check_exercise(target.exercise, target.file, seed, [&](const auto& news) { return watching(news); });
  watching.clear();
  const Recorded recorded = record_check(target.exercise, v);
  const course::PieceInfo* piece = recorded.done ? course::piece_of(target.exercise.id) : nullptr;  // that it gives to a training
  Json event = course::verdict_json(target.exercise, v);
  if (piece) event["piece"] = piece->name;
  if (v.kind == course::Verdict::pass) event["recorded"] = recorded.done, event["next"] = recorded.next;
  session.event(event);
  session.say(course::verdict_text(target.exercise, v, prose_width(0)));
  if (v.kind == course::Verdict::pass) {
    if (!recorded.words.empty()) session.say(rows_here(recorded.words));
    if (piece) session.say(rows_here("`cairn train mlp --mine` now trains with it: " + piece->what + "."));
    if (!recorded.next.empty()) session.say(rows_here("next: " + recorded.next));
  }
  for (const std::string& n : recorded.notes) session.say(rows_here("note: " + n));
  return v;
}

int check(Session& session, Arguments& arguments) {
  CheckOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  const course::Target target = course::exercise_target(arguments.positionals().empty() ? "" : arguments.positionals()[0], o.folder);
  if (!o.anyway) require_open(target.exercise);
  if (course::training_plan_of(target.exercise)) catch_interrupt();  // a training is ended in good order
  return check_once(session, target).kind == course::Verdict::pass ? 0 : 1;
}

// Changes when the file is written, also by editors that write a new file and rename it. Empty while it is away.
std::string stamp(const std::string& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return "";
  return fmt::format("{} {} {} {}", s.st_ino, s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

int watch(Session& session, Arguments& arguments) {
  CheckOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  course::Target target = course::exercise_target(arguments.positionals().empty() ? "" : arguments.positionals()[0], o.folder);
  if (!o.anyway) require_open(target.exercise);
  catch_interrupt();
  std::string before = "none yet";
  while (!interrupted()) {
    const std::string now = stamp(target.file);
    if (now == before) {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));  // a look costs microseconds
      continue;
    }
    before = now;
    if (now.empty()) {
      session.say(rows_here(target.file + " is gone; `cairn start " + target.exercise.id + "` puts the starter there. Waiting."));
      continue;
    }
    if (session.terminal() && !session.json()) session.say("\033[2J\033[H");
    session.say(rows_here(fmt::format("{} {}   ({}; Ctrl-C ends)\n", target.exercise.id, target.exercise.title, target.file)));
    course::Verdict v;
    try {
      v = check_once(session, target);
    } catch (const FileError& e) {
      if (stamp(target.file).empty()) continue;  // an editor is about to put the new file there
      throw;
    }
    if (v.kind != course::Verdict::pass) continue;
    const std::string next = next_exercise(target.exercise);
    if (next.empty()) return 0;
    const course::Exercise e = course::find_exercise(next);
    const course::Started s = course::start_exercise(course::workplace(o.folder), e);
    note_started(e);
    target = {e, s.file};
    before = stamp(s.file);
    session.event(Json::object({{"event", "started"}, {"id", e.id}, {"file", s.file}, {"made", s.made}}));
    session.say(rows_here(fmt::format("\nWaiting for {} {}: {}\n  the text: {}", e.id, e.title, s.file, course::text_command(e))));
  }
  return 0;
}

}  // namespace

extern const CommandInfo check_command;
const CommandInfo check_command = {"check", "is your exercise right? and if not, which slip it looks like", "cairn check [ID or FILE] [--seed N]",
                                   check, options_of<CheckOptions>};
extern const CommandInfo watch_command;
const CommandInfo watch_command = {"watch", "check at each save; on with the next one when it passes", "cairn watch [ID or FILE]", watch,
                                   options_of<CheckOptions>};

}  // namespace cairn
