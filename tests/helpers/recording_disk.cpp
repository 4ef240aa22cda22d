#include "recording_disk.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <cairn/base/errors.h>

#include "temp_folder.h"

namespace cairn {
namespace fs = std::filesystem;
namespace {

// A file or folder as the model sees it: what a reader sees now, and what no power cut can take any more.
struct Node {
  bool folder = false;
  std::string now, safe;
  std::map<std::string, std::shared_ptr<Node>> names_now, names_safe;
};
using NodePtr = std::shared_ptr<Node>;

NodePtr new_node(bool folder) {
  auto node = std::make_shared<Node>();
  node->folder = folder;
  return node;
}

class Model {
 public:
  Node& folder_at(const fs::path& path) {
    Node* at = root_.get();
    for (const auto& part : path) at = at->names_now.at(part.string()).get();
    return *at;
  }
  NodePtr& entry(const fs::path& path) { return folder_at(path.parent_path()).names_now[path.filename().string()]; }

  void make_folder(const fs::path& path) {
    Node* at = root_.get();
    for (const auto& part : path) {
      NodePtr& next = at->names_now[part.string()];
      if (!next) next = new_node(true);
      at = next.get();
    }
  }
  void make_safe(Node& node) {
    node.safe = node.now;
    node.names_safe = node.names_now;
    for (auto& [name, child] : node.names_now) make_safe(*child);
  }
  void apply(const DiskOperation& o);
  void build(const fs::path& to, Crash crash) const { build(*root_, to, crash); }
  Node& root() { return *root_; }

 private:
  struct Opening {
    NodePtr node;
    size_t at = 0;
    bool append = false;
  };
  static std::string remains(const Node& file, Crash::Data data) {
    if (data == Crash::kept) return file.now;
    if (data == Crash::dropped || file.now == file.safe) return file.safe;
    size_t whole = file.now.starts_with(file.safe) ? file.safe.size() : 0;
    return file.now.substr(0, whole + (file.now.size() - whole) / 2);
  }
  void build(const Node& folder, const fs::path& to, Crash crash) const {
    fs::create_directories(to);
    for (const auto& [name, child] : crash.names_kept ? folder.names_now : folder.names_safe) {
      if (child->folder) build(*child, to / name, crash);
      else std::ofstream(to / name, std::ios::binary) << remains(*child, crash.data);
    }
  }

