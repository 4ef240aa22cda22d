#include <cairn/base/text.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace cairn {
namespace {

// Insertions, deletions, replacements and swaps of neighbours that turn a into b (optimal string alignment).
size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> two(b.size() + 1), one(b.size() + 1), now(b.size() + 1);
  for (size_t j = 0; j <= b.size(); j++) one[j] = j;
  for (size_t i = 1; i <= a.size(); i++) {
    now[0] = i;
    for (size_t j = 1; j <= b.size(); j++) {
      now[j] = std::min({one[j] + 1, now[j - 1] + 1, one[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], two[j - 2] + 1);
    }
    std::swap(two, one);
    std::swap(one, now);
  }
  return one[b.size()];
}

// The length of the UTF-8 sequence at the start of `s`, or 0 when it is none (Unicode 15, table 3-7).
size_t utf8_sequence(std::string_view s) {
  auto byte = [&](size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  auto follows = [&](size_t i, unsigned low = 0x80, unsigned high = 0xBF) { return byte(i) >= low && byte(i) <= high; };
  unsigned c = byte(0);
  if (s.empty()) return 0;
  if (c < 0x80) return 1;
  if (c >= 0xC2 && c <= 0xDF) return follows(1) ? 2 : 0;
  if (c >= 0xE0 && c <= 0xEF) {  // E0 would be overlong below A0; ED is a surrogate from A0 on
    bool second = follows(1, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF);
    return second && follows(2) ? 3 : 0;
  }
  if (c >= 0xF0 && c <= 0xF4) {  // F0 would be overlong below 90; F4 passes U+10FFFF from 90 on
    bool second = follows(1, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF);
    return second && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  if (word.empty()) return "";
  // Fewer slips than letters: a word of which nothing is left is no neighbour ("x" for "y").
  size_t limit = std::min(std::max<size_t>(1, word.size() / 3), word.size() - 1), best = limit + 1;
  std::string found, small = lower(word);
  for (const auto& candidate : candidates) {
    size_t longer = std::max(candidate.size(), word.size()), shorter = std::min(candidate.size(), word.size());
    if (longer - shorter >= best) continue;  // at least that many insertions
    if (size_t d = edit_distance(small, lower(candidate)); d < best && (d < shorter || d == 0)) best = d, found = candidate;
  }
  return found;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  if (candidates.empty()) return "";
  if (std::string near = nearest(word, candidates); !near.empty()) return " Did you mean '" + near + "'?";
  return " Known: " + join(candidates, ", ") + ".";
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (size_t i = 0; i < parts.size(); i++) {
    if (i) out += separator;
    out += parts[i];
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\f\v";
  size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string s(text);
  for (char& c : s) c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  return s;
}

std::string wrapped(std::string_view text, size_t width, std::string_view indent) {
  std::string lines;
  size_t column = 0;
  for (size_t i = 0; i < text.size();) {
    const size_t end = std::min(text.find_first_of(" \n", i), text.size());
    const std::string_view word = text.substr(i, end - i);
    i = end + 1;
    if (word.empty()) continue;
    const auto columns = size_t(std::count_if(word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
    if (column && column + 1 + columns <= width) {
      (lines += ' ') += word;
      column += 1 + columns;
    } else {
      lines += (lines.empty() ? "" : "\n") + std::string(indent) += word;
      column = indent.size() + columns;
    }
  }
  return lines;
}

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    size_t n = utf8_sequence(text);
    if (n == 0) return false;
    text.remove_prefix(n);
  }
  return true;
}

bool is_plain_text(std::string_view text) {
  const auto controls = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F; };
  return valid_utf8(text) && std::none_of(text.begin(), text.end(), controls);
}

std::string printable(std::string_view text, size_t limit) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    size_t n = utf8_sequence(text.substr(i));
    if (i + std::max<size_t>(n, 1) > limit) return out + "...";
    unsigned char c = static_cast<unsigned char>(text[i]);
    if (n == 0 || c < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", c);
      i++;
    } else {
      out += text.substr(i, n);
      i += n;
    }
  }
  return out;
}

std::string human_bytes(uint64_t bytes) {
  if (bytes < 1024) return fmt::format("{} B", bytes);
  double value = static_cast<double>(bytes) / 1024;
  const char* unit = "KiB";
  for (const char* larger : {"MiB", "GiB", "TiB", "PiB", "EiB"}) {
    if (value < 1023.95) break;  // what would print as 1024.0
    value /= 1024;
    unit = larger;
  }
  return fmt::format("{:.1f} {}", value, unit);
}

std::string human_seconds(double seconds) {
  if (!std::isfinite(seconds)) return "unknown time";
  if (seconds < 0) return "-" + human_seconds(-seconds);
  if (seconds == 0) return "0 s";
  if (seconds < 0.99995e-3) return fmt::format("{:.1f} us", seconds * 1e6);
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  double whole = std::round(seconds);
  if (whole < 3600) return fmt::format("{:.0f} min {:.0f} s", std::floor(whole / 60), std::fmod(whole, 60));
  double minutes = std::round(seconds / 60);
  if (minutes < 24 * 60) return fmt::format("{:.0f} h {:.0f} min", std::floor(minutes / 60), std::fmod(minutes, 60));
  double hours = std::round(seconds / 3600);
  return fmt::format("{:.0f} d {:.0f} h", std::floor(hours / 24), std::fmod(hours, 24));
}

namespace {

// from_chars takes no '+'; people and other programs write one.
template <class T> bool parse_whole(std::string_view text, T& value) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  T v{};
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (code != std::errc{} || end != text.data() + text.size()) return false;
  value = v;
  return true;
}

}  // namespace

bool parse_int(std::string_view text, int64_t& value) { return parse_whole(text, value); }
bool parse_double(std::string_view text, double& value) {
  if (parse_whole(text, value)) return true;
  // 1e-400 is a number, too, and the nearest double is 0; from_chars does not tell it from 1e400.
  // Words are left out: libstdc++ 12 reads behind the end of one that begins as "infinity" or "nan" does.
  long double wide = 0;
  if (text.find_first_of("iInN") < 2 || !parse_whole(text, wide) || std::abs(wide) > 1) return false;
  value = static_cast<double>(wide);
  return true;
}

bool is_below(std::string_view path, std::string_view prefix) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '.');
}

}  // namespace cairn
