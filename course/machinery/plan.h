// The study plan: what to do on which day. A pure function of the road, the wishes and what was passed; it reads no clock and no file.
//
// A lesson is cut into rounds of theory, then practice, none longer than 90 minutes, and short enough that every day has some of both. Sessions fill the
// days in order. Where a track has blocks of weeks and the weekly hours are those of the block, the block's weeks begin and end with it.
// Passed lessons come back for five minutes after 1, 3 and 8 weeks.
#pragma once

#include <array>
#include <bitset>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cairn/base/json.h>
#include <course/machinery/catalog.h>
#include <course/machinery/dates.h>

namespace cairn::course {

using Weekdays = std::bitset<7>;                   // 0 is Monday
int weekday_of(Day day);                           // 0 is Monday
Weekdays parse_days(std::string_view text);        // "mon,wed,sat", "mon-fri", "all"; UsageError
std::string days_text(Weekdays days);              // "mon,wed,sat"
using DaysOff = std::vector<std::pair<Day, Day>>;  // first and last, both included
DaysOff parse_off(std::string_view text);          // "2027-02-01..2027-02-07,2027-03-01"; UsageError
std::string off_text(const DaysOff& off);

struct PlanRequest {
  double hours = 10;  // a week
  Day start{};
  std::optional<Day> end = {};         // the last day there is
  std::string track = "12-week";       // ids of tracks, lessons and projects, separated by commas
  Weekdays days = Weekdays(0b111111);  // Monday to Saturday
  DaysOff off = {};
  bool core = false;      // only what belongs to the 12-week core
  bool warm_ups = false;  // W01 to W04 first
  bool operator==(const PlanRequest&) const = default;
};

// What the person has done; made from Progress by learned_from().
struct Learned {
  struct Passed {
    Day on{};
    double hours = 0;  // spent; 0: not known
    int reviews = 0;   // passed so far, 0 to 3
  };
  std::map<std::string, Passed> passed;
  std::set<std::string> skipped;        // the placement says so
  std::set<std::string> again;          // a review failed: to be done again
  std::map<std::string, double> hours;  // spent on what is not passed yet
};

struct PlanSession {
  enum Kind { theory, demo, train, exercise, project, paper, review, again };
  Day day{};
  int minutes = 0;
  Kind kind = theory;
  std::string item;         // "A06"
  std::string command;      // what to type: "cairn learn A06"
  int part = 1, parts = 1;  // of the sessions of this kind on this item
  bool makes() const { return kind != theory && kind != paper && kind != review; }
  bool operator==(const PlanSession&) const = default;
};
const char* kind_name(PlanSession::Kind kind);  // "theory", ...

struct Plan {
  PlanRequest request;
  double speed = 1;                   // hours that the person takes for a stated one
  std::vector<PlanSession> sessions;  // by day
  std::vector<std::string> items;     // in order: those that the plan works on
  std::vector<std::string> added;     // of them: not asked for, but needed before
  std::vector<std::string> done;      // asked for, and passed or skipped already
  Day first{}, last{};                // of the work; reviews go on after it
  double minutes_of_work = 0;
  std::vector<std::string> problems;  // what does not fit, in sentences; empty when it does
  std::vector<std::string> notes;     // what holds and should be known, in sentences: the track takes longer than it says
  bool fits() const { return problems.empty(); }
};

// Plans from `from` (today) or the start, whichever is later; weeks are counted from the start. ConfigError or UsageError: hours that no week has, no
// day left, a plan of more than ten years, unknown ids. A plan that passes request.end is made whole, with problems saying so; one that takes
// longer than its track's own weeks has notes saying so.
Plan make_plan(const Catalog& catalog, const PlanRequest& request, const Learned& learned, Day from);
// How the note begins that names the offers, for who shows them with their commands instead.
inline constexpr std::string_view offers_note = "What may be changed: ";
// Without an end of its own, the plan of a track takes more than a week longer than the track states.
bool takes_longer(const Catalog& catalog, const Plan& plan);
// What the person may change when a plan does not fit before its end, or takes longer than its track states.
struct Offer {
  std::string what;  // "the core path: done by 2027-03-28"
  PlanRequest request;
};
std::vector<Offer> offers(const Catalog& catalog, const Plan& plan, const Learned& learned, Day from);
// Hours taken for each stated hour, from what was passed; near 1 while little is known. Half to three.
double learned_speed(const Catalog& catalog, const Learned& learned);
// The flags that ask for it: "--hours 10 --start 2027-01-04 ...".
std::string flags_of(const PlanRequest& request);
// What of a plan lies before `day` and was not passed: it was missed.
std::vector<PlanSession> missed(const Plan& plan, const Learned& learned, Day day);
std::vector<PlanSession> sessions_on(const Plan& plan, Day day);
int week_of(const Plan& plan, Day day);  // 1 is the first

}  // namespace cairn::course
