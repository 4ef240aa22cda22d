// A plan to read and to carry away: terminal, Markdown, a page, a calendar.
#pragma once

#include <chrono>
#include <string>

#include <cairn/plot/terminal.h>
#include <course/machinery/plan.h>

namespace cairn::course {

// What a session is for: "Derivatives, chain rule: central difference".
std::string session_words(const Catalog& catalog, const PlanSession& session);
// "Mon 4 Jan"; with the year where asked for.
std::string day_words(Day day, bool with_year = false);
std::string duration_words(int minutes);  // "45 min", "1 h 30 min"

// The plan's lessons and projects that are not written yet, in their order; and the sentence that says so, "" when there are none.
std::vector<std::string> not_written(const Catalog& catalog, const Plan& plan);
std::string not_written_words(const Catalog& catalog, const Plan& plan);

// The week of `today` (or the first that comes) in full and a line for every other one; `all`: each in full. At most terminal.columns (36 at
// least); lines end with '\n'.
std::string plan_text(const Catalog& catalog, const Plan& plan, const Terminal& terminal, Day today, bool all);
std::string plan_markdown(const Catalog& catalog, const Plan& plan);
std::string plan_html(const Catalog& catalog, const Plan& plan);  // self-contained
// iCalendar (RFC 5545): an event a session, one behind the other from `minute` of the day on (18 * 60 is six in the evening), in the local time of
// whoever reads it; where a day would pass midnight, its first one begins earlier. `stamp` is when it was made.
std::string plan_ics(const Catalog& catalog, const Plan& plan, int minute, std::chrono::sys_seconds stamp);
// Which days begin earlier than `minute` in the calendar, so as to end by midnight, and the latest time that suits every day; "" when none does.
std::string too_late_words(const Plan& plan, int minute);

}  // namespace cairn::course
