// Markdown as lines of text: wrapped paragraphs, lists, tables that fit, maths that can be read.
#include <algorithm>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <cairn/base/text.h>
#include <course/machinery/markdown.h>
#include <course/machinery/maths.h>

namespace cairn::course {

namespace {

size_t columns_of(std::string_view text) {
  size_t n = 0;
  for (size_t i = 0; i < text.size(); i++) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool combining = c == 0xCC || (c == 0xCD && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xB0) ||
                           (c == 0xE2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x83);  // accents of maths
    if ((c & 0xC0) != 0x80 && !combining) n++;
  }
  return n;
}

std::string padded(const std::string& text, size_t width, bool right) {
  const size_t n = columns_of(text);
  const std::string blanks(width > n ? width - n : 0, ' ');
  return right ? blanks + text : text + blanks;
}

struct Replacement {
  const char *from, *to;
};
constexpr Replacement ascii[] = {{"–", "-"},    {"—", "--"},  {"−", "-"},     {"…", "..."},  {"“", "\""},       {"”", "\""}, {"„", "\""},
                                 {"‘", "'"},    {"’", "'"},   {"×", "x"},     {"·", "*"},    {"≤", "<="},       {"≥", ">="}, {"≠", "!="},
                                 {"≈", "~"},    {"→", "->"},  {"←", "<-"},    {"⇒", "=>"},   {"•", "*"},        {"²", "^2"}, {"³", "^3"},
                                 {"√", "sqrt"}, {"∞", "inf"}, {"α", "alpha"}, {"β", "beta"}, {"é", "e"},        {"è", "e"},  {"ö", "oe"},
                                 {"ü", "ue"},   {"ä", "ae"},  {"ß", "ss"},    {"ñ", "n"},    {"°", " degrees"}, {" ", " "}};

}  // namespace

std::string ascii_only(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 128) {
      out += text[i++];
      continue;
    }
    size_t length = 1;
    while (i + length < text.size() && (static_cast<unsigned char>(text[i + length]) & 0xC0) == 0x80) length++;
    std::string shown = "?";
    for (const Replacement& r : ascii)
      if (text.substr(i, length) == r.from) shown = r.to;
    out += shown;
    i += length;
  }
  return out;
}

struct Markdown::TerminalWriter {
  const Markdown& m;
  const Terminal& terminal;
  std::string out = {};

  std::string maths(std::string_view number) const {
    int64_t i = 0;
    if (!parse_int(number, i) || i < 0 || size_t(i) >= m.maths_.size()) return "?";
    return readable_maths(m.maths_[size_t(i)].text, terminal.unicode);
  }

  // The text below a node in one line; formulas that are displayed stand between '\n's.
  std::string inline_of(cmark_node* parent) const {
    std::string text;
    for (cmark_node* n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) {
      const cmark_node_type type = cmark_node_get_type(n);
      const char* literal = cmark_node_get_literal(n);
      if (type == CMARK_NODE_TEXT) text += literal;
      else if (type == CMARK_NODE_CODE) text += terminal.colours == Terminal::Colours::none ? "`" + std::string(literal) + "`" : literal;
      else if (type == CMARK_NODE_SOFTBREAK) text += " ";
      else if (type == CMARK_NODE_LINEBREAK) text += "\n";
      else text += inline_of(n);
      if (type == CMARK_NODE_LINK) {
        const std::string url = cmark_node_get_url(n);
        if (text.size() < url.size() || !text.ends_with(url)) text += " (" + url + ")";
      }
    }
    return text;
  }
  std::string filled(const std::string& text, bool displays) const {
    std::string result;
    size_t at = 0;
    for (size_t open; (open = text.find(opening, at)) != std::string::npos;) {
      const size_t close = text.find(closing, open);
      if (close == std::string::npos) break;
      const std::string_view number = std::string_view(text).substr(open + opening.size(), close - open - opening.size());
      int64_t i = 0;
      const bool display = displays && parse_int(number, i) && size_t(i) < m.maths_.size() && m.maths_[size_t(i)].kind == Span::display;
      result += text.substr(at, open - at);
      // A formula inside of a line is one line; one that is displayed is marked, and keeps its rows.
      std::string shown = maths(number);
      if (display) shown = "\f" + shown + "\f";
      else std::replace(shown.begin(), shown.end(), '\n', ' ');
      result += shown;
      at = close + closing.size();
    }
    result += text.substr(at);
    return terminal.unicode ? result : ascii_only(result);
  }

  void lines(const std::string& text, size_t width, const std::string& first, const std::string& indent) {
    std::string wrapped_text = wrapped(text, width, indent);
    if (first != indent && wrapped_text.size() >= indent.size()) wrapped_text.replace(0, indent.size(), first);
    out += wrapped_text + "\n";
  }

  void paragraph(const std::string& text, size_t width, std::string first, const std::string& indent) {
    bool display = false;
    for (const std::string& part : split(text, '\f')) {
      if (!trim(part).empty()) {
        for (const std::string& line : split(part, '\n')) {
          if (trim(line).empty()) continue;
          const std::string inner = display ? indent + "    " : indent;
          lines(line, width, first == indent ? inner : first, inner);
          first = indent;
        }
      }
      display = !display;
    }
  }

