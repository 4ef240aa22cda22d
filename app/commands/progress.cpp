// cairn progress: what was passed, when and in how much time; export, import, reset.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/papers.h>
#include <course/machinery/progress.h>
#include <course/machinery/prose.h>
#include <course/machinery/sheet.h>

namespace cairn {

namespace {

struct ProgressOptions {
  std::string html, out, in;
  bool reset = false, yes = false;
  void fields(Fields& f) {
    f("html", html, "write a page to this file");
    f("export", out, "write everything to this file, for another machine");
    f("import", in, "add what such a file holds");
    f("reset", reset, "forget everything; a copy is kept");
    f("yes", yes, "do not ask back");
  }
};
// What one lesson or project came to.
struct Line {
  std::string id, title, date, quiz;
  bool passed = false, placed = false, back = false;
  double seconds = 0;
  int reviews = 0;
  std::string due;
};

std::vector<Line> lines_of(const course::Progress& progress) {
  std::map<std::string, Line> found;
  const std::set<std::string> passed = progress.passed_ids();
  for (const course::Entry& e : progress.entries()) {
    if (e.kind == "placement") continue;
    Line& l = found[e.id];
    l.id = e.id;
    l.seconds += e.seconds;
    l.passed = passed.contains(e.id);
    if (e.passed && e.kind != "quiz" && e.kind != "demo" && e.kind != "review" && l.date.empty()) l.date = e.date;
    if (e.kind == "quiz") l.quiz = e.passed ? "passed" : l.quiz.empty() ? "tried" : l.quiz;
    if (e.kind == "review" && e.passed) l.reviews++;
  }
  for (const std::string& id : progress.placed_ids()) found[id].id = id, found[id].placed = true;
  for (const course::Review& r : progress.reviews()) found[r.id].due = course::iso_date(r.due);
  for (const std::string& id : progress.returned()) found[id].back = true;
  std::vector<Line> lines;
  const course::Catalog& road = course::catalog();
  const auto take = [&](const course::Item& item) {
    const auto it = found.find(item.id);
    if (it == found.end()) return;
    it->second.title = item.title;
    lines.push_back(it->second);
    found.erase(it);
  };
  for (const course::Lesson& l : road.lessons) take(l);
  for (const course::Project& p : road.projects) take(p);
  for (const course::Paper& p : course::papers())
    if (const auto it = found.find(p.id); it != found.end()) it->second.title = p.title;
  for (auto& [id, line] : found) lines.push_back(line);  // papers, and what another Cairn knows
  return lines;
}

std::string state_of(const Line& l) {
  if (l.back) return "to be done again";
  if (l.passed) return "passed " + l.date;
  return l.placed ? "skipped" : "begun";
}

Json line_json(const Line& l) {
  return Json::object({{"id", l.id},
                       {"title", l.title},
                       {"passed", l.passed},
                       {"date", l.date},
                       {"seconds", l.seconds},
                       {"skipped", l.placed},
                       {"returned", l.back},
                       {"quiz", l.quiz},
                       {"reviews", l.reviews},
                       {"review_due", l.due}});
}

// On a phone a row is a block: id and lesson on a line, the rest below, with the names of the columns that would say too little alone.
constexpr const char* progress_style = R"(table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th, .date, .state, .time, .review { white-space: nowrap; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  tbody tr { display: flex; flex-wrap: wrap; gap: 0 .8rem; border-bottom: 1px solid var(--line); padding: .4rem 0; }
  tbody th, tbody td { border: 0; padding: 0; }
  tbody th { white-space: normal; overflow-wrap: anywhere; }
  td.lesson { flex: 1 1 70%; }
  td:empty { display: none; }
  td.quiz::before { content: "quiz "; color: var(--soft); }
  td.review::before { content: "review "; color: var(--soft); }
}
)";

std::string page(const std::vector<Line>& lines, double seconds, size_t passed) {
  const auto cell = [](const char* kind, const std::string& text) { return fmt::format("<td class=\"{}\">", kind) + course::html(text) + "</td>"; };
  std::string body = fmt::format("<h1>Your progress</h1>\n<p class=\"soft\">{} passed, {} of work; as of <span class=\"date\">{}</span>.</p>\n",
                                 passed, course::html(human_seconds(seconds)), course::iso_date(course::today()));
  body +=
      "<table>\n<thead><tr><th>Id</th><th>Lesson</th><th>State</th><th>Time</th><th>Quiz</th><th>Next "
      "review</th></tr></thead>\n<tbody>\n";
  for (const Line& l : lines)
    body += "<tr><th scope=\"row\">" + course::html(l.id) + "</th>" + cell("lesson", l.title) + cell("state", state_of(l)) +
            cell("time", l.seconds > 0 ? human_seconds(l.seconds) : "") + cell("quiz", l.quiz) + cell("review", l.due) + "</tr>\n";
  return course::html_sheet("Your progress in Cairn", progress_style, body + "</tbody></table>\n");
}

// A file that is there is only written over by its own kind.
void write_as(const std::string& path, const std::string& text, const std::string& kind, bool (*is_kind)(const std::string&)) {
  if (file_exists(path) && !is_kind(read_file(path, 64 << 20)))
    throw FileError(path + " is there already and holds something else than " + kind + ".\nHint: name another file.");
  write_file(path, text);
}

