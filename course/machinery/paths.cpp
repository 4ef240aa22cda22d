#include <course/machinery/paths.h>

#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>

namespace cairn::course {

namespace {

// build/release/cairn -> build/release; prefix/bin/cairn -> prefix/bin
std::filesystem::path program_folder() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path(".") : program.parent_path();
}

bool installed() { return program_folder().filename() == "bin"; }

}  // namespace

std::string course_folder() {
  const std::string named = env("CAIRN_COURSE");
  if (!named.empty()) return named;
  // Installed programs look beside themselves, so that the whole prefix may be moved.
  const std::string beside = (program_folder().parent_path() / "share/cairn/course").string(), source = std::string(CAIRN_SHARE_BUILD) + "/../course";
  for (const std::string& folder : installed() ? std::vector{beside, source} : std::vector{source, beside})
    if (file_exists(folder + "/roadmap.toml")) return std::filesystem::path(folder).lexically_normal().string();
  throw FileError("the course's folder is not there (looked for " + source + " and " + beside + ").\nHint: CAIRN_COURSE=FOLDER names it.");
}

std::string course_build_folder() {
  const std::string named = env("CAIRN_COURSE_BUILD");
  if (!named.empty()) return named;
  if (installed()) return (program_folder().parent_path() / "lib/cairn/course").string();
  return (program_folder() / "course").string();
}

std::string home_folder() {
  const std::string named = env("CAIRN_HOME"), data = env("XDG_DATA_HOME"), home = env("HOME");
  if (!named.empty()) return named;
  if (!data.empty() && data[0] == '/') return data + "/cairn";
  if (home.empty()) throw FileError("neither HOME nor CAIRN_HOME is set: there is no place for your progress.\nHint: CAIRN_HOME=FOLDER cairn ...");
  return home + "/.local/share/cairn";
}

}  // namespace cairn::course
