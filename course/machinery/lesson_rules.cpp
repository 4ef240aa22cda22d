// The rules for a lesson's text.
#include <course/machinery/lesson_rules.h>

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include <cairn/base/text.h>

namespace cairn::course {

namespace {

constexpr int fewest_words = 1200, fewest_words_of_a_warm_up = 800, most_words = 2500, most_lines = 40, fewest_frames = 12;
constexpr int fewest_words_of_a_project = 600, most_words_of_a_project = 1200;
const std::vector<std::string> sections = {
    "The question", "By hand",    "The maths", "Predict, run, explain", "The code", "In PyTorch", "What goes wrong in practice",
    "Exercise",     "Now you can"};
const std::vector<std::string> project_sections = {"What you build", "In which order", "What the check looks at", "When it does not work",
                                                   "For your portfolio"};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0; }
bool blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }
int line_of(const std::string& text, size_t offset, int first) {
  return first + int(std::count(text.begin(), text.begin() + int64_t(std::min(offset, text.size())), '\n'));
}

// ---- bare digits

// Blanks out what may hold digits, so that offsets stay: {{...}}, the target of a link, addresses.
std::string without_free_parts(std::string text) {
  const auto wipe = [&text](size_t from, size_t to) {
    for (size_t i = from; i < std::min(to, text.size()); i++)
      if (text[i] != '\n') text[i] = ' ';
  };
  for (size_t at = 0; (at = text.find("{{", at)) != std::string::npos;) {
    const size_t end = text.find("}}", at);
    wipe(at, end == std::string::npos ? text.size() : end + 2);
  }
  for (size_t at = 0; (at = text.find("](", at)) != std::string::npos; at++) {
    const size_t end = text.find(')', at);
    wipe(at + 1, end == std::string::npos ? text.size() : end + 1);
  }
  for (const char* scheme : {"https://", "http://"})
    for (size_t at = 0; (at = text.find(scheme, at)) != std::string::npos;) {
      size_t end = at;
      while (end < text.size() && !blank(text[end]) && text[end] != '>' && text[end] != ')') end++;
      wipe(at, end);
    }
  return text;
}

// "Rosenblatt (1958)", "Rosenblatt 1958", "et al., 1998": four digits of a year behind ( or behind a name.
bool is_year(const std::string& text, size_t begin, size_t end) {
  int64_t year = 0;
  if (end - begin != 4 || !parse_int(std::string_view(text).substr(begin, 4), year) || year < 1600 || year > 2099) return false;
  if (end + 1 < text.size() && (text[end] == '.' || text[end] == ',') && digit(text[end + 1])) return false;
  if (begin == 0) return false;
  if (text[begin - 1] == '(') return true;
  size_t at = begin;
  while (at > 0 && (blank(text[at - 1]) || text[at - 1] == ',')) at--;
  size_t word = at;
  while (word > 0 && !blank(text[word - 1]) && text[word - 1] != '(') word--;
  const std::string before = text.substr(word, at - word);
  return before == "al." || (before.size() > 1 && std::isupper(static_cast<unsigned char>(before[0])));
}

void bare_in_prose(const std::string& text, bool line_begins, std::vector<size_t>& found) {
  bool begins = line_begins;  // only blanks since the line began
  bool in_word = false;       // a word that a letter began: A06, f32, conv2d
  for (size_t i = 0; i < text.size(); i++) {
    const char c = text[i];
    if (c == '\n') {
      begins = true, in_word = false;
    } else if (digit(c) && !in_word) {
      size_t end = i;
      while (end < text.size() && digit(text[end])) end++;
      const bool of_list = begins && end + 1 < text.size() && (text[end] == '.' || text[end] == ')') && blank(text[end + 1]);
      if (!of_list && !is_year(text, i, end)) {
        found.push_back(i);
        while (end < text.size() && (digit(text[end]) || (text[end] == '.' && end + 1 < text.size() && digit(text[end + 1])))) end++;
      }
      i = end - 1;
      begins = false;
    } else {
      in_word = letter(c) || (in_word && digit(c));
      if (!blank(c) && c != '>') begins = false;
    }
  }
}

// The end of the group or sign behind ^ or _ : {..}, or one character, or a command.
size_t script_end(const std::string& t, size_t at) {
  while (at < t.size() && t[at] == ' ') at++;
  if (at < t.size() && t[at] == '{') {
    int depth = 0;
    for (; at < t.size(); at++) {
      if (t[at] == '{') depth++;
      if (t[at] == '}' && --depth == 0) return at + 1;
    }
    return at;
  }
  if (at < t.size() && t[at] == '\\') {
    for (at++; at < t.size() && std::isalpha(static_cast<unsigned char>(t[at]));) at++;
    return at;
  }
  return std::min(at + 1, t.size());
}

