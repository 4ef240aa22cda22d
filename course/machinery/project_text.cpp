#include <course/machinery/project_text.h>

#include <algorithm>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/exercises.h>
#include <course/machinery/expression.h>
#include <course/machinery/lesson_rules.h>
#include <course/machinery/training.h>

namespace cairn::course {

namespace {

constexpr uint64_t longest_text = 256 * 1024;

Names names_of(const std::string& folder) {
  Exercise exercise;
  exercise.folder = folder;
  Names names;
  const std::optional<TrainingPlan> plan = training_plan_of(exercise);
  if (!plan) return names;
  names["minutes"] = plan->seconds / 60;
  names["memory"] = double(plan->memory_mib);
  for (const Training& t : plan->trainings)
    for (const TrainingGoal& g : t.goals) {
      std::string name = "goal_" + g.data + "_" + t.part;
      std::replace(name.begin(), name.end(), '-', '_');
      names[name] = g.percent;
    }
  return names;
}

}  // namespace

LessonText read_project(const std::string& folder) {
  const std::string text = read_file(folder + "/project.md", longest_text), id = id_of_folder(folder);
  Names names = names_of(folder);
  try {
    return read_text(id, title_in(text, id), substitute(text, names));
  } catch (const ConfigError& e) { throw FileError(folder + "/project.md: " + e.what()); }
}

std::vector<std::string> project_problems(const std::string& folder) {
  std::vector<std::string> all;
  try {
    const std::string text = read_file(folder + "/project.md", longest_text), id = id_of_folder(folder);
    LessonText written = read_text(id, title_in(text, id), text);
    check_project(written);
    for (const Problem& p : written.problems) all.push_back("project.md:" + (p.line ? std::to_string(p.line) + ":" : std::string()) + " " + p.text);
    read_project(folder);
  } catch (const Error& e) { all.push_back(e.what()); }
  return all;
}

}  // namespace cairn::course
