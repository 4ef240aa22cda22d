// Small text helpers shared by messages and parsers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cairn {

// The candidate nearest to `word` (edit distance with transpositions at most max(1, length / 3), and below the length of either, so that
// a word of one letter is only near to itself), or "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);
// " Did you mean 'fashion-mnist'?" or the list of candidates when none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::vector<std::string> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
bool is_below(std::string_view path, std::string_view prefix);  // "layer1.0.conv" is below "layer1.0", not below "layer1.01"; all is below itself
std::string lower(std::string_view text);                       // ASCII letters only
// Words on lines of at most `width` columns (a character of UTF-8 counts one), each line behind `indent`; a longer word has its own line.
// Without a line end at the end.
std::string wrapped(std::string_view text, size_t width, std::string_view indent = "");
bool valid_utf8(std::string_view text);
bool is_plain_text(std::string_view text);                        // UTF-8, and of the control characters line feed and tab alone
std::string printable(std::string_view text, size_t limit = 40);  // for messages: control bytes as \xNN, cut with "..."
std::string human_bytes(uint64_t bytes);                          // "38.3 MiB"
std::string human_seconds(double seconds);                        // "4.2 s", "3 min 20 s"
// Whole-string conversions; false when the text is anything else (blank, trailing letters, overflow).
bool parse_int(std::string_view text, int64_t& value);
bool parse_double(std::string_view text, double& value);  // "nan" and "inf" are read; the caller decides; 1e-400 is 0

}  // namespace cairn
