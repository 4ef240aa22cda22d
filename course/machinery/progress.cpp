// SQLite with a rollback journal and full syncs; changes and copies happen under a lock of a file of their own, so that a copy is never
// taken of a half-written file and two processes do not both restore.
#include <course/machinery/progress.h>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <map>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

constexpr int application = 0x63616972;  // "cair": tells our files from other SQLite files
constexpr int schema = 1;
constexpr int64_t most_entries = 1'000'000;
constexpr const char* format_name = "cairn progress";

// Not sound: what open_or_restore() mends.
class Damaged : public FileError {
 public:
  using FileError::FileError;
};

// Not damaged: another Cairn can read it.
class Newer : public FileError {
 public:
  using FileError::FileError;
};

std::string sum_of(const Entry& e) {
  return sha256(fmt::format("{}\n{}\n{}\n{:a}\n{}\n{}\n{}\n{}", e.id, e.kind, e.passed, e.seconds, e.digest, e.date, e.at, e.detail)).substr(0, 32);
}

int64_t now() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }

void check_entry(const Entry& e) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-_.", c); };
  if (e.id.empty() || e.id.size() > 64 || !std::all_of(e.id.begin(), e.id.end(), is_plain))
    throw ConfigError("'" + printable(e.id) + "' is no id of a lesson, project or paper.");
  const std::vector<std::string>& kinds = entry_kinds();
  if (std::find(kinds.begin(), kinds.end(), e.kind) == kinds.end())
    throw ConfigError("'" + printable(e.kind) + "' is no kind of entry." + did_you_mean(e.kind, kinds));
  if (!std::isfinite(e.seconds) || e.seconds < 0 || e.seconds > 1e8)
    throw ConfigError(fmt::format("{} seconds were not spent on {}.", e.seconds, e.id));
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  if (!e.digest.empty() && (e.digest.size() != 64 || !std::all_of(e.digest.begin(), e.digest.end(), is_hex)))
    throw ConfigError("'" + printable(e.digest) + "' is no sha256 digest.");
  if (e.detail.size() > 65536 || !valid_utf8(e.detail)) throw ConfigError("the detail of " + e.id + " is longer than 64 KiB or not UTF-8.");
  parse_date(e.date);
  if (e.at < 0 || e.at > 7'258'118'400'000) throw ConfigError("the time of " + e.id + " lies outside of the years 1970 to 2199.");
}

// Held by who changes, copies or restores. Without rights to the folder there is nothing to hold: such a process only reads.
class Lock {
 public:
  Lock(const std::string& folder, bool needed) {
    const std::string path = folder + "/progress.lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0) {
      if (!needed) return;
      throw FileError("your progress cannot be written: " + path + ": " + std::strerror(errno) +
                      ".\nHint: give yourself the rights or free some space there, or CAIRN_HOME=FOLDER names another place.");
    }
    while (::flock(file_, LOCK_EX) != 0 && errno == EINTR) {}
  }
  ~Lock() {
    if (file_ >= 0) ::close(file_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  int file_;
};

}  // namespace

const std::vector<std::string>& entry_kinds() {
  static const std::vector<std::string> kinds{"exercise", "quiz", "project", "paper", "demo", "review", "placement"};
  return kinds;
}

// --- the file ---------------------------------------------------------------------------------------------------------------------------

