#include <course/machinery/placement.h>

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/paths.h>
#include <course/machinery/words.h>

namespace cairn::course {

namespace {

void check_lessons(const Toml& t, const std::vector<std::string>& ids) {
  std::vector<std::string> known;
  for (const Lesson& l : catalog().lessons) known.push_back(l.id);
  for (const std::string& id : ids)
    if (std::find(known.begin(), known.end(), id) == known.end()) t.fail("there is no lesson '" + printable(id) + "'." + did_you_mean(id, known));
}

Level read_level(const Toml& t, bool first) {
  t.only({"about", "seconds", "skips", "refresh", "resource", "question"});
  Level level{t.text("about"), t.texts("skips"), t.texts("refresh"), t.text("resource", ""), read_questions(t), t.line(), t.whole("seconds", 0)};
  check_lessons(t, level.skips);
  check_lessons(t, level.refresh);
  if (level.refresh.empty()) t.fail("a level says which lesson helps when it is not passed (refresh = [ ... ])");
  if (first && !level.skips.empty()) t.fail("a first level skips nothing: it is guessed too easily");
  if (level.seconds < 5 || level.seconds > 120) t.fail("a level says how many seconds one of its questions takes (seconds = 25), 5 to 120");
  if (int(level.questions.size()) < questions_a_level) t.fail(fmt::format("a level needs at least {} questions", questions_a_level));
  for (const Question& q : level.questions)
    if (!q.typed)
      throw FileError(fmt::format("{} line {}: a question of placement has typed = true: options are guessed too easily", q.path, q.line));
  if (level.resource.empty()) return level;
  std::vector<std::string> names;
  for (const Resource& r : resources()) names.push_back(r.name);
  if (std::find(names.begin(), names.end(), level.resource) == names.end())
    t.fail("there is no resource '" + printable(level.resource) + "'." + did_you_mean(level.resource, names));
  return level;
}

}  // namespace

std::vector<Area> load_placement(const std::string& folder) {
  std::vector<Area> areas;
  std::error_code error;
  for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().extension() != ".toml") continue;
    const Toml t = Toml::load(it->path().string());
    t.only({"title", "order", "level"});
    Area area{it->path().stem().string(), t.text("title"), t.path(), {}, t.whole("order", 0)};
    for (const Toml& l : t.tables("level")) area.levels.push_back(read_level(l, area.levels.empty()));
    if (area.levels.size() != 3) t.fail(fmt::format("an area has three levels, this one {}", area.levels.size()));
    areas.push_back(std::move(area));
  }
  if (areas.empty()) throw FileError("there are no areas of placement (*.toml) in " + folder + (error ? ": " + error.message() : "") + ".");
  std::sort(areas.begin(), areas.end(), [](const Area& a, const Area& b) { return std::tie(a.order, a.id) < std::tie(b.order, b.id); });
  return areas;
}

const std::vector<Area>& placement() {
  static const std::vector<Area> areas = load_placement(course_folder() + "/placement");
  return areas;
}

PlacementRun::PlacementRun(const std::vector<Area>& areas, uint64_t seed) : areas_(areas), seed_(seed), reached_(areas.size(), 0) {}

DrawnQuestion PlacementRun::question() const {
  if (done()) throw StateError("the placement is done: there is no further question.");
  const std::vector<Question>& pool = area().levels[size_t(level_)].questions;
  const uint64_t key = mix(seed_, area_ * 16 + uint64_t(level_));
  std::vector<size_t> order(pool.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = i;
  Random random(key);
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);
  return drawn(pool[order[size_t(right_ + wrong_)]], key);
}

void PlacementRun::next_area() {
  area_++;
  level_ = right_ = wrong_ = 0;
}

void PlacementRun::answer(bool right) {
  if (done()) throw StateError("the placement is done: there is no question to answer.");
  asked_++;
  (right ? right_ : wrong_)++;
  if (right_ >= right_a_level) {
    reached_[area_] = ++level_;
    right_ = wrong_ = 0;
    if (level_ >= int(area().levels.size())) next_area();
  } else if (wrong_ > questions_a_level - right_a_level) {
    next_area();
  }
}

PlacementResult PlacementRun::result() const {
  PlacementResult result;
  for (size_t i = 0; i < areas_.size(); i++) {
    result.reached.push_back({areas_[i].id, reached_[i]});
    for (int level = 0; level < reached_[i]; level++) {
      const std::vector<std::string>& skips = areas_[i].levels[size_t(level)].skips;
      result.skip.insert(skips.begin(), skips.end());
    }
  }
  const auto add_once = [](std::vector<std::string>& list, const std::string& word) {
    if (!word.empty() && std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
  };
  for (size_t i = 0; i < areas_.size(); i++)
    // From the level that was not passed on; what comes later in the ladder is not known either.
    for (size_t level = size_t(reached_[i]); level < areas_[i].levels.size(); level++) {
      for (const std::string& id : areas_[i].levels[level].refresh)
        if (!result.skip.contains(id)) add_once(result.refresh, id);
      add_once(result.resources, areas_[i].levels[level].resource);
    }
  return result;
}

}  // namespace cairn::course