void bare_in_maths(const std::string& t, std::vector<size_t>& found) {
  for (size_t i = 0; i < t.size(); i++) {
    if (t[i] == '^' || t[i] == '_') {
      i = script_end(t, i + 1) - 1;
    } else if (t.compare(i, 3, "\\\\[") == 0) {  // the space below a row
      const size_t end = t.find(']', i);
      i = end == std::string::npos ? t.size() : end;
    } else if (t.compare(i, 5, "\\frac") == 0 && i + 6 < t.size() && digit(t[i + 5]) && digit(t[i + 6])) {  // \frac12
      for (const size_t at : {i + 5, i + 6})
        if (t[at] > '2') found.push_back(at);
      i += 6;
    } else if (digit(t[i])) {
      size_t end = i;
      while (end < t.size() && (digit(t[end]) || (t[end] == '.' && end + 1 < t.size() && digit(t[end + 1])))) end++;
      const std::string number = t.substr(i, end - i);
      if (number != "0" && number != "1" && number != "2") found.push_back(i);
      i = end - 1;
    }
  }
}

// Reports the bare digits of `text`, which begins in line `first`.
void check_digits(LessonText& lesson, const std::string& text, int first) {
  for (const Span& s : spans_of(text)) {
    if (s.kind == Span::code) continue;
    const bool line_begins = s.begin == 0 || text[s.begin - 1] == '\n';
    for (const size_t at : bare_digits(s, line_begins)) {
      size_t end = at;
      while (end < s.text.size() && (digit(s.text[end]) || s.text[end] == '.')) end++;
      if (end > at && s.text[end - 1] == '.') end--;
      lesson.problems.push_back({line_of(text, s.begin + at, first),
                                 "the number " + s.text.substr(at, end - at) + (s.kind == Span::prose ? " in prose" : " in maths") +
                                     " comes out of no run. Write {{name}}, {{x := 3}} or {{= x^2}}; small counts as words; code in backticks."});
    }
  }
}

// ---- shape

int words_of(const std::string& text) {
  int words = 0;
  for (const Span& s : spans_of(text)) {
    if (s.kind != Span::prose) {
      words++;  // a formula or a piece of code is read as one
      continue;
    }
    bool in_word = false;
    for (const char c : s.text) {
      const bool part = letter(c) || digit(c) || c == '\'' || c == '-';
      words += part && !in_word && c != '-';
      in_word = part;
    }
  }
  return words;
}

void check_headings(LessonText& lesson, const std::vector<std::string>& sections) {
  size_t next = 0;
  bool titled = false;
  for (const TextBlock& b : lesson.blocks) {
    if (b.kind != TextBlock::markdown) continue;
    int line = b.line - 1;
    for (const std::string& text : split(b.text, '\n')) {
      line++;
      if (text.starts_with("# ")) {
        const std::string title(trim(text.substr(2)));
        if (titled) lesson.problems.push_back({line, "a second title."});
        titled = true;
        if (!title.starts_with(lesson.id + " ")) lesson.problems.push_back({line, "the title begins with the lesson's id: # " + lesson.id + " ..."});
        else lesson.title = std::string(trim(title.substr(lesson.id.size())));
      } else if (text.starts_with("## ")) {
        const std::string heading(trim(text.substr(3)));
        const auto known = std::find(sections.begin(), sections.end(), heading);
        if (known == sections.end()) {
          lesson.problems.push_back({line, "there is no section '" + printable(heading) + "'." + did_you_mean(heading, sections)});
          continue;
        }
        const size_t place = size_t(known - sections.begin());
        if (place < next) lesson.problems.push_back({line, "the section '" + heading + "' stands at a wrong place or twice."});
        for (; next < place; next++) lesson.problems.push_back({line, "before this, the section '## " + sections[next] + "' is missing."});
        next = std::max(next, place + 1);
      }
    }
  }
  if (!titled) lesson.problems.push_back({1, "the title is missing: # " + lesson.id + " ..."});
  for (; next < sections.size(); next++) lesson.problems.push_back({0, "the section '## " + sections[next] + "' is missing."});
}

