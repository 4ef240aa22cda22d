#include <course/machinery/prose.h>

#include <algorithm>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>

namespace cairn::course {

namespace {

constexpr char kept_blank = '\x1f';  // stands for a blank at which no line may end

std::string with_whole_commands(std::string_view text, size_t room) {
  std::string out(text);
  // `Hint: cairn start A01; or ...` needs no backticks to be read as a command.
  if (constexpr std::string_view hint = "Hint: "; text.starts_with("Hint: cairn ")) {
    const size_t to = std::min(text.find_first_of(";,:(\n", hint.size()), text.size());
    if (to <= room) std::replace(out.begin() + std::ptrdiff_t(hint.size()), out.begin() + std::ptrdiff_t(to), ' ', kept_blank);
  }
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

// What stands behind `indent` columns of its first line, and on lines of its own below them.
std::string hanging(std::string_view text, size_t width, size_t indent) {
  if (indent + columns_of(text) <= width) return std::string(text);
  const size_t gap = text.find("  "), from = gap == std::string_view::npos ? gap : text.find_first_not_of(' ', gap);
  if (from == std::string_view::npos) {
    if (text.starts_with("cairn ") && text.find(": ") == std::string_view::npos) return std::string(text);  // a command, to be copied
    return prose(text, width, std::string(indent, ' ')).substr(indent);
  }
  const size_t behind = indent + columns_of(text.substr(0, from));
  if (behind <= width / 2) return std::string(text.substr(0, from)) + hanging(text.substr(from), width, behind);
  const size_t below = indent + 4 <= width / 2 ? indent + 4 : indent;
  return hanging(text.substr(0, gap), width, indent) + "\n" + std::string(below, ' ') + hanging(text.substr(from), width, below);
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

std::string rows(std::string_view text, size_t width) {
  if (width == 0) return std::string(text);
  std::vector<std::string> lines = split(text, '\n');
  for (std::string& line : lines) {
    const size_t blanks = std::min(line.find_first_not_of(' '), line.size());
    if (blanks == line.size() || columns_of(line) <= width) continue;
    const size_t indent = blanks <= width / 2 ? blanks : 6;  // what stood below a wide column has no room there
    line = std::string(indent, ' ') + hanging(line.substr(blanks), width, indent);
  }
  return join(lines, "\n");
}

}  // namespace cairn::course
