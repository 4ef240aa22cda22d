// Where a learner stands today: what `cairn` alone and `cairn progress` say. A function of road, progress, plan and day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <course/machinery/catalog.h>
#include <course/machinery/plan.h>
#include <course/machinery/progress.h>

namespace cairn::course {

struct Where {
  struct PhaseCount {
    std::string id, title;
    int passed = 0, skipped = 0, lessons = 0;  // of lessons that are not optional, but for those done
  };
  std::vector<PhaseCount> phases;  // with something passed or skipped, and the one that is next
  int passed = 0, skipped = 0;     // lessons and projects
  std::string last, last_date;     // what was passed last
  double seconds = 0;              // on everything
  std::vector<PlanSession> today;  // of the plan, without what is passed and what builds on missed pieces; or, catching_up, the first open piece
  bool catching_up = false;        // all of today's builds on missed pieces
  std::vector<PlanSession> ahead;  // the next day of the plan that has some, when today has none
  int missed = 0;                  // sessions of the plan before today that were not done
  std::vector<Review> due;         // of lessons that have a quiz
  std::vector<std::string> back;   // lessons whose review failed
  std::string next;                // the next open lesson or project of the road that is written; "" when all are done
  std::string command;             // what to type next
};

Where where_is(const Catalog& road, const Progress& progress, const std::optional<Plan>& plan, const Learned& learned, Day day);

// Of the lessons and projects that are not in `behind`, are written and have their prerequisites there: a warm-up that is in `wanted`, once the
// first of the others is done; else the first that is a project or of the core; else the first. "" when there is none.
std::string next_lesson(const Catalog& road, const std::set<std::string>& behind, const std::set<std::string>& wanted);

}  // namespace cairn::course
