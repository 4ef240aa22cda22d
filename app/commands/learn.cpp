// cairn learn [ID]: a lesson, or the brief of a project, as a page in the browser, or as text in the terminal.
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include <app/command.h>
#include <app/lesson_gate.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/page.h>
#include <course/machinery/paths.h>
#include <course/machinery/project_text.h>

namespace cairn {

namespace {

struct LearnOptions {
  bool text = false;
  std::string html;
  void fields(Fields& f) {
    f("text", text, "print the lesson here instead of opening a page");
    f("html", html, "write the page into this file, and open nothing");
  }
};

// The lesson or project that is meant: by its id, or the next one that is open.
const course::Item& item_of(const std::string& word) {
  if (!word.empty()) {
    if (const course::Item* item = course::catalog().find(word)) return *item;
    return course::lesson(word);  // tells the nearest
  }
  const std::string next = next_lesson();
  if (!next.empty()) return course::catalog().item(next);
  throw StateError("every lesson that is written is behind you.\nHint: cairn road shows what there is; cairn learn ID opens a lesson again.");
}

course::Surroundings surroundings(const course::Lesson& lesson) {
  const course::Catalog& catalog = course::catalog();
  course::Surroundings s;
  if (const course::Phase* phase = catalog.find_phase(lesson.phase)) s.phase = "Phase " + phase->id + ": " + phase->title;
  const std::string folder = course::folder_of(lesson);
  s.demo = file_exists(folder + "/demo.cpp");
  s.exercise = file_exists(folder + "/exercise.cpp");
  s.quiz = file_exists(folder + "/quiz.toml");
  const auto place = [&](std::string_view id) {
    const auto at = std::find_if(catalog.lessons.begin(), catalog.lessons.end(), [&](const course::Lesson& l) { return l.id == id; });
    return at - catalog.lessons.begin();
  };
  const auto here = place(lesson.id);
  if (here + 1 < int64_t(catalog.lessons.size())) {
    const course::Lesson& next = catalog.lessons[size_t(here) + 1];
    s.next_id = next.id;
    s.next_title = next.title;
    s.next_written = course::written(next);
  }
  // Words that later lessons explain would lead astray: "attention" is an everyday word before C01.
  for (const course::Term& t : course::glossary())
    if (place(t.lesson) <= here) s.terms.push_back(&t);
  return s;
}

// What stands around a project's brief: next is the lesson that follows.
course::Surroundings surroundings(const course::Project& project) {
  const course::Catalog& catalog = course::catalog();
  course::Surroundings s;
  if (const course::Phase* phase = catalog.find_phase(project.phase)) s.phase = "Phase " + phase->id + ": " + phase->title;
  s.exercise = true;
  const std::vector<const course::Item*> order = catalog.in_order();
  const auto here = std::find_if(order.begin(), order.end(), [&](const course::Item* i) { return i->id == project.id; });
  if (here != order.end() && here + 1 != order.end()) {
    const course::Item& next = **(here + 1);
    s.next_id = next.id, s.next_title = next.title, s.next_written = course::written(catalog, next);
  }
  for (const course::Term& t : course::glossary())
    if (const course::Lesson* lesson = catalog.find_lesson(t.lesson); lesson && std::count(project.needs.begin(), project.needs.end(), lesson->id))
      s.terms.push_back(&t);
  return s;
}

int not_written(const Session& session, const course::Item& lesson) {
  Json needs = Json::array();
  std::string list;
  for (const std::string& id : lesson.needs) {
    needs.push_back(id);
    list += "\n  " + id + "  " + course::catalog().item(id).title;
  }
  session.event(
      Json::object({{"event", "lesson"}, {"id", lesson.id}, {"title", lesson.title}, {"written", false}, {"can", lesson.can}, {"needs", needs}}));
  const std::string what = course::catalog().find_project(lesson.id) ? "project" : "lesson";
  session.say(rows_here(lesson.id + "  " + lesson.title + "\n\nThis " + what + " is not written yet. Afterwards you can:\n" +
                        wrapped(lesson.can, prose_width(76), "  ") + (list.empty() ? "" : "\n\nIt builds on" + list) +
                        "\n\n`cairn road` shows which lessons there are."));
  return 0;
}

// A program of PATH, started by itself: nobody waits for a browser. False when it could not be started.
bool start_program(const std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (const std::string& w : words) argv.push_back(const_cast<char*>(w.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int fd : {0, 1, 2}) posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", fd ? O_WRONLY : O_RDONLY, 0);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error == 0;
}

bool has_display() { return !env("DISPLAY").empty() || !env("WAYLAND_DISPLAY").empty(); }

// Through the pager where a person reads; else as it is.
void print_text(const std::string& text, bool paged) {
  const std::string pager = env("PAGER", "less");
  if (paged && !pager.empty()) {
    setenv("LESS", "FRX", 0);
    std::fflush(stdout);
    if (std::FILE* pipe = popen(pager.c_str(), "w")) {
      std::fwrite(text.data(), 1, text.size(), pipe);
      if (const int status = pclose(pipe); status == 0 || (status >> 8) != 127) return;  // 127: there is no such pager
    }
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
}

int learn(Session& session, Arguments& arguments) {
  LearnOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  const course::Item& lesson = item_of(arguments.positionals().empty() ? "" : arguments.positionals()[0]);
  if (!course::written(course::catalog(), lesson)) return not_written(session, lesson);
  const course::Project* project = course::catalog().find_project(lesson.id);
  const course::LessonText text =
      project ? course::read_project(course::folder_of(*project))
              : course::read_lesson(course::folder_of(course::lesson(lesson.id)), course::course_build_folder() + "/" + lesson.id);
  const course::Surroundings around = project ? surroundings(*project) : surroundings(course::lesson(lesson.id));
  const auto page = [&] { return course::lesson_page(text, around); };
  const auto tell = [&](const std::string& file) {
    session.event(Json::object({{"event", "lesson"},
                                {"id", lesson.id},
                                {"title", text.title},
                                {"written", true},
                                {"drawn", text.drawn},
                                {"words", text.words},
                                {"page", file}}));
  };
  const std::vector<std::string> missing = missing_before(lesson);
  if (!missing.empty())
    session.say(wrapped(lesson.id + " builds on " + join(missing, ", ") + ", which you have not passed yet. Read on if you like; `cairn learn " +
                            missing[0] + "` is the way there.",
                        size_t(std::clamp(Terminal::of(1).columns, 36, 100))) +
                "\n");

  if (!o.html.empty()) {
    write_unsynced(o.html, page());
    tell(o.html);
    session.say("written: " + o.html);
    return 0;
  }
  if (o.text) {
    tell("");
    if (!session.json()) print_text(course::lesson_in_terminal(text, around, Terminal::of(1)), session.terminal());
    return 0;
  }
  std::string file = course::home_folder() + "/pages/" + lesson.id + ".html", trouble;
  try {
    disk().make_folder(course::home_folder() + "/pages");
    write_unsynced(file, page());
  } catch (const FileError& e) {
    trouble = e.what();
    file.clear();
  }
  tell(file);
  if (session.json()) return 0;
  if (!file.empty() && session.terminal() && has_display() && start_program({"xdg-open", file})) {
    session.say(lesson.id + "  " + text.title + "\nThe page is open in your browser: " + file + "\n`cairn learn " + lesson.id +
                " --text` shows it here.");
    return 0;
  }
  print_text(course::lesson_in_terminal(text, around, Terminal::of(1)), session.terminal());
  session.say(rows_here(file.empty() ? "\nThe page could not be written: " + trouble : "\nAs a page, with pictures: " + file));
  return 0;
}

}  // namespace

extern const CommandInfo learn_command;
const CommandInfo learn_command = {"learn", "a lesson of the course: in the browser, or here", "cairn learn [ID] [--text] [--html FILE]", learn,
                                   options_of<LearnOptions>};

}  // namespace cairn
