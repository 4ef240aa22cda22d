// How long a learner waits for a check: `cairn bench --checks`.
#pragma once

#include <cairn/base/json.h>
#include <course/machinery/exercises.h>

namespace cairn {

// Checks a wrong and the right answer of an exercise, each `rounds` times as a whole process (`cairn check ID`) in a folder and a home of its own,
// each time with other inputs, and gives the medians of the clock's seconds:
//   id rounds wrong ("a change", "the starter") wrong_s right_s compile_s link_s run_s
// wrong is the solution with one small change that compiles and is refused, or the starter where no solution lies beside the exercise; then
// right_s is missing, as it is for a project, whose right answer is trained for minutes. compile_s, link_s and run_s: of the wrong answer.
// FileError when an answer is not judged as it should be.
Json time_checks(const course::Exercise& exercise, int rounds);

}  // namespace cairn
