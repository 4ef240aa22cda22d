// Disks for tests of what survives. RecordingDisk does and logs every operation, and rebuilds what a power cut after any of them
// could have left. FaultyDisk fails at the n-th call.
//
//   TempFolder folder;  RecordingDisk recorder(folder.path());
//   { UseDisk use(recorder);  save(folder.path()); }
//   recorder.each_crash([](const std::string& remains, const std::string& when) { ... load(remains) ... });
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <cairn/base/disk.h>

namespace cairn {

// What a power cut takes. Data counts as safe after sync of its file; a creation, rename or removal after sync_folder of the folder
// that holds the name. What is not safe may be there or not, names and data independently; `torn` is half of the unsafe bytes.
struct Crash {
  enum Data { kept, dropped, torn } data = dropped;
  bool names_kept = false;
};
std::vector<Crash> all_crashes();  // the six combinations

struct DiskOperation {
  enum Kind { create, append, write, truncate, sync, close, rename, sync_folder, make_folder, remove_all } kind;
  std::string path, to;  // relative to the root; of write, sync and close: as it was when the file was opened
  std::string data;      // of write
  uint64_t bytes = 0;    // of truncate
  size_t open = 0;       // of create, append, write, sync, close: which opening, counted from 0
};
std::string describe(const DiskOperation& operation);  // "rename a.tmp to a"

class RecordingDisk : public Disk {
 public:
  // What stands in `root` at this moment is taken as safe. Operations outside of it are a StateError.
  explicit RecordingDisk(const std::string& root);

  int create(const std::string& path) override;
  int append(const std::string& path) override;
  void write(int file, const void* data, size_t bytes) override;
  void truncate(const std::string& path, uint64_t bytes) override;
  void sync(int file) override;
  void close(int file) override;
  void rename(const std::string& from, const std::string& to) override;
  void sync_folder(const std::string& path) override;
  void make_folder(const std::string& path) override;
  void remove_all(const std::string& path) override;

  const std::vector<DiskOperation>& log() const { return log_; }
  // Builds in `folder` (made when missing) what a crash after the first `operations` of the log may leave.
  void replay(size_t operations, Crash crash, const std::string& folder) const;
  // Every prefix of the log under every crash: the folder that remains, and words that name the case.
  void each_crash(const std::function<void(const std::string& folder, const std::string& when)>& body) const;

 private:
  std::string inside(const std::string& path) const;
  void record(DiskOperation operation, int opened = -1);
  void record_on(DiskOperation operation, int file);

  struct Opening {
    std::string path;
    size_t number;
  };
  std::string root_;
  std::map<std::string, std::string> before_files_;
  std::vector<std::string> before_folders_;
  std::vector<DiskOperation> log_;
  std::map<int, Opening> open_;
  size_t openings_ = 0;
  std::mutex mutex_;
};

// Throws FileError("... no space left on device") at call number `at` (from 1), having written half of the data when the call is a
// write. A call to close fails after closing. Later calls work unless the disk `stays_full`: then nothing can be created or written.
class FaultyDisk : public Disk {
 public:
  explicit FaultyDisk(size_t at, bool stays_full = false) : at_(at), stays_full_(stays_full) {}

  int create(const std::string& path) override;
  int append(const std::string& path) override;
  void write(int file, const void* data, size_t bytes) override;
  void truncate(const std::string& path, uint64_t bytes) override;
  void sync(int file) override;
  void close(int file) override;
  void rename(const std::string& from, const std::string& to) override;
  void sync_folder(const std::string& path) override;
  void make_folder(const std::string& path) override;
  void remove_all(const std::string& path) override;

  size_t calls() const { return calls_; }
  bool failed() const { return calls_ >= at_; }  // false after a whole run: there were fewer calls than `at`
 private:
  bool fails(bool takes_space = false);
  size_t at_, calls_ = 0;
  bool stays_full_;
};

}  // namespace cairn
