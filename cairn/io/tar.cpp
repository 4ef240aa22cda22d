#include <cairn/io/tar.h>

#include <algorithm>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

constexpr uint64_t block = 512;

// Octal digits, blanks around them. Sizes of 8 GiB and more are written otherwise, and refused.
bool octal(std::string_view field, uint64_t& value) {
  value = 0;
  bool any = false;
  for (char c : field) {
    if (c == ' ' && !any) continue;
    if (c == ' ' || c == '\0') break;
    if (c < '0' || c > '7') return false;
    value = value * 8 + uint64_t(c - '0');
    any = true;
  }
  return any;
}

std::string_view text(std::string_view field) { return field.substr(0, field.find('\0')); }

}  // namespace

std::optional<TarReader::Entry> TarReader::next() {
  skip(left_);
  left_ = 0;
  const uint64_t at = in_.position();
  char header[block];
  const size_t n = in_.read(header, block);
  const std::string_view h(header, n);
  if (n == 0 && at > 0) return std::nullopt;  // some writers leave the two empty blocks out
  if (n < block) corrupt(source_.name(), at, "a tar header of 512 bytes", n == 0 ? "an empty file" : fmt::format("{} bytes", n));
  if (std::all_of(h.begin(), h.end(), [](char c) { return c == 0; })) return std::nullopt;

  uint64_t sum = 0, stated = 0, bytes = 0;
  for (size_t i = 0; i < block; i++) sum += i >= 148 && i < 156 ? ' ' : uint8_t(header[i]);
  if (!octal(h.substr(148, 8), stated) || stated != sum)
    corrupt(source_.name(), at + 148, fmt::format("the sum {:o} of a tar header", sum), "'" + printable(h.substr(148, 8)) + "'",
            "is it a tar archive, and undamaged?");
  if (!octal(h.substr(124, 12), bytes)) corrupt(source_.name(), at + 124, "a size in octal digits", "'" + printable(h.substr(124, 12)) + "'");
  const std::string_view prefix = h.substr(257, 6) == std::string_view("ustar\0", 6) ? text(h.substr(345, 155)) : "";
  Entry e;
  e.name = std::string(prefix) + (prefix.empty() ? "" : "/") + std::string(text(h.substr(0, 100)));
  e.bytes = bytes;
  e.file = header[156] == '0' || header[156] == '\0';
  name_ = e.name;
  bytes_ = bytes;
  left_ = (bytes + block - 1) / block * block;
  return e;
}

std::string TarReader::read(uint64_t limit) {
  const std::string shown = printable(name_, 80);
  if (bytes_ > limit) corrupt(source_.name(), in_.position(), fmt::format("at most {} bytes for '{}'", limit, shown), fmt::format("{}", bytes_));
  std::string contents(size_t(bytes_), '\0');
  in_.read_exactly(contents.data(), contents.size(), shown.c_str());
  left_ -= bytes_;
  bytes_ = 0;
  return contents;
}

void TarReader::skip(uint64_t bytes) {
  char piece[1 << 14];
  while (bytes > 0) {
    const size_t n = size_t(std::min<uint64_t>(bytes, sizeof piece));
    in_.read_exactly(piece, n, "an archive's entry");
    bytes -= n;
  }
}

}  // namespace cairn
