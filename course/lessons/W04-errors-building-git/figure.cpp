// W04's figures: from sources to a program, and which steps a build repeats when a file has changed.
#include <course/machinery/figure.h>

#include <algorithm>
#include <set>

namespace cairn::course {
namespace {

struct BuildStep {
  std::string result, command;
  std::vector<std::string> from;
};

const std::vector<std::string> sources = {"loss.h", "loss.cpp", "model.cpp", "main.cpp"};
const std::vector<BuildStep> build_steps = {{"loss.o", "compile", {"loss.h", "loss.cpp"}},
                                            {"model.o", "compile", {"loss.h", "model.cpp"}},
                                            {"main.o", "compile", {"main.cpp", "loss.h"}},
                                            {"program", "link", {"loss.o", "model.o", "main.o"}}};

// What has to be made anew when these files have changed: the rule of every build tool.
std::set<std::string> stale(std::set<std::string> changed) {
  for (const BuildStep& s : build_steps)
    for (const std::string& f : s.from)
      if (changed.contains(f)) changed.insert(s.result);
  return changed;
}

plot::Graph graph(const std::set<std::string>& marked) {
  plot::Graph g;
  std::vector<std::string> names = sources;
  for (const std::string& s : sources) g.node({.name = s, .strong = marked.contains(s)});
  for (const BuildStep& s : build_steps) {
    std::vector<size_t> from;
    for (const std::string& f : s.from) from.push_back(size_t(std::find(names.begin(), names.end(), f) - names.begin()));
    g.node({.name = s.result, .operation = s.command, .strong = marked.contains(s.result)}, from);
    names.push_back(s.result);
  }
  return g;
}

void draw_w04(Book& book) {
  std::vector<Frame> frames;
  const auto steps_of = [](const std::set<std::string>& marked) {
    size_t n = 0;
    for (const BuildStep& s : build_steps) n += marked.contains(s.result);
    return n;
  };
  for (unsigned bits = 0; bits < 16; bits++) {  // every choice of changed sources
    std::set<std::string> changed;
    std::string label;
    for (size_t i = 0; i < sources.size(); i++)
      if (bits >> i & 1) changed.insert(sources[i]), label += (label.empty() ? "" : ", ") + sources[i];
    const std::set<std::string> marked = stale(changed);
    const size_t n = steps_of(marked);
    frames.push_back({label.empty() ? "nothing" : label, plot::Figure{.panels = {graph(marked)}},
                      n ? std::to_string(n) + (n == 1 ? " step has" : " steps have") + " to be repeated." : "Nothing has to be done."});
  }
  book.slider("build", "changed", frames);
  book.number("steps_header", double(steps_of(stale({"loss.h"}))));
  book.number("steps_source", double(steps_of(stale({"model.cpp"}))));
  book.number("steps_all", double(build_steps.size()));
}

}  // namespace

extern const LessonFigures W04_figures;
const LessonFigures W04_figures = {"W04", draw_w04};

}  // namespace cairn::course
