// Questions to the learner: on a terminal one key each, from a pipe or `--answers 1,3,2` one word each. quiz, review and place ask with it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <app/command.h>
#include <course/machinery/quiz.h>

namespace cairn {

// Maths and code of a question as a terminal shows them, on lines as wide as it is.
std::string for_terminal(const std::string& text, const std::string& indent = "");
uint64_t seed_of(const Session& session);  // the --seed, or a new one

class Asker {
 public:
  // `answers`: "1,3,2", words between commas; "" asks the learner.
  Asker(Session& session, const std::string& answers);
  bool scripted() const { return scripted_; }          // answers were given
  bool silent() const;                                 // --json without answers: questions are printed, nobody is asked
  size_t left() const { return words_.size() - at_; }  // of the answers given

  // What was chosen (option_of); -1: "?", not known. Nothing: the learner ended it (q, end of input), or no answer is left. A word that is
  // no answer is asked again; UsageError when it came from --answers.
  std::optional<int> ask(const course::DrawnQuestion& question, const std::string& heading);
  // Tells whether it was right, which thought led there, and why.
  void tell(const course::DrawnQuestion& question, int chosen) const;

  double seconds() const;  // since the first question

 private:
  bool by_key(const course::DrawnQuestion& question) const;  // one key answers, without Enter
  std::optional<std::string> next_word(const course::DrawnQuestion& question);
  Session& session_;
  bool scripted_;
  std::vector<std::string> words_;
  size_t at_ = 0;
  std::chrono::steady_clock::time_point begin_;
};

// A question for programs, without what is right.
Json question_json(const course::DrawnQuestion& question, const std::string& id, int number);

}  // namespace cairn
