// The map of the road: which lessons are done, open or locked, in the terminal, as a page, as JSON.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include <cairn/base/json.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/catalog.h>
#include <course/machinery/plan.h>

namespace cairn::course {

// done: passed, with proof; skipped: the placement says that it is known; open: everything it needs is one of these; again: a review failed.
enum class State { done, skipped, again, open, locked };
const char* state_name(State state);
State state_of(const Catalog& catalog, const Item& item, const Learned& learned);
// What is missing before a locked item can begin, in the order of the road: ids.
std::vector<std::string> missing_for(const Catalog& catalog, const Item& item, const Learned& learned);
// The lesson or project to do next: a lesson that came back, else the first open one of the core or project, else the first open one; nullptr
// when all is done.
const Item* next_lesson(const Catalog& catalog, const Learned& learned);

// What the map shows.
struct Road {
  const Catalog& catalog;
  const Learned& learned;
  std::set<std::string> written;  // ids of lessons and projects that can be done today
};
std::set<std::string> written_items(const Catalog& catalog);  // looks into course/lessons and course/projects

// Lines of at most terminal.columns (36 at least), each ending with '\n'. `all`: a line for every lesson.
std::string road_text(const Road& road, const Terminal& terminal, bool all);
// One lesson or project in full; or a phase, its lessons a line each.
std::string item_text(const Road& road, const Item& item, const Terminal& terminal);
std::string phase_text(const Road& road, const Phase& phase, const Terminal& terminal);
std::string road_html(const Road& road);              // self-contained
std::string road_svg(const Road& road, bool narrow);  // the map in it: bands of phases; for phones two columns
Json road_json(const Road& road);

}  // namespace cairn::course
