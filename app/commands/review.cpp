// cairn review: what was passed one, three and eight weeks ago comes back for five minutes, with new numbers.
#include <algorithm>

#include <fmt/format.h>

#include <app/asking.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/progress.h>

namespace cairn {

namespace {

constexpr size_t right_to_pass = 2;

struct ReviewOptions {
  std::string answers, day;
  bool list = false;
  void fields(Fields& f) {
    f("list", list, "only say what is due");
    f("answers", answers, "the answers, 1,3,2: nobody is asked");
    f("day", day, "as if it were that day: 2027-01-04");
  }
};
Json review_json(const course::Review& r) { return Json::object({{"id", r.id}, {"stage", r.stage}, {"due", course::iso_date(r.due)}}); }

int review(Session& session, Arguments& arguments) {
  ReviewOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  const course::Day day = o.day.empty() ? course::today() : course::parse_date(o.day);
  const std::string only = arguments.positionals().empty() ? "" : course::lesson(arguments.positionals()[0]).id;
  const bool only_told = o.list || (session.json() && o.answers.empty());
  course::Progress progress(only_told || !course::Progress::there() ? course::Progress::Read : course::Progress::Write);
  for (const std::string& note : progress.notes()) session.say(rows_here("note: " + note));
  std::vector<course::Review> due = progress.due_reviews(day);
  // Lessons of another Cairn, and those without a quiz, cannot be asked here.
  std::erase_if(due, [](const course::Review& r) {
    const course::Lesson* lesson = course::catalog().find_lesson(r.id);
    return !lesson || !course::quiz_of(*lesson);
  });
  if (!only.empty()) std::erase_if(due, [&](const course::Review& r) { return r.id != only; });
  const std::vector<course::Review> coming = progress.reviews();
  if (due.empty() || o.list) {
    Json list = Json::array();
    for (const course::Review& r : due) list.push_back(review_json(r));
    Json next = nullptr;
    for (const course::Review& r : coming)
      if (r.due > day && (only.empty() || r.id == only) && next.is_null()) next = review_json(r);
    session.event(Json::object({{"event", "reviews"}, {"day", course::iso_date(day)}, {"due", std::move(list)}, {"next", next}}));
    for (const course::Review& r : due)
      session.say(rows_here(fmt::format("{}  {}  since {}", r.id, course::lesson(r.id).title, course::iso_date(r.due))));
    if (due.empty()) session.say("No review is due" + (only.empty() ? "" : " for " + only) + ".");
    else session.say(fmt::format("\n`cairn review` asks them, about {} minutes.", 5 * due.size()));
    if (!next.is_null()) session.say("The next is " + next.at("id").as_string() + ", on " + next.at("due").as_string() + ".");
    return 0;
  }
  const uint64_t seed = seed_of(session);
  Asker asker(session, o.answers);
  std::vector<std::vector<course::DrawnQuestion>> questions;
  size_t count = 0;
  for (const course::Review& r : due) {
    questions.push_back(course::review_questions(*course::quiz_of(course::lesson(r.id)), r.id, r.stage, seed));
    for (const course::DrawnQuestion& q : questions.back()) session.event(question_json(q, r.id, int(++count)));
  }
  if (asker.silent()) {
    session.event(Json::object({{"event", "review"}, {"seed", int64_t(seed)}, {"questions", int64_t(count)}}));
    return 0;
  }
  size_t all = 0;
  for (const auto& of_one : questions) all += of_one.size();
  if (asker.scripted() && asker.left() != all) throw UsageError(fmt::format("--answers has {} answers; {} questions are due.", asker.left(), all));
  for (size_t k = 0; k < due.size(); k++) {
    const course::Review& r = due[k];
    const double before = asker.seconds();
    size_t right = 0;
    session.say(rows_here(fmt::format("\n{}: {}", r.id, course::lesson(r.id).title)));
    for (size_t i = 0; i < questions[k].size(); i++) {
      const course::DrawnQuestion& q = questions[k][i];
      const std::optional<int> chosen = asker.ask(q, fmt::format("{} of {}", i + 1, questions[k].size()));
      if (!chosen) {
        session.say(fmt::format("\nUntil later. {} waits for you.", r.id));
        return 0;
      }
      asker.tell(q, *chosen);
      right += course::is_right(q, *chosen);
    }
    const bool passed = right >= std::min(right_to_pass, questions[k].size());
    course::Entry entry{r.id, "review", passed, asker.seconds() - before, "", Json::object({{"right", int64_t(right)}, {"stage", r.stage}}).dump()};
    if (!o.day.empty()) entry.date = course::iso_date(day);
    progress.record(entry);
    session.event(Json::object({{"event", "review"},
                                {"id", r.id},
                                {"stage", r.stage},
                                {"right", int64_t(right)},
                                {"of", int64_t(questions[k].size())},
                                {"passed", passed},
                                {"seed", int64_t(seed)}}));
    session.say(rows_here(
        passed ? fmt::format("\n{} still sits.", r.id)
               : fmt::format("\n{0} has faded, as things do. It comes back into your plan: `cairn learn {0}`, then `cairn quiz {0}`.", r.id)));
  }
  for (const std::string& note : progress.notes()) session.say(rows_here("note: " + note));
  return 0;
}

}  // namespace

extern const CommandInfo review_command;
const CommandInfo review_command = {"review", "five minutes on what you passed a while ago", "cairn review [ID] [--list] [--answers 1,3,2]", review,
                                    options_of<ReviewOptions>};

}  // namespace cairn
