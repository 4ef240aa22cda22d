#include <course/machinery/quiz.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>

namespace cairn::course {

namespace {

constexpr size_t most_questions = 200, most_wrong = 8, most_choices = 100;

Draw read_draw(const Toml& table, const std::string& name) {
  Draw d{name, Draw::integer, {}};
  const std::string text = table.text(name);
  std::vector<std::string> words = split(text, ' ');
  std::erase(words, "");
  const auto hint = "\nHint: \"int 2 9\", \"number 0.1 0.9\" or \"choice 10 20 50\"";
  if (words.empty()) table.fail(name + " has no rule." + hint);
  if (words[0] == "int") d.kind = Draw::integer;
  else if (words[0] == "number") d.kind = Draw::number;
  else if (words[0] == "choice") d.kind = Draw::choice;
  else table.fail(fmt::format("{} = \"{}\" is no rule of drawing.{}", name, printable(text), hint));
  for (size_t i = 1; i < words.size(); i++) {
    double value = 0;
    if (!parse_double(words[i], value) || !std::isfinite(value))
      table.fail(fmt::format("'{}' in {} is no number.{}", printable(words[i]), name, hint));
    d.values.push_back(value);
  }
  if (d.kind == Draw::choice) {
    if (d.values.empty() || d.values.size() > most_choices)
      table.fail(fmt::format("{} has to have 1 to {} values to choose from.", name, most_choices));
    return d;
  }
  if (d.values.size() != 2 || !(d.values[0] < d.values[1])) table.fail(fmt::format("{} needs a low and a higher end.{}", name, hint));
  if (std::abs(d.values[0]) > 1e12 || std::abs(d.values[1]) > 1e12) table.fail(name + " lies outside of -1e12 to 1e12.");
  if (d.kind == Draw::integer && (d.values[0] != std::round(d.values[0]) || d.values[1] != std::round(d.values[1])))
    table.fail(name + " has to have whole ends.");
  return d;
}

Question read_question(const Toml& t) {
  t.only({"draw", "text", "answer", "format", "words", "typed", "wrong", "why"});
  Question q;
  q.path = t.path();
  q.line = t.line();
  const Toml draws = t.table("draw");
  for (const std::string& name : draws.keys()) q.draws.push_back(read_draw(draws, name));
  q.text = t.text("text");
  q.answer = t.text("answer");
  q.why = t.text("why", "");
  q.format = t.text("format", "");
  q.words = t.flag("words", false);
  q.typed = t.flag("typed", false);
  if (q.words && q.typed) t.fail("a question whose answer is typed needs a number as its answer, not words");
  for (const Toml& w : t.tables("wrong")) {
    w.only({"value", "thought"});
    q.wrong.push_back({w.text("value"), w.text("thought")});
  }
  if (q.wrong.empty() && !q.typed) t.fail("a question needs at least one wrong answer (wrong = [ ... ])");
  if (q.wrong.size() > most_wrong) t.fail(fmt::format("{} wrong answers; {} are the limit", q.wrong.size(), most_wrong));
  try {
    drawn(q, 0);  // names that are not defined show at once
  } catch (const FileError&) { throw; } catch (const Error& e) {
    t.fail(e.what());
  }
  return q;
}

double draw_number(const Draw& d, Random& random) {
  if (d.kind == Draw::choice) return d.values[random.below(d.values.size())];
  const double low = d.values[0], high = d.values[1];
  if (d.kind == Draw::integer) return low + double(random.below(uint64_t(high - low) + 1));
  // Two digits of the range's own size, so that people can reckon with it.
  const double step = std::pow(10.0, std::floor(std::log10(high - low)) - 1);
  return std::clamp(std::round((low + (high - low) * random.uniform()) / step) * step, low, high);
}

// One drawing; nothing when too few wrong values differ from the right one.
std::optional<DrawnQuestion> try_draw(const Question& q, Random& random) {
  Names names;
  for (const Draw& d : q.draws) names[d.name] = draw_number(d, random);
  DrawnQuestion out;
  out.typed = q.typed;
  out.text = substitute(q.text, names);
  const auto value_of = [&](const std::string& value) { return q.words ? substitute(value, names) : shown(evaluate(value, names), q.format); };
  if (!q.words) out.value = evaluate(q.answer, names);
  out.right_text = value_of(q.answer);
  std::vector<std::pair<std::string, std::string>> options{{out.right_text, ""}};
  for (const Wrong& w : q.wrong) {
    const std::string value = value_of(w.value);
    const auto same = [&](const auto& option) { return option.first == value; };
    if (std::none_of(options.begin(), options.end(), same)) options.push_back({value, substitute(w.thought, names)});
  }
  if (!q.typed && options.size() < std::min<size_t>(3, q.wrong.size() + 1)) return std::nullopt;
  out.why = substitute(q.why, names);
  if (q.typed) return out;
  std::vector<size_t> order(options.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = i;
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);
  for (size_t i = 0; i < order.size(); i++) {
    out.options.push_back(options[order[i]].first);
    out.thoughts.push_back(options[order[i]].second);
    if (order[i] == 0) out.right = int(i);
  }
  return out;
}

}  // namespace

std::vector<Question> read_questions(const Toml& table) {
  std::vector<Question> questions;
  for (const Toml& t : table.tables("question")) {
    if (questions.size() >= most_questions) t.fail(fmt::format("a quiz has at most {} questions", most_questions));
    questions.push_back(read_question(t));
  }
  return questions;
}

Quiz parse_quiz(std::string_view text, const std::string& path) {
  const Toml file = Toml::parse(text, path);
  file.only({"question"});
  Quiz quiz{path, read_questions(file)};
  if (quiz.questions.empty()) file.fail("there is no [[question]] in it");
  return quiz;
}

Quiz load_quiz(const std::string& path) { return parse_quiz(read_file(path, 1 << 20), path); }

std::optional<Quiz> quiz_of(const Lesson& lesson) {
  const std::string folder = folder_of(lesson);
  if (folder.empty() || !file_exists(folder + "/quiz.toml")) return std::nullopt;
  return load_quiz(folder + "/quiz.toml");
}

DrawnQuestion drawn(const Question& question, uint64_t seed) {
  Random random(seed, uint64_t(question.line));
  try {
    for (int i = 0; i < 100; i++)
      if (std::optional<DrawnQuestion> found = try_draw(question, random)) return *found;
  } catch (const ConfigError& e) { throw FileError(fmt::format("{} line {}: {}", question.path, question.line, e.what())); }
  throw FileError(fmt::format("{} line {}: the wrong values equal the right one in almost every drawing", question.path, question.line));
}

std::vector<DrawnQuestion> review_questions(const Quiz& quiz, const std::string& id, int stage, uint64_t seed) {
  constexpr size_t count = 3;
  for (const char c : id) seed = mix(seed, uint64_t(static_cast<unsigned char>(c)));
  seed = mix(seed, uint64_t(stage));
  std::vector<size_t> order(quiz.questions.size());
  for (size_t i = 0; i < order.size(); i++) order[i] = i;
  Random random(seed);
  for (size_t i = order.size(); i > 1; i--) std::swap(order[i - 1], order[random.below(i)]);
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return quiz.questions[a].words < quiz.questions[b].words; });
  order.resize(std::min(count, order.size()));
  std::vector<DrawnQuestion> questions;
  for (const size_t i : order) questions.push_back(drawn(quiz.questions[i], seed));
  return questions;
}

