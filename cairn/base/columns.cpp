// Widths of text in a terminal. The ranges of wide characters are those of Unicode's East Asian Width "W" and "F", drawn a little coarser.
#include <cairn/base/columns.h>

#include <cstdint>

#include <fmt/format.h>

namespace cairn {
namespace {

struct Character {
  uint32_t code;
  size_t bytes;
};

// The character at the start of `s` (not empty); a byte that begins no UTF-8 sequence stands for itself.
Character first_character(std::string_view s) {
  auto byte = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  size_t length = byte(0) < 0x80 ? 1 : byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC0 ? 2 : 1;
  if (length == 1 || length > s.size()) return {byte(0), 1};
  uint32_t code = byte(0) & (0x7Fu >> length);
  for (size_t i = 1; i < length; i++) {
    if ((byte(i) & 0xC0) != 0x80) return {byte(0), 1};
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  return {code, length};
}

size_t width(const Character& c) {
  uint32_t u = c.code;
  if (c.bytes == 1) return u < 0x20 || u == 0x7F ? 0 : 1;
  if ((u >= 0x300 && u <= 0x36F) || (u >= 0x200B && u <= 0x200F) || (u >= 0xFE00 && u <= 0xFE0F)) return 0;
  bool wide = (u >= 0x1100 && u <= 0x115F) || (u >= 0x2E80 && u <= 0xA4CF) || (u >= 0xAC00 && u <= 0xD7A3) || (u >= 0xF900 && u <= 0xFAFF) ||
              (u >= 0xFE30 && u <= 0xFE6F) || (u >= 0xFF00 && u <= 0xFF60) || (u >= 0xFFE0 && u <= 0xFFE6) || (u >= 0x1F300 && u <= 0x1F64F) ||
              (u >= 0x1F900 && u <= 0x1F9FF) || (u >= 0x20000 && u <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

size_t columns_of(std::string_view text) {
  size_t columns = 0;
  while (!text.empty()) {
    Character c = first_character(text);
    columns += width(c);
    text.remove_prefix(c.bytes);
  }
  return columns;
}

std::string cut_to(std::string_view text, size_t columns, std::string_view tail) {
  if (columns_of(text) <= columns) return std::string(text);
  size_t end_width = columns_of(tail);
  if (end_width > columns) return cut_to(text, columns, "");
  size_t used = 0, bytes = 0;
  while (bytes < text.size()) {
    Character c = first_character(text.substr(bytes));
    if (used + width(c) + end_width > columns) break;
    used += width(c);
    bytes += c.bytes;
  }
  return std::string(text.substr(0, bytes)) + std::string(tail);
}

std::string pad_right(std::string_view text, size_t columns) {
  std::string out = cut_to(text, columns);
  return out + std::string(columns - columns_of(out), ' ');
}

std::string pad_left(std::string_view text, size_t columns) {
  std::string out = cut_to(text, columns);
  return std::string(columns - columns_of(out), ' ') + out;
}

std::string pad_both(std::string_view text, size_t columns) {
  std::string out = cut_to(text, columns);
  size_t blanks = columns - columns_of(out);
  return std::string(blanks / 2, ' ') + out + std::string(blanks - blanks / 2, ' ');
}

std::string thousands(int64_t n) {
  std::string text = std::to_string(n);
  for (int64_t at = int64_t(text.size()) - 3; at > 0; at -= 3) text.insert(text.begin() + at, ',');
  return text;
}

std::string large_count(int64_t n) {
  if (n < 1'000'000) return thousands(n);
  return n < 1'000'000'000 ? fmt::format("{:.2f} M", double(n) / 1e6) : fmt::format("{:.2f} G", double(n) / 1e9);
}

}  // namespace cairn
