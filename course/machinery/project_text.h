// The brief of a project, project.md: what to build, in which order, what its check looks at. A text like a lesson's, without figures; its numbers
// are worked examples and what project.toml says: {{goal_mnist_mlp}}, {{minutes}}, {{memory}}.
#pragma once

#include <string>
#include <vector>

#include <course/machinery/lesson_text.h>

namespace cairn::course {

// FileError when there is no project.md, or its {{...}} are wrong.
LessonText read_project(const std::string& folder);

// Everything that is wrong with it, a line each, beginning with "project.md:LINE: "; and with project.toml.
std::vector<std::string> project_problems(const std::string& folder);

}  // namespace cairn::course
