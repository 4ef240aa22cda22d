// Markdown of lessons (CommonMark and tables, by cmark-gfm) as HTML and as text for a terminal. Maths is kept away from Markdown's own signs.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cairn/plot/terminal.h>
#include <course/machinery/lesson_text.h>
#include <course/machinery/words.h>

struct cmark_node;

namespace cairn::course {

std::string html_escaped(std::string_view text);

// Links the glossary's words at their first use, and knows which were met.
class TermLinks {
 public:
  explicit TermLinks(std::vector<const Term*> terms = {});
  struct Hit {
    size_t begin, end;
    const Term* term;
  };
  std::vector<Hit> hits(std::string_view text);  // first uses, from left to right; each term once in the life of this object
  const std::vector<const Term*>& met() const { return met_; }
  static std::string anchor(const Term& term);  // "term-learning-rate"
 private:
  struct Phrase {
    std::string text;  // in small letters, or where `exact` as it has to be written
    const Term* term;
    bool exact;
  };
  std::vector<Phrase> phrases_;  // the longest first
  std::vector<const Term*> met_;
};

// A piece of Markdown, parsed.
class Markdown {
 public:
  explicit Markdown(std::string_view text);
  ~Markdown();
  Markdown(const Markdown&) = delete;
  Markdown& operator=(const Markdown&) = delete;

  // Nothing in it is raw: HTML of the text is shown as text, images as their captions, addresses of scripts are dropped. Maths becomes
  // <span class="m">TeX</span> (class "m d" when displayed), or plain text where `plain_maths`. With `links` the glossary's words are linked.
  std::string html(bool plain_maths, TermLinks* links = nullptr);
  // One line of HTML without a paragraph around it.
  std::string inline_html(bool plain_maths);
  // Lines of at most `width` columns where words allow it, each ending with '\n'.
  std::string text(const Terminal& terminal, int width);
  // All of it as one line.
  std::string one_line(const Terminal& terminal);
  // The words that are read, for TermLinks: without headings, code and maths.
  std::vector<std::string> prose() const;

 private:
  // Two characters of the private use area stand around the number of a formula while Markdown is at work.
  static constexpr std::string_view opening = "\xEE\x80\x80", closing = "\xEE\x80\x81";
  static std::string without_marks(std::string text);
  struct TerminalWriter;
  std::string with_maths(std::string html, bool plain_maths) const;
  cmark_node* root_;
  std::vector<Span> maths_;
};

// Text for a terminal without UTF-8: quotes, dashes and arrows become ASCII, the rest '?'.
std::string ascii_only(std::string_view text);

}  // namespace cairn::course
