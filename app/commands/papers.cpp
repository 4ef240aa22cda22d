// cairn papers [ID]: the papers of the road; or the guided note on one, as a page and here.
#include <algorithm>

#include <fmt/format.h>

#include <app/command.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/maths.h>
#include <course/machinery/page.h>
#include <course/machinery/papers.h>
#include <course/machinery/paths.h>

namespace cairn {

namespace {

struct PapersOptions {
  std::string html;
  void fields(Fields& f) { f("html", html, "write the note as a page into this file"); }
};

Json described(const course::Paper& p) {
  return Json::object({{"event", "paper"},
                       {"id", p.id},
                       {"title", p.title},
                       {"authors", p.authors},
                       {"year", p.year},
                       {"where", p.where},
                       {"difficulty", p.difficulty},
                       {"minutes", p.minutes},
                       {"needs", Json::array(p.needs)},
                       {"ask", p.ask},
                       {"implement", p.implement},
                       {"recipe", p.recipe},
                       {"written", !course::folder_of(p).empty()}});
}

std::string line_of(const course::Paper& p) {
  const std::string dots = std::string(size_t(p.difficulty), '*') + std::string(size_t(3 - p.difficulty), ' ');
  return fmt::format("  {:<18} {}  {}", p.id, dots, p.title) + "\n" +
         wrapped(fmt::format("{}, {}. About {:.0f} minutes, after {}.{}", p.authors, p.year, p.minutes, join(p.needs, ", "),
                             course::folder_of(p).empty() ? " Note not written yet." : ""),
                 78, std::string(25, ' '));
}

int papers(Session& session, Arguments& arguments) {
  PapersOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 1);
  if (arguments.positionals().empty()) {
    session.say("The papers of the road, in the order of its lessons; * an evening, *** a weekend\n");
    for (const course::Paper& p : course::papers()) {
      session.event(described(p));
      session.say(line_of(p));
    }
    session.say("\n`cairn papers ID` opens the guided note; `cairn start ID` gives you its equation to write.");
    return 0;
  }
  const course::Paper& p = course::find_paper(arguments.positionals()[0]);
  session.event(described(p));
  const std::string folder = course::folder_of(p);
  session.say(p.title + "\n" + wrapped(p.authors + ". " + p.where + ".", 78) + "\n");
  session.say("ask:        " + p.ask + "\nimplement:  " + course::readable_maths(p.implement, true) +
              (p.recipe.empty() ? "" : "\nrecipe:     cairn train " + p.recipe) + "\nafter:      " + join(p.needs, ", ") + "\n");
  if (folder.empty()) {
    session.say("The guided note is not written yet; the question above is the one to read with.");
    return 0;
  }
  const std::string note = course::note_of(folder);
  const std::string title = note.starts_with("# ") ? note.substr(2, note.find('\n') - 2) : p.title;
  const course::LessonText text = course::read_text(p.id, title, note);
  course::Surroundings around;
  around.phase = "Papers";
  around.exercise = true;
  for (const course::Term& t : course::glossary()) around.terms.push_back(&t);
  if (!o.html.empty()) {
    write_unsynced(o.html, course::lesson_page(text, around));
    session.say("written: " + o.html);
    return 0;
  }
  if (!session.json()) std::printf("%s", course::lesson_in_terminal(text, around, Terminal::of(1)).c_str());
  return 0;
}

}  // namespace

extern const CommandInfo papers_command;
const CommandInfo papers_command = {"papers", "the papers of the road, with guided notes", "cairn papers [ID] [--html FILE]", papers,
                                    options_of<PapersOptions>};

}  // namespace cairn
