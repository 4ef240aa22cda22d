#include <course/machinery/checking.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/prose.h>

namespace cairn::course {

namespace {

// One check of a file at a time. The lock is the learner's own file's, so that it ends with the process whatever happens.
class FileLock {
 public:
  explicit FileLock(const std::string& path) : file_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_ < 0) throw FileError("cannot read " + path + ": " + std::strerror(errno));
    for (int i = 0; flock(file_, LOCK_EX | LOCK_NB) != 0; i++) {
      if (errno != EWOULDBLOCK && errno != EINTR) return;  // a file system without locks
      if (i == 200) {
        close(file_);
        throw StateError("another check of " + path + " is running and does not end.\nHint: end it, then check again.");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  ~FileLock() { close(file_); }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
 private:
  int file_;
};

std::string reports_in(const std::string& folder) {
  std::string all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().filename().string().starts_with("report.")) all += read_file(entry.path().string(), uint64_t{64} << 20).substr(0, 200000);
  return all;
}

void forget_reports(const std::string& folder) {
  std::vector<std::filesystem::path> old;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error))
    if (entry.path().filename().string().starts_with("report.")) old.push_back(entry.path());
  for (const auto& path : old) std::filesystem::remove(path, error);
}

int64_t count_of(const Json& object, const char* key) {
  const Json* v = object.find(key);
  return v && v->is_int() ? v->as_int() : 0;
}

std::string in_one_line(std::string words) {
  words = std::string(trim(words));
  std::replace(words.begin(), words.end(), '\n', ' ');
  return printable(words, 400);
}

// The first byte that no source has: a control character. Letters that are no UTF-8 stand in comments of some, and the compiler takes them.
size_t no_text_at(const std::string& text) {
  for (size_t i = 0; i < text.size(); i++)
    if (const auto c = static_cast<unsigned char>(text[i]); (c < 32 && !std::isspace(c) && c != 27) || c == 127) return i;
  return std::string::npos;
}

// What the judge said of a check that is broken.
std::string problem_of(const Json& said, uint64_t seed) {
  const std::string item = text_of(said, "item"), input = text_of(said, "input");
  return fmt::format("\"{}\"{}: {}{} (seed {})", text_of(said, "property"), item.empty() ? "" : ", " + item, text_of(said, "why"),
                     input.empty() ? "" : ", with " + printable(input, 400), seed);
}

// Code is in the file: anything but blanks and comments.
bool has_code(const std::string& text) {
  for (size_t i = 0; i < text.size(); i++) {
    if (text.compare(i, 2, "//") == 0) {
      i = std::min(text.find('\n', i), text.size());
    } else if (text.compare(i, 2, "/*") == 0) {
      i = text.find("*/", i + 2);
      if (i == std::string::npos) return false;
      i++;
    } else if (!std::isspace(static_cast<unsigned char>(text[i]))) return true;
  }
  return false;
}

}  // namespace

std::vector<Json> json_lines(const std::string& text) {
  std::vector<Json> list;
  for (const std::string& line : split(text, '\n')) {
    if (line.empty()) continue;
    try {
      list.push_back(Json::parse(line));
    } catch (const Error&) {  // a line that a killed program did not finish
    }
  }
  return list;
}

BrokenCheck::BrokenCheck(const Exercise& exercise, const Json& said, uint64_t seed)
    : StateError(fmt::format("the check of {} is broken, so that it cannot judge your file: {}.\nHint: this is the course's mistake, none of yours. "
                             "Check again (other inputs are drawn), and please report it with these lines.",
                             exercise.id, problem_of(said, seed))),
      problem("check.cpp: " + problem_of(said, seed)) {}

void throw_if_broken(const Exercise& exercise, const Json& said, uint64_t seed) {
  if (text_of(said, "verdict") == "broken") throw BrokenCheck(exercise, said, seed);
}

uint64_t fresh_seed() { return 1000 + std::random_device()() % 9000; }

Verdict check_exercise(const Exercise& exercise, const std::string& file, uint64_t seed, const TrainingTell& tell) {
  const FileLock lock(file);
  const std::string text = read_file(file, uint64_t{4} << 20);
  Verdict v = check_text(exercise, file, text, seed, judge_object(exercise));
  const std::optional<TrainingPlan> project = training_plan_of(exercise);
  if (project && v.kind == Verdict::pass) train_and_judge(v, exercise, *project, text, tell);
  return v;
}