struct Progress::Database {
  Database(const std::string& file, bool write) : path(file) {
    const int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
    try {
      if (code != SQLITE_OK) fail("opened");
      sqlite3_extended_result_codes(db, 1);
      sqlite3_busy_timeout(db, 10'000);
      sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1 << 20);
      run("PRAGMA trusted_schema = OFF");
      if (write) {
        run("PRAGMA journal_mode = DELETE");
        run("PRAGMA synchronous = EXTRA");
      }
      struct stat s {};
      if (::stat(file.c_str(), &s) == 0) device = s.st_dev, inode = s.st_ino;
    } catch (...) {
      sqlite3_close(db);
      throw;
    }
  }
  ~Database() { sqlite3_close(db); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Whether the path still names the file that is open: another process may have set it aside.
  bool current() const {
    struct stat s {};
    return ::stat(path.c_str(), &s) == 0 && s.st_dev == device && s.st_ino == inode;
  }

  [[noreturn]] void fail(const std::string& what) const {
    const int code = db ? sqlite3_errcode(db) : SQLITE_NOMEM, kind = code & 0xff, system = db ? sqlite3_system_errno(db) : 0;
    std::string reason = db ? sqlite3_errmsg(db) : "no memory";
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB || kind == SQLITE_SCHEMA || kind == SQLITE_ERROR)
      throw Damaged("your progress in " + path + " is damaged: " + reason + ".");
    std::string hint = "look at the rights of the folder, or CAIRN_HOME=FOLDER names another place.";
    if (kind == SQLITE_IOERR) hint = "free some space there, look at the rights, then do the same again.";  // it does not always say which
    if (kind == SQLITE_FULL || system == ENOSPC || system == EDQUOT || system == EFBIG) hint = "free some space there, then do the same again.";
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) hint = "another program holds the file; end it, then do the same again.";
    if (system != 0 && kind != SQLITE_BUSY) reason = std::strerror(system);
    throw FileError("your progress in " + path + " cannot be " + what + ": " + reason + ".\nHint: " + hint);
  }
  void run(const char* sql) const {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail("written");
  }

  struct Statement {
    Statement(const Database& d, const char* sql) : database(d) {
      if (sqlite3_prepare_v2(d.db, sql, -1, &statement, nullptr) != SQLITE_OK) d.fail("read");
    }
    ~Statement() { sqlite3_finalize(statement); }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    bool step() {
      const int code = sqlite3_step(statement);
      if (code != SQLITE_ROW && code != SQLITE_DONE) database.fail(sqlite3_stmt_readonly(statement) ? "read" : "written");
      return code == SQLITE_ROW;
    }
    void bind(int at, const std::string& text) { sqlite3_bind_text(statement, at, text.data(), int(text.size()), SQLITE_TRANSIENT); }
    std::string text(int column) const {
      const unsigned char* begin = sqlite3_column_text(statement, column);
      return begin ? std::string(reinterpret_cast<const char*>(begin), size_t(sqlite3_column_bytes(statement, column))) : "";
    }
    int64_t integer(int column) const { return sqlite3_column_int64(statement, column); }
    const Database& database;
    sqlite3_stmt* statement = nullptr;
  };
  int64_t value(const char* sql) const {
    Statement s(*this, sql);
    return s.step() ? s.integer(0) : 0;
  }

  bool fresh() const {
    return value("PRAGMA application_id") == 0 && value("PRAGMA user_version") == 0 && value("SELECT count(*) FROM sqlite_master") == 0;
  }
  void create() const {
    run("BEGIN IMMEDIATE");
    run("CREATE TABLE entries (n INTEGER PRIMARY KEY, id TEXT NOT NULL, kind TEXT NOT NULL, passed INTEGER NOT NULL, seconds REAL NOT NULL, "
        "digest TEXT NOT NULL, detail TEXT NOT NULL, date TEXT NOT NULL, at INTEGER NOT NULL, sum TEXT NOT NULL) STRICT");
    run(fmt::format("PRAGMA application_id = {}", application).c_str());
    run(fmt::format("PRAGMA user_version = {}", schema).c_str());
    run("COMMIT");
  }
  // Damaged, or Newer: a newer Cairn's file. SQLite's own check sees broken pages; the sums see a changed letter.
  void check() const {
    if (value("PRAGMA application_id") != application) throw Damaged("your progress in " + path + " is damaged: it is not a file of progress.");
    const int64_t version = value("PRAGMA user_version");
    if (version > schema)
      throw Newer(fmt::format("your progress in {} was written by a newer Cairn (format {}, this one knows {}).\nHint: use the newer Cairn.", path,
                              version, schema));
    Statement s(*this, "PRAGMA quick_check(1)");
    if (!s.step() || s.text(0) != "ok") throw Damaged("your progress in " + path + " is damaged: " + printable(s.text(0)) + ".");
    rows("");
  }
  std::vector<Entry> rows(const std::string& id) const {
    Statement s(*this, "SELECT id, kind, passed, seconds, digest, detail, date, at, sum FROM entries WHERE ?1 = '' OR id = ?1 ORDER BY at, n");
    s.bind(1, id);
    std::vector<Entry> found;
    while (s.step()) {
      Entry e{s.text(0), s.text(1), s.integer(2) != 0, sqlite3_column_double(s.statement, 3), s.text(4), s.text(5), s.text(6), s.integer(7)};
      if (sum_of(e) != s.text(8)) throw Damaged("your progress in " + path + " is damaged: the entry of " + printable(e.id) + " was changed.");
      found.push_back(std::move(e));
    }
    return found;
  }
  bool has(const Entry& e) const {
    Statement s(*this, "SELECT 1 FROM entries WHERE id = ?1 AND sum = ?2");
    s.bind(1, e.id);
    s.bind(2, sum_of(e));
    return s.step();
  }
  void insert(const Entry& e) const {
    Statement s(*this, "INSERT INTO entries (id, kind, passed, seconds, digest, detail, date, at, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
    s.bind(1, e.id);
    s.bind(2, e.kind);
    sqlite3_bind_int(s.statement, 3, e.passed);
    sqlite3_bind_double(s.statement, 4, e.seconds);
    s.bind(5, e.digest);
    s.bind(6, e.detail);
    s.bind(7, e.date);
    sqlite3_bind_int64(s.statement, 8, e.at);
    s.bind(9, sum_of(e));
    s.step();
  }

  std::string path;
  sqlite3* db = nullptr;
  dev_t device = 0;
  ino_t inode = 0;
};

