// cairn resources [KIND]: books, courses, communities, data, tools and machines beside this road, and when to use which.
#include <algorithm>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/prose.h>
#include <course/machinery/words.h>

namespace cairn {

namespace {

const std::vector<std::pair<std::string, std::string>> kinds = {
    {"book", "Books"}, {"course", "Courses"}, {"community", "Communities"}, {"papers", "Finding papers"},
    {"data", "Data"},  {"tool", "Tools"},     {"compute", "Machines"}};

int resources(Session& session, Arguments& arguments) {
  Fields none;
  arguments.read(none, 0, 1);
  const std::string wanted = arguments.positionals().empty() ? "" : arguments.positionals()[0];
  std::vector<std::string> names;
  for (const auto& [kind, title] : kinds) names.push_back(kind);
  if (!wanted.empty() && std::find(names.begin(), names.end(), wanted) == names.end())
    throw UsageError("there are no resources of the kind '" + printable(wanted) + "'." + did_you_mean(wanted, names));
  const size_t width = prose_width(), name_width = prose_width(0);
  for (const auto& [kind, title] : kinds) {
    if (!wanted.empty() && kind != wanted) continue;
    session.say(title + "\n");
    for (const course::Resource& r : course::resources()) {
      if (r.kind != kind) continue;
      session.event(Json::object({{"event", "resource"}, {"name", r.name}, {"kind", r.kind}, {"by", r.by}, {"when", r.when}, {"cairn", r.cairn}}));
      std::string text = course::prose(r.name + (r.by.empty() ? "" : " (" + r.by + ")"), name_width, "  ") + "\n";
      text += course::prose(r.when, width, "      ") + "\n";
      if (!r.cairn.empty()) text += course::prose("in Cairn: " + r.cairn, width, "      ") + "\n";
      session.say(shown_here(text));
    }
  }
  return 0;
}

}  // namespace

extern const CommandInfo resources_command;
const CommandInfo resources_command = {"resources", "books, courses, data and tools beside this road, and when to use which",
                                       "cairn resources [book | course | community | papers | data | tool | compute]", resources};

}  // namespace cairn