void train_and_judge(Verdict& v, const Exercise& exercise, const TrainingPlan& project, const std::string& text, const TrainingTell& tell,
                     const TrainingData& data) {
  v.trained = train_project(exercise, project, v.file, text, tell, data);
  for (const Trained& t : v.trained)
    if (t.kind == Trained::falls_short || t.kind == Trained::breaks_off) v.kind = Verdict::falls_short;
    else if (v.kind == Verdict::pass && t.kind != Trained::reached) v.kind = Verdict::unfinished;
}

Verdict check_text(const Exercise& exercise, const std::string& shown, const std::string& text, uint64_t seed, const std::string& judge) {
  return Attempt(exercise, shown, text, judge).run(seed);
}

Attempt::Attempt(const Exercise& exercise, const std::string& shown, const std::string& text, const std::string& judge)
    : exercise_(exercise), text_(text) {
  verdict_.file = shown;
  verdict_.digest = sha256(text);
  const std::string fresh = "`cairn reset " + exercise.id + "` lays a fresh starter there and keeps this file aside.";
  CompilerNote note;
  note.error = true;
  if (const size_t at = no_text_at(text); at != std::string::npos) {
    note.name = "no text";
    note.line = 1 + std::count(text.begin(), text.begin() + std::ptrdiff_t(at), '\n');
    note.message = fmt::format("the file is not text: byte {} is {:02x}, which stands in no text", at + 1, static_cast<unsigned char>(text[at]));
    note.explanation = (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ? "It was saved as UTF-16: save it as UTF-8 in your editor. Or: "
                                                                                     : "Something else was saved under its name. ") +
                       fresh;
  } else if (!has_code(text)) {
    note.name = "empty file";
    note.message = "the file is empty";
    note.explanation = "Nothing but blanks or comments is in it. " + fresh;
  } else {
    build(judge);
    return;
  }
  verdict_.kind = Verdict::does_not_compile;
  verdict_.notes.push_back(note);
}

void Attempt::build(const std::string& judge) {
  Verdict& v = verdict_;
  const std::vector<std::string> linked = link_words(exercise_, judge);
  // What is judged is what is in the file now, whatever an editor writes to it meanwhile.
  const std::string file = scratch_ / "exercise.cpp", own = std::filesystem::absolute(v.file).parent_path().string();
  write_unsynced(file, text_);
  write_unsynced(scratch_ / "yours.cpp", learner_unit(exercise_, file, text_));
  std::vector<std::string> compile = learner_flags(exercise_);
  for (const std::string& w : {std::string("-iquote"), own, std::string("-c"), scratch_ / "yours.cpp", std::string("-o"), scratch_ / "yours.o"})
    compile.push_back(w);
  Limits long_enough;
  long_enough.output_bytes = uint64_t{16} << 20;
  const std::vector<std::string> plain = {"LC_ALL=C", "TMPDIR=" + scratch_.path()};
  const auto failed = [&](const Ended& e) {
    v.kind = Verdict::does_not_compile;
    if (!v.notes.empty() && v.notes[0].error) return;
    if (compiler_says_nothing(e)) compiler_silent(e);
    CompilerNote note;
    note.error = true;
    note.name = e.how == Ended::too_slow || e.how == Ended::too_much_output ? "compiler does not end" : "other";
    note.message = note.name == "other" ? in_one_line(e.printed) : "the compiler does not come to an end with this file";
    v.notes.insert(v.notes.begin(), note);
  };
  const Ended compiled = run_limited(compile, scratch_.path(), long_enough, plain);
  v.compile_seconds = compiled.seconds;
  if (compiled.how == Ended::not_started) compiler_missing();
  v.notes = compiler_notes(compiled.printed, file, text_);
  if (compiled.how != Ended::exited || compiled.code != 0) return failed(compiled);
  std::vector<std::string> link = {compiler(), "-fsanitize=address,undefined"};
  if (access("/usr/bin/ld.gold", X_OK) == 0) link.push_back("-fuse-ld=gold");
  link.push_back(scratch_ / "yours.o");
  link.insert(link.end(), linked.begin(), linked.end());
  link.push_back("-o");
  link.push_back(scratch_ / "yours");
  const Ended made = run_limited(link, scratch_.path(), long_enough, plain);
  v.link_seconds = made.seconds;
  if (made.how == Ended::exited && made.code == 0) return;
  const std::vector<CompilerNote> notes = compiler_notes(made.printed, file, text_);
  v.notes.insert(v.notes.begin(), notes.begin(), notes.end());
  failed(made);
}

