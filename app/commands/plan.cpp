// cairn plan: what to learn on which day, and the command to type for it.
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/plan_pages.h>
#include <course/machinery/plan_store.h>

namespace cairn::course {

namespace {

struct PlanOptions {
  double hours = 10;
  std::string start, end, track = "12-week", days = "mon-sat", off, format = "terminal", out, at = "18:00";
  bool core = false, warm_ups = false, replan = false, all = false;
  void fields(Fields& f) {
    f("hours", hours, "hours a week", between(0.5, 80));
    f("start", start, "first day, as in 2027-01-04; today when left out");
    f("end", end, "last day there is, when there is one");
    f("track", track, "12-week, phase-A, bootcamp-3m, 6-12-months, or ids of lessons and projects: A01,A06,PA");
    f("days", days, "days of the week to learn on: mon,wed,sat or mon-fri or all");
    f("off", off, "days off: 2027-02-01..2027-02-07,2027-03-01");
    f("core", core, "only what belongs to the 12-week core");
    f("warm_ups", warm_ups, "begin with the warm-ups in C++");
    f("replan", replan, "move what was missed in the plan that is there, at the speed that you have shown");
    f("all", all, "show every week in full");
    f("format", format, "how to write it", one_of({"terminal", "markdown", "html", "json", "ics"}));
    f("out", out, "the file to write; standard output when left out");
    f("at", at, "when sessions begin in a calendar (ics)");
  }
};

// Which options were typed: those that come out the same whatever they were before.
struct Given {
  PlanOptions options, other;
  bool hours, start, end, track, days, off, core, warm_ups;
  explicit Given(Arguments& arguments) {
    other.hours = -1, other.start = other.end = other.track = other.days = other.off = "\1", other.core = other.warm_ups = true;
    Fields first = fields_of(options), second = fields_of(other);
    arguments.read(first, 0, 0);
    arguments.read(second, 0, 0);
    hours = options.hours == other.hours, start = options.start == other.start, end = options.end == other.end, track = options.track == other.track;
    days = options.days == other.days, off = options.off == other.off, core = options.core == other.core,
    warm_ups = options.warm_ups == other.warm_ups;
  }
  bool any() const { return hours || start || end || track || days || off || core || warm_ups; }
  // The wishes that were typed; the others stay as they are in `before`.
  PlanRequest over(PlanRequest before) const {
    if (hours) before.hours = options.hours;
    if (start) before.start = date("--start", options.start);
    if (end) before.end = options.end.empty() ? std::nullopt : std::optional(date("--end", options.end));
    if (track) before.track = options.track;
    if (days) before.days = parse_days(options.days);
    if (off) before.off = parse_off(options.off);
    if (core) before.core = options.core;
    if (warm_ups) before.warm_ups = options.warm_ups;
    return before;
  }
  static Day date(const std::string& flag, const std::string& text) {
    try {
      return parse_date(text);
    } catch (const ConfigError& e) { throw ConfigError(flag + ": " + e.what()); }
  }
};

int minute_of(const std::string& at) {
  int64_t hour = -1, minute = -1;
  const size_t colon = at.find(':');
  if (colon == std::string::npos || !parse_int(at.substr(0, colon), hour) || !parse_int(at.substr(colon + 1), minute) || hour < 0 || hour > 23 ||
      minute < 0 || minute > 59)
    throw ConfigError("--at: '" + printable(at) + "' is no time of the day.\nHint: hours and minutes, as in 18:30.");
  return int(60 * hour + minute);
}

Learned learned() {
  if (!Progress::there()) return {};
  return learned_from(Progress(Progress::Read));
}

// Writes the plan in the wanted form, to a file or to standard output.
void show(Session& session, const PlanOptions& o, const Plan& plan) {
  const Catalog& road = catalog();
  std::string text;
  if (o.format == "markdown") text = plan_markdown(road, plan);
  else if (o.format == "html") text = plan_html(road, plan);
  else if (o.format == "json") {
    Json json = to_json(plan);
    json["not_written"] = Json::array(not_written(road, plan));
    text = json.dump(1) + "\n";
  } else if (o.format == "ics")
    text = plan_ics(road, plan, minute_of(o.at), std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  else text = plan_text(road, plan, o.out.empty() ? Terminal::of(1) : Terminal{}, today(), o.all || !o.out.empty());
  if (!o.out.empty()) {
    write_file(o.out, text);
    session.say(fmt::format("written: {} ({} sessions)", o.out, plan.sessions.size()));
  } else if (!session.json()) {
    std::printf("%s", text.c_str());  // calendars have lines of their own kind, terminals colours
  }
}

[[noreturn]] void refuse_past(Day start, Day now) {
  throw ConfigError(
      fmt::format("the plan would start on {}, which is past; today is {}.\nHint: a later --start; `cairn plan --replan` moves what was missed.",
                  iso_date(start), iso_date(now)));
}

// What may be changed, each with its command, as JSON and in words. A plan under way has begun in the past: only --replan takes that.
std::pair<Json, std::string> changes(const Plan& plan, const Learned& known, bool replan) {
  Json list = Json::array();
  std::string text = "What may be changed:\n";
  for (const Offer& offer : offers(catalog(), plan, known, today())) {
    const std::string command = std::string("cairn plan ") + (replan ? "--replan " : "") + flags_of(offer.request);
    list.push_back(Json::object({{"what", offer.what}, {"command", command}}));
    text += "  " + offer.what + "\n    " + command + "\n";
  }
  return {list, text};
}

int refuse(Session& session, const Plan& plan, const Learned& known, bool replan) {
  std::string text;
  for (const std::string& p : plan.problems) text += p + "\n";
  const auto [list, words] = changes(plan, known, replan);
  text += "\n" + words;
  Json event = to_json(plan);
  event["event"] = "plan";
  event["fits"] = false;
  event["offers"] = list;
  session.event(event);
  session.say(rows_here(text + "\nNo plan was kept."));
  return 1;
}

int plan(Session& session, Arguments& arguments) {
  const Given given(arguments);
  const PlanOptions& o = given.options;
  minute_of(o.at);
  const Day now = today();
  const Learned known = learned();
  std::optional<Plan> before;
  std::vector<std::string> told;  // of the plan's file
  try {
    before = saved_plan(told);
  } catch (const FileError&) {
    if (!given.any() || o.replan) throw;  // else the new plan takes its place, and it is kept beside it
  }
  // Beside the plan, not in it, where standard output is a page or a calendar.
  const bool words = o.format == "terminal" || !o.out.empty();
  const auto say = [&](const std::string& text) {
    if (words) session.say(rows_here(text));
    else if (!session.json()) std::fprintf(stderr, "%s\n", rows_here(harmless(text), 2).c_str());
  };
  for (const std::string& note : told) say("note: " + note);
  Plan result;
  bool fresh = true;
  if (o.replan) {
    if (!before) throw UsageError("there is no plan to change yet.\nHint: `cairn plan --hours 10 --start " + iso_date(now) + "` makes one.");
    const PlanRequest request = given.over(before->request);
    if (request.start < now && request.start != before->request.start) refuse_past(request.start, now);
    result = make_plan(catalog(), request, known, now);
  } else if (given.any() || !before) {
    PlanRequest request;
    request.start = now;
    request = given.over(request);
    if (request.start < now) refuse_past(request.start, now);
    result = make_plan(catalog(), request, known, now);
  } else {
    result = *before, fresh = false;
  }
  if (fresh && !result.fits()) {
    result.notes.insert(result.notes.end(), told.begin(), told.end());
    return refuse(session, result, known, o.replan);
  }
  if (result.sessions.empty()) {
    session.event(Json::object({{"event", "plan"}, {"sessions", Json::array()}, {"done", int64_t(result.done.size())}}));
    session.say(rows_here("Nothing of " + result.request.track +
                          " is left to do: all of it is passed.\nHint: another --track; `cairn road` shows the others."));
    return 0;
  }
  Json event = to_json(result);
  event["event"] = "plan";
  event["fits"] = result.fits();
  event["not_written"] = Json::array(not_written(catalog(), result));
  std::string longer;  // the commands for what the plan's notes offer
  if (fresh && takes_longer(catalog(), result)) {
    const auto [list, words] = changes(result, known, o.replan);
    event["offers"] = list, longer = words;
  }
  bool kept_here = fresh;
  std::string not_kept;
  try {
    if (fresh) save_plan(result);
  } catch (const FileError& e) {  // the plan is good all the same
    kept_here = false;
    not_kept = std::string("the plan could not be kept, so `cairn` and `cairn plan --replan` will not know it: ") + e.what();
    told.push_back(not_kept);
  }
  if (fresh) event["kept"] = kept_here;
  const std::string too_late = o.format == "ics" ? too_late_words(result, minute_of(o.at)) : "";
  if (!too_late.empty()) told.push_back(too_late);
  for (const std::string& note : told) event["notes"].push_back(note);
  session.event(event);
  if (o.replan) {
    const size_t late = missed(*before, known, now).size();
    const std::string moved = late == 0 ? "Nothing was missed" : fmt::format("{} missed session{} moved", late, late == 1 ? "" : "s");
    say(fmt::format("{}; the work ends on {} ({} before).", moved, iso_date(result.last), iso_date(before->last)));
  }
  const bool replaced = kept_here && before && !o.replan && !(before->request == result.request);
  if (o.format == "terminal" && o.out.empty() && !longer.empty())  // shown below, with its commands
    std::erase_if(result.notes, [](const std::string& note) { return note.starts_with(offers_note); });
  show(session, o, result);
  for (const std::string& note : {not_kept, too_late})
    if (!note.empty()) say("note: " + note);
  if (o.format == "terminal" && o.out.empty()) {
    const size_t width = size_t(std::max(36, Terminal::of(1).columns));
    if (!longer.empty()) session.say(rows_here(longer));
    const std::string kept = kept_here ? "Kept in " + plan_path() + (replaced ? "; the plan before it is plan.previous.json beside it. " : ". ") : "";
    session.say(wrapped(
        kept + "`cairn plan --all` shows every week, `--format ics --out plan.ics` takes it into a calendar, `--replan` moves what was missed.",
        width));
  }
  return 0;
}

}  // namespace

}  // namespace cairn::course

namespace cairn {

extern const CommandInfo plan_command;
const CommandInfo plan_command = {"plan", "what to learn on which day, in your hours",
                                  "cairn plan [--hours 10] [--start 2027-01-04] [--track 12-week] [--days mon,wed,sat]", course::plan,
                                  options_of<course::PlanOptions>};

}  // namespace cairn