namespace {

// progress.damaged-2027-01-04.db, or -2, -3, ... behind the date: nothing is overwritten.
std::string free_name(const std::string& folder, const std::string& what) {
  const std::string stem = folder + "/progress." + what + "-" + iso_date(today());
  for (int n = 1;; n++) {
    const std::string name = stem + (n == 1 ? "" : "-" + std::to_string(n)) + ".db";
    if (!file_exists(name)) return name;
  }
}

std::string set_aside(const std::string& folder, const std::string& path) {
  const std::string aside = free_name(folder, "damaged");
  // The journal first: behind a new file of the same name SQLite would take it for the new one's.
  if (file_exists(path + "-journal")) disk().rename(path + "-journal", aside + "-journal");
  disk().rename(path, aside);
  disk().sync_folder(folder);
  return aside;
}

}  // namespace

Progress::Progress(Access access, const std::string& folder) : folder_(folder) {
  if (access == Read && !there(folder)) return;
  open_or_restore(access);
}
Progress::~Progress() = default;

std::string Progress::path() const { return folder_ + "/progress.db"; }
bool Progress::there(const std::string& folder) { return file_exists(folder + "/progress.db") || file_exists(folder + "/progress.backup"); }

void Progress::open_or_restore(Access access) {
  try {
    open_or_mend(access);
  } catch (const Newer&) { throw; } catch (const FileError&) {
    if (access == Write || !open_as_it_is()) throw;
  }
}

// Writes nothing: for who reads where nothing can be mended. The file, or in place of a damaged one its last good copy; false where neither is sound.
bool Progress::open_as_it_is() {
  const std::string copy = folder_ + "/progress.backup";
  std::string what_happened;
  try {
    if (!file_exists(path())) throw Damaged("your progress in " + path() + " is missing.");
    auto database = std::make_unique<Database>(path(), false);
    const bool fresh = database->fresh();
    if (fresh && file_exists(copy)) throw Damaged("your progress in " + path() + " is empty.");
    if (fresh) return true;
    database->check();
    database_ = std::move(database);
    return true;
  } catch (const Newer&) { throw; } catch (const FileError& e) {
    what_happened = e.what();
  }
  if (!file_exists(copy)) return false;
  try {
    auto database = std::make_unique<Database>(copy, false);
    database->check();
    database_ = std::move(database);
  } catch (const FileError&) { return false; }
  notes_.push_back(what_happened + " It cannot be mended while its folder cannot be written; this is the last good copy, " + copy + ".");
  return true;
}

