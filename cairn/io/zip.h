// Zip archives, as far as NumPy's npz needs them: stored and deflated entries, checksums, no encryption, below 4 GiB (PKWARE's APPNOTE 6.3.9).
#pragma once

#include <string>
#include <vector>

#include <cairn/io/bytes.h>

namespace cairn {

class ZipFile {
 public:
  struct Entry {
    std::string name;
    uint64_t packed = 0, bytes = 0;  // sizes in the file, and unpacked
    uint64_t header = 0;             // where its local header stands
    uint32_t checksum = 0;           // CRC-32 of the unpacked bytes
    bool deflated = false;
  };
  // Reads the directory. FileError: no zip archive, damaged, entries that overlap, two of one name, one that claims to unpack to more than
  // deflate can do; UnsupportedError: encryption, other methods, 4 GiB and more. The source must outlive it.
  explicit ZipFile(const ByteSource& source);
  const std::vector<Entry>& entries() const { return entries_; }
  std::string read(const Entry& entry) const;  // unpacked and verified

 private:
  const ByteSource& source_;
  std::vector<Entry> entries_;
};

// Builds an archive piece by piece: each call returns bytes to append to the file.
class ZipWriter {
 public:
  explicit ZipWriter(bool deflate) : deflate_(deflate) {}
  std::string entry(const std::string& name, const std::string& bytes);
  std::string end();  // the directory

 private:
  bool deflate_;
  uint64_t written_ = 0;
  std::string directory_;
  uint64_t count_ = 0;
};

}  // namespace cairn