int reset(Session& session, const ProgressOptions& o) {
  course::Progress progress;
  const size_t entries = progress.entries().size();
  if (!o.yes) {
    if (!isatty(0) || session.json())
      throw UsageError("--reset forgets everything that you have passed, so it asks back.\nHint: --reset --yes when you mean it.");
    std::printf("This forgets %zu entries in %s. Type reset to go on: ", entries, progress.path().c_str());
    std::fflush(stdout);
    std::string word;
    std::getline(std::cin, word);
    if (trim(word) != "reset") {
      session.say("Everything stays as it is.");
      return 0;
    }
  }
  const std::string copy = progress.reset();
  session.event(Json::object({{"event", "reset"}, {"entries", int64_t(entries)}, {"copy", copy}}));
  session.say(rows_here(fmt::format("{} entries are gone. A copy is in {}.", entries, copy)));
  return 0;
}

bool is_known(const std::string& id) {
  const course::Item* item = course::catalog().find(id);
  return id == "placement" || (item && item->id == id) ||
         std::any_of(course::papers().begin(), course::papers().end(), [&](const course::Paper& p) { return p.id == id; });
}

int progress(Session& session, Arguments& arguments) {
  ProgressOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 0);
  if (int(!o.html.empty()) + int(!o.out.empty()) + int(!o.in.empty()) + int(o.reset) > 1)
    throw UsageError("--html, --export, --import and --reset are one at a time.");
  if (o.yes && !o.reset) throw UsageError("--yes belongs to --reset.");
  if (o.reset) return reset(session, o);
  if (!o.in.empty()) {
    const Json json = Json::parse(read_file(o.in, 256 << 20), o.in);
    course::Progress here;
    std::map<std::string, int64_t> unknown;  // id, and how many entries
    const int64_t added = here.import(json, o.in, [&](const std::string& id) {
      const bool known = is_known(id);
      if (!known) unknown[id]++;
      return known;
    });
    std::vector<std::string> ids;
    int64_t left_out = 0;
    for (const auto& [id, entries] : unknown) ids.push_back(id), left_out += entries;
    session.event(Json::object({{"event", "import"}, {"file", o.in}, {"added", added}, {"left_out", left_out}, {"unknown", Json::array(ids)}}));
    session.say(rows_here(fmt::format("{} entr{} added; what was here already stayed once.", added, added == 1 ? "y" : "ies")));
    if (left_out > 0)
      session.say(
          course::prose(fmt::format("{} entr{} left out, of lessons, projects or papers that this Cairn does not have: {}. A newer one may know "
                                    "them: import the file there again.",
                                    left_out, left_out == 1 ? "y was" : "ies were", join(ids, ", ")),
                        prose_width()));
    return 0;
  }
  const course::Progress here(course::Progress::Read);
  for (const std::string& note : here.notes()) session.say(rows_here("note: " + note + "\n"));
  if (!o.out.empty()) {
    write_as(o.out, here.to_json().dump(1) + "\n", "an export of progress", [](const std::string& text) {
      try {
        const Json json = Json::parse(text);
        const Json* format = json.find("format");
        return format && *format == Json("cairn progress");
      } catch (const Error&) { return text.empty(); }
    });
    session.event(Json::object({{"event", "export"}, {"file", o.out}, {"entries", int64_t(here.entries().size())}}));
    session.say(rows_here(fmt::format("{0} entries written to {1}; `cairn progress --import {1}` takes them in.", here.entries().size(), o.out)));
    return 0;
  }
  const std::vector<Line> lines = lines_of(here);
  double seconds = 0;
  size_t passed = 0;
  Json list = Json::array(), notes = Json::array();
  for (const Line& l : lines) {
    seconds += l.seconds;
    passed += l.passed;
    list.push_back(line_json(l));
  }
  for (const std::string& note : here.notes()) notes.push_back(note);
  session.event(Json::object({{"event", "progress"},
                              {"passed", int64_t(passed)},
                              {"seconds", seconds},
                              {"file", here.path()},
                              {"items", std::move(list)},
                              {"notes", std::move(notes)}}));
  if (!o.html.empty()) {
    write_as(o.html, page(lines, seconds, passed), "a page",
             [](const std::string& text) { return text.empty() || lower(text.substr(0, 15)) == "<!doctype html>"; });
    session.say("Your progress is in " + o.html + ".");
    return 0;
  }
  if (lines.empty()) {
    session.say(rows_here("Nothing is noted yet. `cairn learn A01` is the first step, of about ten minutes."));
    return 0;
  }
  for (const Line& l : lines) {
    std::string text = fmt::format("{:<5}  {:<44}  {:<18}", l.id, printable(l.title, 44), state_of(l));
    if (l.seconds >= 1) text += " " + human_seconds(l.seconds);
    if (!l.due.empty()) text += "; review " + l.due;
    session.say(rows_here(text.substr(0, text.find_last_not_of(' ') + 1)));
  }
  session.say(rows_here(fmt::format("\n{} passed{}. In {}", passed, seconds >= 1 ? ", " + human_seconds(seconds) + " of work" : "", here.path())));
  return 0;
}

}  // namespace

extern const CommandInfo progress_command;
const CommandInfo progress_command = {"progress", "what you have passed, when, and in how much time",
                                      "cairn progress [--html FILE] [--export FILE] [--import FILE] [--reset]", progress,
                                      options_of<ProgressOptions>};

}  // namespace cairn
