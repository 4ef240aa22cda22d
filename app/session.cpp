// The options of every verb, and where its words go.
#include <unistd.h>

#include <cstdio>

#include <app/command.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {

void GlobalOptions::fields(Fields& f) {
  f("json", json, "print one JSON object a line instead of words, errors included");
  f("seed", seed, "seed of all random numbers", between(0, 9e15));
  f("threads", threads, "threads of the kernels; 0: as many as cores", between(0, 1024));
  f("backend", backend, "the kernels to use; reference is the naive specification", one_of({"cpu", "reference"}));
  f("help", help, "explain a verb");
}

Session::Session(GlobalOptions options) : options_(std::move(options)), terminal_(isatty(1) && env("TERM", "dumb") != "dumb") {}

std::string harmless(const std::string& text) {
  std::vector<std::string> lines = split(text, '\n');
  for (std::string& line : lines) line = printable(line, std::string::npos);
  return join(lines, "\n");
}

void Session::say(const std::string& text) const {
  if (!options_.json) std::printf("%s\n", harmless(text).c_str()), std::fflush(stdout);
}
void Session::event(const Json& object) const {
  if (options_.json) std::printf("%s\n", object.dump().c_str()), std::fflush(stdout);
}

}  // namespace cairn
