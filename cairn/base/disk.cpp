#include <cairn/base/disk.h>

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

const char* hint(int code) {
  switch (code) {
    case ENOENT: return "check the spelling, and that its folder is there.";
    case EACCES:
    case EPERM: return "look at its owner and mode (ls -l), or choose a folder that is yours.";
    case ENOSPC: return "free some space (df -h shows how much is left) or choose another disk.";
    case EDQUOT: return "your quota on this disk is used up; remove something or choose another disk.";
    case EROFS: return "this disk is mounted read-only; choose another one.";
    case EISDIR: return "a folder stands where a file was expected.";
    case ENOTDIR:
    case EEXIST: return "a file stands where a folder was expected.";
    case EMFILE:
    case ENFILE: return "too many files are open at once (ulimit -n shows the limit).";
    case ENAMETOOLONG: return "choose a shorter name.";
    case EIO: return "the disk itself reports a failure; look at the system's log (dmesg).";
    default: return nullptr;
  }
}

[[noreturn]] void fail(const char* operation, const std::string& path, int code = errno) {
  std::string reason = std::generic_category().message(code);
  if (reason.size() > 1 && reason[1] >= 'a') reason[0] = static_cast<char>(std::tolower(reason[0]));
  std::string message = fmt::format("cannot {} {}: {}", operation, path, reason);
  if (const char* h = hint(code)) message += fmt::format(". Hint: {}", h);
  throw FileError(message);
}

// Only for messages: which file a descriptor stands for.
std::string path_of(int file) {
  std::error_code code;
  auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), code);
  return code ? "file descriptor " + std::to_string(file) : path.string();
}

template <class Call> auto retried(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

int open_file(const char* operation, const std::string& path, int flags) {
  int file = retried([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); });
  if (file < 0) fail(operation, path);
  return file;
}

// A descriptor for reading that closes itself.
class Input {
 public:
  explicit Input(const std::string& path) : path_(path), file_(open_file("open", path, O_RDONLY)) {
    if (::fstat(file_, &stat_) != 0 || S_ISDIR(stat_.st_mode)) {
      int code = S_ISDIR(stat_.st_mode) ? EISDIR : errno;
      ::close(file_);
      fail("read", path, code);
    }
  }
  ~Input() { ::close(file_); }
  Input(const Input&) = delete;
  int descriptor() const { return file_; }
  uint64_t size() const { return static_cast<uint64_t>(stat_.st_size); }
  size_t read(char* to, size_t bytes) {
    ssize_t n = retried([&] { return ::read(file_, to, bytes); });
    if (n < 0) fail("read", path_);
    return static_cast<size_t>(n);
  }

 private:
  std::string path_;
  int file_;
  struct stat stat_ {};
};

}  // namespace

int Disk::create(const std::string& path) { return open_file("create", path, O_WRONLY | O_CREAT | O_TRUNC); }
int Disk::append(const std::string& path) { return open_file("append to", path, O_WRONLY | O_CREAT | O_APPEND); }

void Disk::write(int file, const void* data, size_t bytes) {
  auto p = static_cast<const char*>(data);
  while (bytes > 0) {
    ssize_t n = retried([&] { return ::write(file, p, bytes); });
    if (n < 0) fail("write", path_of(file));
    p += n;
    bytes -= static_cast<size_t>(n);
  }
}

void Disk::truncate(const std::string& path, uint64_t bytes) {
  if (retried([&] { return ::truncate(path.c_str(), static_cast<off_t>(bytes)); }) < 0) fail("shorten", path);
}

void Disk::sync(int file) {
  if (retried([&] { return ::fsync(file); }) < 0) fail("sync", path_of(file));
}

// Linux gives the descriptor back even when close reports an error, so it is never called twice.
void Disk::close(int file) {
  std::string path = path_of(file);
  if (::close(file) < 0 && errno != EINTR) fail("close", path);
}

void Disk::rename(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) < 0) fail("rename", from + " to " + to);
}

void Disk::sync_folder(const std::string& path) {
  int file = open_file("open", path, O_RDONLY | O_DIRECTORY);
  int result = retried([&] { return ::fsync(file); }), code = errno;
  ::close(file);
  if (result < 0 && code != EINVAL) fail("sync", path, code);  // some network disks cannot sync folders and say EINVAL
}

void Disk::make_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::create_directories(path, code);
  if (code) fail("make the folder", path, code.value());
  if (!std::filesystem::is_directory(path, code)) fail("make the folder", path, EEXIST);
}

void Disk::remove_all(const std::string& path) {
  std::error_code code;
  std::filesystem::remove_all(path, code);
  if (code) fail("remove", path, code.value());
}

namespace {
Disk posix;
std::atomic<Disk*> current{&posix};  // for all threads: a checkpoint may be written in the background
}  // namespace

Disk& disk() { return *current.load(); }
UseDisk::UseDisk(Disk& d) : before_(current.exchange(&d)) {}
UseDisk::~UseDisk() { current.store(before_); }

