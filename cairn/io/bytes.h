// Where the bytes of a file come from, and the one way in which a corrupt file is reported.
//
// Parsers never trust a number that they read: a size is compared with what the source holds before anything of it is allocated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cairn {

// Throws FileError: "cannot read NAME: at byte OFFSET expected EXPECTED, found FOUND. Hint: HINT".
[[noreturn]] void corrupt(const std::string& name, uint64_t offset, const std::string& expected, const std::string& found,
                          const std::string& hint = "");

// Bytes at random positions: of an open file, or of memory (tests, fuzzing, archives). A file that shrinks while it is read is an
// error, not a crash as it would be with mmap. Reading is safe from several threads.
class ByteSource {
 public:
  explicit ByteSource(const std::string& path);           // FileError when it cannot be opened or is a folder
  ByteSource(std::string name, std::string_view memory);  // the memory must outlive the source
  ~ByteSource();
  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&&) = delete;

  const std::string& name() const { return name_; }
  uint64_t size() const { return size_; }
  // Copies [offset, offset + bytes); FileError naming `what` when the file ends before.
  void read(uint64_t offset, void* to, size_t bytes, const char* what) const;
  std::string text(uint64_t offset, size_t bytes, const char* what) const;

 private:
  std::string name_;
  std::string_view memory_;
  uint64_t size_ = 0;
  int file_ = -1;
};

// What bytes look like, for messages: "a PNG image", "gzip data", "text starting 'col_a,col'", "bytes 7f 45 4c 46".
std::string looks_like(std::string_view first_bytes);

// Sequential bytes of a source that may be packed by gzip or zstd (told by its first bytes, not its name). Streams: nothing is unpacked
// that is not read. What a packed file can hold is bounded: deflate makes at most 1032 bytes of one, zstd 128 KiB of four.
class Unpacker {
 public:
  explicit Unpacker(const ByteSource& source);
  ~Unpacker();
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  bool packed() const;
  uint64_t position() const { return position_; }  // unpacked bytes so far
  uint64_t most() const;                           // an upper bound on the unpacked size
  // Up to `bytes`; fewer only at the end. FileError when the packed data are damaged (checksum included) or cut off.
  size_t read(void* to, size_t bytes);
  void read_exactly(void* to, size_t bytes, const char* what);  // FileError when the data end before
  void expect_end(const std::string& expected);                 // FileError when there is more

 private:
  struct Stream;
  struct Gzip;
  struct Zstd;
  const ByteSource& source_;
  std::unique_ptr<Stream> stream_;  // null: not packed
  uint64_t position_ = 0;
};

// Numbers as files store them.
inline uint16_t little16(const void* p) {
  auto b = static_cast<const uint8_t*>(p);
  return uint16_t(b[0] | b[1] << 8);
}
inline uint32_t little32(const void* p) {
  auto b = static_cast<const uint8_t*>(p);
  return b[0] | b[1] << 8 | b[2] << 16 | uint32_t(b[3]) << 24;
}
inline uint64_t little64(const void* p) { return little32(p) | uint64_t(little32(static_cast<const uint8_t*>(p) + 4)) << 32; }
inline uint32_t big32(const void* p) {
  auto b = static_cast<const uint8_t*>(p);
  return uint32_t(b[0]) << 24 | b[1] << 16 | b[2] << 8 | b[3];
}
// a * b, or false when it does not fit 63 bits.
inline bool checked_product(uint64_t a, uint64_t b, uint64_t& product) {
  return !__builtin_mul_overflow(a, b, &product) && product <= uint64_t(INT64_MAX);
}

}  // namespace cairn
