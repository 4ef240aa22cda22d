// The learner's progress: one SQLite file, progress.db in the user's folder (home_folder()), of what was tried and passed, and when.
// What record() returned from is on the disk: a process killed at any moment loses nothing that was earned. A good copy, progress.backup,
// is kept after each change; a damaged file is set aside (progress.damaged-DATE.db) and the last good copy takes its place.
// Several processes may work with it at once. Only additions happen, apart from reset().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/base/json.h>
#include <course/machinery/dates.h>
#include <course/machinery/paths.h>

namespace cairn::course {

// One try. A lesson, project or paper is passed by an entry of kind exercise, project or paper; quizzes, demos and reviews are noted,
// placement says what may be skipped.
struct Entry {
  std::string id;                 // "A06", "PA", "rosenblatt-1958": letters, digits, - _ . and at most 64 of them
  std::string kind = "exercise";  // exercise, quiz, project, paper, demo, review, placement
  bool passed = true;
  double seconds = 0;       // spent on this try
  std::string digest = {};  // sha256 of the code that passed, or ""
  std::string detail = {};  // JSON or words of the kind's own, at most 64 KiB
  std::string date = {};    // of the learner's calendar; "": today
  int64_t at = 0;           // milliseconds since 1970; 0: now
  bool operator==(const Entry&) const = default;
};
const std::vector<std::string>& entry_kinds();

// A review of a passed lesson: the first is due one week after the pass, then three and eight weeks after it.
struct Review {
  std::string id;
  int stage = 0;  // 0, 1, 2
  Day due;
};

class Progress {
 public:
  // Read: nothing is made where nothing is, and a folder that cannot be written, or a full disk, is read all the same. Write: the folder and the
  // file are made. FileError: no place, no rights, a full disk, a file of a newer Cairn; the message says what to do.
  enum Access { Read, Write };
  explicit Progress(Access access = Write, const std::string& folder = home_folder());
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  static bool there(const std::string& folder = home_folder());  // somebody has learned here

  // Notes a try, with date and time filled in; on return it is on the disk. FileError (full disk, no rights), ConfigError (a wrong field).
  Entry record(Entry entry);

  std::vector<Entry> entries(const std::string& id = "") const;  // oldest first; "": all
  std::vector<Entry> passes(const std::string& id) const;        // the entries that passed, of any kind
  bool passed(const std::string& id) const;                      // by exercise, project or paper
  std::set<std::string> passed_ids() const;
  // What the last placement said may be skipped (passed_ids() does not hold them).
  std::set<std::string> placed_ids() const;
  double time_spent(const std::string& id) const;  // seconds, over all tries

  // The next review of each passed lesson, soonest first; without those that have passed all three and those in returned(). A review comes
  // at least a week after the one before it.
  std::vector<Review> reviews() const;
  std::vector<Review> due_reviews(Day day) const;
  // Lessons whose last review failed, since when neither the exercise nor the quiz was passed: they are to be done again.
  std::vector<std::string> returned() const;

  Json to_json() const;  // what export writes: {"format": "cairn progress", "version": 1, "entries": [...]}
  // Adds what is not here yet, all or nothing; how many. FileError naming the entry. Entries whose id is not `known` are checked and left out.
  int64_t import(const Json& json, std::string_view what, const std::function<bool(const std::string& id)>& known = {});
  std::string reset();  // everything is gone, but for a copy: its path

  // What the learner should be told: that a damaged file was set aside, that no copy could be kept.
  const std::vector<std::string>& notes() const { return notes_; }
  std::string path() const;

 private:
  struct Database;
  void open_or_restore(Access access);
  void open_or_mend(Access access);
  bool open_as_it_is();
  void keep_copy();
  void add(const Entry& entry);
  std::string folder_;
  std::unique_ptr<Database> database_;  // null: nothing is there (Read)
  std::vector<std::string> notes_;
};

}  // namespace cairn::course
