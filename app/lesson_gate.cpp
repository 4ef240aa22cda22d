#include <app/lesson_gate.h>

#include <algorithm>
#include <ctime>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/papers.h>
#include <course/machinery/paths.h>
#include <course/machinery/progress.h>
#include <course/machinery/where.h>

namespace cairn {

namespace {

// What the learner need not do any more.
std::set<std::string> behind() {
  try {
    const course::Progress progress(course::Progress::Read);
    std::set<std::string> ids = progress.passed_ids();
    for (const std::string& id : progress.placed_ids()) ids.insert(id);
    return ids;
  } catch (const Error&) {
    return {};  // an unreadable home shuts nobody out: see require_open
  }
}

// Prerequisites that are not behind the learner. Those that are not written yet cannot be done and do not count.
std::vector<std::string> missing_for(const course::Item& item, const std::set<std::string>& done) {
  std::vector<std::string> missing;
  for (const std::string& need : item.needs) {
    const course::Lesson* lesson = course::catalog().find_lesson(need);
    if (done.contains(need) || !lesson || !course::written(*lesson)) {
      if (item.any_of_needs) return {};
      continue;
    }
    missing.push_back(need);
  }
  return missing;
}

std::string clock_file(const course::Exercise& e) { return course::home_folder() + "/started/" + e.id; }

// Seconds since the exercise was started or last checked; a longer pause than an hour counts as none.
double take_time(const course::Exercise& e) {
  const auto now = int64_t(std::time(nullptr));
  int64_t since = now;
  try {
    if (file_exists(clock_file(e)) && !parse_int(trim(read_file(clock_file(e), 64)), since)) since = now;
    disk().make_folder(course::home_folder() + "/started");
    write_unsynced(clock_file(e), std::to_string(now) + "\n");
  } catch (const Error&) { return 0; }
  const int64_t spent = now - since;
  return spent > 0 && spent <= 3600 ? double(spent) : 0;
}

}  // namespace

void note_started(const course::Exercise& exercise) { take_time(exercise); }

bool was_started(const course::Exercise& exercise) {
  try {
    return file_exists(clock_file(exercise));
  } catch (const Error&) { return false; }
}

void require_open(const course::Exercise& exercise) {
  const course::Item* item = course::catalog().find(exercise.id);
  course::Item paper;
  if (course::is_paper(exercise)) {
    paper.needs = course::find_paper(exercise.id).needs;
    item = &paper;
  }
  if (!item) return;
  const std::set<std::string> done = behind();
  if (done.contains(exercise.id)) return;
  const std::vector<std::string> missing = missing_for(*item, done);
  if (missing.empty() || was_started(exercise)) return;
  std::string list;
  for (const std::string& id : missing) list += "\n  " + id + "  " + course::lesson(id).title;
  throw StateError(exercise.id + " builds on what you have not passed yet:" + list + "\nHint: cairn learn " + missing[0] +
                   "; or, if you know all that, `cairn place` finds out, and --anyway opens it now.");
}

std::string next_exercise(const course::Exercise& exercise) {
  if (course::is_paper(exercise)) return "";  // beside the road: what comes next there has not changed
  std::set<std::string> done = behind();
  done.insert(exercise.id);
  std::set<std::string> there;
  for (const course::Exercise& e : course::all_exercises()) there.insert(e.id);
  bool seen = false;
  std::string first;
  const auto look = [&](const course::Item& item) {
    if (item.id == exercise.id) seen = true;
    if (done.contains(item.id) || !there.contains(item.id) || !missing_for(item, done).empty()) return false;
    if (first.empty()) first = item.id;
    return seen;
  };
  for (const course::Item* item : course::catalog().in_order())
    if (look(*item)) return item->id;
  return first;
}

std::string next_lesson() { return course::next_lesson(course::catalog(), behind(), {}); }

std::vector<std::string> missing_before(const course::Item& item) {
  const std::set<std::string> done = behind();
  return done.contains(item.id) ? std::vector<std::string>{} : missing_for(item, done);
}

Recorded record_check(const course::Exercise& exercise, const course::Verdict& verdict) {
  Recorded r;
  const bool passed = verdict.kind == course::Verdict::pass;
  const double spent = take_time(exercise);
  try {
    course::Progress progress;
    const bool before = progress.passed(exercise.id);
    course::Entry entry;
    entry.id = exercise.id;
    entry.kind = exercise.folder.find("/projects/") != std::string::npos ? "project" : course::is_paper(exercise) ? "paper" : "exercise";
    entry.passed = passed;
    entry.seconds = spent;
    if (passed) entry.digest = verdict.digest;
    else if (!verdict.slip.empty()) entry.detail = Json::object({{"slip", verdict.slip}}).dump();
    // A file that does not compile is no try, nor is a training that lacked its data or was stopped; and what was passed before is noted
    // again only with other code.
    const auto passes = progress.passes(exercise.id);
    const bool same = passed && std::any_of(passes.begin(), passes.end(), [&](const course::Entry& e) { return e.digest == verdict.digest; });
    const bool tried =
        verdict.kind != course::Verdict::does_not_compile && verdict.kind != course::Verdict::starter && verdict.kind != course::Verdict::unfinished;
    if (tried && !same) progress.record(entry);
    r.done = passed;
    const double total = progress.time_spent(exercise.id);
    if (passed)
      r.words = before ? "You had passed it before; your progress stays as it was."
                       : "Well done. It is in your progress" + (total >= 60 ? ", with " + human_seconds(total) + " of work." : std::string("."));
    for (const std::string& n : progress.notes()) r.notes.push_back(n);
  } catch (const Error& e) {
    if (passed)
      r.notes.push_back(std::string("the pass could not be noted: ") + e.what() + "\n      Your file is as it was; check again when that is mended.");
  }
  if (!passed) return r;
  if (course::is_paper(exercise)) r.next = "cairn";
  else if (const std::string next = next_exercise(exercise); !next.empty()) r.next = "cairn learn " + next;
  return r;
}

}  // namespace cairn
