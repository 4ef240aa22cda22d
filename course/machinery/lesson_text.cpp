// Reading lesson.md: lines into blocks, then {{...}} in the order in which they stand.
#include <course/machinery/lesson_text.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/json.h>
#include <cairn/base/text.h>
#include <course/machinery/expression.h>
#include <course/machinery/lesson_rules.h>
#include <course/machinery/paths.h>

namespace cairn::course {

namespace {

constexpr uint64_t largest_text = 256 << 10, largest_json = 16 << 20, largest_output = 64 << 10;

// ---- what the build wrote

struct Built {
  Names numbers;
  std::map<std::string, std::string, std::less<>> words;
  std::vector<DrawnFigure> figures;
};

DrawnFigure figure_from(const Json& j, const std::string& folder) {
  DrawnFigure figure{j.at("name").as_string(), j.at("label").as_string(), {}};
  for (const Json& f : j.at("frames").as_array())
    figure.frames.push_back({f.at("value").as_string(), f.at("says").as_string(), f.at("description").as_string(),
                             folder + "/" + f.at("wide").as_string(), folder + "/" + f.at("narrow").as_string(),
                             folder + "/" + f.at("texts").as_string(), f.at("width").as_double(), f.at("height").as_double()});
  return figure;
}

Built read_built(const std::string& folder) {
  Built built;
  const Json j = Json::parse(read_file(folder + "/numbers.json", largest_json), folder + "/numbers.json");
  for (const auto& [name, value] : j.at("numbers").as_object()) {
    if (value.is_string()) built.words[name] = value.as_string();
    else built.numbers[name] = value.as_double();
  }
  for (const Json& f : j.at("figures").as_array()) built.figures.push_back(figure_from(f, folder));
  return built;
}

// ---- lines into blocks

class Reader {
 public:
  Reader(LessonText& lesson, const std::string& text) : lesson_(lesson), lines_(split(text, '\n')) {
    for (std::string& line : lines_)
      if (!line.empty() && line.back() == '\r') line.pop_back();
  }
  void read() {
    while (at_ < lines_.size()) {
      const std::string& line = lines_[at_];
      if (line.starts_with("```")) code();
      else if (line.starts_with(":::")) predict();
      else if (line.starts_with("![")) figure();
      else markdown();
    }
    flush();
  }

 private:
  void problem(int line, const std::string& text) { lesson_.problems.push_back({line, text}); }
  int number() const { return int(at_) + 1; }
  void flush() {
    if (!trim(text_).empty()) {
      TextBlock b;
      b.line = begin_, b.text = text_;
      lesson_.blocks.push_back(b);
    }
    text_.clear();
  }
  void markdown() {
    if (text_.empty()) begin_ = number();
    text_ += lines_[at_++] + "\n";
  }
  void code() {
    flush();
    TextBlock b;
    b.kind = TextBlock::code, b.line = number();
    b.info = std::string(trim(std::string_view(lines_[at_++]).substr(3)));
    while (at_ < lines_.size() && !lines_[at_].starts_with("```")) b.text += lines_[at_++] + "\n";
    if (at_ == lines_.size()) problem(b.line, "a code block that begins here has no end.");
    else at_++;
    lesson_.blocks.push_back(b);
  }
  // ![caption](figure:name)
  void figure() {
    const std::string& line = lines_[at_];
    const size_t middle = line.find("](figure:"), name = middle + 9, end = line.find(')', name);
    const auto letter = [](unsigned char c) { return std::isalnum(c) || c == '_'; };
    if (middle == std::string::npos || end == std::string::npos || end == name || !trim(line.substr(end + 1)).empty() ||
        !std::all_of(line.begin() + int64_t(name), line.begin() + int64_t(end), letter)) {
      problem(number(), "an image that is no figure. Write ![what it shows](figure:NAME) on a line of its own; figure.cpp draws NAME.");
      return markdown();
    }
    flush();
    TextBlock b;
    b.kind = TextBlock::figure, b.line = number(), b.text = line.substr(2, middle - 2), b.name = line.substr(name, end - name);
    if (trim(b.text).empty()) problem(number(), "the figure '" + b.name + "' has no caption for those who do not see it.");
    lesson_.blocks.push_back(b);
    at_++;
  }
  void predict() {
    const std::string opening(trim(lines_[at_]));
    flush();
    if (opening != "::: predict") {
      problem(number(), "'" + printable(opening) + "': only `::: predict` begins a block of this kind.");
      at_++;
      return;
    }
    TextBlock b;
    b.kind = TextBlock::predict, b.line = number();
    at_++;
    while (at_ < lines_.size() && trim(lines_[at_]) != ":::") {
      const std::string& line = lines_[at_];
      if (line.starts_with("- [ ] ") || line.starts_with("- [x] ")) {
        b.choices.push_back(Choice{line[3] == 'x', line.substr(6), ""});
      } else if (!b.choices.empty() && !trim(line).empty()) {
        b.choices.back().text += " " + std::string(trim(line));  // an option that goes on
      } else if (b.choices.empty()) {
        b.text += line + "\n";
      }
      at_++;
    }
    if (at_ == lines_.size()) problem(b.line, "a predict block that begins here has no ::: at its end.");
    else at_++;
    for (Choice& c : b.choices) {
      const size_t thought = c.text.find(" :: ");
      if (thought == std::string::npos) {
        problem(b.line, "the choice '" + printable(c.text) + "' does not say, behind ' :: ', which thought leads there.");
        continue;
      }
      c.thought = std::string(trim(c.text.substr(thought + 4)));
      c.text = std::string(trim(c.text.substr(0, thought)));
    }
    const auto right = std::count_if(b.choices.begin(), b.choices.end(), [](const Choice& c) { return c.right; });
    if (trim(b.text).empty()) problem(b.line, "a predict block without a question.");
    if (b.choices.size() < 2 || right != 1)
      problem(b.line, "a predict block has at least two choices, one of them right: `- [x] ...`; here are " + std::to_string(b.choices.size()) +
                          ", right " + std::to_string(right) + ".");
    lesson_.blocks.push_back(b);
  }

