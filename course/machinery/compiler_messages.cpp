#include <course/machinery/compiler_messages.h>

#include <algorithm>
#include <regex>
#include <set>

#include <cairn/base/text.h>
#include <course/machinery/prose.h>

namespace cairn::course {

namespace {

constexpr size_t widest_prose = 78;  // of a terminal of 80 columns

// std::vector<double, std::allocator<double> > -> std::vector<double>; the judge's namespace goes; [-Wflag] goes.
std::string shortened(std::string s) {
  static const std::pair<std::regex, const char*> rules[] = {
      {std::regex("yours::"), ""},
      {std::regex("std::__cxx11::basic_string<char>|std::__cxx11::string"), "std::string"},
      {std::regex(",\\s*std::(allocator|less|hash|equal_to)<[^<>]*(<[^<>]*>)?[^<>]*>\\s*(?=[>,])"), ""},
      {std::regex(" \\[with [^\\]]*\\]"), ""},
      {std::regex(" \\[-[Wf][^\\]]*\\]$"), ""},
      {std::regex(" \\{aka '[^']*'\\}"), ""},
      {std::regex("\\s+>"), ">"},
  };
  for (const auto& [pattern, with] : rules) s = std::regex_replace(s, pattern, with);
  return s.size() > 240 ? s.substr(0, 240) + " ..." : s;
}

struct Line {
  std::string file, kind, text;
  int64_t line = 0, column = 0;
};

bool parse(const std::string& text, Line& l) {
  static const std::regex form(
      "([^:\n]+):([0-9]+):(?:([0-9]+):)? *(fatal error|error|warning|note|required from here|  required from here)?:? ?(.*)");
  std::smatch found;
  if (!std::regex_match(text, found, form)) return false;
  l = {found[1], found[4], found[5], 0, 0};
  parse_int(found[2].str(), l.line);
  if (found[3].matched) parse_int(found[3].str(), l.column);
  if (l.text.find("required from here") != std::string::npos || l.kind.find("required") != std::string::npos) l.kind = "required";
  return true;
}

// The line is no more than `for (...);`: its last parenthesis closes the first one, and a semicolon follows.
bool only_a_head(std::string line) {
  line = std::string(trim(line.substr(0, line.find("//"))));
  if (!line.ends_with(";")) return false;
  line = std::string(trim(line.substr(0, line.size() - 1)));
  int open = 0;
  for (size_t i = line.find('('); i < line.size(); i++) {
    open += line[i] == '(' ? 1 : line[i] == ')' ? -1 : 0;
    if (open == 0) return i + 1 == line.size();
  }
  return false;
}

void explain(CompilerNote& note, const std::string& line = "") {
  // Of `for (...);` and `while (...);` g++ says nothing but that the next line is indented.
  static const std::regex guards("this '(\\w+)' clause does not guard");
  if (std::smatch found; std::regex_search(note.message, found, guards) && only_a_head(line)) {
    note.name = "stray semicolon";
    note.explanation = "The semicolon right behind the parenthesis of this " + found[1].str() +
                       " is all that belongs to it, so that what follows runs once, in any case. Take that semicolon away.";
    return;
  }
  for (const CommonMistake& m : common_mistakes()) {
    std::smatch found;
    if (!std::regex_search(note.message, found, std::regex(m.pattern))) continue;
    note.name = m.name;
    for (const char* c = m.explanation; *c; c++) {
      if (*c == '\\' && (c[1] == '1' || c[1] == '2')) {
        note.explanation += found[size_t(*++c - '0')].str();
      } else note.explanation += *c;
    }
    return;
  }
}

// A message that is not about a line of the learner's file: about what the judge expects of it, or about linking.
void explain_elsewhere(CompilerNote& note, const std::vector<std::string>& lines) {
  std::smatch found;
  const std::string m = note.message;
  if (std::regex_search(m, found, std::regex("fatal error: (\\S+): No such file|^(\\S+): No such file or directory"))) {
    const std::string header = found[1].matched ? found[1].str() : found[2].str();
    for (size_t i = 0; i < lines.size(); i++)
      if (lines[i].find("include") != std::string::npos && lines[i].find(header) != std::string::npos) note.line = int64_t(i) + 1;
    note.name = "missing header";
    note.message = "there is no header '" + header + "'";
    note.explanation = "Look at its spelling, and at < > against \" \".";
  } else if (std::regex_search(
                 m, found, std::regex("'(\\w+)' (was not declared in this scope|has not been declared|does not name a type|is not a member of)"))) {
    note.name = "function missing";
    note.message = "'" + found[1].str() + "' is not in your file";
    note.explanation =
        "The judge calls it. Its first line must stand in your file as the starter had it (`cairn reset ID` lays a fresh starter there and keeps "
        "yours aside).";
  } else if (std::regex_search(m, found, std::regex("undefined reference to [`']([^'(]+)"))) {
    note.name = "no body";
    note.message = "'" + found[1].str() + "' is declared and called, but has no body";
    note.explanation = "A declaration that ends with a semicolon only promises a function; write its body in { }, with the same name and types.";
  } else if (std::regex_search(m, std::regex("cannot convert|invalid conversion|could not convert|no matching function|too (few|many) arguments|no "
                                             "overload|discards qualifiers"))) {
    note.name = "wrong signature";
    note.explanation =
        "A function of yours has other types than the starter gave it. Its first line (result, name, arguments) has to stay as it was.";
  } else {
    explain(note);
  }
}

}  // namespace

std::vector<CompilerNote> compiler_notes(const std::string& words, const std::string& file, const std::string& text) {
  const std::vector<std::string> lines = split(text, '\n');
  std::vector<CompilerNote> errors, warnings;
  std::set<std::pair<int64_t, bool>> places;
  Line required;
  bool has_required = false;
  for (const std::string& row : split(words, '\n')) {
    Line l;
    CompilerNote note;
    if (parse(row, l)) {
      if (l.kind == "required" || row.find("required from") != std::string::npos) {
        if (l.file == file) required = l, has_required = true;
        continue;
      }
      if (l.kind == "note") {  // "'std::accumulate' is defined in header '<numeric>'; did you forget to '#include <numeric>'?"
        std::smatch found;
        auto& last = errors.empty() ? warnings : errors;
        if (!last.empty() && std::regex_search(l.text, found, std::regex("is defined in header '(<[^>]+>)'"))) {
          last.back().name = "missing include";
          last.back().explanation =
              "This name of the standard library is known once its header is included: write #include " + found[1].str() + " at the top of the file.";
        }
        continue;
      }
      if (l.kind != "error" && l.kind != "fatal error" && l.kind != "warning") {
        if (row.find("multiple definition of") == std::string::npos && row.find("undefined reference to") == std::string::npos) continue;
        l = {"", "error", row, 0, 0};
      }
      note.error = l.kind != "warning";
      note.message = shortened(l.kind == "fatal error" ? "fatal error: " + l.text : l.text);
      if (l.file == file) note.line = l.line, note.column = l.column;
      else if (has_required && note.error) note.line = required.line, note.column = required.column;
      has_required = false;
    } else if (row.find("multiple definition of") != std::string::npos || row.find("undefined reference to") != std::string::npos) {
      note.error = true;
      note.message = shortened(row);
    } else {
      continue;
    }
    if (!note.error && note.line == 0) continue;
    if (note.message.find("undefined reference to") != std::string::npos) explain_elsewhere(note, lines);
    else if (note.line > 0 && l.file == file) explain(note, note.line <= int64_t(lines.size()) ? lines[size_t(note.line) - 1] : "");
    else if (note.line > 0 && !note.message.starts_with("fatal error")) explain(note);
    else explain_elsewhere(note, lines);
    if (note.line > int64_t(lines.size())) note.line = int64_t(lines.size());
    if (note.line > 0) note.source = lines[size_t(note.line) - 1];
    if (!places.insert({note.line, note.error}).second && note.line > 0) continue;
    (note.error ? errors : warnings).push_back(note);
  }
  // Where the file itself has errors, what follows from them elsewhere says nothing new.
  if (std::any_of(errors.begin(), errors.end(), [](const CompilerNote& n) { return n.line > 0; }))
    std::erase_if(errors, [](const CompilerNote& n) { return n.line == 0; });
  if (errors.size() > 3) errors.resize(3);
  if (warnings.size() > 3) warnings.resize(3);
  errors.insert(errors.end(), warnings.begin(), warnings.end());
  return errors;
}

std::string note_text(const CompilerNote& note, const std::string& shown, size_t width) {
  std::string s = shown;
  if (note.line > 0) s += ":" + std::to_string(note.line) + (note.column > 0 ? ":" + std::to_string(note.column) : "");
  s += std::string(": ") + (note.error ? "error" : "warning") + ": " + note.message;
  // Editors read place and message from one line, which they get wherever the terminal is not narrow.
  if (width > 0 && width < widest_prose) s = prose(s, width, "  ").substr(2);
  s += "\n";
  if (note.line > 0 && !trim(note.source).empty()) {
    std::string source = note.source;
    std::replace(source.begin(), source.end(), '\t', ' ');
    while (!source.empty() && (source.back() == '\r' || source.back() == ' ')) source.pop_back();
    s += "    " + source + "\n";
    // The mark stands below what the person sees: a letter of two bytes takes one place.
    int64_t places = 0;
    for (int64_t i = 0; i + 1 < note.column && i < int64_t(source.size()); i++)
      places += (static_cast<unsigned char>(source[size_t(i)]) & 0xc0) != 0x80;
    if (note.column > 0) s += "    " + std::string(size_t(places), ' ') + "^\n";
  }
  if (!note.explanation.empty()) s += prose(note.explanation, width, "  ") + "\n";
  return s;
}

}  // namespace cairn::course