  NodePtr root_ = new_node(true);
  std::map<size_t, Opening> open_;
};

void Model::apply(const DiskOperation& o) {
  switch (o.kind) {
    case DiskOperation::create:
    case DiskOperation::append: {
      NodePtr& node = entry(o.path);
      if (!node) node = new_node(false);
      if (o.kind == DiskOperation::create) node->now.clear();
      open_[o.open] = {node, 0, o.kind == DiskOperation::append};
      break;
    }
    case DiskOperation::write: {
      Opening& file = open_.at(o.open);
      std::string& now = file.node->now;
      if (file.append) file.at = now.size();
      if (now.size() < file.at + o.data.size()) now.resize(file.at + o.data.size());
      now.replace(file.at, o.data.size(), o.data);
      file.at += o.data.size();
      break;
    }
    case DiskOperation::truncate: entry(o.path)->now.resize(o.bytes); break;
    case DiskOperation::sync: open_.at(o.open).node->safe = open_.at(o.open).node->now; break;
    case DiskOperation::close: open_.erase(o.open); break;
    case DiskOperation::rename: {
      NodePtr node = entry(o.path);
      folder_at(fs::path(o.path).parent_path()).names_now.erase(fs::path(o.path).filename().string());
      entry(o.to) = node;
      break;
    }
    case DiskOperation::sync_folder: {
      Node& node = folder_at(o.path);
      node.names_safe = node.names_now;
      break;
    }
    case DiskOperation::make_folder: make_folder(o.path); break;
    case DiskOperation::remove_all: folder_at(fs::path(o.path).parent_path()).names_now.erase(fs::path(o.path).filename().string()); break;
  }
}

}  // namespace

std::vector<Crash> all_crashes() {
  std::vector<Crash> all;
  for (bool names_kept : {false, true})
    for (auto data : {Crash::kept, Crash::dropped, Crash::torn}) all.push_back({data, names_kept});
  return all;
}

std::string describe(const DiskOperation& o) {
  static const char* const names[] = {"create", "append to", "write", "truncate", "sync", "close", "rename", "sync folder", "make folder", "remove"};
  std::string text = std::string(names[o.kind]) + " " + (o.path.empty() ? "." : o.path);
  if (o.kind == DiskOperation::rename) text += " to " + o.to;
  if (o.kind == DiskOperation::write) text += " (" + std::to_string(o.data.size()) + " bytes)";
  return text;
}

RecordingDisk::RecordingDisk(const std::string& root) : root_(fs::canonical(root).string()) {
  for (const auto& item : fs::recursive_directory_iterator(root_)) {
    std::string path = item.path().lexically_relative(root_).string();
    if (item.is_directory()) before_folders_.push_back(path);
    else before_files_[path] = read_file(item.path().string());
  }
}

std::string RecordingDisk::inside(const std::string& path) const {
  fs::path whole = fs::weakly_canonical(path), relative = whole.lexically_relative(root_);
  if (relative == ".") return "";
  if (relative.empty() || *relative.begin() == "..") throw StateError("the recording disk was asked to change " + path + ", outside of " + root_);
  return (relative.has_filename() ? relative : relative.parent_path()).string();  // "best/" is "best"
}

void RecordingDisk::record(DiskOperation operation, int opened) {
  std::lock_guard lock(mutex_);
  if (opened >= 0) open_[opened] = {operation.path, operation.open = openings_++};
  log_.push_back(std::move(operation));
}

void RecordingDisk::record_on(DiskOperation operation, int file) {
  std::lock_guard lock(mutex_);
  auto at = open_.find(file);
  if (at == open_.end()) throw StateError("the recording disk did not open descriptor " + std::to_string(file));
  operation.path = at->second.path;
  operation.open = at->second.number;
  if (operation.kind == DiskOperation::close) open_.erase(at);
  log_.push_back(std::move(operation));
}

int RecordingDisk::create(const std::string& path) {
  std::string name = inside(path);
  int file = Disk::create(path);
  record({DiskOperation::create, name}, file);
  return file;
}

int RecordingDisk::append(const std::string& path) {
  std::string name = inside(path);
  int file = Disk::append(path);
  record({DiskOperation::append, name}, file);
  return file;
}

void RecordingDisk::write(int file, const void* data, size_t bytes) {
  Disk::write(file, data, bytes);
  record_on({DiskOperation::write, "", "", std::string(static_cast<const char*>(data), bytes)}, file);
}

void RecordingDisk::truncate(const std::string& path, uint64_t bytes) {
  std::string name = inside(path);
  Disk::truncate(path, bytes);
  record({DiskOperation::truncate, name, "", "", bytes});
}

void RecordingDisk::sync(int file) {
  Disk::sync(file);
  record_on({DiskOperation::sync}, file);
}

void RecordingDisk::close(int file) {
  record_on({DiskOperation::close}, file);  // first: another thread may get the number as soon as it is free
  Disk::close(file);
}

void RecordingDisk::rename(const std::string& from, const std::string& to) {
  DiskOperation operation{DiskOperation::rename, inside(from), inside(to)};
  Disk::rename(from, to);
  record(operation);
}

void RecordingDisk::sync_folder(const std::string& path) {
  Disk::sync_folder(path);
  record({DiskOperation::sync_folder, inside(path)});
}

void RecordingDisk::make_folder(const std::string& path) {
  Disk::make_folder(path);
  record({DiskOperation::make_folder, inside(path)});
}

void RecordingDisk::remove_all(const std::string& path) {
  std::string name = inside(path);
  if (name.empty()) throw StateError("the recording disk was asked to remove its root");
  Disk::remove_all(path);
  record({DiskOperation::remove_all, name});
}

void RecordingDisk::replay(size_t operations, Crash crash, const std::string& folder) const {
  Model model;
  for (const auto& path : before_folders_) model.make_folder(path);
  for (const auto& [path, text] : before_files_) (model.entry(path) = new_node(false))->now = text;
  model.make_safe(model.root());
  for (size_t i = 0; i < operations; i++) model.apply(log_.at(i));
  model.build(folder, crash);
}

void RecordingDisk::each_crash(const std::function<void(const std::string&, const std::string&)>& body) const {
  static const char* const data[] = {"kept", "dropped", "torn"};
  for (size_t n = 0; n <= log_.size(); n++)
    for (Crash crash : all_crashes()) {
      TempFolder folder;
      replay(n, crash, folder.path());
      body(folder.path(), "crash after operation " + std::to_string(n) + " (" + (n ? describe(log_[n - 1]) : "none") + "), unsynced data " +
                              data[crash.data] + ", unsynced names " + (crash.names_kept ? "kept" : "dropped"));
    }
}

bool FaultyDisk::fails(bool takes_space) {
  calls_++;
  return calls_ == at_ || (stays_full_ && takes_space && calls_ > at_);
}

namespace {
[[noreturn]] void full(const std::string& what) { throw FileError("cannot " + what + ": no space left on device"); }
}  // namespace

int FaultyDisk::create(const std::string& path) { return fails(true) ? (full("create " + path), -1) : Disk::create(path); }
int FaultyDisk::append(const std::string& path) { return fails(true) ? (full("append to " + path), -1) : Disk::append(path); }
void FaultyDisk::write(int file, const void* data, size_t bytes) {
  bool bad = fails(true);
  Disk::write(file, data, bad ? bytes / 2 : bytes);
  if (bad) full("write descriptor " + std::to_string(file));
}
void FaultyDisk::truncate(const std::string& path, uint64_t bytes) { fails() ? full("shorten " + path) : Disk::truncate(path, bytes); }
void FaultyDisk::sync(int file) { fails() ? full("sync descriptor " + std::to_string(file)) : Disk::sync(file); }
void FaultyDisk::close(int file) {
  bool bad = fails();
  Disk::close(file);
  if (bad) full("close descriptor " + std::to_string(file));
}
void FaultyDisk::rename(const std::string& from, const std::string& to) { fails() ? full("rename " + from) : Disk::rename(from, to); }
void FaultyDisk::sync_folder(const std::string& path) { fails() ? full("sync " + path) : Disk::sync_folder(path); }
void FaultyDisk::make_folder(const std::string& path) { fails(true) ? full("make the folder " + path) : Disk::make_folder(path); }
void FaultyDisk::remove_all(const std::string& path) { fails() ? full("remove " + path) : Disk::remove_all(path); }

}  // namespace cairn
