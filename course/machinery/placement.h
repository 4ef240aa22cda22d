// The placement test: what may be skipped, what to refresh. Areas (course/placement/*.toml) are ladders of three levels that stop early: a
// level asks up to three questions, two right ones pass it, two wrong ones end the area.
//
// Why two of three: somebody who knows 90 % passes a level with 0.9^3 + 3 * 0.9^2 * 0.1 = 0.972 and three levels with 0.918. Somebody who
// guesses one answer in ten (numbers are typed, so it is fewer) passes a level with 0.028, two with 0.0008; nothing is skipped for one.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <course/machinery/quiz.h>

namespace cairn::course {

struct Level {
  std::string about;                 // "chain and product rule"
  std::vector<std::string> skips;    // lessons that need not be done once it is passed
  std::vector<std::string> refresh;  // lessons that help when it is not
  std::string resource;              // of resources.toml, or ""
  std::vector<Question> questions;   // at least three
  int line = 0;
  int seconds = 0;  // that a question takes somebody who can answer it, reading and typing included: judged by reading, not measured
};

struct Area {
  std::string id, title, path;  // "calculus"
  std::vector<Level> levels;    // three
  int order = 0;
};

// course/placement/*.toml of a folder, in their order. FileError with file and line: no area, a level with fewer than three questions or
// without their seconds, a question with options, a first level that skips something, unknown lessons or resources.
std::vector<Area> load_placement(const std::string& folder);
const std::vector<Area>& placement();  // of course_folder(), read once

constexpr int questions_a_level = 3, right_a_level = 2;

struct PlacementResult {
  struct Reached {
    std::string area;  // its id
    int levels = 0;    // passed
  };
  std::vector<Reached> reached;
  std::set<std::string> skip;
  std::vector<std::string> refresh;    // lessons, in the order of the areas; none that is skipped
  std::vector<std::string> resources;  // beside them
};

// One walk through all areas. The seed decides which questions a level asks, and their numbers.
class PlacementRun {
 public:
  PlacementRun(const std::vector<Area>& areas, uint64_t seed);
  bool done() const { return area_ >= areas_.size(); }
  const Area& area() const { return areas_[area_]; }  // StateError of the rest when done
  int level() const { return level_; }
  int asked() const { return asked_; }  // questions so far, of all areas
  DrawnQuestion question() const;
  void answer(bool right);
  PlacementResult result() const;  // of what was asked so far

 private:
  void next_area();
  const std::vector<Area>& areas_;
  uint64_t seed_;
  size_t area_ = 0;
  int level_ = 0, right_ = 0, wrong_ = 0, asked_ = 0;
  std::vector<int> reached_;
};

}  // namespace cairn::course
