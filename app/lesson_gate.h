// What the verbs of exercises share: is a lesson open to this learner, what is next, and the record of a check.
#pragma once

#include <string>
#include <vector>

#include <course/machinery/catalog.h>
#include <course/machinery/checking.h>
#include <course/machinery/exercises.h>

namespace cairn {

// StateError naming the lessons that are missing, when the learner has neither passed nor been placed beyond them, and has not started the
// exercise all the same.
void require_open(const course::Exercise& exercise);
// The clock of an exercise begins when it is started; a check tells how long it has been at work.
void note_started(const course::Exercise& exercise);
bool was_started(const course::Exercise& exercise);  // by its clock: false where the home cannot be written

struct Recorded {
  bool done = false;
  std::string words, next;         // "Noted: 24 min."; "cairn learn A07"
  std::vector<std::string> notes;  // what could not be done
};
Recorded record_check(const course::Exercise& exercise, const course::Verdict& verdict);
// The id of the next exercise on the road that is open and not passed; empty when there is none.
std::string next_exercise(const course::Exercise& exercise);

// The next lesson or project, of those that are written: not behind the learner, and all that it needs is. The warm-ups are left to who asks
// for them. Empty when there is none.
std::string next_lesson();
// What a lesson or project builds on and the learner has not passed.
std::vector<std::string> missing_before(const course::Item& item);

}  // namespace cairn