  LessonText& lesson_;
  std::vector<std::string> lines_;
  size_t at_ = 0;
  std::string text_;
  int begin_ = 0;
};

// ---- {{...}}

// 1.5e-07 -> 1.5 \cdot 10^{-7}, 2e+06 -> 2 \cdot 10^{6}
std::string powers_of_ten(const std::string& maths) {
  const auto digit = [&](size_t i) { return i < maths.size() && std::isdigit(static_cast<unsigned char>(maths[i])); };
  std::string out;
  for (size_t i = 0; i < maths.size(); i++) {
    const bool negative = i + 1 < maths.size() && maths[i + 1] == '-';
    size_t first = i + 1 + (i + 1 < maths.size() && (negative || maths[i + 1] == '+'));
    if (maths[i] != 'e' || i == 0 || !digit(i - 1) || !digit(first)) {
      out += maths[i];
      continue;
    }
    while (maths[first] == '0' && digit(first + 1)) first++;
    size_t end = first;
    while (digit(end)) end++;
    out += std::string(" \\cdot 10^{") + (negative ? "-" : "") + maths.substr(first, end - first) + "}";
    i = end - 1;
  }
  return out;
}

class Filler {
 public:
  Filler(LessonText& lesson, Built& built) : lesson_(lesson), built_(built), runs_(built.numbers) {}
  // The text with its braces filled in. What cannot be is a problem, and shows as "(?)".
  std::string operator()(const std::string& text, int line) {
    std::string out;
    for (const Span& s : spans_of(text)) {
      if (s.kind == Span::code) out += s.text;
      else if (s.kind == Span::prose) out += fill(text, s, line, "");
      else out += powers_of_ten(fill(text, s, line, s.kind == Span::display ? "$$" : "$"));
    }
    return out;
  }

