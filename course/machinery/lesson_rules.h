// What a lesson's text must have and may not have (docs/add-a-lesson.md). Each adds to the lesson's problems.
#pragma once

#include <course/machinery/lesson_text.h>

namespace cairn::course {

void check_before(LessonText& lesson);  // on the text as it was written: headings, numbers, length, code
void check_after(LessonText& lesson);   // with what the build wrote: figures, sliders, programs

// A project's text (project.md), as it was written: title, headings, numbers, length.
void check_project(LessonText& project);

// Digits in a piece of prose or maths that come out of no run: the offset of each.
std::vector<size_t> bare_digits(const Span& span, bool line_begins);

}  // namespace cairn::course
