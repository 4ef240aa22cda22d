// A lesson's text, lesson.md: read into blocks, its {{...}} replaced by what the build computed, and everything that is wrong with it.
// The format is told in docs/add-a-lesson.md. Pages and the terminal show the blocks (page.h, lesson_terminal.h).
#pragma once

#include <string>
#include <vector>

namespace cairn::course {

// What the build drew for a lesson (book.h).
struct DrawnFrame {
  std::string value, says, description;
  std::string wide, narrow, texts;  // paths of files
  double width = 0, height = 0;
};
struct DrawnFigure {
  std::string name, label;  // a label: a slider
  std::vector<DrawnFrame> frames;
};

struct Choice {
  bool right = false;
  std::string text, thought;
};

// A piece of the text. Markdown has no figures, code blocks and predict blocks in it: those are blocks of their own.
struct TextBlock {
  enum Kind { markdown, figure, predict, code } kind = markdown;
  int line = 0;
  std::string text;  // markdown; the question of a predict block; the code
  // figure: its caption is `text`
  std::string name;
  // predict
  std::vector<Choice> choices;
  // code
  std::string info;    // "cpp run", "cpp", "python torch", ...
  std::string output;  // of a program that the build ran
  bool ran = false;    // false: not built yet, or the code has changed since
};

struct Problem {
  int line;  // 0: of the whole
  std::string text;
};

struct LessonText {
  std::string id, title;  // "A06", "Derivatives and the chain rule"
  std::vector<TextBlock> blocks;
  std::vector<DrawnFigure> figures;
  bool drawn = false;  // the build has drawn its figures
  int words = 0;       // of prose
  std::vector<Problem> problems;
  const DrawnFigure* figure(const std::string& name) const;
};

// The lesson in `folder` (course/lessons/A06-derivatives) with what the build wrote into `built` (build/course/A06), which may be missing.
// FileError when there is no lesson.md, or it is no text or longer than 256 KiB; everything else is a problem, and the rest is read.
LessonText read_lesson(const std::string& folder, const std::string& built);

// Any other text of the course in the same Markdown (a note on a paper), its {{...}} replaced already, without the rules of lessons.
LessonText read_text(const std::string& id, const std::string& title, const std::string& markdown);

// "A06" for course/lessons/A06-derivatives.
std::string id_of_folder(const std::string& folder);

// Everything that is wrong with the text of a lesson, a line each, beginning with "lesson.md:LINE: ": for `cairn course check`. `built` as
// above; by default where the build writes it.
std::vector<std::string> text_problems(const std::string& folder);
std::vector<std::string> text_problems(const std::string& folder, const std::string& built);

// Where maths and code stand in Markdown: a text is cut into pieces in their order.
struct Span {
  enum Kind { prose, code, maths, display } kind;
  std::string text;  // maths without its $, code with its backticks
  size_t begin;      // in the text
};
std::vector<Span> spans_of(std::string_view markdown);

}  // namespace cairn::course