void check_code(LessonText& lesson) {
  int programs = 0, peers = 0;
  for (const TextBlock& b : lesson.blocks) {
    if (b.kind != TextBlock::code) continue;
    const auto lines = std::count(b.text.begin(), b.text.end(), '\n');
    if (b.info == "cpp run") {
      programs++;
      if (b.text.find("int main") == std::string::npos) lesson.problems.push_back({b.line, "a block `cpp run` is a whole program: it has no main."});
      if (lines > most_lines) lesson.problems.push_back({b.line, fmt::format("a program of {} lines; {} are the limit.", lines, most_lines)});
    } else if (b.info == "python torch") {
      peers++;
      if (lines > 25) lesson.problems.push_back({b.line, fmt::format("{} lines of PyTorch; about ten are enough, 25 the limit.", lines)});
    } else if (b.info.find(' ') != std::string::npos) {
      lesson.problems.push_back(
          {b.line, "a code block of the unknown kind '" + printable(b.info) + "': `cpp run`, `cpp`, `python torch`, `text`, `sh`."});
    }
  }
  if (!programs) lesson.problems.push_back({0, "no program: a block ```cpp run."});
  if (!peers) lesson.problems.push_back({0, "nothing in PyTorch: a block ```python torch."});
}

}  // namespace

std::vector<size_t> bare_digits(const Span& span, bool line_begins) {
  std::vector<size_t> found;
  const std::string text = without_free_parts(span.text);
  if (span.kind == Span::prose) bare_in_prose(text, line_begins, found);
  else if (span.kind != Span::code) bare_in_maths(text, found);
  return found;
}

void check_before(LessonText& lesson) {
  check_headings(lesson, sections);
  check_code(lesson);
  int predictions = 0;
  for (const TextBlock& b : lesson.blocks) {
    if (b.kind == TextBlock::code) continue;
    check_digits(lesson, b.text, b.kind == TextBlock::predict ? b.line + 1 : b.line);
    lesson.words += words_of(b.text);
    predictions += b.kind == TextBlock::predict;
    for (const Choice& c : b.choices) {
      check_digits(lesson, c.text, b.line);
      check_digits(lesson, c.thought, b.line);
      lesson.words += words_of(c.text) + words_of(c.thought);
    }
  }
  if (predictions < 2) lesson.problems.push_back({0, fmt::format("{} predict blocks; at least two.", predictions)});
  const int fewest = lesson.id.starts_with("W") ? fewest_words_of_a_warm_up : fewest_words;
  if (lesson.words < fewest || lesson.words > most_words)
    lesson.problems.push_back({0, fmt::format("{} words of prose; {} to {}.", lesson.words, fewest, most_words)});
}

void check_project(LessonText& project) {
  check_headings(project, project_sections);
  for (const TextBlock& b : project.blocks) {
    if (b.kind == TextBlock::figure || b.kind == TextBlock::predict)
      project.problems.push_back({b.line, "a project's text has no figures and no predict blocks."});
    if (b.kind != TextBlock::markdown) continue;
    check_digits(project, b.text, b.line);
    project.words += words_of(b.text);
  }
  if (project.words < fewest_words_of_a_project || project.words > most_words_of_a_project)
    project.problems.push_back({0, fmt::format("{} words of prose; {} to {}.", project.words, fewest_words_of_a_project, most_words_of_a_project)});
}

void check_after(LessonText& lesson) {
  if (!lesson.drawn) {
    lesson.problems.push_back({0, "the numbers and figures of " + lesson.id + " are not drawn: build the target cairn_figures."});
    return;
  }
  std::vector<std::string> names, used;
  for (const DrawnFigure& f : lesson.figures) names.push_back(f.name);
  bool slider = false;
  for (const TextBlock& b : lesson.blocks) {
    if (b.kind == TextBlock::code && b.info == "cpp run" && !b.ran)
      lesson.problems.push_back({b.line, "this program has not run as it stands here: build the target cairn_figures."});
    if (b.kind != TextBlock::figure) continue;
    const DrawnFigure* f = lesson.figure(b.name);
    if (!f) {
      lesson.problems.push_back({b.line, "figure.cpp draws no figure '" + b.name + "'." + did_you_mean(b.name, names)});
      continue;
    }
    used.push_back(b.name);
    slider |= int(f->frames.size()) >= fewest_frames;
    for (const DrawnFrame& frame : f->frames)
      if (frame.height != f->frames[0].height || frame.width != f->frames[0].width) {
        lesson.problems.push_back(
            {b.line, fmt::format("the frames of '{}' have different sizes ({}: {} x {}, {}: {} x {}): the page would jump.", b.name,
                                 f->frames[0].value, f->frames[0].width, f->frames[0].height, frame.value, frame.width, frame.height)});
        break;
      }
  }
  for (const std::string& name : names)
    if (std::find(used.begin(), used.end(), name) == used.end()) lesson.problems.push_back({0, "the figure '" + name + "' is drawn but not shown."});
  if (!slider) lesson.problems.push_back({0, fmt::format("no figure with a slider of at least {} frames.", fewest_frames)});
}

}  // namespace cairn::course
