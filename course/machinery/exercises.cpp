#include <course/machinery/exercises.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <regex>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/paths.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

namespace fs = std::filesystem;

std::string title_in(const std::string& text, const std::string& id) {
  const std::string line = text.substr(0, text.find('\n')), begin = "# " + id + " ";
  return line.starts_with(begin) ? std::string(trim(line.substr(begin.size()))) : "";
}

bool is_paper(const Exercise& exercise) { return exercise.folder.find("/papers/") != std::string::npos; }

std::string text_command(const Exercise& exercise) { return (is_paper(exercise) ? "cairn papers " : "cairn learn ") + exercise.id; }

namespace {

std::string title_of(const std::string& folder, const std::string& id, const std::string& name) {
  for (const char* file : {"/lesson.md", "/project.md", "/note.md"}) {
    if (!file_exists(folder + file)) continue;
    const std::string text = read_file(folder + file, text_limit);
    if (const std::string title = title_in(text, id); !title.empty()) return title;
    const std::string line = text.substr(0, text.find('\n'));
    if (line.starts_with("# ")) return std::string(trim(line.substr(2)));
  }
  std::string words = name == id ? name : name.substr(id.size() + 1);
  std::replace(words.begin(), words.end(), '-', ' ');
  return words;
}

Exercise exercise_in(const std::string& folder) {
  Exercise e;
  e.folder = folder;
  e.name = fs::path(folder).filename().string();
  e.id = exercise_id(e.name);
  e.title = title_of(folder, e.id, e.name);
  if (file_exists(folder + "/answer.h")) e.engine = read_file(folder + "/answer.h", text_limit).find("include <cairn/") != std::string::npos;
  const std::string check = read_file(folder + "/check.cpp", text_limit);
  std::smatch found;
  if (std::regex_search(check, found, std::regex("// seconds: ([0-9]{1,4})\\b"))) e.seconds = std::stod(found[1]);
  if (std::regex_search(check, found, std::regex("// as it came: ([^\n]+)"))) e.as_it_came = trim(found[1].str());
  if (std::regex_search(check, found, std::regex("// memory: ([0-9]{1,5})\\b"))) e.memory_mib = std::stoll(found[1]);
  return e;
}

std::string upper(std::string s) {
  for (char& c : s) c = char(std::toupper(static_cast<unsigned char>(c)));
  return s;
}

bool is_workplace(const std::string& folder) { return file_exists(folder + "/.cairn-course"); }

std::string remembered_file() { return home_folder() + "/workplace"; }

std::string remembered() {
  try {
    const std::string folder(trim(read_file(remembered_file(), 65536)));
    return is_workplace(folder) ? folder : "";
  } catch (const Error&) { return ""; }
}

// The exercise's own headers, which its starter includes: `#include "answer.h"`.
std::vector<std::string> headers_of(const Exercise& e) {
  std::vector<std::string> names;
  const std::string text = read_file(e.folder + "/exercise.cpp", text_limit);
  const std::regex include("(^|\n)[ \t]*#[ \t]*include[ \t]*\"([A-Za-z0-9_.]+)\"");
  for (std::sregex_iterator i(text.begin(), text.end(), include), end; i != end; ++i)
    if (file_exists(e.folder + "/" + (*i)[2].str())) names.push_back((*i)[2]);
  return names;
}

// How this program is called from a task of an editor.
std::string own_name() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  for (const std::string& folder : split(env("PATH"), ':'))
    if (!folder.empty() && fs::equivalent(fs::path(folder) / "cairn", self, error)) return "cairn";
  return self.string();
}

void put_new(const std::string& path, const std::string& text) {
  if (!file_exists(path)) write_unsynced(path, text);
}

std::string tasks() {
  const Json task =
      Json::object({{"label", "cairn check"},
                    {"type", "process"},
                    {"command", own_name()},
                    {"args", Json(Json::Array{"check", "${file}"})},
                    {"group", Json::object({{"kind", "build"}, {"isDefault", true}})},
                    {"presentation", Json::object({{"clear", true}})},
                    {"problemMatcher", Json::object({{"owner", "cairn"},
                                                     {"fileLocation", "absolute"},
                                                     {"pattern", Json::object({{"regexp", "^(/.*):(\\d+):(\\d+): (error|warning): (.*)$"},
                                                                               {"file", 1},
                                                                               {"line", 2},
                                                                               {"column", 3},
                                                                               {"severity", 4},
                                                                               {"message", 5}})}})}});
  return Json::object({{"version", "2.0.0"}, {"tasks", Json(Json::Array{task})}}).dump(2) + "\n";
}

