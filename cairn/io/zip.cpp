#include <cairn/io/zip.h>

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr uint32_t local_magic = 0x04034b50, central_magic = 0x02014b50, end_magic = 0x06054b50;
constexpr uint64_t local_size = 30, central_size = 46, end_size = 22, most_comment = 65535;
constexpr uint64_t largest = std::numeric_limits<uint32_t>::max();

void put16(std::string& to, uint64_t v) { to += {char(v), char(v >> 8)}; }
void put32(std::string& to, uint64_t v) { put16(to, v), put16(to, v >> 16); }

uint32_t checksum_of(const std::string& bytes) {
  uLong crc = crc32_z(0, nullptr, 0);
  return uint32_t(crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

// The record at the end of the file, behind which only a comment may stand.
uint64_t find_end(const ByteSource& source) {
  if (source.size() >= end_size) {
    const uint64_t from = source.size() - std::min(source.size(), end_size + most_comment);
    const std::string tail = source.text(from, size_t(source.size() - from), "the archive's end");
    for (size_t at = tail.size() - end_size + 1; at-- > 0;)
      if (little32(&tail[at]) == end_magic && at + end_size + little16(&tail[at + 20]) == tail.size()) return from + at;
  }
  std::string start = source.text(0, size_t(std::min<uint64_t>(16, source.size())), "the start");
  corrupt(source.name(), 0, "a zip archive with its directory at the end", looks_like(start), "is it complete?");
}

}  // namespace

ZipFile::ZipFile(const ByteSource& source) : source_(source) {
  const std::string& file = source.name();
  const uint64_t end = find_end(source);
  const std::string tail = source.text(end, end_size, "the archive's end");
  const uint64_t count = little16(&tail[10]), size = little32(&tail[12]), start = little32(&tail[16]);
  if (count == 0xffff || size == largest || start == largest)
    throw UnsupportedError(file + ": archives of 4 GiB or 65,535 entries and more are not read. Hint: save the arrays as safetensors.");
  if (start > end || size > end - start)
    corrupt(file, end + 12, fmt::format("a directory before byte {}", end), fmt::format("{} bytes from {}", size, start));
  const std::string directory = source.text(start, size_t(size), "the directory");

  std::set<std::string> names;
  size_t at = 0;
  for (uint64_t i = 0; i < count; i++) {
    if (directory.size() - at < central_size || little32(&directory[at]) != central_magic)
      corrupt(file, start + at, fmt::format("entry {} of {} in the directory", i + 1, count), "something else");
    const char* d = &directory[at];
    const uint64_t lengths = uint64_t(little16(d + 28)) + little16(d + 30) + little16(d + 32), method = little16(d + 10);
    if (directory.size() - at - central_size < lengths)
      corrupt(file, start + at + 28, "a name within the directory", fmt::format("{} bytes", lengths));
    Entry e;
    e.name = directory.substr(at + central_size, little16(d + 28));
    e.checksum = little32(d + 16);
    e.packed = little32(d + 20);
    e.bytes = little32(d + 24);
    e.header = little32(d + 42);
    e.deflated = method == 8;
    const std::string shown = printable(e.name, 80);
    if (little16(d + 8) & 1) throw UnsupportedError(file + ": '" + shown + "' is encrypted.");
    if (method != 0 && method != 8)
      throw UnsupportedError(fmt::format("{}: '{}' is packed by method {}, only stored (0) and deflate (8) are read.", file, shown, method));
    if (e.packed == largest || e.bytes == largest || e.header == largest)
      throw UnsupportedError(file + ": '" + shown + "' is larger than 4 GiB. Hint: save the arrays as safetensors.");
    if (e.header > start || start - e.header < local_size + e.packed)
      corrupt(file, start + at + 20, fmt::format("'{}' to lie before the directory", shown), fmt::format("{} bytes from {}", e.packed, e.header));
    // A bomb claims little and unpacks to much, or the other way round: deflate makes at most 1032 bytes of one.
    if (e.deflated ? e.bytes > e.packed * 1032 : e.bytes != e.packed)
      corrupt(file, start + at + 24, fmt::format("a size that {} packed bytes can have", e.packed), fmt::format("{}", e.bytes));
    if (!names.insert(e.name).second) corrupt(file, start + at, "one entry of each name", "'" + shown + "' twice");
    entries_.push_back(std::move(e));
    at += central_size + lengths;
  }
  // Entries that share bytes would unpack to far more than the file can hold.
  std::vector<const Entry*> order;
  for (const Entry& e : entries_) order.push_back(&e);
  std::sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) { return a->header < b->header; });
  for (size_t i = 1; i < order.size(); i++)
    if (order[i]->header - order[i - 1]->header < local_size + order[i - 1]->packed)
      corrupt(file, order[i]->header, "entries beside each other", "two that overlap");
}

