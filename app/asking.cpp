#include <app/asking.h>

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <random>

#include <fmt/format.h>

#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/plot/terminal.h>

namespace cairn {

namespace {

constexpr char ctrl_c = 3, ctrl_d = 4, escape = 27;

// Keys without Enter, for as long as it lives. Ctrl-C is a key, too, so that nothing can end with a terminal that does not echo.
class SingleKeys {
 public:
  SingleKeys() {
    if (tcgetattr(0, &before_) != 0) return;
    termios raw = before_;
    raw.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    changed_ = tcsetattr(0, TCSANOW, &raw) == 0;
  }
  ~SingleKeys() {
    if (changed_) tcsetattr(0, TCSANOW, &before_);
  }
  SingleKeys(const SingleKeys&) = delete;
  SingleKeys& operator=(const SingleKeys&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

std::optional<std::string> read_line() {
  std::string line;
  for (;;) {
    const int c = std::getchar();
    if (c == EOF) return line.empty() ? std::nullopt : std::optional<std::string>(line);
    if (c == '\n') return line;
    if (line.size() < 1000) line += char(c);
  }
}

}  // namespace

std::string for_terminal(const std::string& text, const std::string& indent) {
  const size_t width = size_t(std::clamp(Terminal::of(1).columns, 20, 92)) - std::min<size_t>(indent.size(), 10);
  std::vector<std::string> lines;
  for (const std::string& line : split(in_plain_maths(text), '\n')) {
    // Lines of code keep their blanks.
    if (line.starts_with("  ")) lines.push_back(indent + line);
    else if (!line.empty()) lines.push_back(wrapped(line, width, indent));
    else lines.push_back("");
  }
  return join(lines, "\n");
}

uint64_t seed_of(const Session& session) { return session.seed_given ? uint64_t(session.options().seed) : std::random_device()() & 0x7fffffffu; }

Asker::Asker(Session& session, const std::string& answers)
    : session_(session), scripted_(!trim(answers).empty()), begin_(std::chrono::steady_clock::now()) {
  if (scripted_)
    for (const std::string& word : split(answers, ',')) words_.emplace_back(trim(word));
}

bool Asker::silent() const { return session_.json() && !scripted_; }

double Asker::seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count(); }

std::optional<std::string> Asker::next_word(const course::DrawnQuestion& question) {
  if (scripted_) return at_ < words_.size() ? std::optional<std::string>(words_[at_++]) : std::nullopt;
  if (by_key(question)) {
    char key = 0;
    if (::read(0, &key, 1) != 1 || key == ctrl_d || key == ctrl_c) return std::nullopt;
    if (key == escape) tcflush(0, TCIFLUSH);  // an arrow or function key: more bytes follow
    session_.say(std::string(1, key));
    return std::string(1, key);
  }
  return read_line();
}

bool Asker::by_key(const course::DrawnQuestion& question) const { return !scripted_ && isatty(0) && !question.typed && question.options.size() < 10; }

std::optional<int> Asker::ask(const course::DrawnQuestion& question, const std::string& heading) {
  session_.say("\n" + rows_here(shown_here(heading)) + "\n" + for_terminal(question.text, "  "));
  for (size_t i = 0; i < question.options.size(); i++)
    session_.say(fmt::format("    {})  {}", i + 1, trim(for_terminal(question.options[i], "        "))));
  const std::string how = question.typed ? "a number; ?: not known; q ends" : fmt::format("1 to {}; ?: not known; q ends", question.options.size());
  std::optional<SingleKeys> keys;  // from before the prompt on: a key pressed as soon as it stands there is one already
  if (by_key(question)) keys.emplace();
  for (;;) {
    if (!scripted_ && isatty(0)) std::printf("  (%s) ", how.c_str()), std::fflush(stdout);
    const std::optional<std::string> word = next_word(question);
    if (!word || *word == "q") return std::nullopt;
    if (*word == "?") return -1;
    if (const std::optional<int> option = course::option_of(question, *word)) return option;
    if (scripted_) throw UsageError(fmt::format("--answers: '{}' is no answer to question {} ({}).", printable(*word), at_, how));
    if (!trim(*word).empty()) session_.say("  '" + printable(*word) + "' is no answer here.");
  }
}

void Asker::tell(const course::DrawnQuestion& question, int chosen) const {
  if (course::is_right(question, chosen)) session_.say("  Right." + (question.why.empty() ? "" : "\n" + for_terminal(question.why, "  ")));
  else {
    const bool thought = chosen >= 0 && !question.typed;
    session_.say("  Not this time." + (thought ? "\n" + for_terminal(question.thoughts[size_t(chosen)], "  ") : std::string()));
    session_.say(for_terminal("The answer: " + question.right_text + ". " + question.why, "  "));
  }
}

Json question_json(const course::DrawnQuestion& question, const std::string& id, int number) {
  return Json::object({{"event", "question"}, {"id", id}, {"number", number}, {"text", question.text}, {"options", Json::array(question.options)}});
}

}  // namespace cairn
