// The exercises: which there are, where a learner's own copies lie, and what lies beside them for git and editors. Nothing of the learner's
// is ever overwritten: a file that is there stays, and `reset` moves it aside.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cairn::course {

struct Exercise {
  std::string id;             // "A06"
  std::string name;           // its folder's: "A06-derivatives"
  std::string folder;         // where answer.h, check.cpp, the solution and the mutants are
  std::string title;          // from the first line of its text, else made of the name
  std::string as_it_came;     // what the starter still asks for, where it is not a body to write: a line `// as it came: ...` in check.cpp
  bool engine = false;        // answer.h includes <cairn/...>: the learner's file is linked with Cairn
  double seconds = 6;         // of processor time that a check may take: a line `// seconds: 60` in check.cpp sets another
  int64_t memory_mib = 1024;  // the same: `// memory: 2048`
};

constexpr uint64_t text_limit = uint64_t{4} << 20;  // bytes of a file of the course that is read whole
// The title that a text's first line gives, "# A06 Derivatives"; empty where that line is another.
std::string title_in(const std::string& text, const std::string& id);
bool is_paper(const Exercise& exercise);  // an equation of a paper: its text is a note
// The command that shows its text: "cairn learn A06", "cairn papers rosenblatt-1958".
std::string text_command(const Exercise& exercise);
// "A06-derivatives" -> "A06"; a name without an id is its own.
std::string exercise_id(const std::string& name);
// Those with a check.cpp below course/lessons, course/papers and course/projects, by id.
std::vector<Exercise> all_exercises();
// By id in any case, or by the folder's name. UsageError with the nearest id.
Exercise find_exercise(const std::string& word);

// The learner's side: ROOT/A06-derivatives/exercise.cpp.
struct Workplace {
  std::string root;  // absolute
  std::string folder_of(const Exercise& e) const { return root + "/" + e.name; }
  std::string file_of(const Exercise& e) const { return folder_of(e) + "/exercise.cpp"; }
};

// `folder` where it is given; else the course folder that the working folder lies in (it holds a file .cairn-course); else ./cairn-course
// where that is one; else the one that `start` used last; else ./cairn-course, still to be made.
Workplace workplace(const std::string& folder);

struct Started {
  std::string file;
  bool made = false;               // false: it was there already, and is as it was
  std::vector<std::string> notes;  // what could not be done, one sentence each
};
// Copies the starter and the headers that it includes; on the first time also .gitignore, README.md and .vscode/tasks.json. Lists all
// started exercises in compile_commands.json. FileError where the folder cannot be written.
Started start_exercise(const Workplace& place, const Exercise& exercise);
// Moves the learner's file aside (exercise.cpp -> exercise.2.cpp~: the first free number) and copies the starter again; where the old one went.
std::string reset_exercise(const Workplace& place, const Exercise& exercise);
// The started exercise whose file was written last; empty when nothing has been started.
std::vector<Exercise> started_exercises(const Workplace& place);  // newest first

// What a path or a word names: A06, A06-derivatives, cairn-course/A06-derivatives, cairn-course/A06-derivatives/exercise.cpp.
struct Target {
  Exercise exercise;
  std::string file;
};
// `word` empty: the one in whose folder the working folder lies, else the one whose file was written last. UsageError when nothing has been
// started, or the file is not there ("cairn start A06").
Target exercise_target(const std::string& word, const std::string& folder);

// The hints of hints.md, in their order: what stands below "## Hint N".
std::vector<std::string> hints_of(const Exercise& exercise);

}  // namespace cairn::course
