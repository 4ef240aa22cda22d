// Every write that must survive a crash goes through this one class, so that a test can record it, cut it at any point and
// fail it at any call. The default does what POSIX says is needed: write beside, fsync, rename, fsync the folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cairn {

class Disk {
 public:
  virtual ~Disk() = default;
  // Each throws FileError with path, operation and the system's reason ("no space left on device").
  virtual int create(const std::string& path);  // truncates; returns a descriptor
  virtual int append(const std::string& path);  // creates when missing
  virtual void write(int file, const void* data, size_t bytes);
  virtual void truncate(const std::string& path, uint64_t bytes);
  virtual void sync(int file);
  virtual void close(int file);
  virtual void rename(const std::string& from, const std::string& to);
  virtual void sync_folder(const std::string& path);
  virtual void make_folder(const std::string& path);  // with parents; no error when it is there
  virtual void remove_all(const std::string& path);   // file or folder; no error when it is not there
};

Disk& disk();    // the current one
class UseDisk {  // installs another for a scope (tests)
 public:
  explicit UseDisk(Disk& d);
  ~UseDisk();
 private:
  Disk* before_;
};

// Streams into an open file; what a writer of a format sees.
using Sink = std::function<void(const void* data, size_t bytes)>;
// path.tmp-PID-N is written by `body`, synced, renamed to `path`, and the folder synced. On any error before the rename the
// temporary is removed and the older file stays.
void write_file(const std::string& path, const std::function<void(const Sink&)>& body);
void write_file(const std::string& path, std::string_view text);
// The same without the syncs, for what can be made again: a reader sees the older file or the newer one, but a power cut may take both.
void write_unsynced(const std::string& path, std::string_view text);

// A whole file; FileError when missing, unreadable or longer than `limit` bytes.
std::string read_file(const std::string& path, uint64_t limit = uint64_t{1} << 32);
bool file_exists(const std::string& path);  // a folder counts too
uint64_t file_size(const std::string& path);
std::string sha256(std::string_view bytes);  // 64 hexadecimal digits
std::string sha256_file(const std::string& path);

// A file mapped read-only into memory.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  const char* data() const { return data_; }
  size_t size() const { return size_; }
 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace cairn
