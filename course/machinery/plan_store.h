// The plan on the disk: plan.json in the user's folder; and what the planner needs to know of a person's progress.
#pragma once

#include <optional>
#include <string>

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
std::optional<Plan> saved_plan(const std::string& folder = home_folder());  // none when there is no plan; FileError when it is damaged
// Written beside and renamed; the plan before it is kept as plan.previous.json, a damaged one as plan.damaged.json.
void save_plan(const Plan& plan, const std::string& folder = home_folder());

}  // namespace cairn::course
