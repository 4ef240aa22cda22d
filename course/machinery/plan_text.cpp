// A plan for the terminal and as Markdown, and the words that all its forms share.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <course/machinery/plan_pages.h>

namespace cairn::course {

namespace {

using Sessions = std::vector<const PlanSession*>;

std::map<int, Sessions> weeks_of(const Plan& plan) {
  std::map<int, Sessions> weeks;
  for (const PlanSession& s : plan.sessions) weeks[week_of(plan, s.day)].push_back(&s);
  return weeks;
}

struct WeekSum {
  int work = 0, reviews = 0;  // minutes; number
  std::vector<std::string> items;
};
WeekSum sum_of(const Sessions& sessions) {
  WeekSum sum;
  for (const PlanSession* s : sessions) {
    if (s->kind == PlanSession::review) {
      sum.reviews++;
      continue;
    }
    sum.work += s->minutes;
    if (std::find(sum.items.begin(), sum.items.end(), s->item) == sum.items.end()) sum.items.push_back(s->item);
  }
  return sum;
}

std::string week_words(const WeekSum& sum) {
  std::vector<std::string> parts;
  if (sum.work) parts.push_back(duration_words(sum.work));
  if (sum.reviews) parts.push_back(fmt::format("{} review{}", sum.reviews, sum.reviews == 1 ? "" : "s"));
  return join(parts, ", ");
}

Day first_day_of(const Plan& plan, int week) { return plan.request.start + std::chrono::days(7 * (week - 1)); }

}  // namespace

std::string duration_words(int minutes) {
  if (minutes < 60) return fmt::format("{} min", minutes);
  return minutes % 60 ? fmt::format("{} h {} min", minutes / 60, minutes % 60) : fmt::format("{} h", minutes / 60);
}

std::string day_words(Day day, bool with_year) {
  static const char* const weekdays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static const char* const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::year_month_day date(day);
  std::string text = fmt::format("{} {} {}", weekdays[weekday_of(day)], unsigned(date.day()), months[unsigned(date.month()) - 1]);
  return with_year ? fmt::format("{} {}", text, int(date.year())) : text;
}

std::string session_words(const Catalog& catalog, const PlanSession& s) {
  const Item* item = catalog.find(s.item);
  if (!item) return s.item;  // of a plan made by another version
  const Lesson* lesson = catalog.find_lesson(s.item);
  const std::string part = s.parts > 1 && s.kind != PlanSession::review ? fmt::format(" ({} of {})", s.part, s.parts) : "";
  switch (s.kind) {
    case PlanSession::theory: return item->title + part;
    case PlanSession::demo: return (lesson ? "experiment: " + lesson->demo : item->title) + part;
    case PlanSession::train: return "train it: " + item->title + part;
    case PlanSession::exercise: return (lesson ? "exercise: " + lesson->exercise : item->title) + part;
    case PlanSession::project: return "project: " + item->title + part;
    case PlanSession::paper: return "paper, with its guided notes" + part;
    case PlanSession::review: return fmt::format("review {} of 3, new numbers", s.part);
    case PlanSession::again: return "once more: " + item->title;
  }
  return item->title;
}

std::vector<std::string> not_written(const Catalog& catalog, const Plan& plan) {
  std::vector<std::string> ids;
  for (const std::string& id : plan.items)
    if (const Item* item = catalog.find(id); item && !written(catalog, *item)) ids.push_back(id);
  return ids;
}

std::string not_written_words(const Catalog& catalog, const Plan& plan) {
  const std::vector<std::string> ids = not_written(catalog, plan);
  return ids.empty() ? "" : "Not written yet, the plan keeps their hours: " + join(ids, " ") + ".";
}

std::string plan_text(const Catalog& catalog, const Plan& plan, const Terminal& terminal, Day today, bool all) {
  const size_t width = size_t(std::max(terminal.columns, 36));
  const std::string dash = terminal.unicode ? "\u2013" : "-";
  std::string out = wrapped(fmt::format("{} to {}: {} of work ({}) at {:g} hours a week.", day_words(plan.first, true), day_words(plan.last, true),
                                        duration_words(int(plan.minutes_of_work)), plan.request.track, plan.request.hours),
                            width) +
                    "\n";
  if (plan.speed > 1.05 || plan.speed < 0.95)
    out += wrapped(fmt::format("You took {:.1f} times the stated hours so far; the plan counts on it.", plan.speed), width) + "\n";
  if (!plan.added.empty()) out += wrapped("Needed before, and so part of it: " + join(plan.added, ", ") + ".", width) + "\n";
  if (!plan.done.empty()) out += wrapped("Passed or skipped already: " + join(plan.done, ", ") + ".", width) + "\n";
  for (const std::string& p : plan.problems) out += wrapped(p, width) + "\n";
  for (const std::string& n : plan.notes) out += wrapped(n, width) + "\n";

  const std::map<int, Sessions> weeks = weeks_of(plan);
  int open = 0;  // the week that is shown in full
  for (const auto& [week, sessions] : weeks)
    if (!open && first_day_of(plan, week) + std::chrono::days(7) > today) open = week;
  size_t command_width = 0;
  for (const auto& [week, sessions] : weeks)
    for (const PlanSession* s : sessions)
      if (all || week == open) command_width = std::max(command_width, columns_of(s->command));
  bool after = false;
  for (const auto& [week, sessions] : weeks) {
    const WeekSum sum = sum_of(sessions);
    if (!sum.work && !all && week != open) {  // the weeks of reviews alone
      if (!after && first_day_of(plan, week) > plan.last)
        out += "\n" + wrapped("Reviews go on until " + day_words(plan.sessions.back().day, true) + ".", width) + "\n", after = true;
      continue;
    }
    const std::string title = fmt::format("Week {:>2}  {}", week, day_words(first_day_of(plan, week)));
    if (!all && week != open) {
      const std::string line = fmt::format("{}  {}  {}", pad_right(title, 19), pad_right(week_words(sum), 24), join(sum.items, " "));
      out += columns_of(line) <= width ? line + "\n"
                                       : cut_to(title, width) + "\n" +
                                             wrapped(week_words(sum) + (sum.items.empty() ? "" : ": ") + join(sum.items, " "), width, "    ") + "\n";
      continue;
    }
    out += "\n" + coloured(cut_to(title + "  " + dash + "  " + week_words(sum), width), Colour{0, 114, 178}, terminal) + "\n";
    Day day{};
    for (const PlanSession* session : sessions) {
      const PlanSession& s = *session;
      const std::string label = s.day == day ? "" : day_words(s.day);
      day = s.day;
      const std::string left = fmt::format("  {}  {:>6}  ", pad_right(label, 10), fmt::format("{} min", s.minutes));
      const std::string what = printable_on(terminal, session_words(catalog, s));
      if (left.size() + command_width + 2 + 24 <= width) {
        out += left + pad_right(s.command, command_width) + "  " + cut_to(what, width - left.size() - command_width - 2, "...") + "\n";
        continue;
      }
      // A command is to be typed: it is never cut.
      if (left.size() + columns_of(s.command) <= width) out += left + s.command + "\n";
      else out += left.substr(0, left.size() - 2) + "\n    " + s.command + "\n";
      if (s.kind != PlanSession::review) out += wrapped(what, width, "      ") + "\n";
    }
    if (!all) out += "\n";
  }
  if (const std::string later = not_written_words(catalog, plan); !later.empty()) out += (all ? "\n" : "") + wrapped(later, width) + "\n";
  return out;
}

std::string plan_markdown(const Catalog& catalog, const Plan& plan) {
  auto cell = [](std::string text) {
    for (size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
    return text;
  };
  std::string out = fmt::format("# Study plan: {}\n\n{} to {}, {:g} hours a week, {} of work.\n", plan.request.track, day_words(plan.first, true),
                                day_words(plan.last, true), plan.request.hours, duration_words(int(plan.minutes_of_work)));
  for (const std::string& p : plan.problems) out += "\n**" + p + "**\n";
  for (const std::string& n : plan.notes) out += "\n" + n + "\n";
  if (const std::string later = not_written_words(catalog, plan); !later.empty()) out += "\n" + later + "\n";
  for (const auto& [week, sessions] : weeks_of(plan)) {
    out += fmt::format("\n## Week {}, from {}: {}\n\n| day | time | what to type | for |\n|---|---|---|---|\n", week,
                       day_words(first_day_of(plan, week), true), week_words(sum_of(sessions)));
    Day day{};
    for (const PlanSession* s : sessions) {
      out += fmt::format("| {} | {} min | `{}` | {} {} |\n", s->day == day ? "" : day_words(s->day), s->minutes, s->command, s->item,
                         cell(session_words(catalog, *s)));
      day = s->day;
    }
  }
  return out;
}

}  // namespace cairn::course
