#include <course/machinery/road.h>

#include <algorithm>

#include <cairn/base/text.h>
#include <course/machinery/where.h>

namespace cairn::course {

namespace {

bool known(const Learned& learned, const std::string& id) { return learned.passed.count(id) || learned.skipped.count(id); }

Json described(const Road& road, const Item& item) {
  Json j = Json::object({{"id", item.id},
                         {"title", item.title},
                         {"phase", item.phase},
                         {"hours", item.hours},
                         {"needs", Json::array(item.needs)},
                         {"core", item.core},
                         {"can", item.can},
                         {"recipes", Json::array(item.recipes)},
                         {"papers", Json::array(item.papers)},
                         {"state", state_name(state_of(road.catalog, item, road.learned))}});
  if (const auto passed = road.learned.passed.find(item.id); passed != road.learned.passed.end()) j["passed"] = iso_date(passed->second.on);
  return j;
}

}  // namespace

const char* state_name(State state) {
  static const char* const names[] = {"done", "skipped", "again", "open", "locked"};
  return names[int(state)];
}

std::vector<std::string> missing_for(const Catalog& catalog, const Item& item, const Learned& learned) {
  std::vector<std::string> out;
  const Item& whole = [&]() -> const Item& {
    const Project* p = catalog.find_project(item.id);
    return p && !p->inside.empty() ? catalog.lesson(p->inside) : item;
  }();
  for (const std::string& n : whole.needs)
    if (!known(learned, n)) out.push_back(n);
  if (whole.any_of_needs && out.size() < whole.needs.size()) out.clear();
  return out;
}

State state_of(const Catalog& catalog, const Item& item, const Learned& learned) {
  if (learned.again.count(item.id)) return State::again;
  if (learned.passed.count(item.id)) return State::done;
  if (learned.skipped.count(item.id)) return State::skipped;
  return missing_for(catalog, item, learned).empty() ? State::open : State::locked;
}

const Item* next_lesson(const Catalog& catalog, const Learned& learned) {
  for (const Lesson& l : catalog.lessons)
    if (learned.again.count(l.id)) return &l;
  std::set<std::string> behind = learned.skipped;
  for (const auto& [id, passed] : learned.passed) behind.insert(id);
  return catalog.find(next_lesson(catalog, behind, {}));
}

std::set<std::string> written_items(const Catalog& catalog) {
  std::set<std::string> out;
  for (const Lesson& l : catalog.lessons)
    if (written(l)) out.insert(l.id);
  for (const Project& p : catalog.projects)
    if (written(p)) out.insert(p.id);
  return out;
}

Json road_json(const Road& road) {
  Json phases = Json::array(), lessons = Json::array(), projects = Json::array(), tracks = Json::array();
  for (const Phase& p : road.catalog.phases) {
    Json j = Json::object({{"id", p.id}, {"title", p.title}, {"goal", p.goal}, {"topics", Json::array(p.topics)}, {"builds", Json::array(p.builds)}});
    j["weeks"] = Json(Json::Array{p.weeks_least, p.weeks_most});
    phases.push_back(j);
  }
  for (const Lesson& l : road.catalog.lessons) {
    Json j = described(road, l);
    j["demo"] = l.demo;
    j["exercise"] = l.exercise;
    j["picture"] = l.picture;
    j["terms"] = Json::array(l.terms);
    j["written"] = road.written.count(l.id) > 0;
    lessons.push_back(j);
  }
  for (const Project& p : road.catalog.projects) {
    Json j = described(road, p);
    j["inside"] = p.inside;
    j["written"] = road.written.count(p.id) > 0;
    projects.push_back(j);
  }
  for (const Track& t : road.catalog.tracks)
    tracks.push_back(Json::object({{"id", t.id}, {"title", t.title}, {"about", t.about}, {"items", Json::array(t.items)}}));
  const Item* next = next_lesson(road.catalog, road.learned);
  return Json::object({{"event", "road"},
                       {"next", next ? Json(next->id) : Json()},
                       {"phases", phases},
                       {"lessons", lessons},
                       {"projects", projects},
                       {"tracks", tracks}});
}

}  // namespace cairn::course
