#include <course/machinery/templates.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <unistd.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t largest_file = 1 << 20;

std::string replaced(std::string text, const std::string& mark, const std::string& by) {
  for (size_t i = 0; (i = text.find(mark, i)) != std::string::npos; i += by.size()) text.replace(i, mark.size(), by);
  return text;
}
std::string with_name(std::string text, const std::string& name) { return replaced(std::move(text), "@NAME@", name); }

// "_github/workflows/ci.yml" -> ".github/workflows/ci.yml"
fs::path renamed(const fs::path& path, const std::string& name) {
  fs::path result;
  for (const fs::path& part : path) {
    const std::string word = with_name(part.string(), name);
    result /= word.starts_with("_") ? "." + word.substr(1) : word;
  }
  return result;
}

void check_name(const std::string& name) {
  const bool good = !name.empty() && name.size() <= 64 && std::isalpha(static_cast<unsigned char>(name[0])) &&
                    std::all_of(name.begin(), name.end(), [](unsigned char c) { return c < 128 && (std::isalnum(c) || c == '-' || c == '_'); });
  if (!good) throw UsageError("'" + printable(name) + "' cannot be a project's name: letters, digits, - and _, a letter first, at most 64.");
  for (const char* taken : {"test", "all", "install", "clean", "help", "model_test"})
    if (name == taken) throw UsageError("a project cannot be called '" + name + "': CMake uses that name itself.");
}

}  // namespace

std::vector<std::string> template_names(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string make_project(const std::string& from, const std::string& to, const std::string& name, const std::string& package_folder) {
  check_name(name);
  std::error_code error;
  if (fs::symlink_status(to, error).type() != fs::file_type::not_found)
    throw FileError(to + " is there already; nothing was changed.\nHint: another name, or another folder by --into FOLDER.");
  const std::string beside = to + ".new-" + std::to_string(getpid());
  std::string next;
  try {
    disk().make_folder(beside);
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
      if (!entry.is_regular_file()) continue;
      const fs::path path = fs::relative(entry.path(), from);
      const std::string text = with_name(read_file(entry.path().string(), largest_file), name);
      if (path == "_next") {
        next = replaced(std::string(trim(text)), "@FOLDER@", to);
        continue;
      }
      const fs::path target = fs::path(beside) / renamed(path, name);
      disk().make_folder(target.parent_path().string());
      write_file(target.string(), text);
      if ((entry.status().permissions() & fs::perms::owner_exec) != fs::perms::none)
        fs::permissions(target, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add);
    }
    if (!package_folder.empty()) write_file(beside + "/.cairn-dir", package_folder + "\n");
    disk().rename(beside, to);
  } catch (const fs::filesystem_error& e) {
    disk().remove_all(beside);
    throw FileError("the project cannot be written: " + std::string(e.what()));
  } catch (...) {
    disk().remove_all(beside);
    throw;
  }
  return next;
}

std::string package_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return "";
  const fs::path here = program.parent_path();
  if (file_exists((here / "cairnConfig.cmake").string())) return here.string();
  for (const char* library : {"lib", "lib64"}) {
    const fs::path folder = here.parent_path() / library / "cmake/cairn";
    if (file_exists((folder / "cairnConfig.cmake").string())) return folder.string();
  }
  return "";
}

}  // namespace cairn::course
