#include <cairn/train/run.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

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
  if (!plain || name.empty() || name[0] == '.' || name.size() > 100)
    throw ConfigError("the run's name '" + printable(name) + "' must be one folder below the runs directory: letters, digits, '-', '_' and '.', not starting with a dot, at most 100 characters.");
}

}  // namespace

Run::Run(Run&& o) noexcept : path_(std::move(o.path_)), lock_(std::exchange(o.lock_, -1)), metrics_(std::exchange(o.metrics_, -1)) {}

Run::~Run() {
  if (metrics_ >= 0) ::close(metrics_);
  if (lock_ >= 0) ::close(lock_);
}

std::string Run::name() const { return fs::path(path_).filename().string(); }

void Run::lock() {
  const std::string file = path_ + "/.lock";
  lock_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_ < 0) throw FileError(file + ": cannot be opened: " + std::strerror(errno) + ". Hint: check the permissions of the run's folder.");
  if (::flock(lock_, LOCK_EX | LOCK_NB) != 0)
    throw StateError(path_ + ": another process is training in this run directory. Hint: wait for it, or give this run another --name.");
}

Run Run::create(const std::string& runs, const std::string& recipe, const std::string& wanted, const std::string& config_toml, const Json& environment) {
  if (!wanted.empty()) check_name(wanted);
  disk().make_folder(runs);
  std::string name = wanted;
  if (name.empty())
    for (int i = 1; file_exists(runs + "/" + (name = recipe + "-" + std::to_string(i))); i++) {}
  Run run(runs + "/" + name);
  const bool there = file_exists(run.path_);
  // A folder that has a config is a run; one without is what a crash left before the run began.
  if (there && !file_exists(run.path_ + "/config.toml") && !fs::is_empty(run.path_) && !file_exists(run.path_ + "/.lock"))
    throw ConfigError(run.path_ + " exists and is not a run. Hint: choose another --name.");
  disk().make_folder(run.path_);
  run.lock();
  if (file_exists(run.path_ + "/config.toml"))
    throw ConfigError(run.path_ + " exists already. Hint: `cairn resume " + name + "` goes on with it, `cairn runs rm " + name + "` deletes it, or choose another --name.");
  disk().make_folder(run.checkpoints());
  disk().make_folder(run.samples());
  write_file(run.path_ + "/environment.json", environment.dump(1) + "\n");
  write_file(run.path_ + "/config.toml", "# recipe: " + recipe + "\n" + config_toml);
  disk().sync_folder(runs);
  return run;
}

Run Run::open(const std::string& runs, const std::string& name, bool writing) {
  std::string path = runs + "/" + name;
  if (name.find('/') != std::string::npos || !file_exists(path)) path = name;
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  if (name.empty() || !file_exists(path))
    throw FileError("there is no run '" + printable(name) + "' in " + runs + "." + did_you_mean(name, list(runs)) + " Hint: `cairn runs` lists them.");
  if (!file_exists(path + "/config.toml")) throw FileError(path + " is not a run: it has no config.toml.");
  Run run(path);
  if (writing) run.lock();
  return run;
}

std::vector<std::string> Run::list(const std::string& runs) {
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(runs, error))
    if (fs::exists(entry.path() / "config.toml", error)) found.push_back({fs::last_write_time(entry.path() / "config.toml", error), entry.path().filename().string()});
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

Json Run::environment() const { return Json::parse(read_file(path_ + "/environment.json", 1 << 20), path_ + "/environment.json"); }

bool Run::finished() const {
  const std::vector<Json> lines = metrics();
  return !lines.empty() && lines.back().find("event") && lines.back().at("event") == Json("end");
}

void Run::append_metrics(const Json& line) {
  if (metrics_ < 0) metrics_ = disk().append(path_ + "/metrics.jsonl");
  const std::string text = line.dump() + "\n";
  disk().write(metrics_, text.data(), text.size());
}

uint64_t Run::sync_metrics() {
  if (metrics_ < 0) metrics_ = disk().append(path_ + "/metrics.jsonl");
  disk().sync(metrics_);
  disk().sync_folder(path_);
  return file_size(path_ + "/metrics.jsonl");
}

void Run::cut_metrics(uint64_t length) {
  const std::string file = path_ + "/metrics.jsonl";
  const uint64_t now = file_exists(file) ? file_size(file) : 0;
  if (now < length)
    throw FileError(file + " has " + std::to_string(now) + " bytes, but the checkpoint was written after " + std::to_string(length) + ": lines are missing.");
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
    if (end == std::string::npos) break;               // torn by a crash
    number++;
    lines.push_back(Json::parse(std::string_view(text).substr(at, end - at), file + " line " + std::to_string(number)));
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
  for (const auto& [key, value] : now.as_object()) {
    const Json* before = then.find(key);
    if (!before || *before == value) continue;
    auto text = [](const Json& j) { return j.is_string() ? j.as_string() : j.dump(); };
    differences.push_back(key + ": " + text(*before) + " then, " + text(value) + " now");
  }
  return differences;
}

}  // namespace cairn