  void heading(cmark_node* node, size_t width) {
    const int level = cmark_node_get_heading_level(node);
    const std::string text = filled(inline_of(node), false);
    if (!out.empty()) out += "\n";
    std::vector<std::string> rows = split(wrapped(text, width), '\n');
    size_t widest = 0;
    for (const std::string& row : rows) {
      widest = std::max(widest, columns_of(row));
      out += (level <= 2 ? coloured(row, Colour{86, 156, 214}, terminal) : row) + "\n";
    }
    if (level > 2) return;
    std::string rule;
    for (size_t i = 0; i < widest; i++) rule += terminal.unicode ? (level == 1 ? "═" : "─") : (level == 1 ? "=" : "-");
    out += rule + "\n";
  }

  void table(cmark_node* node, size_t width, const std::string& indent) {
    std::vector<std::vector<std::string>> rows;
    for (cmark_node* row = cmark_node_first_child(node); row; row = cmark_node_next(row)) {
      rows.emplace_back();
      for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) rows.back().push_back(filled(inline_of(cell), false));
    }
    const size_t count = cmark_gfm_extensions_get_table_columns(node);
    const uint8_t* alignments = cmark_gfm_extensions_get_table_alignments(node);
    std::vector<size_t> widths(count, 0);
    size_t total = indent.size() + 2 * (count ? count - 1 : 0);
    for (size_t c = 0; c < count; c++) {
      for (const auto& row : rows)
        if (c < row.size()) widths[c] = std::max(widths[c], columns_of(row[c]));
      total += widths[c];
    }
    if (total > width && !rows.empty()) {  // too wide: a row is a few lines, each behind its column's name
      for (size_t r = 1; r < rows.size(); r++) {
        for (size_t c = 0; c < rows[r].size(); c++) {
          const std::string name = c < rows[0].size() && !rows[0][c].empty() ? rows[0][c] + ": " : "";
          lines(name + rows[r][c], width, indent + (c ? "  " : "- "), indent + "  ");
        }
      }
      return;
    }
    for (size_t r = 0; r < rows.size(); r++) {
      std::string line = indent;
      for (size_t c = 0; c < count; c++)
        line += (c ? "  " : "") + padded(c < rows[r].size() ? rows[r][c] : "", widths[c], alignments && alignments[c] == 'r');
      while (!line.empty() && line.back() == ' ') line.pop_back();
      out += line + "\n";
      if (r) continue;
      std::string rule = indent;
      for (size_t c = 0; c < count; c++) {
        if (c) rule += "  ";
        for (size_t i = 0; i < widths[c]; i++) rule += terminal.unicode ? "─" : "-";
      }
      out += rule + "\n";
    }
  }

  void list(cmark_node* node, size_t width, const std::string& indent, int depth) {
    int number = cmark_node_get_list_start(node);
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    for (cmark_node* item = cmark_node_first_child(node); item; item = cmark_node_next(item)) {
      const std::string mark = ordered ? std::to_string(number++) + ". " : terminal.unicode ? "• " : "- ";
      const std::string inner = indent + std::string(columns_of(mark), ' ');
      blocks(item, width, indent + mark, inner, depth + 1, true);
    }
  }

  // The blocks below a node. `first` is what its first line begins with.
  void blocks(cmark_node* parent, size_t width, std::string first, const std::string& indent, int depth, bool tight) {
    if (depth > 24) return;  // nobody reads that
    for (cmark_node* n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) {
      const cmark_node_type type = cmark_node_get_type(n);
      const std::string kind = cmark_node_get_type_string(n);
      if (!tight && !out.empty() && type != CMARK_NODE_HEADING && n != cmark_node_first_child(parent) &&
          cmark_node_get_type(cmark_node_previous(n)) != CMARK_NODE_HEADING)
        out += "\n";
      if (type == CMARK_NODE_HEADING) heading(n, width);
      else if (type == CMARK_NODE_PARAGRAPH) paragraph(filled(inline_of(n), true), width, first, indent);
      else if (type == CMARK_NODE_LIST) list(n, width, indent, depth);
      else if (type == CMARK_NODE_BLOCK_QUOTE) blocks(n, width, indent + "> ", indent + "> ", depth + 1, false);
      else if (type == CMARK_NODE_THEMATIC_BREAK) out += indent + "---\n";
      else if (kind == "table") table(n, width, indent);
      else if (const char* literal = cmark_node_get_literal(n)) {
        std::string code = literal;
        if (code.ends_with("\n")) code.pop_back();
        for (const std::string& line : split(terminal.unicode ? code : ascii_only(code), '\n')) out += indent + "    " + line + "\n";
      }
      first = indent;
    }
  }
};

std::string Markdown::text(const Terminal& terminal, int width) {
  TerminalWriter w{*this, terminal};
  w.blocks(root_, size_t(std::max(width, 20)), "", "", 0, false);
  return w.out;
}

std::string Markdown::one_line(const Terminal& terminal) {
  TerminalWriter w{*this, terminal};
  std::string all;
  for (cmark_node* n = cmark_node_first_child(root_); n; n = cmark_node_next(n)) all += (all.empty() ? "" : " ") + w.filled(w.inline_of(n), false);
  std::replace(all.begin(), all.end(), '\n', ' ');
  return std::string(trim(all));
}

}  // namespace cairn::course
