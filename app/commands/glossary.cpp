// cairn glossary [TERM]: the words of the course, in two sentences each.
#include <algorithm>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/plot/terminal.h>
#include <course/machinery/maths.h>
#include <course/machinery/prose.h>
#include <course/machinery/words.h>

namespace cairn {

namespace {

Json described(const course::Term& t) {
  return Json::object(
      {{"event", "term"}, {"name", t.name}, {"synonyms", Json::array(t.synonyms)}, {"text", t.text}, {"formula", t.formula}, {"lesson", t.lesson}});
}

int glossary(Session& session, Arguments& arguments) {
  Fields none;
  arguments.read(none, 0, 12);  // `cairn glossary singular value decomposition` needs no quotes
  const std::string typed = join(arguments.positionals(), " ");
  const std::vector<course::Term>& terms = course::glossary();
  if (typed.empty()) {
    std::vector<std::string> names;
    for (const course::Term& t : terms) {
      session.event(described(t));
      names.push_back(t.name);
    }
    std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) { return lower(a) < lower(b); });
    session.say(course::prose(shown_here(join(names, ", ")), prose_width()));
    session.say("\n" + course::prose(fmt::format("{} terms; `cairn glossary TERM` explains one.", terms.size()), prose_width(0)));
    return 0;
  }
  const auto found = course::find_terms(terms, typed);
  if (found.empty()) {
    std::vector<std::string> names;
    for (const course::Term& t : terms) names.push_back(t.name);
    const std::string near = nearest(typed, names);
    throw UsageError("the glossary has no term '" + printable(typed) + "'." + (near.empty() ? "" : " Did you mean '" + near + "'?") +
                     "\nHint: `cairn glossary` lists all.");
  }
  for (const course::Term* t : found) {
    session.event(described(*t));
    std::string text = t->name;
    if (!t->synonyms.empty()) text += " (also: " + join(t->synonyms, ", ") + ")";
    text = course::prose(shown_here(text), prose_width(0)) + "\n" + course::prose(shown_here(t->text), prose_width(), "  ");
    if (!t->formula.empty()) text += "\n    " + course::readable_maths(t->formula, Terminal::of(1).unicode);
    text += "\n  explained in " + t->lesson + ": cairn learn " + t->lesson + (found.size() > 1 ? "\n" : "");
    session.say(text);
  }
  return 0;
}

}  // namespace

extern const CommandInfo glossary_command;
const CommandInfo glossary_command = {"glossary", "the words of the course, in two sentences each", "cairn glossary [TERM]", glossary};

}  // namespace cairn
