// What a verb of the program is, and what it gets to work with.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cairn/base/fields.h>
#include <cairn/base/json.h>

namespace cairn {

// The options that every verb takes.
struct GlobalOptions {
  bool json = false, help = false;
  int64_t seed = 0;
  int threads = 0;
  std::string backend;
  void fields(Fields& f);
};

// Text that may come from a file, for a terminal: control characters other than line ends become \xNN.
std::string harmless(const std::string& text);

// Output: words for a person, or one JSON object a line for a program.
class Session {
 public:
  explicit Session(GlobalOptions options);
  bool json() const { return options_.json; }
  bool terminal() const { return terminal_; }  // standard output is a terminal that can redraw
  const GlobalOptions& options() const { return options_; }
  void say(const std::string& text) const;  // words; silent under --json
  void event(const Json& object) const;     // {"event": ...}; silent without --json
  bool seed_given = false, threads_given = false;
 private:
  GlobalOptions options_;
  bool terminal_;
};

// The words after the verb. A verb takes its positionals and reads the flags into its Fields:
//   Options o;  Fields f = fields_of(o);  args.read(f, 1, 1);
class Arguments {
 public:
  Arguments(std::string verb, std::vector<std::string> words) : verb_(std::move(verb)), words_(std::move(words)) {}
  // Sets the fields from flags (--name value, --name=value, --switch, --no-switch) and collects the positionals, to which everything
  // behind `--` belongs. UsageError for unknown
  // flags (nearest match), missing values, too few or too many positionals; ConfigError for values outside their range.
  void read(Fields& fields, size_t least, size_t most);
  // From now on `flag` may stand without a value, and means `value` then.
  void allow_bare(const std::string& flag, const std::string& value);
  // The first word that is no flag, without reading the flags: `cairn train mlp --epochs 3` needs the recipe to know its fields.
  std::optional<std::string> first() const;
  const std::vector<std::string>& positionals() const { return positionals_; }
  const std::string& verb() const { return verb_; }
 private:
  std::string verb_;
  std::vector<std::string> words_, positionals_;
};

struct CommandInfo {
  const char* name;
  const char* summary;                                 // one line for the list of verbs
  const char* usage;                                   // "cairn train RECIPE [--field value ...]"
  int (*run)(Session& session, Arguments& arguments);  // the exit code
  // The fields for --help; empty when the verb has none of its own. `arguments` may name what they depend on (a recipe).
  std::string (*options)(const Arguments& arguments) = nullptr;
};
const std::vector<const CommandInfo*>& all_commands();

std::string options_table(const Fields& fields);  // flag, default, range, description: aligned
// CommandInfo::options of a verb whose options are the fields of a struct.
template <class Options> std::string options_of(const Arguments&) {
  Options o;
  return options_table(fields_of(o));
}

}  // namespace cairn