namespace {

// Gathers small pieces, as formats write them, into few system calls.
class Buffer {
 public:
  explicit Buffer(int file) : file_(file) {}
  void add(const void* data, size_t bytes) {
    if (held_.size() + bytes > limit) flush();
    if (bytes > limit) disk().write(file_, data, bytes);
    else held_.append(static_cast<const char*>(data), bytes);
  }
  void flush() {
    if (!held_.empty()) disk().write(file_, held_.data(), held_.size());
    held_.clear();
  }

 private:
  static constexpr size_t limit = 64 << 10;
  int file_;
  std::string held_;
};

template <class Call> void quietly(Call call) noexcept {
  try {
    call();
  } catch (...) {  // the first error is on its way to the caller and says more than one about tidying up
  }
}

}  // namespace

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

// Who reads an error knows the file that was to be written, not the one beside it.
std::string about_the_file(const std::string& message, const std::string& temporary, const std::string& path) {
  namespace fs = std::filesystem;
  const std::string text = replaced(message, "rename " + temporary + " to " + path, "replace " + path);
  return replaced(text, fs::path(temporary).filename().string(), fs::path(path).filename().string());
}

void write_beside(const std::string& path, const std::function<void(const Sink&)>& body, bool durable) {
  static std::atomic<unsigned> count{0};
  std::string temporary = fmt::format("{}.tmp-{}-{}", path, ::getpid(), count++);
  std::string folder = std::filesystem::path(path).parent_path().string();
  int file = -1;
  bool open = false;
  try {
    file = disk().create(temporary);
    open = true;
    Buffer buffer(file);
    body([&](const void* data, size_t bytes) { buffer.add(data, bytes); });
    buffer.flush();
    if (durable) disk().sync(file);
    open = false;  // from here on the descriptor is gone, whatever close says
    disk().close(file);
    disk().rename(temporary, path);
  } catch (...) {
    if (open) quietly([&] { disk().close(file); });
    if (file >= 0) quietly([&] { disk().remove_all(temporary); });
    try {
      throw;
    } catch (const FileError& e) { throw FileError(about_the_file(e.what(), temporary, path)); }
  }
  if (durable) disk().sync_folder(folder.empty() ? "." : folder);
}

}  // namespace

void write_file(const std::string& path, const std::function<void(const Sink&)>& body) { write_beside(path, body, true); }

void write_file(const std::string& path, std::string_view text) {
  write_file(path, [&](const Sink& sink) { sink(text.data(), text.size()); });
}

void write_unsynced(const std::string& path, std::string_view text) {
  write_beside(
      path, [&](const Sink& sink) { sink(text.data(), text.size()); }, false);
}

std::string read_file(const std::string& path, uint64_t limit) {
  Input input(path);
  std::string text;
  size_t used = 0;
  for (;;) {  // until the end, not until the size: files of /proc say 0, and a log may grow meanwhile
    if (used > limit || input.size() > limit)
      throw FileError(fmt::format("cannot read {}: it is longer than the {} that are expected here at most", path, human_bytes(limit)));
    if (used == text.size()) text.resize(used == 0 ? std::max<size_t>(input.size() + 1, 4096) : used + used / 2);
    size_t n = input.read(text.data() + used, text.size() - used);
    if (n == 0) break;
    used += n;
  }
  text.resize(used);
  return text;
}

bool file_exists(const std::string& path) {
  std::error_code code;
  return std::filesystem::exists(path, code);
}

uint64_t file_size(const std::string& path) { return Input(path).size(); }

namespace {

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) { check(context_ && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr)); }
  void add(const void* data, size_t bytes) { check(EVP_DigestUpdate(context_.get(), data, bytes)); }
  std::string hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    check(EVP_DigestFinal_ex(context_.get(), digest, &length));
    std::string out;
    for (unsigned i = 0; i < length; i++) out += fmt::format("{:02x}", digest[i]);
    return out;
  }

 private:
  static void check(bool ok) {
    if (!ok) throw StateError("OpenSSL cannot compute SHA-256 digests. Hint: does its configuration on this machine forbid them?");
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes.data(), bytes.size());
  return digest.hex();
}

std::string sha256_file(const std::string& path) {
  Input input(path);
  Sha256 digest;
  std::vector<char> piece(1 << 20);
  while (size_t n = input.read(piece.data(), piece.size())) digest.add(piece.data(), n);
  return digest.hex();
}

MappedFile::MappedFile(const std::string& path) {
  Input input(path);
  size_ = input.size();
  if (size_ == 0) {  // mmap refuses empty files
    data_ = "";
    return;
  }
  void* at = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, input.descriptor(), 0);
  if (at == MAP_FAILED) fail("map", path);
  data_ = static_cast<const char*>(at);
}

MappedFile::~MappedFile() {
  if (size_ > 0) ::munmap(const_cast<char*>(data_), size_);
}

}  // namespace cairn
