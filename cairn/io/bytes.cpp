#include <cairn/io/bytes.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

void corrupt(const std::string& name, uint64_t offset, const std::string& expected, const std::string& found, const std::string& hint) {
  throw FileError(
      fmt::format("cannot read {}: at byte {} expected {}, found {}.{}", name, offset, expected, found, hint.empty() ? "" : " Hint: " + hint));
}

namespace {
[[noreturn]] void cannot(const char* operation, const std::string& path, int code) {
  throw FileError(fmt::format("cannot {} {}: {}", operation, path, std::generic_category().message(code)));
}
}  // namespace

ByteSource::ByteSource(const std::string& path) : name_(path) {
  do file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  while (file_ < 0 && errno == EINTR);
  if (file_ < 0) cannot("open", path, errno);
  struct stat info {};
  int code = ::fstat(file_, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : S_ISREG(info.st_mode) ? 0 : ESPIPE;
  if (code) {
    ::close(file_);
    cannot("read", path, code);
  }
  size_ = static_cast<uint64_t>(info.st_size);
}

ByteSource::ByteSource(std::string name, std::string_view memory) : name_(std::move(name)), memory_(memory), size_(memory.size()) {}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : name_(std::move(other.name_)), memory_(other.memory_), size_(other.size_), file_(std::exchange(other.file_, -1)) {}

ByteSource::~ByteSource() {
  if (file_ >= 0) ::close(file_);
}

void ByteSource::read(uint64_t offset, void* to, size_t bytes, const char* what) const {
  if (offset > size_ || bytes > size_ - offset)
    corrupt(name_, std::min(offset, size_), fmt::format("{} bytes of {}", bytes, what),
            fmt::format("{} before the end of the file", offset > size_ ? 0 : size_ - offset), "the file is cut off; fetch or write it again.");
  if (file_ < 0) {
    if (bytes) std::memcpy(to, memory_.data() + offset, bytes);
    return;
  }
  auto p = static_cast<char*>(to);
  while (bytes > 0) {
    ssize_t n = ::pread(file_, p, bytes, static_cast<off_t>(offset));
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) cannot("read", name_, errno);
    if (n == 0) corrupt(name_, offset, fmt::format("{} more bytes of {}", bytes, what), "the end: the file shrank while it was read");
    p += n;
    offset += static_cast<uint64_t>(n);
    bytes -= static_cast<size_t>(n);
  }
}

std::string ByteSource::text(uint64_t offset, size_t bytes, const char* what) const {
  if (offset > size_ || bytes > size_ - offset) read(offset, nullptr, bytes, what);  // says so before anything is allocated
  std::string s(bytes, '\0');
  read(offset, s.data(), bytes, what);
  return s;
}

std::string looks_like(std::string_view b) {
  static constexpr std::pair<std::string_view, const char*> magics[] = {{"\x89PNG", "a PNG image"},
                                                                        {"\xff\xd8\xff", "a JPEG image"},
                                                                        {"GIF8", "a GIF image"},
                                                                        {"\x1f\x8b", "gzip data"},
                                                                        {"PK\x03\x04", "a zip archive"},
                                                                        {"\x28\xb5\x2f\xfd", "zstd data"},
                                                                        {"%PDF", "a PDF document"},
                                                                        {"\x7f"
                                                                         "ELF",
                                                                         "a program"},
                                                                        {"BM", "a BMP image"},
                                                                        {"\x93NUMPY", "a NumPy array"},
                                                                        {"<!DOCTYPE", "an HTML page"},
                                                                        {"<html", "an HTML page"},
                                                                        {"\x80\x02", "a Python pickle"},
                                                                        {"\x80\x04", "a Python pickle"}};
  if (b.empty()) return "an empty file";
  for (const auto& [magic, what] : magics)
    if (b.starts_with(magic)) return what;
  if (b.size() > 11 && b.starts_with("RIFF") && b.substr(8, 4) == "WEBP") return "a WebP image";
  bool is_text = std::all_of(b.begin(), b.end(), [](unsigned char c) { return c >= 32 || c == '\n' || c == '\r' || c == '\t'; });
  if (is_text) return fmt::format("text starting '{}'", printable(b.substr(0, 24)));
  std::string hex;
  for (unsigned char c : b.substr(0, 8)) hex += fmt::format(" {:02x}", c);
  return "bytes" + hex;
}