std::optional<int> option_of(const DrawnQuestion& question, std::string_view word) {
  word = trim(word);
  if (!question.typed) {
    int64_t number = 0;
    if (!parse_int(word, number) || number < 1 || number > int64_t(question.options.size())) return std::nullopt;
    return int(number - 1);
  }
  double value = 0;
  try {
    value = evaluate(word, {});
  } catch (const ConfigError&) { return std::nullopt; }
  const bool whole = question.value == std::round(question.value);
  return std::abs(value - question.value) <= (whole ? 1e-6 : 0.005 * std::abs(question.value)) ? 0 : 1;
}

std::vector<std::string> problems(const Quiz& quiz) {
  std::vector<std::string> found;
  const auto computed = std::count_if(quiz.questions.begin(), quiz.questions.end(), [](const Question& q) { return !q.words; });
  if (quiz.questions.size() < 4) found.push_back(fmt::format("{}: {} questions; at least four are needed", quiz.path, quiz.questions.size()));
  if (2 * computed < int64_t(quiz.questions.size()))
    found.push_back(fmt::format("{}: {} of {} questions are computed; at least half have to be", quiz.path, computed, quiz.questions.size()));
  for (const Question& q : quiz.questions) {
    const std::string where = fmt::format("{} line {}: ", quiz.path, q.line);
    if (q.why.empty()) found.push_back(where + "why is missing: what the right answer comes from");
    for (const Wrong& w : q.wrong)
      if (trim(w.thought).empty()) found.push_back(where + "a wrong answer does not say which thought leads to it");
    try {
      for (uint64_t seed = 0; seed < 200; seed++) drawn(q, seed);
    } catch (const Error& e) { found.push_back(e.what()); }
  }
  return found;
}

}  // namespace cairn::course
