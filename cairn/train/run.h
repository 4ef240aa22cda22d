// A run's directory, runs/NAME/: config.toml, environment.json, metrics.jsonl, checkpoints/, model.safetensors, samples/.
#pragma once

#include <string>
#include <vector>

#include <cairn/base/json.h>

namespace cairn {

class Run {
 public:
  // A new directory `runs/name` with its config and environment, locked for this process. An empty name: "RECIPE-1", "-2", ...
  // ConfigError for a name that is taken, that leaves the runs directory ("../x", "/x") or has odd characters; StateError when another
  // process trains in it.
  static Run create(const std::string& runs, const std::string& recipe, const std::string& name, const std::string& config_toml,
                    const Json& environment);
  // An existing one: a name below `runs`, or a path to it. FileError when it is not there or no run (nearest name offered).
  // `writing`: takes the lock, and removes half-written files that a killed process left.
  static Run open(const std::string& runs, const std::string& name, bool writing);
  static std::vector<std::string> list(const std::string& runs);  // names, oldest first

  Run(Run&&) noexcept;
  Run& operator=(Run&&) = delete;
  ~Run();

  const std::string& path() const { return path_; }
  std::string name() const;
  std::string recipe() const;  // from config.toml's first line
  std::string config_toml() const;
  Json environment() const;
  std::string checkpoints() const { return path_ + "/checkpoints"; }
  std::string samples() const { return path_ + "/samples"; }
  std::string model_file() const { return path_ + "/model.safetensors"; }
  // The last line of its metrics, when that is the end event; null when the run has not finished.
  Json end() const;
  bool finished() const { return !end().is_null(); }

  // metrics.jsonl: one JSON object a line. Lines are durable after sync_metrics(), whose result a checkpoint stores.
  void append_metrics(const Json& line);
  uint64_t sync_metrics();            // the file's length
  void cut_metrics(uint64_t length);  // what a resume does first; FileError when the file is shorter
  std::vector<Json> metrics() const;  // a torn last line is left out

 private:
  explicit Run(std::string path) : path_(std::move(path)) {}
  void lock();
  void tidy();  // removes what a killed process was writing
  std::string path_;
  int lock_ = -1, metrics_ = -1;
  bool metrics_named_ = false;  // the folder was synced since the file was opened
};

// Where this program runs: what a result depends on (version, compiler, CPU, libraries, instruction set, threads, seed).
Json environment_now(uint64_t seed);
// The entries in which two environments differ, as "threads: 2 then, 1 now"; entries of objects as "data/iris.csv: ... then, ... now".
std::vector<std::string> environment_differences(const Json& then, const Json& now);

}  // namespace cairn