struct Unpacker::Inflater {
  z_stream z{};
  std::vector<unsigned char> input = std::vector<unsigned char>(256 << 10);
  uint64_t next = 0;   // offset in the source of what was not yet read into `input`
  bool ended = false;  // the last member is complete
  uint64_t offset() const { return next - z.avail_in; }
};

Unpacker::Unpacker(const ByteSource& source) : source_(source) {
  uint8_t magic[2];
  if (source.size() < 2) return;
  source.read(0, magic, 2, "the first bytes");
  if (magic[0] != 0x1f || magic[1] != 0x8b) return;
  inflater_ = std::make_unique<Inflater>();
  if (inflateInit2(&inflater_->z, 16 + MAX_WBITS) != Z_OK) throw OutOfMemoryError("zlib finds no memory to unpack " + source.name());
}

Unpacker::~Unpacker() {
  if (inflater_) inflateEnd(&inflater_->z);
}

bool Unpacker::packed() const { return bool(inflater_); }
uint64_t Unpacker::most() const { return inflater_ ? source_.size() * 1032 : source_.size(); }

size_t Unpacker::read(void* to, size_t bytes) {
  if (!inflater_) {
    size_t n = static_cast<size_t>(std::min<uint64_t>(bytes, source_.size() - position_));
    source_.read(position_, to, n, "data");
    position_ += n;
    return n;
  }
  Inflater& f = *inflater_;
  size_t done = 0;
  // One member at least is read to its end even when nothing more is wanted: its checksum comes last.
  while (done < bytes && !f.ended) {
    if (f.z.avail_in == 0) {
      size_t n = static_cast<size_t>(std::min<uint64_t>(f.input.size(), source_.size() - f.next));
      source_.read(f.next, f.input.data(), n, "packed data");
      if (n == 0)
        corrupt(source_.name(), f.next, "more gzip data", fmt::format("the end of the file, {} bytes unpacked", position_ + done),
                "the file is cut off; fetch it again.");
      f.next += n;
      f.z.next_in = f.input.data();
      f.z.avail_in = static_cast<uInt>(n);
    }
    size_t room = std::min<size_t>(bytes - done, 1u << 30);
    f.z.next_out = static_cast<Bytef*>(to) + done;
    f.z.avail_out = static_cast<uInt>(room);
    int code = inflate(&f.z, Z_NO_FLUSH);
    done += room - f.z.avail_out;
    if (code == Z_STREAM_END) {
      if (f.z.avail_in == 0 && f.next == source_.size()) f.ended = true;
      else if (inflateReset(&f.z) != Z_OK) throw OutOfMemoryError("zlib cannot go on with " + source_.name());  // another member follows
    } else if (code != Z_OK && code != Z_BUF_ERROR) {
      corrupt(source_.name(), f.offset(), "sound gzip data", f.z.msg ? f.z.msg : "damaged data", "the file was damaged on its way; fetch it again.");
    }
  }
  position_ += done;
  return done;
}

void Unpacker::read_exactly(void* to, size_t bytes, const char* what) {
  uint64_t at = position_;
  size_t n = read(to, bytes);
  if (n < bytes)
    corrupt(source_.name(), at, fmt::format("{} bytes of {}", bytes, what),
            fmt::format("{} before the end{}", n, packed() ? " of the unpacked data" : " of the file"),
            "the file is cut off; fetch or write it again.");
}

void Unpacker::expect_end(const std::string& expected) {
  uint64_t at = position_;
  char one;
  if (read(&one, 1))
    corrupt(source_.name(), at, "the end after " + expected, packed() ? "more unpacked data" : fmt::format("{} more bytes", source_.size() - at));
}

}  // namespace cairn
