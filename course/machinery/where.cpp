#include <course/machinery/where.h>

#include <algorithm>

#include <fmt/format.h>

#include <course/machinery/quiz.h>

namespace cairn::course {

namespace {

// The lessons that the last placement advised.
std::set<std::string> advised(const Progress& progress) {
  std::set<std::string> ids;
  for (const Entry& e : progress.entries("placement")) {
    ids.clear();
    if (e.detail.empty()) continue;
    const Json detail = Json::parse(e.detail, "the placement of " + e.date);
    if (const Json* refresh = detail.find("refresh"))
      for (const Json& id : refresh->as_array()) ids.insert(id.as_string());
  }
  return ids;
}

// What it builds on is in `behind`. Lessons that are not written yet cannot be done and do not count.
bool open_to(const Catalog& road, const Item& item, const std::set<std::string>& behind) {
  const auto met = [&](const std::string& need) {
    const Lesson* lesson = road.find_lesson(need);
    return behind.contains(need) || !lesson || !written(*lesson);
  };
  return item.any_of_needs ? item.needs.empty() || std::any_of(item.needs.begin(), item.needs.end(), met)
                           : std::all_of(item.needs.begin(), item.needs.end(), met);
}

}  // namespace

std::string next_lesson(const Catalog& road, const std::set<std::string>& behind, const std::set<std::string>& wanted) {
  std::string warm_up, core, any;
  bool begun = false;  // the first lesson is behind the learner
  for (const Item* item : road.in_order()) {
    const Item& l = *item;
    if (l.phase != "W") begun |= behind.contains(l.id);
    if (behind.contains(l.id) || !written(road, l) || (l.phase == "W" && !wanted.contains(l.id))) continue;
    if (!open_to(road, l, behind)) continue;
    std::string& place = l.phase == "W" ? warm_up : l.core || road.find_project(l.id) ? core : any;
    if (place.empty()) place = l.id;
  }
  const std::string& main = core.empty() ? any : core;
  return warm_up.empty() || (!begun && !main.empty()) ? main : warm_up;
}

Where where_is(const Catalog& road, const Progress& progress, const std::optional<Plan>& plan, const Learned& learned, Day day) {
  Where w;
  const std::set<std::string> passed = progress.passed_ids(), placed = progress.placed_ids();
  std::set<std::string> behind = passed;
  behind.insert(placed.begin(), placed.end());
  for (const Entry& e : progress.entries()) {
    w.seconds += e.seconds;
    if (e.passed && passed.contains(e.id) && road.find(e.id) && (e.kind == "exercise" || e.kind == "project")) w.last = e.id, w.last_date = e.date;
  }
  w.next = next_lesson(road, behind, advised(progress));
  for (const Phase& phase : road.phases) {
    Where::PhaseCount count{phase.id, phase.title};
    const Item* next = road.find(w.next);
    bool holds_next = next && next->phase == phase.id;
    for (const Lesson& l : road.lessons) {
      if (l.phase != phase.id) continue;
      count.lessons++;
      if (passed.contains(l.id)) count.passed++;
      else if (placed.contains(l.id)) count.skipped++;
    }
    w.passed += count.passed;
    w.skipped += count.skipped;
    if (count.passed + count.skipped > 0 || holds_next) w.phases.push_back(count);
  }
  for (const Project& p : road.projects) w.passed += passed.contains(p.id);
  if (plan) {
    w.missed = int(missed(*plan, learned, day).size());
    // What was passed before its day came is no longer to do; reviews are told from the progress itself.
    const auto open = [&](const PlanSession& s) {
      return s.kind != PlanSession::review && (!behind.contains(s.item) || s.kind == PlanSession::again);
    };
    for (const PlanSession& s : plan->sessions)
      if (open(s) && s.day == day) w.today.push_back(s);
      else if (open(s) && s.day > day && (w.ahead.empty() || s.day == w.ahead.front().day)) w.ahead.push_back(s);
    if (!w.today.empty()) w.ahead.clear();
    if (w.missed > 0 && !w.today.empty()) {
      // What builds on a missed piece waits for it; what builds on an earlier piece of the same day does not.
      std::set<std::string> done = behind;
      const auto ready = [&](const PlanSession& s) {
        const Item* item = road.find(s.item);
        return !item || s.kind == PlanSession::again || behind.contains(s.item) || open_to(road, *item, done);
      };
      std::erase_if(w.today, [&](const PlanSession& s) {
        const bool stays = ready(s);
        if (stays) done.insert(s.item);
        return !stays;
      });
      if (w.today.empty()) {
        const auto first = std::find_if(plan->sessions.begin(), plan->sessions.end(), [&](const PlanSession& s) {
          const Item* item = road.find(s.item);
          return s.day < day && open(s) && (!item || written(road, *item)) && ready(s);
        });
        if (first != plan->sessions.end()) w.today.push_back(*first), w.catching_up = true;
      }
    }
  }
  w.due = progress.due_reviews(day);
  std::erase_if(w.due, [&](const Review& r) {
    const Lesson* lesson = road.find_lesson(r.id);
    return !lesson || !quiz_of(*lesson);
  });
  w.back = progress.returned();
  if (!w.due.empty()) w.command = "cairn review";
  else if (!w.back.empty()) w.command = "cairn learn " + w.back.front();
  else if (!w.today.empty()) w.command = w.today.front().command;
  else if (!w.next.empty()) w.command = "cairn learn " + w.next;
  else w.command = "cairn road";
  return w;
}

}  // namespace cairn::course
