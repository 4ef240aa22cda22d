// cairn alone: where you are, and what to do next.
#include <fmt/format.h>

#include <app/prose.h>
#include <app/training.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/data/registry.h>
#include <course/machinery/plan_store.h>
#include <course/machinery/where.h>

namespace cairn {

namespace {

using course::PlanSession;
using course::Where;

// What the course knows of this person; nothing for a newcomer.
struct Learner {
  std::optional<Where> where;
  bool planned = false;
  std::vector<std::string> notes;  // a damaged file does not keep anybody from the rest
};

Learner learner(course::Day day) {
  Learner l;
  try {
    std::optional<course::Plan> plan;
    try {
      plan = course::saved_plan(l.notes);
    } catch (const Error& e) { l.notes.push_back(e.what()); }
    if (!course::Progress::there() && !plan && l.notes.empty()) return l;
    const course::Progress progress(course::Progress::Read);
    l.planned = plan.has_value();
    l.where = course::where_is(course::catalog(), progress, plan, course::learned_from(progress), day);
    l.notes.insert(l.notes.end(), progress.notes().begin(), progress.notes().end());
  } catch (const Error& e) { l.notes.push_back(e.what()); }
  return l;
}

std::string title_of(const std::string& id) {
  const course::Item* item = course::catalog().find(id);
  return item ? item->title : "";
}

std::string session_line(const PlanSession& s) {
  std::string what = course::kind_name(s.kind);
  if (s.parts > 1) what += fmt::format(" {} of {}", s.part, s.parts);
  return fmt::format("  {:28} {} {}: {}, {} min", s.command, s.item, title_of(s.item), what, s.minutes);
}

Json sessions_json(const std::vector<PlanSession>& sessions) {
  Json list = Json::array();
  for (const PlanSession& s : sessions)
    list.push_back(Json::object(
        {{"id", s.item}, {"kind", course::kind_name(s.kind)}, {"minutes", s.minutes}, {"command", s.command}, {"day", course::iso_date(s.day)}}));
  return list;
}

void say_where(Session& session, const Where& w, bool planned, course::Day day) {
  if (w.passed == 0 && w.skipped == 0) session.say(rows_here("You have begun. Your first exercise is still ahead of you."));
  else {
    std::string text = fmt::format("You have passed {} {}", w.passed, w.passed == 1 ? "lesson" : "lessons and projects");
    if (w.skipped > 0) text += fmt::format(" and skipped {} that you knew", w.skipped);
    if (w.seconds >= 60) text += fmt::format(", in {} of work", human_seconds(w.seconds));
    session.say(rows_here(text + "."));
    if (!w.last.empty()) session.say(rows_here(fmt::format("The last was {} ({}), on {}.", w.last, title_of(w.last), w.last_date)));
  }
  for (const Where::PhaseCount& p : w.phases) {
    const int done = p.passed + p.skipped, width = prose_width() < 60 ? 8 : 20, filled = p.lessons > 0 ? done * width / p.lessons : 0;
    session.say(rows_here(fmt::format("  {}  [{}{}]  {} of {}  {}", p.id, std::string(size_t(filled), '#'), std::string(size_t(width - filled), '.'),
                                      done, p.lessons, p.title)));
  }
  if (!w.today.empty()) {
    session.say(rows_here(w.catching_up ? "\nWhat is planned for today builds on what was missed. First comes:" : "\nToday's piece of your plan:"));
    for (const PlanSession& s : w.today) session.say(rows_here(session_line(s)));
  } else if (!w.ahead.empty()) {
    session.say(rows_here(fmt::format("\nNothing is planned for today. On {} it goes on with:", course::iso_date(w.ahead.front().day))));
    for (const PlanSession& s : w.ahead) session.say(rows_here(session_line(s)));
  } else if (planned && w.missed == 0) {
    session.say(rows_here("\nYour plan is done."));
  }
  if (w.missed > 0)
    session.say(rows_here(fmt::format("{} planned session{} missed; no harm done: `cairn plan --replan` moves {}.", w.missed,
                                      w.missed == 1 ? " was" : "s were", w.missed == 1 ? "it" : "them")));
  if (!w.due.empty()) {
    std::string ids;
    for (const course::Review& r : w.due) ids += (ids.empty() ? "" : ", ") + r.id;
    session.say(rows_here(fmt::format("\nA look back is due, about {} minutes: {}.", 5 * w.due.size(), ids)));
  }
  for (const std::string& id : w.back) session.say(rows_here(fmt::format("{} ({}) has faded and is worth another evening.", id, title_of(id))));
  session.say(rows_here("\nnext:  " + w.command));
  if (!planned) session.say(rows_here(fmt::format("       cairn plan --hours 5 --start {}    a plan for your week", course::iso_date(day))));
}

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
  const course::Day day = course::today();
  const Learner l = learner(day);
  Json json = Json::object({{"event", "start"},
                            {"version", version()},
                            {"runs", int64_t(names.size())},
                            {"recipes", int64_t(all_recipes().size())},
                            {"data_sets_here", data},
                            {"next", next},
                            {"learner", l.where.has_value()},
                            {"learn", l.where ? l.where->command : "cairn learn A01"}});
  if (l.where) {
    Json due = Json::array(), back = Json::array();
    for (const course::Review& r : l.where->due) due.push_back(r.id);
    for (const std::string& id : l.where->back) back.push_back(id);
    json["passed"] = l.where->passed;
    json["skipped"] = l.where->skipped;
    json["next_lesson"] = l.where->next;
    json["today"] = sessions_json(l.where->today);
    json["missed"] = l.where->missed;
    json["catching_up"] = l.where->catching_up;
    json["reviews_due"] = due;
    json["returned"] = back;
  }
  if (!l.notes.empty()) json["notes"] = Json::array(l.notes);
  session.event(json);
  session.say(rows_here(fmt::format("cairn {}: learn and practise deep learning in C++\n", version())));
  for (const std::string& note : l.notes) session.say(rows_here("note: " + note + "\n"));
  if (l.where) say_where(session, *l.where, l.planned, day);
  if (!l.where || !names.empty()) {
    if (l.where) session.say("");
    session.say(rows_here(names.empty() ? "You have no runs here yet."
                                        : fmt::format("{} run{} in {}{}.", names.size(), names.size() == 1 ? "" : "s", runs,
                                                      unfinished.empty() ? "" : "; " + unfinished + " is not finished")));
    session.say(rows_here(fmt::format("{} recipes to train, {} of {} data sets at hand.\n", all_recipes().size(), data, all_datasets().size())));
  }
  if (!l.where) session.say(rows_here("new:   cairn learn A01  the course: a first model, trained within ten minutes; no test, no account"));
  session.say(rows_here((l.where ? "runs:  " : "next:  ") + next));
  session.say(rows_here(
      "also:  cairn recipes    what can be trained\n       cairn data       the data sets\n       cairn doctor     what this machine can do\n       "
      "cairn --help     every verb"));
  return 0;
}

}  // namespace

extern const CommandInfo start_command;
const CommandInfo start_command = {"", "where you are, and what to do next", "cairn", start};

}  // namespace cairn
