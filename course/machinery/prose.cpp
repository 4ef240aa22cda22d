#include <course/machinery/prose.h>

#include <algorithm>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

constexpr char kept_blank = '\x1f';  // stands for a blank at which no line may end

std::string with_whole_commands(std::string_view text, size_t room) {
  std::string out(text);
  for (size_t from = out.find("`cairn "); from != std::string::npos;) {
    const size_t to = out.find('`', from + 1);
    if (to == std::string::npos) break;
    if (to + 1 - from <= room) {
      const auto at = out.begin() + std::ptrdiff_t(from);
      std::replace_if(
          at, at + std::ptrdiff_t(to - from), [](char c) { return c == ' ' || c == '\n'; }, kept_blank);
    }
    from = out.find("`cairn ", to + 1);
  }
  return out;
}

}  // namespace

std::string prose(std::string_view text, size_t width, std::string_view indent, std::string_view label) {
  const std::string begin = label.empty() ? std::string(indent) : pad_right(label, std::max(indent.size(), columns_of(label)));
  if (width == 0) return begin + std::string(text);
  std::string lines = wrapped(with_whole_commands(text, width - std::min(width, indent.size())), width, indent);
  std::replace(lines.begin(), lines.end(), kept_blank, ' ');
  return begin + lines.substr(std::min(indent.size(), lines.size()));
}

std::string paragraphs(std::string_view text, size_t width) {
  if (width == 0) return std::string(text);
  std::string out, sentences;
  const auto end_paragraph = [&] {
    if (!sentences.empty()) out += prose(sentences, width) + "\n";
    sentences.clear();
  };
  for (const std::string& line : split(text, '\n')) {
    if (trim(line).empty() || line.starts_with("    ")) {
      end_paragraph();
      out += line + "\n";
    } else {
      sentences += line + "\n";
    }
  }
  end_paragraph();
  if (!out.empty()) out.pop_back();
  return out;
}

}  // namespace cairn::course
