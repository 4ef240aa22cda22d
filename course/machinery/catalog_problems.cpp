// What can be wrong with the road as a whole: ids, prerequisites, hours, tracks.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include <fmt/format.h>

#include <cairn/base/text.h>
#include <course/machinery/catalog.h>

namespace cairn::course {

namespace {

struct Checker {
  const Catalog& c;
  std::vector<std::string> wrong;
  std::map<std::string, const Item*> items;

  template <class... A> void say(fmt::format_string<A...> format, A&&... args) { wrong.push_back(fmt::format(format, std::forward<A>(args)...)); }
  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const auto& [id, item] : items) out.push_back(id);
    return out;
  }

  void ids_are_unique_and_known() {
    std::set<std::string> phases, tracks;
    for (const Phase& p : c.phases)
      if (!phases.insert(p.id).second) say("phase {} is there twice", p.id);
    for (const Track& t : c.tracks)
      if (!tracks.insert(t.id).second) say("track {} is there twice", t.id);
    auto take = [&](const Item& i) {
      const bool well = i.id.size() >= 2 && i.id.size() <= 4 &&
                        std::all_of(i.id.begin(), i.id.end(), [](unsigned char x) { return std::isdigit(x) || (x >= 'A' && x <= 'Z'); });
      if (!well) say("line {}: '{}' is no id: two to four capital letters and digits, as in A06 or PB1", i.line, printable(i.id));
      if (!items.insert({i.id, &i}).second) say("line {}: {} is there twice", i.line, i.id);
      if (!phases.count(i.phase)) say("line {}: {} belongs to phase '{}', which is not there", i.line, i.id, i.phase);
      if (i.title.empty() || i.can.empty()) say("line {}: {} has no title or does not say what one can do afterwards", i.line, i.id);
    };
    for (const Lesson& l : c.lessons) {
      take(l);
      if (!(l.hours > 0)) say("line {}: {} takes no time; a lesson has hours above 0", l.line, l.id);
      if (l.demo.empty() || l.exercise.empty() || l.picture.empty()) say("line {}: {} lacks its demo, exercise or picture", l.line, l.id);
    }
    for (const Project& p : c.projects) {
      take(p);
      if ((p.hours > 0) == !p.inside.empty()) say("line {}: {} needs either hours of its own or the lesson that it is done inside of", p.line, p.id);
      if (!p.inside.empty() && !c.find_lesson(p.inside)) say("line {}: {} is done inside of {}, which is not there", p.line, p.id, p.inside);
    }
  }

  void needs_are_there() {
    for (const auto& [id, item] : items)
      for (const std::string& n : item->needs) {
        auto it = items.find(n);
        if (it == items.end()) say("line {}: {} needs {}, which is not there.{}", item->line, id, n, did_you_mean(n, ids()));
        else if (!c.find_lesson(n)) say("line {}: {} needs {}, which is a project; only lessons can be needed", item->line, id, n);
      }
  }

  // Depth first; a lesson met again on the way down closes a cycle, which is told once.
  void there_is_no_cycle() {
    enum Mark { fresh, open, closed };
    std::map<std::string, Mark> marks;
    std::vector<std::string> way;
    std::function<void(const std::string&)> visit = [&](const std::string& id) {
      auto it = items.find(id);
      if (it == items.end() || marks[id] == closed) return;
      if (marks[id] == open) {
        std::vector<std::string> cycle(std::find(way.begin(), way.end(), id), way.end());
        cycle.push_back(id);
        say("line {}: a cycle, nobody could begin: {}", it->second->line, join(cycle, " needs "));
        return;
      }
      marks[id] = open;
      way.push_back(id);
      for (const std::string& n : it->second->needs) visit(n);
      way.pop_back();
      marks[id] = closed;
    };
    for (const auto& [id, item] : items) visit(id);
  }

