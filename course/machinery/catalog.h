// The road: course/roadmap.toml as structs. Phases hold lessons and projects; tracks are ways through them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cairn::course {

// What lessons and projects have in common.
struct Item {
  std::string id, title, phase;              // "A06", "Derivatives, chain rule", "A"
  double hours = 0;                          // a learner's
  std::vector<std::string> needs;            // ids of lessons
  bool any_of_needs = false;                 // one of them is enough (PC3: C07 or C08)
  bool core = false;                         // in the 12-week curriculum
  std::string can;                           // what you can do afterwards, one sentence
  std::vector<std::string> recipes, papers;  // "R2"; "rosenblatt-1958"
  int line = 0;                              // in roadmap.toml
};

struct Lesson : Item {
  std::string demo, exercise, picture;  // of what kind
  std::vector<std::string> terms;       // of the glossary
};

struct Project : Item {
  std::string inside;                 // the lesson whose hours hold it (PB1 is done in B09), or ""
  std::vector<std::string> commands;  // what to type while working on it
};

struct Phase {
  std::string id, title, goal;
  std::vector<std::string> topics, builds;  // builds: what the phase's projects are about
  int weeks_least = 0, weeks_most = 0;      // 0, 0: no weeks of its own; most 0: ongoing
};

struct Block {  // weeks of a track
  int first_week = 0, last_week = 0;
  std::string title;
  std::vector<std::string> items;  // ids of lessons and projects, in order
  double hours = 0;
};

struct Track {
  std::string id, title, about;
  int weeks = 0;                        // how long it takes at most; 0: it does not say
  std::vector<Block> blocks;            // without blocks: items alone
  std::vector<std::string> items;       // all of its items, in order
  std::map<std::string, double> hours;  // where they differ from the item's own (D13 in the 12-week track)
  double hours_of(const Item& item) const;
};

struct Totals {  // what the hours must add up to
  double warm_ups = 0, lessons = 0, core = 0, core_with_projects = 0;
  int warm_up_count = 0, lesson_count = 0;
};

struct Catalog {
  std::string path;
  std::vector<Phase> phases;
  std::vector<Lesson> lessons;
  std::vector<Project> projects;
  std::vector<Track> tracks;
  Totals totals;

  // nullptr when there is none; "a06" finds A06.
  const Lesson* find_lesson(std::string_view id) const;
  const Project* find_project(std::string_view id) const;
  const Item* find(std::string_view id) const;  // either
  const Track* find_track(std::string_view id) const;
  const Phase* find_phase(std::string_view id) const;
  // Lessons as the road has them, each project with hours of its own right behind the last lesson that it needs.
  std::vector<const Item*> in_order() const;
  // UsageError with the nearest match.
  const Lesson& lesson(std::string_view id) const;
  const Item& item(std::string_view id) const;
};

// roadmap.toml of course_folder(), read once and checked; FileError when something is wrong with it.
const Catalog& catalog();
Catalog load_catalog(const std::string& path);  // FileError with line: not TOML, unknown keys, values of another kind
Catalog parse_catalog(std::string_view text, const std::string& path);
// What is wrong with the road as a whole, a sentence each: ids twice or missing, cycles, lessons that nothing leads to, hours that do not
// add up. Empty when all is well.
std::vector<std::string> problems(const Catalog& catalog);

inline const Lesson& lesson(std::string_view id) { return catalog().lesson(id); }
// The folder of a lesson, course/lessons/ID-name; "" when it is not written yet.
std::string folder_of(const Lesson& lesson);
bool written(const Lesson& lesson);  // it has its folder, and its text
// The same of a project: course/projects/ID-name, with project.md.
std::string folder_of(const Project& project);
bool written(const Project& project);
bool written(const Catalog& catalog, const Item& item);  // a lesson or a project
std::vector<const Item*> items_of(const Catalog& catalog, const Phase& phase);

}  // namespace cairn::course
