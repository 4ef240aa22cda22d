#include <course/machinery/sheet.h>

namespace cairn::course {

std::string html(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (c == '\'') out += "&#39;";
    else if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') out += c;
  }
  return out;
}

std::string html_sheet(std::string_view title, std::string_view style, std::string_view body) {
  static constexpr std::string_view base =
      R"(:root { color-scheme: light dark; --ink: #1c2024; --soft: #5a626b; --paper: #fdfdfc; --card: #f3f4f2; --line: #d5d9dc;
  --accent: #0b63a5; --done: #1b7f4d; --open: #b45309; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e8ea; --soft: #a2abb4; --paper: #181b1f; --card: #22262b; --line: #3a4048; --accent: #78b7ea; --done: #62c796;
  --open: #f0a95a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .3rem 0; }
a { color: var(--accent); }
code { font: .9em ui-monospace, monospace; background: var(--card); padding: .1em .3em; border-radius: .25em; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .7rem .9rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
)";
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\">\n"
         "<title>" +
         html(title) + "</title>\n<style>\n" + std::string(base) + std::string(style) + "</style>\n</head>\n<body>\n<main>\n" + std::string(body) +
         "</main>\n</body>\n</html>\n";
}

}  // namespace cairn::course
