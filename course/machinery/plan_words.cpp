// A plan's wishes as words of the command line: days of the week, days off, the flags themselves.
#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/plan.h>

namespace cairn::course {

namespace {

const std::vector<std::string> day_names = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string> long_names = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

size_t day_named(const std::string& word) {
  for (size_t d = 0; d < 7; d++)
    if (word == day_names[d] || word == long_names[d]) return d;
  throw UsageError(fmt::format("--days: '{}' is no day of the week.{}\nHint: --days mon,wed,sat or --days mon-fri or --days all.", printable(word),
                               did_you_mean(word, day_names)));
}

Day date_in(const std::string& what, const std::string& text) {
  try {
    return parse_date(trim(text));
  } catch (const ConfigError& e) { throw ConfigError(what + ": " + e.what()); }
}

}  // namespace

int weekday_of(Day day) { return int((std::chrono::weekday(day) - std::chrono::Monday).count()); }

Weekdays parse_days(std::string_view text) {
  Weekdays out;
  for (const std::string& part : split(text, ',')) {
    const std::string word = lower(trim(part));
    const size_t dash = word.find('-');
    if (word == "all") {
      out.set();
    } else if (dash == std::string::npos) {
      out.set(day_named(word));
    } else {
      const size_t first = day_named(word.substr(0, dash)), last = day_named(word.substr(dash + 1));
      for (size_t d = first;; d = (d + 1) % 7) {  // fri-mon goes over the weekend
        out.set(d);
        if (d == last) break;
      }
    }
  }
  return out;
}

std::string days_text(Weekdays days) {
  std::vector<std::string> names;
  for (size_t d = 0; d < 7; d++)
    if (days[d]) names.push_back(day_names[d]);
  return join(names, ",");
}

DaysOff parse_off(std::string_view text) {
  DaysOff out;
  if (trim(text).empty()) return out;
  for (const std::string& part : split(text, ',')) {
    const size_t dots = part.find("..");
    const Day first = date_in("--off", part.substr(0, dots)), last = dots == std::string::npos ? first : date_in("--off", part.substr(dots + 2));
    if (last < first)
      throw ConfigError(fmt::format("--off: {} lies before {}.\nHint: first..last, as in 2027-02-01..2027-02-07.", iso_date(last), iso_date(first)));
    out.emplace_back(first, last);
  }
  return out;
}

std::string off_text(const DaysOff& off) {
  std::vector<std::string> parts;
  for (const auto& [first, last] : off) parts.push_back(iso_date(first) + (last == first ? "" : ".." + iso_date(last)));
  return join(parts, ",");
}

std::string flags_of(const PlanRequest& r) {
  std::string out = fmt::format("--hours {:g} --start {} --track {} --days {}", r.hours, iso_date(r.start), r.track, days_text(r.days));
  if (!r.off.empty()) out += " --off " + off_text(r.off);
  if (r.end) out += " --end " + iso_date(*r.end);
  if (r.core) out += " --core";
  if (r.warm_ups) out += " --warm-ups";
  return out;
}

}  // namespace cairn::course