Verdict Attempt::run(uint64_t seed, const std::vector<std::string>& environment) const {
  Verdict v = verdict_;
  v.seed = seed;
  if (!compiles()) return v;
  Limits limits;
  limits.seconds = exercise_.seconds;
  limits.processes = most_processes;
  std::vector<std::string> all = sanitizer_environment(scratch_.path(), exercise_.memory_mib);
  all.insert(all.end(), environment.begin(), environment.end());
  forget_reports(scratch_.path());
  Ended ran = run_limited({scratch_ / "yours", "--seed", std::to_string(seed), "--out", "3"}, scratch_.path(), limits, all);
  v.run_seconds = ran.seconds;
  std::string report = reports_in(scratch_.path());
  if (ran.how != Ended::exited || ran.code != 0) split_report(ran.printed, report, scratch_ / "exercise.cpp");
  v.prints = own_prints(ran.printed);
  Json last_at, said;
  for (const Json& line : json_lines(ran.channel)) (line.find("verdict") ? said : last_at) = line;
  if (said.is_null() || ran.how != Ended::exited || ran.code != 0) {
    v.kind = Verdict::breaks_off;
    v.fault = run_fault(ran, report, scratch_ / "exercise.cpp", text_, limits, exercise_.memory_mib);
    v.property = text_of(last_at, "at");
    v.input = text_of(last_at, "input");
    return v;
  }
  throw_if_broken(exercise_, said, seed);
  v.cases = count_of(said, "cases");
  v.properties = count_of(said, "properties");
  if (text_of(said, "verdict") == "pass") {
    v.kind = Verdict::pass;
    return v;
  }
  v.property = text_of(said, "property");
  v.input = text_of(said, "input");
  v.item = text_of(said, "item");
  v.expected = text_of(said, "expected");
  v.got = text_of(said, "got");
  v.evidence = text_of(said, "evidence");
  v.slip_file = text_of(said, "slip_file");
  v.slip = text_of(said, "slip");
  v.why = text_of(said, "why");
  v.pattern = text_of(said, "pattern");
  v.section = text_of(said, "section");
  v.passed_before = count_of(said, "passed_before");
  v.failing = count_of(said, "failing");
  v.kind = v.slip_file == "exercise.cpp" ? Verdict::starter : Verdict::wrong;
  return v;
}

namespace {

std::string upper_first(std::string s) {
  if (!s.empty()) s[0] = char(std::toupper(static_cast<unsigned char>(s[0])));
  return s;
}

// Numbers and formulas stay whole, so that they can be compared and copied.
bool is_sentence(const std::string& value) {
  const auto of_words = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || std::strchr(" ,.:;'-", c); };
  return std::count(value.begin(), value.end(), ' ') >= 3 && std::all_of(value.begin(), value.end(), of_words);
}

std::string with_mark(const std::string& label, const std::string& value, size_t width) {
  return prose(value, is_sentence(value) ? width : 0, std::string(12, ' '), "  " + label) + "\n";
}

}  // namespace

