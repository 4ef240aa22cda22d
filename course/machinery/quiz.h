// A lesson's quiz: questions of quiz.toml (docs/add-a-lesson.md) whose numbers are drawn afresh for each seed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <course/machinery/expression.h>
#include <course/machinery/toml.h>

namespace cairn::course {

struct Lesson;

struct Wrong {
  std::string value, thought;  // which thought leads to it
};

// How a name gets its number.
struct Draw {
  std::string name;
  enum Kind { integer, number, choice } kind = integer;
  std::vector<double> values;  // LOW HIGH, or those to choose from
};

struct Question {
  std::vector<Draw> draws;
  std::string text, answer, why;  // an expression, or words
  std::string format;             // how an answer that is a number is shown
  bool words = false;             // answer and wrong values are words
  bool typed = false;             // no options: the learner types a number
  std::vector<Wrong> wrong;
  std::string path;  // where it stands
  int line = 0;
};

struct Quiz {
  std::string path;
  std::vector<Question> questions;
};

// With numbers in place. Names that the text defines ({{hidden c := a + b}}) are known to the answer, the wrong values and the why.
struct DrawnQuestion {
  std::string text;
  std::vector<std::string> options;   // in random order; empty when typed
  int right = 0;                      // its place among the options
  std::vector<std::string> thoughts;  // beside the options; of the right one ""
  std::string why;
  bool typed = false;
  double value = 0;        // of the right answer, when it is a number
  std::string right_text;  // the right answer as it is shown
};

Quiz load_quiz(const std::string& path);                          // FileError with file and line
Quiz parse_quiz(std::string_view text, const std::string& path);  // the same
std::vector<Question> read_questions(const Toml& table);          // its [[question]]s
std::optional<Quiz> quiz_of(const Lesson& lesson);                // nothing when the lesson has none (yet)

// The same seed draws the same. Wrong values that equal the right one, or each other, are left out; when hardly any is left, numbers are
// drawn once more. FileError with file and line when nothing sensible can be drawn.
DrawnQuestion drawn(const Question& question, uint64_t seed);

// Three of a lesson's questions for a review, those that need a calculation first; other numbers for each lesson and stage.
std::vector<DrawnQuestion> review_questions(const Quiz& quiz, const std::string& id, int stage, uint64_t seed);

// Which option a learner's word names: "2" is the second, 1; nothing when it is none. For typed questions 0 when the number (an expression
// such as 3/8 counts) is the right one, 1 when it is another: whole numbers must be met, others to half a per cent.
std::optional<int> option_of(const DrawnQuestion& question, std::string_view word);
inline bool is_right(const DrawnQuestion& question, int option) { return option == (question.typed ? 0 : question.right); }

// What is wrong with a quiz, a sentence each: fewer than four questions, fewer than half computed, draws that fail. Empty when all is well.
std::vector<std::string> problems(const Quiz& quiz);

}  // namespace cairn::course
