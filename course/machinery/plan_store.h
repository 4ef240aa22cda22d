// The plan on the disk: plan.json in the user's folder; and what the planner needs to know of a person's progress.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <course/machinery/paths.h>
#include <course/machinery/plan.h>
#include <course/machinery/progress.h>

namespace cairn::course {

Learned learned_from(const Progress& progress);

Json to_json(const PlanRequest& request);
Json to_json(const Plan& plan);
// FileError naming what is wrong; `what` is the file's name.
Plan plan_from_json(const Json& json, const std::string& what);

std::string plan_path(const std::string& folder = home_folder());
// None when there is no plan. A damaged one is set aside as plan.damaged.json (or -2, -3, ...) and the plan before it, plan.previous.json, takes
// its place; FileError where that one is no good either. `notes`: what the learner should be told of it.
std::optional<Plan> saved_plan(std::vector<std::string>& notes, const std::string& folder = home_folder());
// Written beside and renamed; the plan before it is kept as plan.previous.json, a damaged one as plan.damaged.json (or -2, -3, ...).
void save_plan(const Plan& plan, const std::string& folder = home_folder());

}  // namespace cairn::course
