// Pictures of a folder, decoded once: bytes in one file, mapped into memory, so that the second epoch is as fast as a binary data set.
//
// The file holds the pixels of each picture, then a table of their places with a CRC-32 each, then what it was made of. It is made beside and
// renamed, so it is always whole. It is made anew when it is stale (a source's name, size or time changed, or other options were asked
// for) or its table is damaged. A picture's own checksum is tested when it is first read; where that is wrong the picture is decoded anew, and
// mended in the file.
#pragma once

#include <memory>

#include <cairn/data/image_folder.h>

namespace cairn {

struct CacheOptions {
  int64_t shorter = 256;  // pictures are stored with a shorter side of at most this (the ratio of their sides stays); 0: as large as they are
  bool skip_bad = false;  // leave damaged pictures out and list them; otherwise the first one is an error
  std::string file = "";  // "": a name of its own in CAIRN_CACHE/pictures, else XDG_CACHE_HOME/cairn/pictures, else ~/.cache/cairn/pictures
  std::function<void(int64_t done, int64_t all)> progress = {};  // while it is made
};

class DecodedCache {
 public:
  // Takes the file, or makes it. FileError naming the first picture that is damaged, or why the file cannot be written.
  explicit DecodedCache(const ImageFolder& folder, const CacheOptions& options = {});

  PictureSet split(const std::string& split) const;  // without the bad ones; ConfigError for an unknown one
  const std::vector<BadPicture>& bad() const;        // those that were left out
  bool made() const { return made_; }                // now; false: it was there
  const std::string& file() const { return file_; }
  uint64_t bytes() const;

  struct Contents;

 private:
  ImageFolder folder_;
  std::string file_;
  std::shared_ptr<const Contents> contents_;
  bool made_ = false;
};

}  // namespace cairn
