// cairn quiz ID: a lesson's questions with new numbers; what was answered is noted in the progress.
#include <fmt/format.h>

#include <app/asking.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <course/machinery/catalog.h>
#include <course/machinery/progress.h>
#include <course/machinery/prose.h>

namespace cairn {

namespace {

struct QuizOptions {
  std::string answers;
  void fields(Fields& f) { f("answers", answers, "the answers, 1,3,2: nobody is asked"); }
};
int quiz(Session& session, Arguments& arguments) {
  QuizOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  const course::Lesson& lesson = course::lesson(arguments.positionals()[0]);
  const std::optional<course::Quiz> quiz = course::quiz_of(lesson);
  if (!quiz) throw StateError(fmt::format("{} ({}) has no quiz yet: it is not written.\nHint: `cairn road` shows what is.", lesson.id, lesson.title));
  const uint64_t seed = seed_of(session);
  std::vector<course::DrawnQuestion> questions;
  for (const course::Question& q : quiz->questions) questions.push_back(course::drawn(q, seed));
  Asker asker(session, o.answers);
  for (size_t i = 0; i < questions.size(); i++) session.event(question_json(questions[i], lesson.id, int(i) + 1));
  if (asker.silent()) {
    session.event(Json::object({{"event", "quiz"}, {"id", lesson.id}, {"seed", int64_t(seed)}, {"questions", int64_t(questions.size())}}));
    return 0;
  }
  if (asker.scripted() && asker.left() != questions.size())
    throw UsageError(fmt::format("--answers has {} answers; the quiz of {} has {} questions.", asker.left(), lesson.id, questions.size()));
  course::Progress progress;  // first: nobody answers a quiz that then cannot be noted
  session.say(rows_here(shown_here(fmt::format("{}: {}. {} questions; the numbers are new each time.", lesson.id, lesson.title, questions.size()))));
  int right = 0;
  Json thoughts = Json::array();
  for (size_t i = 0; i < questions.size(); i++) {
    const course::DrawnQuestion& q = questions[i];
    const std::optional<int> chosen = asker.ask(q, fmt::format("{} of {}", i + 1, questions.size()));
    if (!chosen) {
      session.say(rows_here("\nUntil later. Nothing was noted; `cairn quiz " + lesson.id + "` begins anew."));
      return 0;
    }
    asker.tell(q, *chosen);
    right += course::is_right(q, *chosen);
    thoughts.push_back(course::is_right(q, *chosen) ? "" : *chosen >= 0 && !q.typed ? q.thoughts[size_t(*chosen)] : q.why);
  }
  const int of = int(questions.size());
  const bool passed = 4 * right >= 3 * of;  // three quarters
  const course::Entry noted =
      progress.record({lesson.id, "quiz", passed, asker.seconds(), "", Json::object({{"right", right}, {"of", of}, {"seed", int64_t(seed)}}).dump()});
  session.event(Json::object({{"event", "quiz"},
                              {"id", lesson.id},
                              {"seed", int64_t(seed)},
                              {"right", right},
                              {"of", of},
                              {"passed", passed},
                              {"thoughts", std::move(thoughts)},
                              {"date", noted.date}}));
  session.say(
      "\n" + course::prose(fmt::format("{} of {} right. {}", right, of,
                                       right == of ? "All of it sits."
                                       : passed    ? "That is enough to go on with."
                                                : "Read the places that the answers name once more, then try again: the numbers will be other ones."),
                           prose_width()));
  session.say(passed ? "next:  cairn" : "next:  cairn learn " + lesson.id);
  for (const std::string& note : progress.notes()) session.say(rows_here("note: " + note));
  return 0;
}

}  // namespace

extern const CommandInfo quiz_command;
const CommandInfo quiz_command = {"quiz", "a lesson's questions, with new numbers each time", "cairn quiz ID [--answers 1,3,2]", quiz,
                                  options_of<QuizOptions>};

}  // namespace cairn