 private:
  // One {{...}} after the other, so that a problem has its line and the others are still filled in.
  std::string fill(const std::string& whole, const Span& s, int line, const std::string& marks) {
    std::string out = marks;
    size_t at = 0;
    for (;;) {
      const size_t open = s.text.find("{{", at);
      if (open == std::string::npos) break;
      size_t close = s.text.find("}}", open);
      const size_t end = close == std::string::npos ? s.text.size() : close + 2;
      out += s.text.substr(at, open - at);
      const int here = line + int(std::count(whole.begin(), whole.begin() + int64_t(std::min(whole.size(), s.begin + open)), '\n'));
      try {
        refuse_hiding(std::string_view(s.text).substr(open, end - open));
        out += substitute(s.text.substr(open, end - open), built_.numbers, [&](std::string_view inside) { return words(inside); });
      } catch (const Error& e) {
        // Without a build every name of figure.cpp would be a problem; one is told for all of them.
        if (lesson_.drawn || std::string_view(e.what()).find("is not defined") == std::string_view::npos)
          lesson_.problems.push_back({here, e.what()});
        out += "(?)";
      }
      at = end;
    }
    return out + s.text.substr(at) + marks;
  }
  // A definition of the text's own under the name of a run's number would be shown in place of it, without a word.
  void refuse_hiding(std::string_view braces) const {
    while (braces.starts_with('{')) braces.remove_prefix(1);
    const std::string_view name = defined_name(braces);
    if (runs_.contains(name)) throw ConfigError("'" + printable(name) + "' is a number of figure.cpp; the text needs another name for its own.");
  }
  std::optional<std::string> words(std::string_view inside) {
    const auto found = built_.words.find(trim(inside));
    return found == built_.words.end() ? std::nullopt : std::optional(found->second);
  }
  LessonText& lesson_;
  Built& built_;
  const Names runs_;
};

void fill_in(LessonText& lesson, Built& built) {
  Filler fill(lesson, built);
  for (TextBlock& b : lesson.blocks) {
    if (b.kind == TextBlock::code) continue;
    b.text = fill(b.text, b.kind == TextBlock::predict ? b.line + 1 : b.line);
    for (Choice& c : b.choices) {
      c.text = fill(c.text, b.line);
      c.thought = fill(c.thought, b.line);
    }
  }
}

// What the programs printed, as far as they are still those that ran.
void add_outputs(LessonText& lesson, const std::string& built) {
  int number = 0;
  for (TextBlock& b : lesson.blocks) {
    if (b.kind != TextBlock::code || b.info != "cpp run") continue;
    const std::string base = built + "/blocks/" + std::to_string(++number), code = base + ".ran.cpp", out = base + ".out";
    if (!file_exists(code) || !file_exists(out)) continue;
    b.ran = read_file(code, largest_text) == b.text;
    if (!b.ran) continue;
    if (file_size(out) > largest_output) lesson.problems.push_back({b.line, "the program prints more than 64 KiB."});
    else b.output = read_file(out, largest_output);
  }
}

}  // namespace

const DrawnFigure* LessonText::figure(const std::string& name) const {
  for (const DrawnFigure& f : figures)
    if (f.name == name) return &f;
  return nullptr;
}

std::string id_of_folder(const std::string& folder) {
  const std::string name = std::filesystem::path(folder + "/").parent_path().filename().string();
  return name.substr(0, name.find('-'));
}

std::vector<Span> spans_of(std::string_view text) {
  std::vector<Span> spans;
  size_t at = 0, begin = 0;
  const auto prose_until = [&](size_t end) {
    if (end > begin) spans.push_back({Span::prose, std::string(text.substr(begin, end - begin)), begin});
  };
  const auto is_blank = [&](size_t i) { return i >= text.size() || std::isspace(static_cast<unsigned char>(text[i])); };
  while (at < text.size()) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      at += 2;
    } else if (text[at] == '`') {
      size_t run = at;
      while (run < text.size() && text[run] == '`') run++;
      const std::string mark(run - at, '`');
      size_t close = text.find(mark, run);
      while (close != std::string_view::npos && close + mark.size() < text.size() &&
             text[close + mark.size()] == '`') {  // a longer run is not the end
        while (close < text.size() && text[close] == '`') close++;
        close = text.find(mark, close);
      }
      const size_t paragraph = text.find("\n\n", run);
      if (close == std::string_view::npos || paragraph < close) {
        at = run;
        continue;
      }
      prose_until(at);
      spans.push_back({Span::code, std::string(text.substr(at, close + mark.size() - at)), at});
      at = begin = close + mark.size();
    } else if (text[at] == '$') {
      const bool display = text.substr(at).starts_with("$$");
      const size_t inner = at + (display ? 2 : 1), paragraph = text.find("\n\n", at);
      size_t close = text.find(display ? "$$" : "$", inner);
      while (close != std::string_view::npos && close > 0 && text[close - 1] == '\\') close = text.find(display ? "$$" : "$", close + 1);
      if (close == std::string_view::npos || paragraph < close || close == inner || (!display && (is_blank(inner) || is_blank(close - 1)))) {
        at = inner;  // a dollar
        continue;
      }
      prose_until(at);
      spans.push_back({display ? Span::display : Span::maths, std::string(text.substr(inner, close - inner)), inner});
      at = begin = close + (display ? 2 : 1);
    } else {
      at++;
    }
  }
  prose_until(text.size());
  return spans;
}

LessonText read_lesson(const std::string& folder, const std::string& built) {
  LessonText lesson;
  lesson.id = id_of_folder(folder);
  const std::string path = folder + "/lesson.md", text = read_file(path, largest_text);
  if (!is_plain_text(text)) throw FileError(path + " is no UTF-8 text, or holds control characters other than tabs and ends of lines.");
  Reader(lesson, text).read();

  Built from_build;
  if (file_exists(built + "/numbers.json")) {
    from_build = read_built(built);
    lesson.drawn = true;
    lesson.figures = from_build.figures;
  }
  check_before(lesson);
  fill_in(lesson, from_build);
  add_outputs(lesson, built);
  check_after(lesson);
  return lesson;
}

LessonText read_text(const std::string& id, const std::string& title, const std::string& markdown) {
  LessonText text;
  text.id = id;
  Reader(text, markdown).read();
  text.title = title;
  text.drawn = true;
  return text;
}

std::vector<std::string> text_problems(const std::string& folder) {
  return text_problems(folder, course_build_folder() + "/" + id_of_folder(folder));
}

std::vector<std::string> text_problems(const std::string& folder, const std::string& built) {
  std::vector<std::string> all;
  try {
    LessonText lesson = read_lesson(folder, built);
    std::stable_sort(lesson.problems.begin(), lesson.problems.end(), [](const Problem& a, const Problem& b) { return a.line < b.line; });
    for (const Problem& p : lesson.problems) all.push_back("lesson.md:" + (p.line ? std::to_string(p.line) + ":" : std::string()) + " " + p.text);
  } catch (const Error& e) { all.push_back(e.what()); }
  return all;
}

}  // namespace cairn::course
