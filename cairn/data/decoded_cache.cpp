#include <cairn/data/decoded_cache.h>

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>
#include <cairn/data/registry.h>
#include <cairn/io/image.h>
#include <cairn/io/pixels.h>
#include <cairn/io/resample.h>

namespace cairn {
namespace {

using transforms::Look;
using transforms::Planes;

// The file: pixels; the table; JSON; then 96 bytes: magic, length of the table, length of the JSON, and the SHA-256 of both in hexadecimal.
constexpr std::string_view magic = "CAIRNPX1";
constexpr size_t tail_bytes = 8 + 8 + 8 + 64 + 8;

struct Place {
  uint64_t offset = 0;
  uint32_t height = 0, width = 0;
  uint32_t crc = 0;
  uint32_t there = 0;  // 0: a bad picture
};
static_assert(sizeof(Place) == 24);

// What is wrong with a picture, and what can be done. Some of it may stand there already.
std::string with_hint(const std::string& why) {
  const std::string skip = "--skip-bad leaves damaged pictures out and lists them.";
  return why + (why.find("Hint: ") == why.npos ? "\nHint: mend or remove it; " : "\nOr ") + skip;
}

struct Source {
  std::string name;
  const PictureFile* file;
};

// All files of all splits, by name: which split they are in does not matter here.
std::vector<Source> sources_of(const ImageFolder& folder) {
  std::vector<Source> all;
  for (const std::string& s : folder.splits())
    for (const PictureFile& f : folder.files(s)) all.push_back({f.name, &f});
  std::sort(all.begin(), all.end(), [](const Source& a, const Source& b) { return a.name < b.name; });
  return all;
}

// What the file depends on.
std::string key_of(const ImageFolder& folder, const std::vector<Source>& sources, const CacheOptions& o) {
  std::string text = fmt::format("shorter {}\nchannels {}\n", o.shorter, folder.options().channels);
  for (const Source& s : sources) text += fmt::format("{}\n{} {}\n", s.name, s.file->bytes, s.file->modified);
  return sha256(text);
}

std::string default_file(const ImageFolder& folder, const CacheOptions& o) {
  std::error_code code;
  const std::string whole = std::filesystem::weakly_canonical(folder.path(), code).string();
  std::string name = std::filesystem::path(whole).filename().string();
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return !std::isalnum(c) && c != '-' && c != '_'; }, '_');
  std::string text = fmt::format("{}\n{}\n{}", whole, o.shorter, folder.options().channels);
  // What is decoded of a part alone does not take the place of the whole.
  if (const std::vector<std::string> splits = folder.splits(); !splits.empty() && splits[0] != "train") text += "\n" + join(splits, ",");
  const std::string digest = sha256(text);
  return std::filesystem::path(data_cache_folder()).parent_path().string() + "/pictures/" + name.substr(0, 40) + "-" + digest.substr(0, 16) +
         ".pixels";
}

Planes decoded(const std::string& path, int64_t channels, int64_t shorter) {
  Image p = load_image(path, {.at_least = shorter});
  if (p.channels != channels) p = channels == 1 ? to_grey(p) : to_rgb(p);
  Planes planes = transforms::to_planes(p);
  const int64_t least = std::min(p.width, p.height);
  if (shorter == 0 || least <= shorter) return planes;
  Planes small;
  const auto side = [&](int64_t n) { return std::max<int64_t>(1, n * shorter / least); };
  small.resize(channels, side(p.height), side(p.width));
  const Resampler resampler(p.width, p.height, small.width, small.height);
  for (int64_t c = 0; c < channels; c++) resampler.run(planes.plane(c), planes.width, small.plane(c));
  return small;
}

uint32_t crc_of(const uint8_t* bytes, size_t n) { return uint32_t(crc32_z(0, bytes, n)); }

}  // namespace

struct DecodedCache::Contents {
  explicit Contents(const std::string& path) : file(path) {}
  MappedFile file;
  int64_t channels = 3, shorter = 0;
  std::vector<Place> places;
  std::vector<BadPicture> bad;
  std::unique_ptr<std::atomic<bool>[]> verified;  // by place
  mutable std::mutex mending;
  mutable std::map<size_t, Planes> mended;  // by place: what was damaged in the file, decoded anew

  const uint8_t* pixels(size_t i) const { return reinterpret_cast<const uint8_t*>(file.data()) + places[i].offset; }
  size_t length(const Place& p) const { return size_t(p.height) * p.width * size_t(channels); }
};

