#include <course/machinery/plan_store.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

std::vector<std::string> texts(const Json& j) {
  std::vector<std::string> out;
  for (const Json& t : j.as_array()) out.push_back(t.as_string());
  return out;
}

PlanSession::Kind kind_of(const std::string& name) {
  for (int k = PlanSession::theory; k <= PlanSession::again; k++)
    if (name == kind_name(PlanSession::Kind(k))) return PlanSession::Kind(k);
  throw FileError("there is no session of kind '" + printable(name) + "'");
}

// Not damaged: another Cairn can read it.
class NewerPlan : public FileError {
 public:
  using FileError::FileError;
};

int whole(const Json& j, int low, int high) {
  const int64_t v = j.as_int();
  if (v < low || v > high) throw FileError(fmt::format("{} lies outside of {} to {}", v, low, high));
  return int(v);
}

}  // namespace

Learned learned_from(const Progress& progress) {
  Learned out;
  std::map<std::string, int> stage;
  for (const Review& r : progress.reviews()) stage[r.id] = r.stage;
  const std::vector<std::string> returned = progress.returned();
  out.again = {returned.begin(), returned.end()};
  const std::set<std::string> passed = progress.passed_ids();
  for (const Entry& e : progress.entries()) {
    if (!passed.count(e.id)) {
      out.hours[e.id] += e.seconds / 3600;
      continue;
    }
    if (!e.passed || (e.kind != "exercise" && e.kind != "project" && e.kind != "paper") || out.passed.count(e.id)) continue;
    const auto next = stage.find(e.id);
    out.passed[e.id] = {parse_date(e.date), progress.time_spent(e.id) / 3600, next == stage.end() ? 3 : next->second};
  }
  out.skipped = progress.placed_ids();
  return out;
}

Json to_json(const PlanRequest& r) {
  Json j =
      Json::object({{"hours", r.hours}, {"start", iso_date(r.start)}, {"track", r.track}, {"days", days_text(r.days)}, {"off", off_text(r.off)}});
  if (r.end) j["end"] = iso_date(*r.end);
  j["core"] = r.core;
  j["warm_ups"] = r.warm_ups;
  return j;
}

Json to_json(const Plan& plan) {
  Json sessions = Json::array();
  for (const PlanSession& s : plan.sessions)
    sessions.push_back(Json::object({{"day", iso_date(s.day)},
                                     {"week", week_of(plan, s.day)},
                                     {"minutes", s.minutes},
                                     {"kind", kind_name(s.kind)},
                                     {"item", s.item},
                                     {"command", s.command},
                                     {"part", s.part},
                                     {"parts", s.parts}}));
  return Json::object({{"format", "cairn plan"},
                       {"version", 1},
                       {"request", to_json(plan.request)},
                       {"speed", plan.speed},
                       {"first", iso_date(plan.first)},
                       {"last", iso_date(plan.last)},
                       {"minutes_of_work", plan.minutes_of_work},
                       {"items", Json::array(plan.items)},
                       {"added", Json::array(plan.added)},
                       {"done", Json::array(plan.done)},
                       {"problems", Json::array(plan.problems)},
                       {"notes", Json::array(plan.notes)},
                       {"sessions", sessions}});
}

Plan plan_from_json(const Json& j, const std::string& what) {
  try {
    if (j.at("format") != Json("cairn plan")) throw FileError("it holds no plan");
    if (j.at("version").as_int() != 1) throw NewerPlan(what + " was made by another version of Cairn.\nHint: use that one, or move the file away.");
    Plan plan;
    const Json& r = j.at("request");
    plan.request.hours = r.at("hours").as_double();
    plan.request.start = parse_date(r.at("start").as_string());
    plan.request.track = r.at("track").as_string();
    plan.request.days = parse_days(r.at("days").as_string());
    plan.request.off = parse_off(r.at("off").as_string());
    if (const Json* end = r.find("end")) plan.request.end = parse_date(end->as_string());
    plan.request.core = r.at("core").as_bool();
    plan.request.warm_ups = r.at("warm_ups").as_bool();
    plan.speed = j.at("speed").as_double();
    plan.first = parse_date(j.at("first").as_string());
    plan.last = parse_date(j.at("last").as_string());
    plan.minutes_of_work = j.at("minutes_of_work").as_double();
    plan.items = texts(j.at("items"));
    plan.added = texts(j.at("added"));
    plan.done = texts(j.at("done"));
    plan.problems = texts(j.at("problems"));
    if (const Json* notes = j.find("notes")) plan.notes = texts(*notes);  // plans of earlier versions have none
    for (const Json& s : j.at("sessions").as_array())
      plan.sessions.push_back({parse_date(s.at("day").as_string()), whole(s.at("minutes"), 1, 24 * 60), kind_of(s.at("kind").as_string()),
                               s.at("item").as_string(), s.at("command").as_string(), whole(s.at("part"), 1, 100000),
                               whole(s.at("parts"), 1, 100000)});
    return plan;
  } catch (const NewerPlan&) { throw; } catch (const Error& e) {
    throw FileError(what + " is damaged: " + e.what());
  }
}

std::string plan_path(const std::string& folder) { return folder + "/plan.json"; }

namespace {

Plan plan_of(const std::string& text, const std::string& path) { return plan_from_json(Json::parse(text, path), path); }

std::string previous_path(const std::string& folder) { return folder + "/plan.previous.json"; }

// Nothing that was kept is overwritten.
std::string damaged_path(const std::string& folder) {
  for (int n = 1;; n++) {
    const std::string name = folder + "/plan.damaged" + (n == 1 ? "" : "-" + std::to_string(n)) + ".json";
    if (!file_exists(name)) return name;
  }
}

}  // namespace

std::optional<Plan> saved_plan(std::vector<std::string>& notes, const std::string& folder) {
  const std::string path = plan_path(folder), before = previous_path(folder);
  if (!file_exists(path)) return std::nullopt;
  const std::string text = read_file(path, 64 << 20);  // who may not read it has no damaged one
  std::string why;
  try {
    return plan_of(text, path);
  } catch (const NewerPlan&) { throw; } catch (const FileError& e) {
    why = e.what();
  }
  std::optional<Plan> plan;
  std::string good;
  try {
    good = read_file(before, 64 << 20);
    plan = plan_of(good, before);
  } catch (const FileError&) { throw FileError(why + "\nHint: `cairn plan --hours 10` makes a new plan; the damaged one is kept beside it."); }
  const std::string damaged = "your plan in " + path + " is damaged. ";
  try {
    const std::string aside = damaged_path(folder);
    write_file(aside, text);
    write_file(path, good);
    notes.push_back(damaged + "The file was set aside as " + aside + "; the plan before it has taken its place.");
  } catch (const FileError& e) {
    notes.push_back(damaged + "This is the plan before it, " + before + ", which could not take its place: " + e.what());
  }
  return plan;
}

void save_plan(const Plan& plan, const std::string& folder) {
  disk().make_folder(folder);
  const std::string path = plan_path(folder), text = to_json(plan).dump(1) + "\n";
  if (file_exists(path)) {
    const std::string before = read_file(path);
    const auto whole = [&] {
      try {
        plan_from_json(Json::parse(before), path);
        return true;
      } catch (const Error&) {  // a damaged one is kept, too, but not in the place of the last good one
        return false;
      }
    };
    if (before != text) write_file(whole() ? previous_path(folder) : damaged_path(folder), before);
  }
  write_file(path, text);
}

}  // namespace cairn::course
