// Starter projects: folders of course/templates that `cairn new` copies, with the project's name put in.
#pragma once

#include <string>
#include <vector>

namespace cairn::course {

std::vector<std::string> template_names(const std::string& folder);  // the folders in it, sorted

// Copies the template into the new folder `to` and writes @NAME@ as `name`; what begins with `_` begins with a dot there. Written beside and
// renamed, so that there is all of it or nothing. Returns the template's last words: its file
// _next, in which @FOLDER@ becomes `to`.
// UsageError: a name that is none for a program (letters, digits, - and _, a letter first). FileError: `to` is there already (untouched), or
// cannot be written.
std::string make_project(const std::string& from, const std::string& to, const std::string& name, const std::string& package_folder);

// The folder with cairnConfig.cmake that belongs to this program: of its build, or of the prefix that it is installed in. "" when there is none.
std::string package_folder();

}  // namespace cairn::course