namespace {

using Contents = DecodedCache::Contents;

// The file when it is whole and made of these sources; otherwise null, and `why`.
std::shared_ptr<const Contents> opened(const std::string& path, const std::string& key, size_t sources, std::string& why) {
  if (!file_exists(path)) return nullptr;
  auto c = std::make_shared<Contents>(path);
  const char* begin = c->file.data();
  const size_t size = c->file.size();
  why = "it is damaged";
  if (size < tail_bytes) return nullptr;
  const char* tail = begin + size - tail_bytes;
  uint64_t table = 0, text = 0;
  std::memcpy(&table, tail + 8, 8);
  std::memcpy(&text, tail + 16, 8);
  if (std::string_view(tail, 8) != magic || std::string_view(tail + tail_bytes - 8, 8) != magic) return nullptr;
  if (table > size - tail_bytes || text > size - tail_bytes - table || table % sizeof(Place)) return nullptr;
  const size_t start = size - tail_bytes - table - text;
  if (sha256(std::string_view(begin + start, table + text)) != std::string_view(tail + 24, 64)) return nullptr;
  try {
    const Json j = Json::parse(std::string_view(begin + start + table, text), path);
    if (j.at("key").as_string() != key) {
      why = "its pictures have changed";
      return nullptr;
    }
    c->channels = j.at("channels").as_int();
    c->shorter = j.at("shorter").as_int();
    for (const Json& b : j.at("bad").as_array()) c->bad.push_back({b.at("file").as_string(), b.at("why").as_string()});
  } catch (const FileError&) { return nullptr; }
  c->places.resize(table / sizeof(Place));
  std::memcpy(c->places.data(), begin + start, table);
  if (c->places.size() != sources || (c->channels != 1 && c->channels != 3)) return nullptr;
  for (const Place& p : c->places) {
    if (!p.there) continue;
    if (p.height < 1 || p.width < 1 || p.height > uint32_t(max_image_side) || p.width > uint32_t(max_image_side)) return nullptr;
    if (p.offset > start || c->length(p) > start - p.offset) return nullptr;
  }
  c->verified = std::make_unique<std::atomic<bool>[]>(c->places.size());
  return c;
}

// Says so at once rather than when the disk is full.
void check_space(const std::string& path, uint64_t bytes) {
  std::error_code code;
  const auto space = std::filesystem::space(std::filesystem::path(path).parent_path(), code);
  if (!code && bytes > space.available)
    throw FileError(
        fmt::format("the decoded pictures take about {}, {} has {} left. Hint: decode them smaller (shorter), set CAIRN_CACHE to a folder on "
                    "another disk, or train without a cache.",
                    human_bytes(bytes), path, human_bytes(space.available)));
}

void make(const std::string& path, const ImageFolder& folder, const std::vector<Source>& sources, const std::string& key, const CacheOptions& o) {
  disk().make_folder(std::filesystem::path(path).parent_path().string());
  const int64_t channels = folder.options().channels;
  std::vector<Place> places(sources.size());
  Json bad = Json::array();
  write_file(path, [&](const Sink& sink) {
    uint64_t offset = 0;
    // Some at a time: decoded by all threads, written in order.
    constexpr size_t at_once = 64;
    std::vector<Planes> planes(at_once);
    std::vector<std::string> why(at_once);
    for (size_t first = 0; first < sources.size(); first += at_once) {
      const size_t n = std::min(at_once, sources.size() - first);
      parallel_for(int64_t(n), 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
          why[size_t(i)].clear();
          try {
            planes[size_t(i)] = decoded(folder.path() + "/" + sources[first + size_t(i)].name, channels, o.shorter);
          } catch (const FileError& e) {
            if (!o.skip_bad) throw FileError(with_hint(e.what()));
            why[size_t(i)] = e.what();
          }
        }
      });
      for (size_t i = 0; i < n; i++) {
        if (!why[i].empty()) {
          bad.push_back(Json::object({{"file", sources[first + i].name}, {"why", why[i]}}));
          continue;
        }
        const auto& v = planes[i].values;
        places[first + i] = {offset, uint32_t(planes[i].height), uint32_t(planes[i].width), crc_of(v.data(), v.size()), 1};
        sink(v.data(), v.size());
        offset += v.size();
      }
      if (first == 0) check_space(path, offset / n * sources.size());
      if (o.progress) o.progress(int64_t(first + n), int64_t(sources.size()));
      if (interrupted()) throw StateError("interrupted while pictures were decoded; nothing was kept.");
    }
    std::string end(reinterpret_cast<const char*>(places.data()), places.size() * sizeof(Place));
    const uint64_t table = end.size();
    end += Json::object({{"key", key}, {"channels", channels}, {"shorter", o.shorter}, {"bad", bad}}).dump();
    const uint64_t text = end.size() - table;
    const std::string digest = sha256(end);
    end += magic;
    end.append(reinterpret_cast<const char*>(&table), 8);
    end.append(reinterpret_cast<const char*>(&text), 8);
    end += digest;
    end += magic;
    sink(end.data(), end.size());
  });
}

// Puts right bytes in the place of damaged ones. Any other reader of the file meets damaged ones, or these. That it may fail (a disk that is
// read-only, or at its end) costs only that the next reader decodes the picture again.
void overwrite(const std::string& path, uint64_t offset, const std::vector<uint8_t>& bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  for (size_t done = 0; done < bytes.size();) {
    const ssize_t n = ::pwrite(file, bytes.data() + done, bytes.size() - done, off_t(offset + done));
    if (n <= 0) break;
    done += size_t(n);
  }
  ::close(file);
}

