#include <cairn/train/run.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <cairn/backend/backend.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {

namespace fs = std::filesystem;

namespace {

void check_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; });
  if (!plain || name.empty() || name[0] == '.' || name[0] == '-' || name.size() > 100)
    throw ConfigError(
        "the run's name '" + printable(name) +
        "' must be one folder below the runs directory: letters, digits, '-', '_' and '.', not starting with '.' or '-', at most 100 characters.");
}

// With parents, each of them durable: a name is safe once the folder that holds it was synced.
void make_durable_folder(const std::string& path) {
  const fs::path whole = fs::absolute(path).lexically_normal();
  fs::path made;
  for (const fs::path& part : whole) {
    const fs::path parent = made;
    made /= part;
    if (part.empty() || file_exists(made.string())) continue;
    disk().make_folder(made.string());
    disk().sync_folder(parent.string());
  }
  disk().make_folder(path);  // says so when it is a file
}

}  // namespace

Run::Run(Run&& o) noexcept
    : path_(std::move(o.path_)), lock_(std::exchange(o.lock_, -1)), metrics_(std::exchange(o.metrics_, -1)), metrics_named_(o.metrics_named_) {}

Run::~Run() {
  if (metrics_ >= 0) {
    try {
      disk().close(metrics_);
    } catch (const Error&) {  // what matters was synced, and its error was thrown there
    }
  }
  if (lock_ >= 0) ::close(lock_);
}

std::string Run::name() const { return fs::path(path_).filename().string(); }

void Run::lock() {
  const std::string file = path_ + "/.lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) throw FileError(file + ": cannot be opened: " + std::strerror(errno) + ". Hint: check the permissions of the run's folder.");
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
    throw StateError(path_ + ": another process is training in this run directory. Hint: wait for it to end; a new training takes another --name.");
}

Run Run::create(const std::string& runs, const std::string& recipe, const std::string& wanted, const std::string& config_toml,
                const Json& environment) {
  if (!wanted.empty()) check_name(wanted);
  if (runs.empty()) throw ConfigError("the folder of the runs has no name. Hint: --runs FOLDER, or leave it out for \"runs\".");
  make_durable_folder(runs);
  const std::string where = runs == "runs" ? "" : " --runs " + runs;
  std::string name = wanted;
  for (int i = 1;; i++) {
    if (wanted.empty()) {
      while (file_exists(runs + "/" + (name = recipe + "-" + std::to_string(i)))) i++;
    }
    Run run(runs + "/" + name);
    std::error_code error;
    // A folder that has a config is a run; one without is what a crash left before the run began.
    if (file_exists(run.path_) && !file_exists(run.path_ + "/config.toml") && !file_exists(run.path_ + "/.lock") && !fs::is_empty(run.path_, error))
      throw ConfigError(run.path_ + " exists and is not a run. Hint: choose another --name.");
    const bool was_there = file_exists(run.path_);
    disk().make_folder(run.path_);
    try {
      run.lock();
    } catch (const StateError&) {  // another process took the number first
      if (wanted.empty()) continue;
      throw;
    }
    if (file_exists(run.path_ + "/config.toml")) {
      if (wanted.empty()) continue;
      throw ConfigError(run.path_ + " exists already. Hint: `cairn resume " + name + where + "` goes on with it, `cairn runs rm " + name + where +
                        "` deletes it, or choose another --name.");
    }
    try {
      disk().make_folder(run.checkpoints());
      disk().make_folder(run.samples());
      disk().sync_folder(runs);
      write_file(run.path_ + "/environment.json", environment.dump(1) + "\n");
      write_file(run.path_ + "/config.toml", "# recipe: " + recipe + "\n" + config_toml);
    } catch (const FileError&) {  // no half a run is left behind
      if (!was_there) {
        try {
          disk().remove_all(run.path_);
        } catch (const FileError&) {}
      }
      throw;
    }
    return run;
  }
}

void Run::tidy() {
  std::vector<std::string> leftovers;
  std::error_code error;
  for (const std::string& folder : {path_, samples()})
    for (const auto& entry : fs::directory_iterator(folder, error))
      if (entry.path().filename().string().find(".tmp-") != std::string::npos) leftovers.push_back(entry.path().string());
  for (const std::string& path : leftovers) disk().remove_all(path);
}

Run Run::open(const std::string& runs, const std::string& name, bool writing) {
  std::string path = runs + "/" + name;
  if (name.find('/') != std::string::npos || !file_exists(path)) path = name;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  if (name.empty() || !file_exists(path))
    throw FileError("there is no run '" + printable(name) + "' in " + runs + "." + did_you_mean(name, list(runs)) +
                    " Hint: `cairn runs` lists them.");
  std::error_code closed;
  if (!fs::exists(path + "/config.toml", closed) && closed)
    throw FileError("cannot look into " + path + ": " + closed.message() + ". Hint: check its owner and mode (ls -ld).");
  if (!file_exists(path + "/config.toml")) throw FileError(path + " is not a run: it has no config.toml.");
  Run run(path);
  if (writing) {
    run.lock();
    run.tidy();
  }
  return run;
}

