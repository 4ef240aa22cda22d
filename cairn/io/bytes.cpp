#include <cairn/io/bytes.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

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
  const int code = ::fstat(file_, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
  if (code || !S_ISREG(info.st_mode)) {
    ::close(file_);
    if (code) cannot("read", path, code);
    throw FileError(
        fmt::format("cannot read {}: it is a device or a pipe, no regular file. Hint: write what comes out of it into a file first.", path));
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
                                                                        {std::string_view("II*\0", 4), "a TIFF image"},
                                                                        {std::string_view("MM\0*", 4), "a TIFF image"},
                                                                        {"\x93NUMPY", "a NumPy array"},
                                                                        {"<!DOCTYPE", "an HTML page"},
                                                                        {"<html", "an HTML page"},
                                                                        {"\x80\x02", "a Python pickle"},
                                                                        {"\x80\x04", "a Python pickle"}};
  if (b.empty()) return "an empty file";
  for (const auto& [magic, what] : magics)
    if (b.starts_with(magic)) return what;
  if (b.size() > 11 && b.starts_with("RIFF") && b.substr(8, 4) == "WEBP") return "a WebP image";
  if (b.size() > 11 && b.substr(4, 4) == "ftyp") {  // one container, many contents: its brand tells
    const std::string_view brand = b.substr(8, 4);
    if (brand == "avif" || brand == "avis") return "an AVIF image";
    for (const char* heif : {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"})
      if (brand == heif) return "a HEIC image";
    return "a video (MP4, QuickTime)";
  }
  bool is_text = std::all_of(b.begin(), b.end(), [](unsigned char c) { return c >= 32 || c == '\n' || c == '\r' || c == '\t'; });
  if (is_text) return fmt::format("text starting '{}'", printable(b.substr(0, 24)));
  std::string hex;
  for (unsigned char c : b.substr(0, 8)) hex += fmt::format(" {:02x}", c);
  return "bytes" + hex;
}

// The packed bytes, read in pieces, and how they are unpacked.
struct Unpacker::Stream {
  explicit Stream(const ByteSource& s) : source(s) {}
  virtual ~Stream() = default;
  virtual uint64_t most_of_one() const = 0;  // unpacked bytes that one packed byte can make
  // Unpacks what is in `piece` from `at` on into `to`; returns how much it made. Sets `ended` at the end of a member that is the last.
  virtual size_t step(char* to, size_t room) = 0;

  size_t read(char* to, size_t bytes, uint64_t position) {
    size_t done = 0;
    while (done < bytes && !ended) {
      if (at == piece_bytes) {
        piece_bytes = static_cast<size_t>(std::min<uint64_t>(piece.size(), source.size() - next));
        source.read(next, piece.data(), piece_bytes, "packed data");
        next += piece_bytes;
        at = 0;
        if (piece_bytes == 0 && !pending) {
          if (between) ended = true;
          else
            corrupt(source.name(), next, "more packed data", fmt::format("the end of the file, {} bytes unpacked", position + done),
                    "the file is cut off; fetch it again.");
          break;
        }
      }
      done += step(to + done, bytes - done);
    }
    return done;
  }
  uint64_t offset() const { return next - (piece_bytes - at); }
  [[noreturn]] void damaged(const char* kind, const char* what) {
    corrupt(source.name(), offset(), std::string("sound ") + kind + " data", what, "the file was damaged on its way; fetch it again.");
  }

  const ByteSource& source;
  std::vector<char> piece = std::vector<char>(256 << 10);
  size_t at = 0, piece_bytes = 0;
  uint64_t next = 0;     // offset in the source of what was not yet read into `piece`
  bool between = false;  // at the end of a member: the file may end here
  bool pending = false;  // there may be more to give without more input
  bool ended = false;
};

struct Unpacker::Gzip : Stream {
  explicit Gzip(const ByteSource& s) : Stream(s) {
    if (inflateInit2(&z, 16 + MAX_WBITS) != Z_OK) throw OutOfMemoryError("zlib finds no memory to unpack " + s.name());
  }
  ~Gzip() override { inflateEnd(&z); }
  uint64_t most_of_one() const override { return 1032; }
  size_t step(char* to, size_t room) override {
    room = std::min<size_t>(room, 1u << 30);
    z.next_in = reinterpret_cast<Bytef*>(piece.data() + at);
    z.avail_in = static_cast<uInt>(piece_bytes - at);
    z.next_out = reinterpret_cast<Bytef*>(to);
    z.avail_out = static_cast<uInt>(room);
    int code = inflate(&z, Z_NO_FLUSH);
    at = piece_bytes - z.avail_in;
    between = code == Z_STREAM_END;
    pending = !between && z.avail_out == 0;
    if (between && inflateReset(&z) != Z_OK) throw OutOfMemoryError("zlib cannot go on with " + source.name());  // another member may follow
    if (code != Z_OK && code != Z_BUF_ERROR && code != Z_STREAM_END) damaged("gzip", z.msg ? z.msg : "damaged data");
    return room - z.avail_out;
  }
  z_stream z{};
};

struct Unpacker::Zstd : Stream {
  explicit Zstd(const ByteSource& s) : Stream(s), context(ZSTD_createDCtx()) {
    if (!context) throw OutOfMemoryError("zstd finds no memory to unpack " + s.name());
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 27);  // 128 MiB, zstd's own default: a header cannot ask for more
  }
  ~Zstd() override { ZSTD_freeDCtx(context); }
  uint64_t most_of_one() const override { return 32768; }
  size_t step(char* to, size_t room) override {
    ZSTD_inBuffer in{piece.data(), piece_bytes, at};
    ZSTD_outBuffer out{to, room, 0};
    const size_t code = ZSTD_decompressStream(context, &out, &in);
    at = in.pos;
    if (ZSTD_isError(code)) damaged("zstd", ZSTD_getErrorName(code));
    between = code == 0;
    pending = !between && out.pos == out.size;
    return out.pos;
  }
  ZSTD_DCtx* context;
};

Unpacker::Unpacker(const ByteSource& source) : source_(source) {
  uint8_t magic[4] = {};
  source.read(0, magic, static_cast<size_t>(std::min<uint64_t>(4, source.size())), "the first bytes");
  if (magic[0] == 0x1f && magic[1] == 0x8b) stream_ = std::make_unique<Gzip>(source);
  else if (little32(magic) == 0xfd2fb528) stream_ = std::make_unique<Zstd>(source);
}

Unpacker::~Unpacker() = default;

bool Unpacker::packed() const { return bool(stream_); }
uint64_t Unpacker::most() const { return stream_ ? source_.size() * stream_->most_of_one() : source_.size(); }

size_t Unpacker::read(void* to, size_t bytes) {
  size_t n = 0;
  if (stream_) {
    n = stream_->read(static_cast<char*>(to), bytes, position_);
  } else {
    n = static_cast<size_t>(std::min<uint64_t>(bytes, source_.size() - position_));
    source_.read(position_, to, n, "data");
  }
  position_ += n;
  return n;
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
