// Between catalog and calendar: which items a wish means, in an order in which they can be done, and the parts each is cut into.
#pragma once

#include <string>
#include <vector>

#include <course/machinery/plan.h>

namespace cairn::course::detail {

inline constexpr int longest_session = 90, shortest_session = 15, review_minutes = 5;  // minutes

struct Part {
  PlanSession::Kind kind;
  std::string item, command;  // of an exercise or project, the first session says `cairn start` instead: see Scheduler
  int minutes;
  int block = -1;  // of the track's blocks, -1: none
  bool ends_item = false;
};

struct Work {
  std::vector<std::string> items, added, done;
  std::vector<Part> parts;
  const Track* track = nullptr;  // when the wish is one track alone, whole
};

// UsageError for unknown ids. `half_day`: the longest piece of theory, so that a day holds practice, too.
Work work_of(const Catalog& catalog, const PlanRequest& request, const Learned& learned, double speed, int half_day);

}  // namespace cairn::course::detail