void Progress::open_or_mend(Access access) {
  database_ = nullptr;
  if (access == Write) disk().make_folder(folder_);
  const bool write = access == Write || ::access(folder_.c_str(), W_OK) == 0;
  const Lock lock(folder_, access == Write);
  const std::string copy = folder_ + "/progress.backup";
  const auto copy_is_sound = [&] {
    if (!file_exists(copy)) return false;
    try {
      Database(copy, false).check();
      return true;
    } catch (const Damaged&) { return false; }
  };
  std::string what_happened;
  try {
    if (!file_exists(path()) && file_exists(copy)) throw Damaged("your progress in " + path() + " is missing.");
    auto database = std::make_unique<Database>(path(), write);
    if (database->fresh()) {
      if (file_exists(copy)) throw Damaged("your progress in " + path() + " is empty.");  // it never is, once a copy was made
      if (!write) return;
      database->create();
    }
    database->check();
    database_ = std::move(database);
    return;
  } catch (const Damaged& e) {
    if (!write) throw FileError(std::string(e.what()) + "\nHint: its folder cannot be written; with rights to it Cairn mends it.");
    what_happened = e.what();
  }
  const bool sound = copy_is_sound();
  // What takes the file's place is made first: where the disk is full nothing has been moved.
  const std::string made = path() + ".new";
  if (sound) write_file(made, read_file(copy));
  else {
    if (file_exists(made)) disk().remove_all(made);
    Database(made, true).create();
  }
  if (file_exists(path())) what_happened += " The file was set aside as " + set_aside(folder_, path()) + ".";
  if (sound) {
    what_happened += " The last good copy has taken its place.";
  } else {
    if (file_exists(copy)) what_happened += " The copy is damaged, too: it was set aside as " + set_aside(folder_, copy) + ".";
    what_happened += " There is no good copy; a new file was begun.";
  }
  disk().rename(made, path());
  disk().sync_folder(folder_);
  database_ = std::make_unique<Database>(path(), true);
  database_->check();
  notes_.push_back(what_happened);
}

// --- writing ----------------------------------------------------------------------------------------------------------------------------

void Progress::keep_copy() {
  try {
    database_->check();
    write_file(folder_ + "/progress.backup", read_file(path()));
  } catch (const Error& e) {  // what was noted is on the disk all the same
    notes_.push_back(std::string("no copy of your progress could be kept: ") + e.what());
  }
}

void Progress::add(const Entry& entry) {
  const Lock lock(folder_, true);
  if (!database_->current()) throw Damaged("your progress in " + path() + " was moved away.");
  database_->insert(entry);
  keep_copy();
}

Entry Progress::record(Entry entry) {
  if (entry.at == 0) entry.at = now();
  if (entry.date.empty()) entry.date = iso_date(day_of(entry.at));
  check_entry(entry);
  if (!database_) open_or_restore(Write);
  try {
    add(entry);
  } catch (const Damaged&) {
    open_or_restore(Write);
    add(entry);
  }
  return entry;
}

int64_t Progress::import(const Json& json, std::string_view what, const std::function<bool(const std::string& id)>& known) {
  const std::string source(what);
  const Json *format = json.find("format"), *version = json.find("version"), *list = json.find("entries");
  if (!format || !format->is_string() || format->as_string() != format_name || !version || !version->is_int() || !list || !list->is_array())
    throw FileError(source + " is no export of progress.\nHint: `cairn progress --export FILE` writes one.");
  if (version->as_int() != schema) throw FileError(fmt::format("{} has format {}, this Cairn reads {}.", source, version->as_int(), schema));
  if (int64_t(list->size()) > most_entries)
    throw FileError(fmt::format("{} has {} entries; at most {} are read.", source, list->size(), most_entries));
  std::vector<Entry> entries;
  for (const Json& j : list->as_array()) {
    try {
      const Entry e{j.at("id").as_string(),     j.at("kind").as_string(),   j.at("passed").as_bool(), j.at("seconds").as_double(),
                    j.at("digest").as_string(), j.at("detail").as_string(), j.at("date").as_string(), j.at("at").as_int()};
      check_entry(e);
      entries.push_back(e);
    } catch (const Error& e) { throw FileError(fmt::format("{}, entry {}: {}", source, entries.size() + 1, e.what())); }
  }
  if (known) std::erase_if(entries, [&](const Entry& e) { return !known(e.id); });
  if (!database_ || !database_->current()) open_or_restore(Write);
  const Lock lock(folder_, true);
  int64_t added = 0;
  database_->run("BEGIN IMMEDIATE");
  try {
    for (const Entry& e : entries) {
      if (database_->has(e)) continue;
      database_->insert(e);
      added++;
    }
    database_->run("COMMIT");
  } catch (...) {
    sqlite3_exec(database_->db, "ROLLBACK", nullptr, nullptr, nullptr);
    throw;
  }
  keep_copy();
  return added;
}

