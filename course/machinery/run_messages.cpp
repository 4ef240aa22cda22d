#include <course/machinery/run_messages.h>

#include <csignal>
#include <regex>
#include <vector>

#include <fmt/format.h>

#include <cairn/base/text.h>

namespace cairn::course {

namespace {

// The first place of a stack that lies in the learner's file. UBSan names its own: "FILE:12:5: runtime error: ...".
int64_t line_in(const std::string& report, const std::string& file) {
  int64_t line = 0;
  for (size_t at = report.find(file + ":"); at != std::string::npos; at = report.find(file + ":", at + 1)) {
    size_t end = at + file.size() + 1, begin = end;
    while (end < report.size() && std::isdigit(static_cast<unsigned char>(report[end]))) end++;
    if (end > begin && parse_int(report.substr(begin, end - begin), line)) return line;
  }
  return 0;
}

// The name before the only [ of a line: "sum += a[i];" -> "a"; empty where there are several different ones, or none.
std::string subscripted(const std::string& source) {
  static const std::regex form("([A-Za-z_][A-Za-z0-9_]*(?:(?:\\.|->)[A-Za-z_][A-Za-z0-9_]*)*)\\s*\\[");
  std::string name;
  for (std::sregex_iterator i(source.begin(), source.end(), form), end; i != end; ++i) {
    if (!name.empty() && name != (*i)[1]) return "";
    name = (*i)[1];
  }
  return name;
}

std::string element(const std::string& name, long long index, long long size) {
  const std::string what = name.empty() ? "element " + std::to_string(index) : name + "[" + std::to_string(index) + "]";
  const std::string has = name.empty() ? "the container has" : name + " has";
  if (size == 0) return fmt::format("asks for {}; {} no elements", what, has);
  if (size == 1) return fmt::format("asks for {}; {} 1 element, number 0", what, has);
  return fmt::format("asks for {}; {} {} elements, 0 to {}", what, has, size, size - 1);
}

struct Rule {
  const char *kind, *pattern, *sentence;  // \1: the first group; of several, the one that matched
};

// Of AddressSanitizer and UndefinedBehaviorSanitizer. Sentences go on after "line 12 " or "your code ".
const std::vector<Rule>& rules() {
  static const std::vector<Rule> all = {
      {"out of range", "index (-?[0-9]+) out of bounds for type '[^\\[]*\\[([0-9]+)\\]'", "array"},
      {"out of range", "(load of|store to) address \\S+ with insufficient space for an object of type '([^']+)'", "space"},
      {"overflow", "signed integer overflow: (.*) cannot be represented in type '([^']+)'", "computes \\1, which is too large for the type \\2"},
      {"division by zero", "division by zero|AddressSanitizer: FPE", "divides a whole number by zero"},
      {"null", "(?:load of|store to|member access within|member call on|reference binding to) null pointer|applying .* offset .* to null pointer",
       "uses a pointer that points nowhere (nullptr), or an element of an empty vector"},
      {"no return", "execution reached the end of a value-returning function",
       "reaches the end of a function that should return a value, without a return"},
      {"shift", "shift exponent|left shift of", "shifts by more bits than the type has, or shifts a negative number"},
      {"conversion", "is outside the range of representable values of type '([^']+)'", "turns a number into the type \\1 that does not fit into it"},
      {"bad bool", "is not a valid value for type 'bool'", "reads a bool that has never been given a value"},
      {"use after free", "heap-use-after-free",
       "uses memory that has been given back: a reference, pointer or iterator into a vector is void once the vector has grown or is gone"},
      {"use after return", "stack-use-after-return|stack-use-after-scope",
       "uses a local variable whose function or block has ended: return the value, not a reference to it"},
      {"stack overflow", "stack-overflow",
       "calls itself without end (or too deep): the recursion has no end that is reached, or its arguments do not come nearer to it"},
      {"double free", "attempting double-free|attempting free on address which was not malloc|alloc-dealloc-mismatch",
       "gives back the same memory twice, or memory that was not its own"},
      {"out of memory", "allocation-size-too-big|out-of-memory|hard rss limit exhausted|failed to allocate|requested allocation size", "memory"},
      {"out of range", "(READ|WRITE) of size ([0-9]+)", "beyond"},
      {"null", "SEGV on unknown address 0x0000000000[0-9a-f]{2}\\b",
       "uses a pointer that points nowhere (nullptr), or an element of an empty vector"},
      {"bad address", "SEGV",
       "reads or writes at an address that does not belong to it: an index far outside of its container, or a pointer that was never set"},
  };
  return all;
}

std::string filled(const std::string& sentence, const std::smatch& found) {
  std::string s;
  for (size_t i = 0; i < sentence.size(); i++) {
    if (sentence[i] == '\\' && i + 1 < sentence.size() && std::isdigit(static_cast<unsigned char>(sentence[i + 1])))
      s += found[size_t(sentence[++i] - '0')].str();
    else s += sentence[i];
  }
  return s;
}

// ASan: "0x... is located 8 bytes to the right of 40-byte region", "... bytes after 40-byte region", "before", "inside of".
std::string beyond(const std::smatch& access, const std::string& report) {
  const std::string verb = access[1] == "READ" ? "reads" : "writes";
  std::smatch where;
  if (std::regex_search(report, where, std::regex("located ([0-9]+) bytes (to the right of|after|to the left of|before) ([0-9]+)-byte region"))) {
    const bool behind = where[2] == "to the right of" || where[2] == "after";
    return fmt::format("{} {} bytes {} the end of a block of {} bytes", verb, access[2].str(), behind ? "past" : "before", where[3].str()) +
           (behind ? ": one element too many, or an index that is too large" : " (before its first): an index below 0");
  }
  if (report.find("global-buffer-overflow") != std::string::npos || report.find("stack-buffer-overflow") != std::string::npos)
    return verb + " outside of an array";
  return verb + " memory outside of what it owns";
}

}  // namespace

RunFault run_fault(const Ended& ended, const std::string& report, const std::string& file, const std::string& text, const Limits& limits,
                   int64_t memory_mib) {
  RunFault f;
  f.line = line_in(report, file);
  const std::vector<std::string> lines = split(text, '\n');
  if (f.line > 0 && f.line <= int64_t(lines.size())) f.source = lines[size_t(f.line) - 1];
  const std::string subject = f.line > 0 ? "line " + std::to_string(f.line) + " " : "your code ";
  const auto done = [&](const std::string& kind, const std::string& rest) {
    f.kind = kind;
    f.sentence = subject + rest + ".";
    return f;
  };
  const std::string memory = fmt::format(
      "asks for more memory than the {} MiB that a check may use: a container that grows without end, or a size that is not what you think",
      memory_mib);
  if (ended.how == Ended::too_much_output) {
    f.kind = "too much output";
    f.sentence = fmt::format("your code prints without end: it was stopped after {}.", human_bytes(limits.output_bytes));
    return f;
  }
  if (ended.how == Ended::too_many_processes) {
    f.kind = "too many processes";
    f.sentence = fmt::format(
        "your program starts more than {} processes (each thread counts): it was stopped. Look for a fork, a std::system or a std::thread in a "
        "loop or a recursion that does not end.",
        limits.processes);
    return f;
  }
  std::smatch found;
  if (std::regex_search(ended.printed, found, std::regex("\ncairn: element (-?[0-9]+) of ([0-9]+)\n")))
    return done("out of range", element(subscripted(f.source), std::stoll(found[1]), std::stoll(found[2])));
  if (std::regex_search(ended.printed, found, std::regex("Assertion '([^\n]*)' failed")) ||
      std::regex_search(report, found, std::regex("Assertion '([^\n]*)' failed"))) {
    const std::string asserted = found[1];
    if (asserted.find("!this->empty()") != std::string::npos || asserted.find("!empty()") != std::string::npos)
      return done("empty", "asks for an element (front, back, pop) of a container that is empty");
    if (asserted.find("size()") != std::string::npos) return done("out of range", "asks for an element outside of its container");
    if (asserted.find("get() != ") != std::string::npos || asserted.find("_M_ptr") != std::string::npos)
      return done("null", "uses a pointer that points nowhere (nullptr)");
    if (asserted.find("_M_is_engaged") != std::string::npos) return done("empty", "takes the value of a std::optional that has none");
    return done("library", "uses the standard library against its rules (" + printable(asserted, 80) + ")");
  }
  for (const Rule& r : rules()) {
    if (!std::regex_search(report, found, std::regex(r.pattern))) continue;
    const std::string sentence = r.sentence;
    if (sentence == "array") return done(r.kind, element(subscripted(f.source), std::stoll(found[1]), std::stoll(found[2])));
    if (sentence == "space")
      return done(r.kind,
                  std::string(found[1] == "store to" ? "writes" : "reads") + " a " + found[2].str() + " beyond the end of its array or block");
    if (sentence == "memory") return done(r.kind, memory);
    if (sentence == "beyond") return done(r.kind, beyond(found, report));
    return done(r.kind, filled(sentence, found));
  }
  if (ended.how == Ended::too_slow) {
    if (ended.computed < ended.seconds / 10) {
      f.kind = "waits";
      f.sentence = fmt::format(
          "your code waits and does not come to an end: of {} until it was stopped it computed {}. Look for a sleep, and for what "
          "waits for something that never comes.",
          human_seconds(ended.seconds), human_seconds(ended.computed));
      return f;
    }
    f.kind = "endless loop";
    f.sentence = fmt::format(
        "your code does not come to an end: it was stopped after {} of computing. Look at the condition of each loop, and whether what it looks at "
        "changes.",
        human_seconds(limits.seconds));
    return f;
  }
  if (ended.how == Ended::killed && ended.code == SIGKILL) return done("out of memory", "was ended by the system, most likely because it " + memory);
  if (ended.how == Ended::killed && ended.code == SIGXFSZ) return done("too much output", "writes a file without end");
  if (report.find("ABRT") != std::string::npos || (ended.how == Ended::killed && ended.code == SIGABRT))
    return done("abort", "calls abort() or lets an exception out of a function that promised none (noexcept, a destructor)");
  if (ended.how == Ended::exited && ended.code != 99) {
    f.kind = "exit";
    f.sentence = fmt::format("your code ends the whole program (exit({})): leave a function by return.", ended.code);
    return f;
  }
  return done("crash", ended.how == Ended::killed ? fmt::format("ended by signal {} ({})", ended.code, strsignal(ended.code)) : "broke off");
}

void split_report(std::string& printed, std::string& report, const std::string& file) {
  for (size_t at = printed.find(": runtime error: "); at != std::string::npos; at = printed.find(": runtime error: ", at + 1)) {
    const size_t line = printed.rfind('\n', at);
    const size_t begin = line == std::string::npos ? 0 : line + 1;
    if (at - begin > 1000) continue;
    static const std::regex place("\\S+:[0-9]+:[0-9]+");
    if (printed.compare(begin, file.size(), file) != 0 && !std::regex_match(printed.substr(begin, at - begin), place)) continue;
    report = printed.substr(begin) + "\n" + report;
    printed.resize(begin);
    return;
  }
}

std::string own_prints(const std::string& printed, size_t most) {
  std::string s;
  size_t shown = 0, left = 0;
  std::vector<std::string> lines = split(printed, '\n');
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (size_t i = 0; i < lines.size(); i++) {
    const std::string& line = lines[i];
    if (line.starts_with("cairn: element ")) {
      if (s.ends_with("\n\n")) s.pop_back();
      continue;
    }
    if (line.find(": Assertion '") != std::string::npos && line.find("/c++/") != std::string::npos) continue;
    if (line.find("Sanitizer:") != std::string::npos) continue;
    if (shown == most) {
      left++;
      continue;
    }
    s += printable(line, 200) + "\n";
    shown++;
  }
  while (s.starts_with("\n")) s.erase(0, 1);
  if (trim(s).empty()) return "";
  if (left) s += fmt::format("... and {} more line{}\n", left, left == 1 ? "" : "s");
  return s;
}

}  // namespace cairn::course
