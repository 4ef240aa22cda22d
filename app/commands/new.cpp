// cairn new NAME --template mlp: a project of your own that builds and trains in one command.
#include <algorithm>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/paths.h>
#include <course/machinery/templates.h>

namespace cairn {

namespace {

struct NewOptions {
  std::string kind = "mlp", into = ".";
  void fields(Fields& f) {
    f("template", kind, "what to begin with: " + join(course::template_names(course::course_folder() + "/templates"), ", "));
    f("into", into, "the folder in which the project's folder is made");
  }
};

int make(Session& session, Arguments& arguments) {
  NewOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 1);
  const std::string name = arguments.positionals()[0], folder = course::course_folder() + "/templates";
  const std::vector<std::string> kinds = course::template_names(folder);
  if (std::find(kinds.begin(), kinds.end(), o.kind) == kinds.end())
    throw UsageError("there is no template '" + printable(o.kind) + "'." + did_you_mean(o.kind, kinds));
  const std::string to = o.into == "." ? name : o.into + "/" + name, package = course::package_folder();
  const std::string next = course::make_project(folder + "/" + o.kind, to, name, package);
  session.event(Json::object({{"event", "new"}, {"name", name}, {"template", o.kind}, {"folder", to}, {"package", package}}));
  session.say(rows_here("made " + to + " from the template " + o.kind));
  if (package.empty())
    session.say(rows_here("note:  Cairn's CMake package was not found beside this program; `CAIRN_DIR=PREFIX/lib/cmake/cairn ./train` names it."));
  session.say("next:  " + next);
  return 0;
}

}  // namespace

extern const CommandInfo new_command;
const CommandInfo new_command = {"new", "a project of your own that builds and trains in one command",
                                 "cairn new NAME [--template mlp] [--into FOLDER]", make, options_of<NewOptions>};

}  // namespace cairn
