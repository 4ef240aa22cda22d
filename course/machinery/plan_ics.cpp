// A plan as iCalendar, RFC 5545: CRLF, lines of at most 75 octets, commas, semicolons and backslashes escaped.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <course/machinery/plan_pages.h>

namespace cairn::course {

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n') out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out;
}

// One content line: the first 75 octets, then pieces of 74 behind a blank; never within a character of UTF-8.
void add(std::string& out, const std::string& line) {
  size_t at = 0, room = 75;
  while (line.size() - at > room) {
    size_t cut = at + room;
    while (cut > at + 1 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) cut--;
    out += line.substr(at, cut - at) + "\r\n ";
    at = cut, room = 74;
  }
  out += line.substr(at) + "\r\n";
}

std::string date_digits(Day day) {
  std::string text = iso_date(day);
  std::erase(text, '-');
  return text;
}

std::map<Day, int> minutes_by_day(const Plan& plan) {
  std::map<Day, int> total;
  for (const PlanSession& s : plan.sessions) total[s.day] += s.minutes;
  return total;
}

// A day too long to begin that late begins earlier: an event may not run into the next day.
int begin_of(int minute, int total) { return std::max(0, std::min(minute, 24 * 60 - total)); }

}  // namespace

std::string too_late_words(const Plan& plan, int minute) {
  const auto clock = [](int m) { return fmt::format("{:02}:{:02}", m / 60, m % 60); };
  int days = 0, latest = minute;
  Day longest{};
  for (const auto& [day, total] : minutes_by_day(plan)) {
    const int begin = begin_of(minute, total);
    days += begin < minute;
    if (begin < latest) latest = begin, longest = day;
  }
  if (days == 0) return "";
  return fmt::format("On {} day{} sessions that begin at {} would pass midnight; they begin earlier there, on {} at {}. `--at {}` suits every day.",
                     days, days == 1 ? "" : "s", clock(minute), day_words(longest, true), clock(latest), clock(latest));
}

std::string plan_ics(const Catalog& catalog, const Plan& plan, int minute, std::chrono::sys_seconds stamp) {
  const Day stamp_day = std::chrono::floor<std::chrono::days>(stamp);
  const std::chrono::hh_mm_ss clock(stamp - stamp_day);
  const std::string made =
      fmt::format("DTSTAMP:{}T{:02}{:02}{:02}Z", date_digits(stamp_day), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  std::string out;
  for (const char* line :
       {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cairn//study plan//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:Cairn"})
    add(out, line);
  std::map<Day, int> total = minutes_by_day(plan), used;
  const std::vector<std::string> later = not_written(catalog, plan);
  std::map<std::string, int> count;
  for (const PlanSession& s : plan.sessions) {
    const int begin = begin_of(minute, total[s.day]) + used[s.day];
    used[s.day] += s.minutes;
    const std::string name = s.item + "-" + kind_name(s.kind);
    add(out, "BEGIN:VEVENT");
    // The same session keeps its name, so that a calendar moves it when a newer plan is read.
    add(out, fmt::format("UID:{}-{}@plan.cairn", name, ++count[name]));
    add(out, made);
    add(out, fmt::format("DTSTART:{}T{:02}{:02}00", date_digits(s.day), begin / 60, begin % 60));
    add(out, s.minutes % 60 == 0 ? fmt::format("DURATION:PT{}H", s.minutes / 60) : fmt::format("DURATION:PT{}M", s.minutes));
    add(out, "SUMMARY:" + escaped(s.item + " " + session_words(catalog, s)));
    const bool is_later = std::find(later.begin(), later.end(), s.item) != later.end();
    add(out, "DESCRIPTION:" + escaped(s.command + (is_later ? "\nNot written yet, the plan keeps its hours." : "")));
    add(out, std::string("CATEGORIES:") + kind_name(s.kind));
    add(out, "END:VEVENT");
  }
  add(out, "END:VCALENDAR");
  return out;
}

}  // namespace cairn::course