std::string verdict_text(const Exercise& exercise, const Verdict& v, size_t width) {
  std::string s;
  const auto say = [&](const std::string& text) { s += prose(text, width) + "\n"; };
  if (!v.prints.empty()) {
    s += "your code printed:\n";
    for (const std::string& line : split(std::string(trim(v.prints)), '\n')) s += "  | " + line + "\n";
    s += "\n";
  }
  switch (v.kind) {
    case Verdict::does_not_compile: {
      say("The compiler does not understand the file yet.");
      s += "\n";
      int64_t errors = 0;
      for (const CompilerNote& n : v.notes)
        if (n.error) s += note_text(n, v.file, width) + "\n", errors++;
      if (errors > 1) say("Mend the first one first: the others often go away with it.");
      else s.pop_back();
      return s;
    }
    case Verdict::breaks_off:
      say(upper_first(v.fault.sentence));
      if (!v.fault.source.empty()) s += fmt::format("    {:>4} | {}\n", v.fault.line, v.fault.source);
      if (!v.input.empty()) s += with_mark("with", v.input, width);
      if (!v.property.empty()) s += prose(v.property, width, std::string(12, ' '), "  while") + "\n";
      break;
    case Verdict::pass:
    case Verdict::falls_short:
    case Verdict::unfinished:
      if (v.trained.empty()) say(fmt::format("Right: {} {} passes on {} inputs (seed {}).", exercise.id, exercise.title, v.cases, v.seed));
      else {
        say(fmt::format("{}{} of {} parts are right on {} small inputs (seed {}). On real pictures:",
                        v.kind == Verdict::pass ? "Right: " + exercise.id + " " + exercise.title + ". " : "", v.properties, v.properties, v.cases,
                        v.seed));
        s += "\n" + training_text(v.trained, width);
      }
      break;
    case Verdict::starter:
    case Verdict::wrong:
      if (v.kind == Verdict::starter && v.passed_before == 0)
        say(upper_first(v.slip) + ". " + (exercise.as_it_came.empty() ? v.why : exercise.as_it_came)), s += "\n";
      else if (v.passed_before > 0)
        say(fmt::format("{} of {} parts {} right. Not yet: {}", v.passed_before, v.properties, v.passed_before == 1 ? "is" : "are", v.property));
      else say("Not yet: " + v.property);
      if (!v.input.empty()) s += with_mark("with", v.input, width);
      if (!v.item.empty() && v.item != v.property) s += with_mark("look at", v.item, width);
      s += with_mark("expected", v.expected, width) + with_mark("got", v.got, width);
      if (v.kind == Verdict::starter) {
        if (v.passed_before > 0) s += "\n", say(upper_first(v.slip) + ". " + v.why);
        break;
      }
      if (v.slip.empty() && v.got.starts_with("an exception: ")) break;  // what it says is the explanation
      s += "\n";
      if (!v.evidence.empty()) say(v.evidence), s += "\n";
      if (!v.slip.empty()) say("This looks like: " + v.slip + "."), say(v.why);
      else if (!v.pattern.empty()) say("No slip that I know fits. What can be seen: " + v.pattern);
      else say("No slip that I know fits. Go through this input by hand and compare each step with what your code holds there.");
      break;
  }
  bool warned = false;
  if (v.kind != Verdict::starter)
    for (const CompilerNote& n : v.notes)
      if (!n.error) {
        if (!warned) s += "\nThe compiler warns, too:\n";
        warned = true;
        s += note_text(n, v.file, width);
      }
  if (v.kind == Verdict::pass) return s;
  if (!v.trained.empty())
    return s + fmt::format("\nhint:       cairn hint {0}\nread:       {1}\nonce more:  cairn check {0}\n", exercise.id, text_command(exercise));
  const std::string ways = fmt::format("\nhint:       cairn hint {}\n{:<12}{}{}\nsame again: cairn check {} --seed {}\n", exercise.id,
                                       "read:", text_command(exercise), v.section.empty() ? "" : "   (" + v.section + ")", exercise.id, v.seed);
  return s + rows(ways, width);
}

Json verdict_json(const Exercise& exercise, const Verdict& v) {
  const char* kinds[] = {"pass", "starter", "wrong", "does not compile", "breaks off", "falls short", "unfinished"};
  Json o =
      Json::object({{"event", "verdict"}, {"id", exercise.id}, {"verdict", kinds[v.kind]}, {"file", v.file}, {"seed", v.seed}, {"digest", v.digest}});
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) o[key] = value;
  };
  put("property", v.property), put("input", v.input), put("item", v.item), put("expected", v.expected), put("got", v.got),
      put("evidence", v.evidence);
  put("slip_file", v.slip_file), put("slip", v.slip), put("why", v.why), put("pattern", v.pattern), put("section", v.section),
      put("prints", v.prints);
  if (v.kind == Verdict::breaks_off) { o["fault"] = Json::object({{"kind", v.fault.kind}, {"line", v.fault.line}, {"sentence", v.fault.sentence}}); }
  Json notes = Json::array();
  for (const CompilerNote& n : v.notes)
    notes.push_back(Json::object({{"kind", n.error ? "error" : "warning"},
                                  {"line", n.line},
                                  {"column", n.column},
                                  {"message", n.message},
                                  {"mistake", n.name},
                                  {"explanation", n.explanation}}));
  if (notes.size() > 0) o["compiler"] = notes;
  if (v.cases > 0) o["cases"] = v.cases, o["properties"] = v.properties, o["passed_before"] = v.passed_before;
  if (!v.trained.empty()) o["trained"] = Json::array();
  for (const Trained& t : v.trained) o["trained"].push_back(training_json(t));
  o["seconds"] = Json::object({{"compile", v.compile_seconds}, {"link", v.link_seconds}, {"run", v.run_seconds}});
  return o;
}

std::string text_of(const Json& object, const char* key) {
  const Json* v = object.find(key);
  return v && v->is_string() ? v->as_string() : "";
}

}  // namespace cairn::course
