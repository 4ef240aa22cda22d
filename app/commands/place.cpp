// cairn place: about 15 minutes of small computations, and what of the first lessons may be skipped.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include <app/asking.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/placement.h>
#include <course/machinery/progress.h>
#include <course/machinery/prose.h>

namespace cairn {

namespace {

struct PlaceOptions {
  std::string answers;
  void fields(Fields& f) { f("answers", answers, "the answers so far, 6,?,3/8: nobody is asked, the next question is printed"); }
};

std::string heading_of(const course::PlacementRun& run) {
  return fmt::format("{}, level {} of 3: {}", run.area().title, run.level() + 1, run.area().levels[size_t(run.level())].about);
}

void show_question(Session& session, const course::PlacementRun& run, uint64_t seed) {
  const course::DrawnQuestion q = run.question();
  Json json = question_json(q, run.area().id, run.asked() + 1);
  json["level"] = run.level() + 1;
  json["seed"] = int64_t(seed);
  session.event(json);
}

std::string titled(const std::string& id) { return id + "  " + course::lesson(id).title; }

void tell(Session& session, const course::PlacementResult& r, bool kept) {
  constexpr const char* words[] = {"a place to begin", "the first steps sit", "most of it sits", "all of it sits"};
  session.say("\nThat was it. Where you are:");
  for (const course::PlacementResult::Reached& reached : r.reached)
    for (const course::Area& area : course::placement())
      if (area.id == reached.area) session.say(rows_here(fmt::format("  {:28}  {} of 3  {}", area.title, reached.levels, words[reached.levels])));
  if (!r.skip.empty()) {
    session.say(rows_here("\nYou may skip, for what they teach you showed already:"));
    for (const std::string& id : r.skip) session.say(rows_here("  " + titled(id)));
  }
  if (!r.refresh.empty()) {
    session.say("\nThese lessons fill the gaps:");
    for (const std::string& id : r.refresh) session.say(rows_here("  " + titled(id)));
  }
  if (!r.resources.empty())
    session.say(course::prose(shown_here("To read beside them (`cairn resources`): " + join(r.resources, "; ") + "."), prose_width()));
  session.say(
      rows_here(std::string(kept ? "\nThe result is noted, and `cairn plan` takes it into account. A lesson that you may skip stays open to you."
                                 : "\nThe result could not be kept, so `cairn plan` does not know it.") +
                "\nnext:  cairn learn A01\n       cairn plan --hours 5"));
}

int place(Session& session, Arguments& arguments) {
  PlaceOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 0);
  const uint64_t seed = seed_of(session);
  course::PlacementRun run(course::placement(), seed);
  Asker asker(session, o.answers);
  if (asker.silent()) {
    show_question(session, run, seed);
    return 0;
  }
  // First: whoever answers for 15 minutes what then cannot be noted shall know it before. The result is worth having all the same.
  std::unique_ptr<course::Progress> progress;
  std::string not_kept;
  try {
    progress = std::make_unique<course::Progress>();
  } catch (const FileError& e) { not_kept = e.what(); }
  if (!not_kept.empty()) session.say(rows_here("note: the result cannot be kept here, only shown: " + not_kept + "\n"));
  if (!asker.scripted())
    session.say(
        course::prose("Six areas, from easy to hard; each ends when it gets too hard, and that is fine: it is what the lessons are for. "
                      "Type a number (3/8 counts), or ? when you do not know. About 15 minutes. Nobody needs this to begin: `cairn learn A01` does.",
                      prose_width()));
  while (!run.done()) {
    if (asker.scripted() && asker.left() == 0) {
      show_question(session, run, seed);
      session.say(rows_here(fmt::format("{} answered; the next question is\n{}", run.asked(), shown_here(heading_of(run)))) + "\n" +
                  for_terminal(run.question().text, "  "));
      return 0;
    }
    const course::DrawnQuestion q = run.question();
    const std::optional<int> chosen = asker.ask(q, heading_of(run));
    if (!chosen) {
      session.say(rows_here("\nUntil later. Nothing was noted; `cairn place` begins anew, and `cairn learn A01` needs none of it."));
      return 0;
    }
    run.answer(course::is_right(q, *chosen));
  }
  if (asker.scripted() && asker.left() != 0) throw UsageError(fmt::format("--answers has {} answers more than there were questions.", asker.left()));
  const course::PlacementResult r = run.result();
  Json reached = Json::object();
  for (const course::PlacementResult::Reached& a : r.reached) reached[a.area] = a.levels;
  const Json skip = Json::array(std::vector<std::string>(r.skip.begin(), r.skip.end()));
  Json detail = Json::object({{"skip", skip}, {"refresh", Json::array(r.refresh)}, {"reached", reached}, {"seed", int64_t(seed)}});
  std::string date = course::iso_date(course::today());
  const bool was_told = !not_kept.empty();
  std::vector<std::string> notes;
  if (progress) {
    try {
      date = progress->record({"placement", "placement", true, asker.seconds(), "", detail.dump()}).date;
    } catch (const FileError& e) { not_kept = e.what(); }
    notes = progress->notes();
  }
  if (!not_kept.empty()) notes.push_back("the result could not be kept: " + not_kept);
  session.event(Json::object({{"event", "placement"},
                              {"date", date},
                              {"kept", not_kept.empty()},
                              {"seed", int64_t(seed)},
                              {"questions", run.asked()},
                              {"reached", reached},
                              {"skip", skip},
                              {"refresh", Json::array(r.refresh)},
                              {"resources", Json::array(r.resources)},
                              {"notes", Json::array(notes)}}));
  tell(session, r, not_kept.empty());
  if (was_told) notes.pop_back();
  for (const std::string& note : notes) session.say(rows_here("note: " + note));
  return 0;
}

}  // namespace

extern const CommandInfo place_command;
const CommandInfo place_command = {"place", "15 minutes of small questions: which lessons you may skip", "cairn place [--answers 6,?,3/8]", place,
                                   options_of<PlaceOptions>};

}  // namespace cairn
