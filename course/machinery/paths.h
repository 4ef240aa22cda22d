// Where the course's files lie.
#pragma once

#include <string>

namespace cairn::course {

// The folder course/ of the source tree, or share/cairn/course of an installed Cairn; CAIRN_COURSE names another. FileError when there is none.
std::string course_folder();
// The folder of what the build made for the course: figures, numbers, judges. Beside the program in a build tree, lib/cairn/course when installed.
std::string course_build_folder();
// The user's own folder: CAIRN_HOME, else XDG_DATA_HOME/cairn, else ~/.local/share/cairn. Not made here.
std::string home_folder();

}  // namespace cairn::course
