// cairn demo ID [--parameter value ...]: the experiment of a lesson, run by `cairn-lessons` beside us.
#include <deque>
#include <filesystem>

#include <fmt/format.h>

#include <app/command.h>
#include <app/out_file.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/catalog.h>
#include <course/machinery/expression.h>
#include <course/machinery/page.h>
#include <course/machinery/paths.h>
#include <course/machinery/progress.h>
#include <course/machinery/toolchain.h>

namespace cairn {

namespace {

// Beside `cairn` in a build tree, in lib/cairn/course when installed.
std::string lessons_program() {
  const std::string built = course::course_build_folder();
  for (const std::string& file : {built + "/cairn-lessons", built + "/../cairn-lessons"})
    if (file_exists(file)) return file;
  throw FileError("the program of the experiments, cairn-lessons, is not there (looked in " + built + ").\nHint: ./run demo ID builds it.");
}

// What cairn-lessons prints: one line of JSON. Its own mistakes become ours.
Json ask(std::vector<std::string> words) {
  words.insert(words.begin(), lessons_program());
  course::Limits limits;
  limits.seconds = 600;
  limits.output_bytes = uint64_t{64} << 20;
  const course::Ended ended = course::run_limited(words, std::filesystem::current_path().string(), limits);
  const std::string printed(trim(ended.printed));
  if (ended.how == course::Ended::exited && ended.code == 0) {
    const size_t line = printed.rfind('\n');  // warnings may stand above
    return Json::parse(line == std::string::npos ? printed : printed.substr(line + 1), "the answer of cairn-lessons");
  }
  std::string why = printed.substr(printed.find("cairn-lessons: ") == std::string::npos ? 0 : printed.find("cairn-lessons: ") + 15);
  if (ended.how == course::Ended::too_slow) why = "it took longer than " + human_seconds(limits.seconds) + ".";
  if (ended.how == course::Ended::exited && ended.code == 2) throw UsageError(why);
  throw StateError("the experiment failed: " + (why.empty() ? "cairn-lessons ended without a word." : why));
}

std::string known_lesson(const std::string& word) {
  const std::string id = course::catalog().item(word).id;
  const course::Lesson* lesson = course::catalog().find_lesson(id);
  if (!lesson) throw UsageError(id + " is a project, which has no experiment.\nHint: cairn learn " + id);
  if (!course::written(*lesson))
    throw UsageError("lesson " + id + " (" + lesson->title + ") is not written yet, so it has no experiment.\nHint: cairn road " + id +
                     " says what it will be about.");
  return id;
}

// The experiment's parameters as it describes them, with places for their values; and where the picture goes.
struct Parameters {
  std::string out, title;
  std::deque<int64_t> whole;
  std::deque<double> numbers;
  std::deque<bool> switches;
  std::deque<std::string> words;
  Fields fields;
  std::vector<std::string> names;

  explicit Parameters(const Json& described) : title(described.at("title").as_string()) {
    for (const Json& f : described.at("fields").as_array()) add(f);
    fields("out", out, "write the picture into this file, NAME.svg");
  }
  void add(const Json& f) {
    const std::string name = f.at("name").as_string(), kind = f.at("kind").as_string(), about = f.at("description").as_string();
    Range range;
    if (const Json* low = f.find("low")) range.low = low->as_double();
    if (const Json* high = f.find("high")) range.high = high->as_double();
    range.low_open = f.at("low_open").as_bool();
    for (const Json& c : f.at("choices").as_array()) range.choices.push_back(c.as_string());
    if (kind == "integer") fields(name, whole.emplace_back(), about, range);
    else if (kind == "number") fields(name, numbers.emplace_back(), about, range);
    else if (kind == "boolean") fields(name, switches.emplace_back(), about);
    else fields(name, words.emplace_back(), about, range);
    fields.set(name, f.at("default").as_string(), "cairn-lessons");
    names.push_back(name);
  }
};

std::string signed_difference(double from, double to) {
  const double difference = to - from;
  return (difference >= 0 ? "+" : "") + course::shown(difference);
}

int demo(Session& session, Arguments& arguments) {
  if (!arguments.first()) {
    Fields none;
    arguments.read(none, 1, 1);  // says what is missing
  }
  const std::string id = known_lesson(*arguments.first());
  Parameters p(ask({"fields", id}));
  arguments.read(p.fields, 1, 1);
  if (!p.out.empty()) picture_ending(p.out, {".svg"}, id);
  std::vector<std::string> words{"demo", id};
  for (const std::string& name : p.names) words.push_back("--" + name + "=" + Fields::get(*p.fields.find(name)));
  Json result = ask(words);

  if (!p.out.empty()) write_unsynced(p.out, result.at("svg").as_string());
  try {
    course::Progress progress;
    progress.record({.id = id, .kind = "demo"});
  } catch (const Error&) {  // an experiment needs no place to be noted
  }
  if (session.json()) {
    Json event = Json::object({{"event", "demo"}, {"id", id}, {"title", p.title}});
    for (const char* key : {"settings", "changed", "numbers", "says", "description"}) event[key] = result.at(key);
    if (const Json* before = result.find("numbers_by_default")) event["numbers_by_default"] = *before;
    if (!p.out.empty()) event["file"] = p.out;
    session.event(event);
    return 0;
  }
  session.say(rows_here(id + "  " + p.title));
  const Terminal terminal = Terminal::of(1);
  std::printf("\n%s\n", course::frame_text(result.at("texts").dump(), terminal).c_str());
  const size_t width = size_t(std::min(terminal.columns, 88));
  session.say(wrapped(result.at("says").as_string(), width) + "\n");

  size_t longest = 0;
  for (const auto& [name, value] : result.at("numbers").as_object()) longest = std::max(longest, name.size());
  const Json* before = result.find("numbers_by_default");
  for (const auto& [name, value] : result.at("numbers").as_object()) {
    std::string line = fmt::format("  {:<{}}  {}", name, longest, course::shown(value.as_double()));
    if (const Json* then = before ? before->find(name) : nullptr)
      line += then->as_double() == value.as_double()
                  ? "  (as with the defaults)"
                  : fmt::format("  (defaults: {}, {})", course::shown(then->as_double()), signed_difference(then->as_double(), value.as_double()));
    session.say(rows_here(line));
  }
  std::vector<std::string> changed;
  for (const Json& c : result.at("changed").as_array())
    changed.push_back(fmt::format("{} {} instead of {}", c.at("name").as_string(), c.at("value").as_string(), c.at("default").as_string()));
  if (!changed.empty()) session.say(rows_here("\nchanged: " + join(changed, ", ")));
  else session.say(rows_here("\nThese are the defaults. Change them: `cairn demo " + id + " --help`"));
  if (!p.out.empty()) session.say("written: " + p.out);
  return 0;
}

std::string demo_options(const Arguments& arguments) {
  if (!arguments.first()) return "The parameters are those of the lesson: `cairn demo A06 --help`.\n";
  Parameters p(ask({"fields", known_lesson(*arguments.first())}));
  return p.title + "\n\n" + options_table(p.fields);
}

}  // namespace

extern const CommandInfo demo_command;
const CommandInfo demo_command = {"demo", "the experiment of a lesson, with your own settings",
                                  "cairn demo ID [--parameter value ...] [--out FILE.svg]", demo, demo_options};

}  // namespace cairn
