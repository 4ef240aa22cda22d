// cairn start ID, cairn reset ID, cairn hint [ID]: an exercise is laid into the learner's folder, laid there anew, helped with.
#include <algorithm>

#include <fmt/format.h>

#include <app/command.h>
#include <app/lesson_gate.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/exercises.h>
#include <course/machinery/paths.h>
#include <course/machinery/prose.h>

namespace cairn {

namespace {

struct BeginOptions {
  std::string folder;
  bool anyway = false, with_anyway = false;
  void fields(Fields& f) {
    f("folder", folder, "folder of your exercises, instead of ./cairn-course or the one used last");
    if (with_anyway) f("anyway", anyway, "although lessons that it builds on have not been passed");
  }
};

std::string table(bool with_anyway) {
  BeginOptions o;
  o.with_anyway = with_anyway;
  return options_table(fields_of(o));
}

std::string start_options(const Arguments&) { return table(true); }
std::string other_options(const Arguments&) { return table(false); }

int start(Session& session, Arguments& arguments) {
  BeginOptions o;
  o.with_anyway = true;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  const course::Exercise e = course::find_exercise(arguments.positionals()[0]);
  if (!o.anyway) require_open(e);
  const course::Started s = course::start_exercise(course::workplace(o.folder), e);
  note_started(e);
  session.event(Json::object({{"event", "started"}, {"id", e.id}, {"file", s.file}, {"made", s.made}}));
  session.say(rows_here(
      s.made ? fmt::format("{} {}\n\n  {}\n\nOpen it in your editor, read its comments, write what they ask for. Then:\n", e.id, e.title, s.file)
             : fmt::format("{} {}: you have started this one already, and nothing in it was changed.\n\n  {}\n", e.id, e.title, s.file)));
  const std::string open = o.anyway && !was_started(e) ? " --anyway" : "", room(open.size(), ' ');
  session.say(rows_here(
      fmt::format("  cairn check {0}{3}    says whether it is right, and if not, what it looks like\n  cairn watch {0}{3}    the same at each save\n"
                  "  cairn hint {0}{4}     one hint more\n  {1}{4}    the {2}",
                  e.id, course::text_command(e), course::is_paper(e) ? "paper's note" : "lesson", open, room)));
  for (const std::string& note : s.notes) session.say(rows_here("\nnote: " + note));
  return 0;
}

int reset(Session& session, Arguments& arguments) {
  BeginOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  const course::Exercise e = course::find_exercise(arguments.positionals()[0]);
  const course::Workplace place = course::workplace(o.folder);
  const std::string aside = course::reset_exercise(place, e);
  session.event(Json::object({{"event", "reset"}, {"id", e.id}, {"file", place.file_of(e)}, {"aside", aside}}));
  session.say(rows_here("A fresh starter: " + place.file_of(e) + "\nYours is kept:   " + aside));
  return 0;
}

// How many hints have been seen is kept in the learner's folder; where that cannot be written, the first one is shown again.
int64_t next_hint(const course::Exercise& e, int64_t count) {
  const std::string path = course::home_folder() + "/hints/" + e.id;
  int64_t seen = 0;
  if (file_exists(path)) {
    try {
      if (!parse_int(trim(read_file(path, 64)), seen) || seen < 0) seen = 0;
    } catch (const Error&) {}
  }
  const int64_t next = std::min(seen + 1, count);
  try {
    disk().make_folder(course::home_folder() + "/hints");
    write_unsynced(path, std::to_string(next) + "\n");
  } catch (const Error&) {}
  return next;
}

int hint(Session& session, Arguments& arguments) {
  BeginOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  const std::string word = arguments.positionals().empty() ? "" : arguments.positionals()[0];
  const course::Exercise e = word.empty() ? course::exercise_target("", o.folder).exercise : course::find_exercise(word);
  const auto hints = course::hints_of(e);
  if (hints.empty()) throw FileError(e.id + " has no hints.\nHint: " + course::text_command(e));
  const auto count = int64_t(hints.size()), shown = next_hint(e, count);
  for (int64_t i = 1; i <= shown; i++)
    session.event(Json::object({{"event", "hint"}, {"id", e.id}, {"number", i}, {"of", count}, {"text", hints[size_t(i) - 1]}}));
  // Those that were seen before stand above, so that nobody has to scroll back for them.
  for (int64_t i = 1; i <= shown; i++)
    session.say(fmt::format("hint {} of {}\n{}\n", i, count, course::paragraphs(in_plain_maths(hints[size_t(i) - 1]), prose_width())));
  if (shown < count) session.say(rows_here(fmt::format("one more: cairn hint {}", e.id)));
  else session.say(rows_here("That was the last one. To read again: `" + course::text_command(e) + "`"));
  return 0;
}

}  // namespace

extern const CommandInfo begin_command;
const CommandInfo begin_command = {"start", "an exercise of the course, laid into your folder", "cairn start ID [--folder DIR] [--anyway]", start,
                                   start_options};
extern const CommandInfo reset_command;
const CommandInfo reset_command = {"reset", "a fresh starter for an exercise; your file is kept aside", "cairn reset ID [--folder DIR]", reset,
                                   other_options};
extern const CommandInfo hint_command;
const CommandInfo hint_command = {"hint", "one hint more for an exercise", "cairn hint [ID]", hint, other_options};

}  // namespace cairn