// Written anew each time: it is ours, names this machine's paths, and .gitignore leaves it out. One that somebody else made stays.
void list_for_editors(const Workplace& place, std::vector<std::string>& notes) {
  const std::string path = place.root + "/compile_commands.json";
  Json list = Json::array();
  for (const Exercise& e : started_exercises(place)) {
    Json words = Json::array(editor_command(e));
    words.push_back("exercise.cpp");
    list.push_back(Json::object({{"directory", place.folder_of(e)}, {"file", "exercise.cpp"}, {"arguments", words}}));
  }
  if (file_exists(path)) {
    try {
      const Json old = Json::parse(read_file(path, text_limit));
      for (const Json& entry : old.as_array())
        if (entry.at("file").as_string() != "exercise.cpp") throw FileError("of another");
    } catch (const Error&) {
      notes.push_back(path + " is not Cairn's and stays as it is.");
      return;
    }
  }
  write_unsynced(path, list.dump(1) + "\n");
}

}  // namespace

std::string exercise_id(const std::string& name) {
  static const std::regex id("([A-Z]+[0-9]*)-.*");
  std::smatch found;
  return std::regex_match(name, found, id) ? found[1].str() : name;
}

std::vector<Exercise> all_exercises() {
  std::vector<Exercise> all;
  for (const char* kind : {"lessons", "projects", "papers"}) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(course_folder() + "/" + kind, error))
      if (fs::exists(entry.path() / "check.cpp", error)) all.push_back(exercise_in(entry.path().string()));
  }
  std::sort(all.begin(), all.end(), [](const Exercise& a, const Exercise& b) { return a.name < b.name; });
  return all;
}

Exercise find_exercise(const std::string& word) {
  std::vector<std::string> ids;
  for (const Exercise& e : all_exercises()) {
    if (upper(word) == upper(e.id) || upper(word) == upper(e.name)) return e;
    ids.push_back(e.id);
  }
  if (const Project* project = catalog().find_project(word))
    throw UsageError("project " + project->id + " (" + project->title + ") is not written yet." +
                     (project->inside.empty() ? "" : " It will be part of lesson " + project->inside + ".") + "\nHint: cairn road " + project->id +
                     " says what it is to be.");
  if (const Lesson* lesson = catalog().find_lesson(word))
    throw UsageError("lesson " + lesson->id + " (" + lesson->title + ") is not written yet, so it has no exercise.\nHint: cairn road " + lesson->id +
                     " says what it is to be.");
  throw UsageError("there is no exercise '" + printable(word) + "'." + did_you_mean(upper(word), ids));
}

Workplace workplace(const std::string& folder) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) throw FileError("the working folder is not there any more: " + error.message() + ".\nHint: cd to a folder that exists.");
  if (!folder.empty()) return {(here / folder).lexically_normal().string()};
  for (fs::path p = here;; p = p.parent_path()) {
    if (is_workplace(p.string())) return {p.string()};
    if (p == p.parent_path()) break;
  }
  const std::string below = (here / "cairn-course").string();
  if (is_workplace(below)) return {below};
  const std::string last = remembered();
  return {last.empty() ? below : last};
}