std::string Progress::reset() {
  if (!database_ || !database_->current()) open_or_restore(Write);
  const Lock lock(folder_, true);
  const std::string aside = free_name(folder_, "before-reset");
  database_->check();
  write_file(aside, read_file(path()));
  database_->run("DELETE FROM entries");
  keep_copy();
  return aside;
}

Json Progress::to_json() const {
  Json list = Json::array();
  for (const Entry& e : entries())
    list.push_back(Json::object({{"id", e.id},
                                 {"kind", e.kind},
                                 {"passed", e.passed},
                                 {"seconds", e.seconds},
                                 {"digest", e.digest},
                                 {"detail", e.detail},
                                 {"date", e.date},
                                 {"at", e.at}}));
  return Json::object({{"format", format_name}, {"version", schema}, {"entries", std::move(list)}});
}

// --- reading ----------------------------------------------------------------------------------------------------------------------------

std::vector<Entry> Progress::entries(const std::string& id) const { return database_ ? database_->rows(id) : std::vector<Entry>{}; }

namespace {

bool proves(const Entry& e) { return e.passed && (e.kind == "exercise" || e.kind == "project" || e.kind == "paper"); }

// A lesson's reviews (projects and papers have none): since `from`, `done` of them passed, the last on `last`; or it has come back.
struct ReviewState {
  bool proven = false, back = false;
  Day from, last;
  int done = 0;
};

std::map<std::string, ReviewState> states_of(const std::vector<Entry>& entries) {
  std::map<std::string, ReviewState> states;
  for (const Entry& e : entries) {
    ReviewState& s = states[e.id];
    const Day day = parse_date(e.date);
    if ((e.kind == "exercise" && e.passed) || (s.back && e.kind == "quiz" && e.passed)) {
      if (!s.proven || s.back) s = {true, false, day, day, 0};  // passing once more does not put the reviews off
    } else if (e.kind == "review" && s.proven) {
      if (!e.passed) s.back = true;
      else if (!s.back) s.done++, s.last = day;
    }
  }
  return states;
}

}  // namespace

std::vector<Entry> Progress::passes(const std::string& id) const {
  std::vector<Entry> found = entries(id);
  std::erase_if(found, [](const Entry& e) { return !e.passed; });
  return found;
}

bool Progress::passed(const std::string& id) const {
  const std::vector<Entry> all = entries(id);
  return !id.empty() && std::any_of(all.begin(), all.end(), proves);
}

std::set<std::string> Progress::passed_ids() const {
  std::set<std::string> ids;
  for (const Entry& e : entries())
    if (proves(e)) ids.insert(e.id);
  return ids;
}

std::set<std::string> Progress::placed_ids() const {
  std::set<std::string> ids;
  for (const Entry& e : entries("placement")) {
    ids.clear();
    if (e.detail.empty()) continue;
    const Json detail = Json::parse(e.detail, "the placement of " + e.date);
    if (const Json* skip = detail.find("skip"))
      for (const Json& id : skip->as_array()) ids.insert(id.as_string());
  }
  return ids;
}

double Progress::time_spent(const std::string& id) const {
  double seconds = 0;
  for (const Entry& e : entries(id)) seconds += e.seconds;
  return seconds;
}

std::vector<Review> Progress::reviews() const {
  constexpr int weeks[] = {1, 3, 8};
  std::vector<Review> found;
  for (const auto& [id, s] : states_of(entries())) {
    if (!s.proven || s.back || s.done >= 3) continue;
    found.push_back({id, s.done, std::max(s.from + std::chrono::days(7 * weeks[s.done]), s.last + std::chrono::days(7))});
  }
  std::stable_sort(found.begin(), found.end(), [](const Review& a, const Review& b) { return a.due < b.due; });
  return found;
}

std::vector<Review> Progress::due_reviews(Day day) const {
  std::vector<Review> found = reviews();
  std::erase_if(found, [&](const Review& r) { return r.due > day; });
  return found;
}

std::vector<std::string> Progress::returned() const {
  std::vector<std::string> ids;
  for (const auto& [id, s] : states_of(entries()))
    if (s.back) ids.push_back(id);
  return ids;
}

}  // namespace cairn::course