std::string ZipFile::read(const Entry& e) const {
  const std::string header = source_.text(e.header, local_size, "an entry's header");
  if (little32(header.data()) != local_magic) corrupt(source_.name(), e.header, "the header of '" + printable(e.name, 80) + "'", looks_like(header));
  const uint64_t start = e.header + local_size + little16(&header[26]) + little16(&header[28]);
  std::string packed = source_.text(start, size_t(e.packed), "an entry");
  std::string bytes;
  if (!e.deflated) {
    bytes = std::move(packed);
  } else {
    bytes.resize(size_t(e.bytes));
    z_stream z{};
    if (inflateInit2(&z, -MAX_WBITS) != Z_OK) throw OutOfMemoryError("zlib finds no memory to unpack " + source_.name());
    Bytef nothing = 0;  // zlib wants a place even for no bytes
    z.next_in = reinterpret_cast<Bytef*>(packed.data());
    z.avail_in = uInt(packed.size());
    z.next_out = bytes.empty() ? &nothing : reinterpret_cast<Bytef*>(bytes.data());
    z.avail_out = uInt(bytes.size());
    const int code = inflate(&z, Z_FINISH);
    const bool whole = code == Z_STREAM_END && z.avail_out == 0 && z.avail_in == 0;
    const uint64_t at = start + z.total_in, made = z.total_out;
    inflateEnd(&z);
    if (!whole)
      corrupt(source_.name(), at, fmt::format("packed data of '{}' that give {} bytes", printable(e.name, 80), e.bytes),
              fmt::format("damaged data after {}", made));
  }
  if (checksum_of(bytes) != e.checksum)
    corrupt(source_.name(), start, fmt::format("'{}' with the CRC-32 {:08x}", printable(e.name, 80), e.checksum),
            fmt::format("{:08x}", checksum_of(bytes)));
  return bytes;
}

std::string ZipWriter::entry(const std::string& name, const std::string& bytes) {
  std::string packed;
  if (deflate_) {
    z_stream z{};
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw OutOfMemoryError("zlib finds no memory to pack " + name);
    packed.resize(deflateBound(&z, uLong(bytes.size())));
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    z.avail_in = uInt(bytes.size());
    z.next_out = reinterpret_cast<Bytef*>(packed.data());
    z.avail_out = uInt(packed.size());
    deflate(&z, Z_FINISH);  // cannot fall short: deflateBound is its promise
    packed.resize(z.total_out);
    deflateEnd(&z);
  }
  const std::string& data = deflate_ ? packed : bytes;
  if (written_ + data.size() >= largest || bytes.size() >= largest || count_ >= 0xfffe)
    throw UnsupportedError("zip archives of 4 GiB or 65,535 entries and more are not written. Hint: save the arrays as safetensors.");
  std::string common;  // what the local header and the directory share, from the version on
  put16(common, 20);
  put16(common, 1 << 11);  // names are UTF-8
  put16(common, deflate_ ? 8 : 0);
  put32(common, 0x00210000);  // 1980-01-01: the same arrays give the same bytes
  put32(common, checksum_of(bytes));
  put32(common, data.size());
  put32(common, bytes.size());
  put16(common, name.size());
  put16(common, 0);
  std::string out;
  put32(out, local_magic);
  out += common + name + data;
  put32(directory_, central_magic);
  put16(directory_, 20);
  directory_ += common;
  directory_.append(10, '\0');  // comment, disk, attributes
  put32(directory_, written_);
  directory_ += name;
  written_ += out.size();
  count_++;
  return out;
}

std::string ZipWriter::end() {
  std::string out = directory_;
  put32(out, end_magic);
  put32(out, 0);
  put16(out, count_);
  put16(out, count_);
  put32(out, directory_.size());
  put32(out, written_);
  put16(out, 0);
  return out;
}

}  // namespace cairn