// The pictures of one split in the mapped file.
//
// A picture's checksum is tested when it is first read, not when the file is opened: to open must not read it all. That is 0.05 s for 50,000
// pictures of 32 x 32 in memory, but 10 GB from a disk for as many of 256 x 256. A damaged picture is decoded anew when it is met, and
// mended in the file: the training goes on with the same bits, and the others need not be decoded again.
class CachedPictures : public transforms::PictureStore {
 public:
  CachedPictures(std::shared_ptr<const Contents> contents, std::vector<uint32_t> numbers, std::vector<std::string> names, std::string file,
                 std::string folder)
      : contents_(std::move(contents)), numbers_(std::move(numbers)), names_(std::move(names)), file_(std::move(file)), folder_(std::move(folder)) {}
  int64_t size() const override { return int64_t(numbers_.size()); }
  Look get(int64_t i, Planes&) const override {
    const size_t k = numbers_[size_t(i)];
    const Place& p = contents_->places[k];
    const uint8_t* pixels = contents_->pixels(k);
    if (!contents_->verified[k].load(std::memory_order_relaxed)) {
      if (crc_of(pixels, contents_->length(p)) != p.crc) pixels = mended(k, names_[size_t(i)]);
      else contents_->verified[k].store(true, std::memory_order_relaxed);
    }
    return {pixels, contents_->channels, int64_t(p.height), int64_t(p.width)};
  }
  void prefetch(int64_t i) const override {
    const size_t k = numbers_[size_t(i)];
    const uint8_t* p = contents_->pixels(k);
    for (size_t at = 0; at < std::min<size_t>(contents_->length(contents_->places[k]), 4096); at += 64) __builtin_prefetch(p + at);
  }

 private:
  const uint8_t* mended(size_t k, const std::string& name) const {
    const std::lock_guard lock(contents_->mending);
    const auto there = contents_->mended.find(k);
    if (there != contents_->mended.end()) return there->second.values.data();
    const Place& p = contents_->places[k];
    if (contents_->mended.empty())
      log_warning(fmt::format("{}: the pixels of {} are damaged. They are decoded anew from the picture, as any others that are, and mended there.",
                              file_, name));
    Planes planes = decoded(folder_ + "/" + name, contents_->channels, contents_->shorter);
    if (planes.height != int64_t(p.height) || planes.width != int64_t(p.width))
      throw FileError(fmt::format("{}/{} has changed while it was in use: it is {} x {} now, it was {} x {}. Hint: start again.", folder_, name,
                                  planes.width, planes.height, p.width, p.height));
    if (crc_of(planes.values.data(), planes.values.size()) == p.crc) overwrite(file_, p.offset, planes.values);
    return contents_->mended.emplace(k, std::move(planes)).first->second.values.data();  // a map's values stay where they are
  }

  std::shared_ptr<const Contents> contents_;
  std::vector<uint32_t> numbers_;
  std::vector<std::string> names_;
  std::string file_, folder_;
};

}  // namespace

DecodedCache::DecodedCache(const ImageFolder& folder, const CacheOptions& o)
    : folder_(folder), file_(o.file.empty() ? default_file(folder, o) : o.file) {
  if (o.shorter < 0 || o.shorter > max_image_side)
    throw ConfigError(fmt::format("[DecodedCache] shorter must be from 0 to {}, got {}.", max_image_side, o.shorter));
  const std::vector<Source> sources = sources_of(folder_);
  const std::string key = key_of(folder_, sources, o);
  std::string why;
  contents_ = opened(file_, key, sources.size(), why);
  if (contents_ && !contents_->bad.empty() && !o.skip_bad) throw FileError(with_hint(contents_->bad[0].why));
  if (!contents_) {
    if (!why.empty()) log_info(fmt::format("{} is made anew: {}.", file_, why));
    make(file_, folder_, sources, key, o);
    made_ = true;
    contents_ = opened(file_, key, sources.size(), why);
    if (!contents_) throw FileError(fmt::format("{} was written, but {} when it was read again. Hint: check the disk.", file_, why));
  }
  folder_.leave_out(contents_->bad);
}

PictureSet DecodedCache::split(const std::string& split) const {
  std::vector<std::string> names;
  std::vector<uint32_t> numbers;
  // Places are in the order of the names of all sources, the bad ones included.
  std::vector<std::string> all;
  for (const std::string& s : folder_.splits())
    for (const PictureFile& f : folder_.files(s)) all.push_back(f.name);
  for (const BadPicture& b : contents_->bad) all.push_back(b.file);
  std::sort(all.begin(), all.end());
  for (const PictureFile& f : folder_.files(split)) {
    names.push_back(f.name);
    numbers.push_back(uint32_t(std::lower_bound(all.begin(), all.end(), f.name) - all.begin()));
  }
  return {std::make_shared<CachedPictures>(contents_, numbers, names, file_, folder_.path()), folder_.labels(split), names};
}

const std::vector<BadPicture>& DecodedCache::bad() const { return contents_->bad; }
uint64_t DecodedCache::bytes() const { return contents_->file.size(); }

}  // namespace cairn
