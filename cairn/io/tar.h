// Tar archives, plain or packed by gzip or zstd: their files one after the other (POSIX.1-1988 ustar, with GNU's and pax's long names
// skipped). Nothing is written to the disk under a name that an archive chose.
#pragma once

#include <optional>
#include <string>

#include <cairn/io/bytes.h>

namespace cairn {

class TarReader {
 public:
  // The source must outlive it.
  explicit TarReader(const ByteSource& source) : source_(source), in_(source) {}

  struct Entry {
    std::string name;
    uint64_t bytes = 0;
    bool file = false;  // a regular one: not a folder or a link
  };
  // The next entry, or nothing at the archive's end. FileError: no archive, damaged, cut off.
  std::optional<Entry> next();
  // The contents of the entry that next() gave last; FileError when it is longer than `limit`.
  std::string read(uint64_t limit);

 private:
  void skip(uint64_t bytes);
  const ByteSource& source_;
  Unpacker in_;
  uint64_t left_ = 0;  // of the present entry, padding included
  uint64_t bytes_ = 0;
  std::string name_;
};

}  // namespace cairn
