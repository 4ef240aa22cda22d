// A plan as a page: a table for each week.
#include <map>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <course/machinery/plan_pages.h>
#include <course/machinery/sheet.h>

namespace cairn::course {

namespace {

constexpr const char* plan_style = R"(table { width: 100%; border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; width: 7rem; }
td.time { white-space: nowrap; text-align: right; width: 5rem; color: var(--soft); }
td.kind { width: 5.5rem; color: var(--soft); }
td.type { width: 17rem; }
h2 .soft { font-weight: 400; }
tr.makes td.kind { color: var(--done); }
tr.more th, tr.more td { border-top-color: transparent; }
.problem { border-left: 4px solid var(--open); }
@media (max-width: 40rem) {
  tr { display: grid; grid-template-columns: auto 1fr; border-top: 1px solid var(--line); padding: .3rem 0; }
  tr.more { border-top-style: dotted; }
  td, th { border: 0; padding: 0 .6rem 0 0; width: auto !important; }
  td:empty { display: none; }
  th, td.what, td.type { grid-column: 1 / -1; }
  td.time { order: -1; }
  th { order: -2; }
}
@media print { main { max-width: none; } h2 { break-after: avoid; } tr { break-inside: avoid; } }
)";

}  // namespace

std::string plan_html(const Catalog& catalog, const Plan& plan) {
  std::string body = fmt::format("<h1>Study plan: {}</h1>\n<p>{} to {}, {:g} hours a week, {} of work. Every session says what to type.</p>\n",
                                 html(plan.request.track), day_words(plan.first, true), day_words(plan.last, true), plan.request.hours,
                                 duration_words(int(plan.minutes_of_work)));
  for (const std::string& p : plan.problems) body += "<p class=\"card problem\">" + html(p) + "</p>\n";
  for (const std::string& n : plan.notes) body += "<p class=\"card\">" + html(n) + "</p>\n";
  if (const std::string later = not_written_words(catalog, plan); !later.empty()) body += "<p class=\"soft\">" + html(later) + "</p>\n";
  if (!plan.added.empty()) body += "<p class=\"soft\">Needed before, and so part of it: " + html(join(plan.added, ", ")) + ".</p>\n";
  int week = 0;
  Day day{};
  std::map<int, int> work;
  for (const PlanSession& s : plan.sessions)
    if (s.kind != PlanSession::review) work[week_of(plan, s.day)] += s.minutes;
  for (const PlanSession& s : plan.sessions) {
    if (week_of(plan, s.day) != week) {
      body += week ? "</tbody>\n</table>\n</section>\n" : "";
      week = week_of(plan, s.day);
      const Day first = plan.request.start + std::chrono::days(7 * (week - 1));
      body += fmt::format("<section>\n<h2 id=\"week-{}\">Week {} <span class=\"soft\">from {}{}</span></h2>\n<table>\n<tbody>\n", week, week,
                          day_words(first, true), work.count(week) ? ", " + duration_words(work[week]) : ", reviews only");
    }
    const bool more = s.day == day;
    day = s.day;
    body += fmt::format(
        "<tr class=\"{}{}\">{}<td class=\"time\">{} min</td><td class=\"kind\">{}</td><td class=\"type\"><code>{}</code></td>"
        "<td class=\"what\">{} {}</td></tr>\n",
        s.makes() ? "makes" : "reads", more ? " more" : "", more ? "<td></td>" : "<th scope=\"row\">" + day_words(s.day) + "</th>", s.minutes,
        kind_name(s.kind), html(s.command), html(s.item), html(session_words(catalog, s)));
  }
  if (week) body += "</tbody>\n</table>\n</section>\n";
  return html_sheet("Study plan: " + plan.request.track, plan_style, body);
}

}  // namespace cairn::course
