#include <app/prose.h>

#include <unistd.h>

#include <algorithm>

#include <cairn/base/system.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/markdown.h>

namespace cairn {

size_t prose_width(size_t otherwise) {
  if (!isatty(1) && env("COLUMNS").empty()) return otherwise;
  return size_t(std::clamp(Terminal::of(1).columns, 40, 78));
}

std::string shown_here(const std::string& text) { return Terminal::of(1).unicode ? text : course::ascii_only(text); }

}  // namespace cairn
