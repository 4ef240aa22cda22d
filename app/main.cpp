// The program `cairn`: finds the verb, turns errors into one clear message and an exit code (0 done, 1 failed, 2 wrong usage).
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include <fmt/format.h>

#include <app/command.h>
#include <app/prose.h>
#include <cairn/backend/backend.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <cairn/base/threads.h>

namespace cairn {
namespace {

std::string overview() {
  std::string text =
      std::string("cairn ") + version() + ": learn and practise deep learning in C++\n\nusage: cairn VERB [ARGUMENTS] [--key value]\n\n";
  for (const CommandInfo* c : all_commands())
    if (*c->name) text += "  " + std::string(c->name) + std::string(12 - std::min<size_t>(11, std::string(c->name).size()), ' ') + c->summary + "\n";
  GlobalOptions globals;
  return text + "\nevery verb takes\n" + options_table(fields_of(globals)) +
         "\n`cairn VERB --help` explains a verb; `cairn` alone says where you are.\n";
}

const CommandInfo& find_command(const std::string& name) {
  std::vector<std::string> names;
  for (const CommandInfo* c : all_commands()) {
    if (name == c->name) return *c;
    if (*c->name) names.push_back(c->name);
  }
  throw UsageError("there is no verb '" + printable(name) + "'." + did_you_mean(name, names) +
                   "\nHint: `cairn --help` lists them; `cairn` alone says what is next.");
}

// Takes the global options out of the words; what is left belongs to the verb.
std::vector<std::string> take_globals(const std::vector<std::string>& words, GlobalOptions& globals, bool& seed_given, bool& threads_given) {
  Fields fields = fields_of(globals);
  std::vector<std::string> rest;
  for (size_t i = 0; i < words.size(); i++) {
    const size_t equals = words[i].find('=');
    const std::string flag = words[i].substr(0, equals);
    const Field* field = flag.starts_with("--") ? fields.find(flag.substr(2)) : nullptr;
    if (flag == "-h") field = fields.find("help");
    if (!field) {
      rest.push_back(words[i]);
      continue;
    }
    if (field->name == "seed") seed_given = true;
    if (field->name == "threads") threads_given = true;
    if (equals != std::string::npos) fields.set(field->name, words[i].substr(equals + 1), flag);
    else if (field->kind == Field::boolean) fields.set(field->name, "true", flag);
    else if (i + 1 >= words.size()) throw UsageError(flag + " needs a value: " + field->description + ".");
    else fields.set(field->name, words[++i], flag);
  }
  return rest;
}

// Words that were printed and did not arrive (a full disk behind `>`) are a failure, too.
int finished(int code) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return code;
  std::fprintf(stderr, "cairn: standard output cannot be written: %s.\n", std::strerror(errno));
  return code ? code : 1;
}

void report(const Error& e, bool json) {
  if (json) std::printf("%s\n", Json::object({{"event", "error"}, {"type", e.type()}, {"message", e.what()}}).dump().c_str());
  else std::fprintf(stderr, "%s\n", rows_here("cairn: " + harmless(e.what()), 2).c_str());
}

int run(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  bool json = false;
  for (const std::string& w : words) json |= w == "--json";
  try {
    GlobalOptions globals;
    bool seed_given = false, threads_given = false;
    words = take_globals(words, globals, seed_given, threads_given);
    json = globals.json;
    if (!words.empty() && (words[0] == "--version" || words[0] == "version")) {
      std::printf("cairn %s (%s)\n", version(), build_info().c_str());
      return 0;
    }
    if (!words.empty() && words[0] == "help") {
      globals.help = true;
      words.erase(words.begin());
    }
    if (words.empty() && globals.help) {
      std::printf("%s", rows_here(overview()).c_str());
      return 0;
    }
    const std::string verb = words.empty() ? "" : words[0];
    if (verb.starts_with("-"))
      throw UsageError("'" + printable(verb) + "' comes before a verb.\nHint: cairn VERB [--key value]; `cairn --help` lists the verbs.");
    const CommandInfo& command = find_command(verb);
    Arguments arguments(verb, {words.begin() + (words.empty() ? 0 : 1), words.end()});
    if (globals.help) {
      std::printf("%s\n", rows_here(fmt::format("{}\n\nusage: {}", command.summary, command.usage)).c_str());
      const std::string options = command.options ? command.options(arguments) : "";
      if (!options.empty()) std::printf("\n%s", rows_here(options).c_str());
      GlobalOptions defaults;
      std::printf("\nand as every verb\n%s", rows_here(options_table(fields_of(defaults))).c_str());
      return 0;
    }
    if (globals.threads > 0) set_threads(globals.threads);
    restart_with_short_waits(argv);
    if (!globals.backend.empty()) use_backend(globals.backend);
    Session session(globals);
    session.seed_given = seed_given;
    session.threads_given = threads_given;
    return command.run(session, arguments);
  } catch (const UsageError& e) {
    report(e, json);
    return 2;
  } catch (const ConfigError& e) {
    report(e, json);
    return 2;
  } catch (const Error& e) {
    report(e, json);
    return 1;
  } catch (const std::bad_alloc&) {
    report(OutOfMemoryError("the system gave no more memory. Hint: a smaller --batch-size or --limit-train."), json);
    return 1;
  } catch (const std::exception& e) {
    report(Error(e.what()), json);
    return 1;
  }
}

}  // namespace

}  // namespace cairn

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file above `ulimit -f` is then an error of write, with a message
  return cairn::finished(cairn::run(argc, argv));
}
