#include <app/prose.h>

#include <unistd.h>

#include <algorithm>

#include <cairn/base/system.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/lesson_text.h>
#include <course/machinery/markdown.h>
#include <course/machinery/maths.h>
#include <course/machinery/prose.h>

namespace cairn {

size_t prose_width(size_t otherwise, int file) {
  if (!isatty(file) && env("COLUMNS").empty()) return otherwise;
  return size_t(std::clamp(Terminal::of(file).columns, 40, 78));
}

std::string rows_here(const std::string& text, int file) { return course::rows(text, prose_width(0, file)); }

size_t table_width() { return size_t(std::max(Terminal::of(1).columns, 40)); }

std::string narrowed(const std::string& text) {
  const size_t width = table_width();
  return width >= 80 ? text : course::rows(text, width);
}

std::string in_plain_maths(const std::string& markdown) {
  std::string plain;
  for (const course::Span& span : course::spans_of(markdown)) {
    const bool maths = span.kind == course::Span::maths || span.kind == course::Span::display;
    plain += maths ? course::readable_maths(span.text, Terminal::of(1).unicode) : shown_here(span.text);
  }
  return plain;
}

std::string shown_here(const std::string& text) { return Terminal::of(1).unicode ? text : course::ascii_only(text); }

}  // namespace cairn
