// cairn demo W04: four mistakes, and what the compiler of this machine says about each.
#include <course/machinery/figure.h>

#include <cairn/base/errors.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace cairn::course {
namespace {

struct Mistake {
  const char *name, *wrong, *right, *means;
};

const std::array<Mistake, 4> mistakes = {{
    {"semicolon", "int main() {\n  int n = 3\n  return n;\n}\n", "int main() {\n  int n = 3;\n  return n;\n}\n",
     "A statement ends with a semicolon. The compiler notices where the next one begins, so the place is often the line after the mistake."},
    {"name", "int main() {\n  int count = 0;\n  return counter;\n}\n", "int main() {\n  int count = 0;\n  return count;\n}\n",
     "\"Not declared\" means that nothing of this name is known here: a letter is different, a header is missing, or the braces in which it was made "
     "have ended."},
    {"type", "#include <string>\nint main() {\n  std::string word = \"a\";\n  int n = word;\n  return n;\n}\n",
     "#include <string>\nint main() {\n  std::string word = \"a\";\n  int n = int(word.size());\n  return n;\n}\n",
     "\"Cannot convert A to B\" means that a value of the type A stands where a B is needed, and that nothing tells how to make one from the other."},
    {"const", "int main() {\n  const int n = 3;\n  n = 4;\n  return n;\n}\n", "int main() {\n  int n = 3;\n  n = 4;\n  return n;\n}\n",
     "\"Read-only\" means that a promise of const is about to be broken. Either the promise is too strict, or the line should not be there."},
}};

// What the compiler says about a text, which lies in a folder of its own for this moment; no program is made.
std::string compiler_says(const std::string& code) {
  const std::string command = "d=$(mktemp -d) && cd \"$d\" && cat > main.cpp <<'END_OF_CODE'\n" + code +
                              "END_OF_CODE\nLC_ALL=C c++ -std=c++20 -fsyntax-only main.cpp 2>&1; cd / && rm -r \"$d\"\n";
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) throw StateError("no shell to start the compiler with.");
  std::string said;
  char part[512];
  while (std::fgets(part, sizeof part, pipe)) said += part;
  pclose(pipe);
  return said;
}

struct Errors : Demo {
  std::string mistake = "semicolon";
  bool mended = false;

  void fields(Fields& f) override {
    f("mistake", mistake, "which one", one_of({"semicolon", "name", "type", "const"}));
    f("mended", mended, "show the program without the mistake");
  }

  DemoResult run() override {
    const Mistake* m = nullptr;
    for (const Mistake& each : mistakes)
      if (mistake == each.name) m = &each;
    if (!m) throw ConfigError("--mistake " + mistake + ": semicolon, name, type or const.");
    const std::string code = mended ? m->right : m->wrong, said = compiler_says(code);
    plot::Table source{.title = "The program", .header = {"line", ""}}, message{.title = "What the compiler says", .header = {""}};
    double errors = 0, line = 0;
    size_t number = 0;
    for (size_t at = 0; at < code.size();) {
      const size_t end = code.find('\n', at);
      source.rows.push_back({std::to_string(++number), code.substr(at, end - at)});
      at = end + 1;
    }
    for (size_t at = 0; at < said.size();) {
      const size_t end = std::min(said.find('\n', at), said.size());
      const std::string text = said.substr(at, end - at);
      if (text.find(": error:") != std::string::npos) {
        if (errors == 0) {  // main.cpp:3:4: error: ...
          const size_t colon = text.find(':');
          line = std::atof(text.c_str() + colon + 1);
        }
        errors++;
      }
      if (message.rows.size() < 12) message.rows.push_back({text.substr(0, 100)});
      at = end + 1;
    }
    if (message.rows.empty()) message.rows.push_back({"nothing: it compiles"});
    return {plot::Figure{.panels = {source, message}},
            {{"errors", errors}, {"line of the first error", line}},
            mended ? "Without the mistake the compiler says nothing." : std::string(m->means)};
  }
};

}  // namespace

extern const LessonDemo W04_demo;
const LessonDemo W04_demo = {"W04",
                             "four errors and what they mean",
                             [] { return std::unique_ptr<Demo>(new Errors); },
                             {{"mistake", "semicolon", "type", "line of the first error", 1}, {"mended", "false", "true", "errors", 1}}};

}  // namespace cairn::course
