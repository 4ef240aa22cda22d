// cairn papers [ID]: the papers of the road; or the guided note on one, as a page and here.
#include <algorithm>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/maths.h>
#include <course/machinery/page.h>
#include <course/machinery/papers.h>
#include <course/machinery/paths.h>
#include <course/machinery/prose.h>

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
  const std::string stars(size_t(p.difficulty), '*');
  const std::string facts = fmt::format("{}, {}. About {:.0f} minutes, after {}.{}", p.authors, p.year, p.minutes, join(p.needs, ", "),
                                        course::folder_of(p).empty() ? " Note not written yet." : "");
  // The title stands beside the id where there is room for it, else below.
  const size_t width = prose_width(), title_width = prose_width(0);
  if (width < 60)
    return fmt::format("  {:<18} {}\n", p.id, stars) + course::prose(p.title, title_width, "    ") + "\n" + course::prose(facts, width, "      ");
  const std::string label = fmt::format("  {:<18} {:<3}  ", p.id, stars);
  return course::prose(p.title, title_width, std::string(label.size(), ' '), label) + "\n" + course::prose(facts, width, std::string(25, ' '));
}

int papers(Session& session, Arguments& arguments) {
  PapersOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 0, 12);  // `cairn papers deep residual learning` needs no quotes
  if (arguments.positionals().empty()) {
    session.say(course::prose("The papers of the road, in the order of its lessons; * an evening, *** a weekend", prose_width(0)) + "\n");
    for (const course::Paper& p : course::papers()) {
      session.event(described(p));
      session.say(shown_here(line_of(p)));
    }
    session.say("\n" + course::prose("`cairn papers ID` opens the guided note; `cairn start ID` gives you its equation to write.", prose_width(0)));
    return 0;
  }
  const std::string typed = join(arguments.positionals(), " ");
  const std::vector<const course::Paper*> found = course::find_papers(typed);
  if (found.size() > 1) {
    session.say(course::prose(fmt::format("{} papers have these words; `cairn papers ID` opens one.", found.size()), prose_width(0)) + "\n");
    for (const course::Paper* one : found) {
      session.event(described(*one));
      session.say(shown_here(line_of(*one)));
    }
    return 0;
  }
  const course::Paper& p = found.empty() ? course::find_paper(typed) : *found[0];  // none: it says what is near
  session.event(described(p));
  const std::string folder = course::folder_of(p);
  const size_t width = prose_width(0);
  const std::string indent(12, ' ');
  session.say(shown_here(course::prose(p.title, width) + "\n" + course::prose(p.authors + ". " + p.where + ".", prose_width()) + "\n"));
  session.say(
      course::prose(shown_here(p.ask), width, indent, "ask:") + "\nimplement:  " + course::readable_maths(p.implement, Terminal::of(1).unicode) +
      (p.recipe.empty() ? "" : "\nrecipe:     cairn train " + p.recipe) + "\n" + course::prose(join(p.needs, ", "), width, indent, "after:") + "\n");
  if (folder.empty()) {
    session.say(course::prose("The guided note is not written yet; the question above is the one to read with.", width));
    return 0;
  }
  const std::string note = course::note_of(folder);
  const std::string title = note.starts_with("# ") ? note.substr(2, note.find('\n') - 2) : p.title;
  const course::LessonText text = course::read_text(p.id, title, note);
  course::Surroundings around;
  around.phase = "Papers";
  around.exercise = true;
  around.id_in_title = false;
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
