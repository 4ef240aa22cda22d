// Runs another program and takes what it prints: the other side of a comparison.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cairn {

// What the program printed on standard output; its standard error goes to ours. `variables` are added to the environment.
// FileError when it cannot be started or ends with another exit code than 0.
std::string run_program(const std::vector<std::string>& words, const std::vector<std::pair<std::string, std::string>>& variables = {});
std::string own_program();  // the path of the running program

}  // namespace cairn