std::vector<Exercise> started_exercises(const Workplace& place) {
  std::vector<std::pair<std::pair<int64_t, int64_t>, Exercise>> found;
  for (const Exercise& e : all_exercises()) {
    struct stat s {};
    if (stat(place.file_of(e).c_str(), &s) == 0) found.push_back({{s.st_mtim.tv_sec, s.st_mtim.tv_nsec}, e});
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Exercise> list;
  for (auto& [time, e] : found) list.push_back(std::move(e));
  return list;
}

Started start_exercise(const Workplace& place, const Exercise& exercise) {
  Started started{place.file_of(exercise), false, {}};
  if (!file_exists(exercise.folder + "/exercise.cpp")) throw FileError(exercise.folder + " has no exercise.cpp: the course is not complete here.");
  disk().make_folder(place.folder_of(exercise));
  put_new(place.root + "/.cairn-course", "This folder holds exercises of Cairn's course; `cairn check` finds it by this file.\n");
  put_new(place.root + "/.gitignore",
          "# made by Cairn, names paths of this machine\ncompile_commands.json\n.cache/\n# kept by `cairn reset`\n*.cpp~\n");
  disk().make_folder(place.root + "/.vscode");
  put_new(place.root + "/.vscode/tasks.json", tasks());
  for (const std::string& header : headers_of(exercise))
    put_new(place.folder_of(exercise) + "/" + header, read_file(exercise.folder + "/" + header, text_limit));
  if (!file_exists(started.file)) {
    write_file(started.file, read_file(exercise.folder + "/exercise.cpp", text_limit));
    started.made = true;
  }
  list_for_editors(place, started.notes);
  try {
    disk().make_folder(home_folder());
    write_unsynced(remembered_file(), place.root + "\n");
  } catch (const Error& e) {
    started.notes.push_back(std::string("the folder is not remembered (") + e.what() + "): call `cairn check` from inside of it.");
  }
  return started;
}

std::string reset_exercise(const Workplace& place, const Exercise& exercise) {
  const std::string file = place.file_of(exercise);
  if (!file_exists(file)) throw UsageError(file + " is not there.\nHint: cairn start " + exercise.id);
  std::string aside;
  for (int i = 1; aside.empty() || file_exists(aside); i++) aside = place.folder_of(exercise) + "/exercise." + std::to_string(i) + ".cpp~";
  // A link and not a rename: it fails where another reset has just taken the name.
  if (link(file.c_str(), aside.c_str()) != 0) disk().rename(file, aside);
  write_file(file, read_file(exercise.folder + "/exercise.cpp", text_limit));
  return aside;
}

namespace {

// The exercise in whose folder the working folder lies, or is.
std::optional<Exercise> exercise_here(const Workplace& place) {
  std::error_code error;
  const std::string here = fs::current_path(error).string();
  fs::path root = fs::weakly_canonical(place.root, error);
  if (!root.has_filename()) root = root.parent_path();  // --folder course/
  const std::string inside = here.starts_with(root.string() + "/") ? here.substr(root.string().size() + 1) : "";
  for (const Exercise& e : inside.empty() ? std::vector<Exercise>{} : all_exercises())
    if (e.name == inside.substr(0, inside.find('/'))) return e;
  return {};
}

UsageError not_there(const Workplace& place, const Exercise& e) {
  std::error_code error;
  const bool was = fs::exists(place.folder_of(e), error);
  return UsageError(place.file_of(e) + (was ? " is gone." : " is not there: " + e.id + " has not been started.") + "\nHint: `cairn start " + e.id +
                    "` puts the starter there" + (was ? "; nothing else in the folder changes." : "."));
}

}  // namespace

Target exercise_target(const std::string& word, const std::string& folder) {
  if (word.empty()) {
    const Workplace place = workplace(folder);
    if (const std::optional<Exercise> here = exercise_here(place)) {
      if (!file_exists(place.file_of(*here))) throw not_there(place, *here);
      return {*here, place.file_of(*here)};
    }
    const auto started = started_exercises(place);
    if (started.empty())
      throw UsageError("no exercise has been started in " + place.root + ".\nHint: `cairn start ID`; `cairn road` shows which there are.");
    return {started[0], place.file_of(started[0])};
  }
  if (word.find('/') != std::string::npos || word.ends_with(".cpp")) {
    fs::path path = fs::absolute(word).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();
    const bool is_folder = path.extension() != ".cpp";
    const std::string name = (is_folder ? path : path.parent_path()).filename().string();
    const std::string file = (is_folder ? path / "exercise.cpp" : path).string();
    for (const Exercise& e : all_exercises())
      if (e.name == name) {
        if (!file_exists(file)) throw UsageError(printable(file, 200) + " is not there.\nHint: cairn start " + e.id);
        return {e, file};
      }
    throw UsageError(printable(word, 200) + " lies in no folder of an exercise (such as A06-derivatives).\nHint: cairn check ID");
  }
  const Exercise e = find_exercise(word);
  const Workplace place = workplace(folder);
  if (!file_exists(place.file_of(e))) throw not_there(place, e);
  return {e, place.file_of(e)};
}

std::vector<std::string> hints_of(const Exercise& exercise) {
  const std::string path = exercise.folder + "/hints.md";
  std::vector<std::string> hints;
  if (!file_exists(path)) return hints;
  bool inside = false;
  for (const std::string& line : split(read_file(path, text_limit), '\n')) {
    if (line.starts_with("## Hint")) {
      hints.emplace_back();
      inside = true;
    } else if (line.starts_with("# ") || line.starts_with("## ")) inside = false;
    else if (inside) hints.back() += line + "\n";
  }
  for (std::string& h : hints) h = std::string(trim(h));
  return hints;
}

}  // namespace cairn::course