  void tracks_can_be_walked() {
    std::set<std::string> reached;
    for (const Track& t : c.tracks) {
      if (t.items.empty()) say("track {} is empty", t.id);
      std::set<std::string> before;
      for (const std::string& id : t.items) {
        auto it = items.find(id);
        if (it == items.end()) {
          say("track {} leads to {}, which is not there.{}", t.id, id, did_you_mean(id, ids()));
          continue;
        }
        const Item& item = *it->second;
        if (!before.insert(id).second) say("track {} leads to {} twice", t.id, id);
        const auto met = [&](const std::string& n) { return before.count(n) > 0 && n != id; };
        if (!item.needs.empty() &&
            !(item.any_of_needs ? std::any_of(item.needs.begin(), item.needs.end(), met) : std::all_of(item.needs.begin(), item.needs.end(), met)))
          say("track {} comes to {} before {}", t.id, id, join(item.needs, item.any_of_needs ? " or " : ", "));
      }
      reached.insert(before.begin(), before.end());
      int next = 1;
      for (const Block& b : t.blocks) {
        if (b.first_week != next) say("track {}: the block '{}' begins in week {}, not in week {}", t.id, b.title, b.first_week, next);
        next = b.last_week + 1;
        double hours = 0;
        for (const std::string& id : b.items)
          if (items.count(id)) hours += t.hours_of(*items[id]);
        if (std::abs(hours - b.hours) > 1e-9) say("track {}: '{}' is said to take {:g} hours, its items take {:g}", t.id, b.title, b.hours, hours);
      }
      if (!t.blocks.empty() && t.weeks != t.blocks.back().last_week)
        say("track {} is said to take {} weeks, its blocks end with week {}", t.id, t.weeks, t.blocks.back().last_week);
      for (const auto& [id, hours] : t.hours)
        if (!before.count(id) || !(hours > 0)) say("track {} gives {} hours of its own, but does not lead there, or they are not above 0", t.id, id);
    }
    for (const auto& [id, item] : items)
      if (const Project* p = c.find_project(id); item->phase != "W" && !(p && !p->inside.empty()) && !reached.count(id))
        say("line {}: no track leads to {}", item->line, id);
  }

  void hours_add_up() {
    auto compare = [&](const char* what, double sum, double stated) {
      if (std::abs(sum - stated) > 1e-9) say("{}: [totals] says {:g}, they add up to {:g}", what, stated, sum);
    };
    double warm = 0, lessons = 0, core = 0, with_projects = 0;
    int warm_ups = 0, count = 0;
    const Track* twelve = c.find_track("12-week");
    auto length = [&](const Item& i) { return twelve ? twelve->hours_of(i) : i.hours; };
    for (const Lesson& l : c.lessons) {
      (l.phase == "W" ? warm : lessons) += l.hours;
      (l.phase == "W" ? warm_ups : count)++;
      if (l.core) core += length(l);
    }
    with_projects = core;
    for (const Project& p : c.projects)
      if (p.core) with_projects += length(p);
    compare("the number of warm-ups", warm_ups, c.totals.warm_up_count);
    compare("the number of lessons", count, c.totals.lesson_count);
    compare("the hours of the warm-ups", warm, c.totals.warm_ups);
    compare("the hours of the lessons", lessons, c.totals.lessons);
    compare("the hours of the core", core, c.totals.core);
    compare("the hours of the core with its projects", with_projects, c.totals.core_with_projects);
    if (!twelve) return;
    for (const auto& [id, item] : items) {
      const bool on = std::count(twelve->items.begin(), twelve->items.end(), id) > 0;
      if (on != item->core) say("line {}: {} is {} the 12-week track, but core = {}", item->line, id, on ? "on" : "not on", item->core);
    }
  }
};

}  // namespace

std::vector<std::string> problems(const Catalog& catalog) {
  Checker check{catalog, {}, {}};
  check.ids_are_unique_and_known();
  check.needs_are_there();
  check.there_is_no_cycle();
  check.tracks_can_be_walked();
  check.hours_add_up();
  return check.wrong;
}

}  // namespace cairn::course