std::vector<std::string> Run::list(const std::string& runs) {
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(runs, error))
    if (fs::exists(entry.path() / "config.toml", error) || error)  // what cannot be looked into is listed, too
      found.push_back({fs::last_write_time(entry.path() / "config.toml", error), entry.path().filename().string()});
  std::sort(found.begin(), found.end());
  std::vector<std::string> names;
  for (auto& [time, name] : found) names.push_back(name);
  return names;
}

std::string Run::config_toml() const { return read_file(path_ + "/config.toml", 1 << 20); }

std::string Run::recipe() const {
  const std::string text = config_toml();
  constexpr std::string_view start = "# recipe: ";
  if (!std::string_view(text).starts_with(start)) throw FileError(path_ + "/config.toml: line 1 must name the recipe (\"# recipe: mlp\").");
  return std::string(trim(std::string_view(text).substr(start.size(), text.find('\n') - start.size())));
}

Json Run::environment() const {
  const std::string file = path_ + "/environment.json";
  Json environment = Json::parse(read_file(file, 1 << 20), file);
  if (!environment.is_object()) throw FileError(file + ": expected an object with the versions, threads and seed of the run.");
  return environment;
}

Json Run::end() const {
  const std::string file = path_ + "/metrics.jsonl";
  if (!file_exists(file)) return nullptr;
  const std::string text = read_file(file);
  if (!text.ends_with('\n')) return nullptr;  // torn by a crash
  const size_t before = text.size() > 1 ? text.rfind('\n', text.size() - 2) : std::string::npos;
  try {
    Json last = Json::parse(std::string_view(text).substr(before == std::string::npos ? 0 : before + 1));
    const Json* event = last.find("event");
    return event && *event == Json("end") ? last : Json();
  } catch (const FileError&) {  // a resume cuts the file to what its checkpoint knows
    return nullptr;
  }
}

void Run::append_metrics(const Json& line) {
  if (metrics_ < 0) metrics_ = disk().append(path_ + "/metrics.jsonl");
  const std::string text = line.dump() + "\n";
  disk().write(metrics_, text.data(), text.size());
}

uint64_t Run::sync_metrics() {
  if (metrics_ < 0) metrics_ = disk().append(path_ + "/metrics.jsonl");
  disk().sync(metrics_);
  if (!metrics_named_) disk().sync_folder(path_);
  metrics_named_ = true;
  return file_size(path_ + "/metrics.jsonl");
}

void Run::cut_metrics(uint64_t length) {
  const std::string file = path_ + "/metrics.jsonl";
  const uint64_t now = file_exists(file) ? file_size(file) : 0;
  if (now < length)
    throw FileError(file + " has " + std::to_string(now) + " bytes, but the checkpoint was written after " + std::to_string(length) +
                    ": lines are missing. Hint: bring the file back from a copy, or train anew.");
  if (now > length) disk().truncate(file, length);
}

std::vector<Json> Run::metrics() const {
  std::vector<Json> lines;
  const std::string file = path_ + "/metrics.jsonl";
  if (!file_exists(file)) return lines;
  const std::string text = read_file(file);
  int number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    if (end == std::string::npos) break;  // torn by a crash
    number++;
    const std::string where = file + " line " + std::to_string(number);
    lines.push_back(Json::parse(std::string_view(text).substr(at, end - at), where));
    if (!lines.back().find("event")) throw FileError(where + ": expected an object with an \"event\".");
    at = end + 1;
  }
  return lines;
}

Json environment_now(uint64_t seed) {
  return Json::object({{"version", version()},
                       {"build", build_info()},
                       {"cpu", cpu_name()},
                       {"backend", backend().name()},
                       {"kernels", describe_cpu_backend()},
                       {"threads", num_threads()},
                       {"seed", Json(seed)}});
}

std::vector<std::string> environment_differences(const Json& then, const Json& now) {
  std::vector<std::string> differences;
  auto text = [](const Json& j) { return j.is_string() ? j.as_string() : j.dump(); };
  for (const auto& [key, value] : now.as_object()) {
    const Json* before = then.find(key);
    if (!before || *before == value) continue;
    if (before->is_object() && value.is_object())
      for (const std::string& inner : environment_differences(*before, value)) differences.push_back(key + "/" + inner);
    else differences.push_back(key + ": " + text(*before) + " then, " + text(value) + " now");
  }
  return differences;
}

}  // namespace cairn
