// cairn course check [ID...]: everything of the course that a program can prove; exit code 1 when something does not hold.
#include <filesystem>
#include <functional>

#include <fmt/format.h>

#include <app/command.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <course/machinery/exercises.h>
#include <course/machinery/lesson_text.h>
#include <course/machinery/papers.h>
#include <course/machinery/paths.h>
#include <course/machinery/project_text.h>
#include <course/machinery/proof.h>
#include <course/machinery/quiz.h>
#include <course/machinery/words.h>
#include <recipes/recipe.h>

namespace cairn {

namespace {

struct CourseOptions {
  bool held_out = false, anew = false, exercises = true, texts = true;
  int mutations = 160;
  void fields(Fields& f) {
    f("held_out", held_out, "judge the answers in held_out/ and count what is refused and rightly named");
    f("anew", anew, "prove also what has not changed since the last time");
    f("mutations", mutations, "of each solution judge at most so many, evenly spread", between(1, 1000));
    f("exercises", exercises, "the exercises and their judges");
    f("texts", texts, "the road, the texts and quizzes of lessons, papers, glossary and resources");
  }
};

std::vector<course::Exercise> exercises_of(const std::vector<std::string>& ids) {
  if (ids.empty()) return course::all_exercises();
  std::vector<course::Exercise> list;
  for (const std::string& id : ids) list.push_back(course::find_exercise(id));
  return list;
}

Json counts_of(const char* event, const course::HeldOut& h) {
  return Json::object({{"event", event},
                       {"id", h.id},
                       {"wrong", h.wrong},
                       {"refused", h.refused},
                       {"rightly_named", h.rightly_named},
                       {"wrongly_named", h.wrongly_named},
                       {"unnamed", h.unnamed},
                       {"right", h.right},
                       {"right_refused", h.right_refused}});
}

int held_out(const Session& session, const std::vector<std::string>& ids) {
  course::HeldOut all;
  all.id = "all";
  bool problems = false;
  for (const course::Exercise& e : exercises_of(ids)) {
    const course::HeldOut h = course::judge_held_out(e);
    all.wrong += h.wrong, all.refused += h.refused, all.rightly_named += h.rightly_named, all.wrongly_named += h.wrongly_named;
    all.unnamed += h.unnamed, all.right += h.right, all.right_refused += h.right_refused;
    problems |= !h.problems.empty();
    session.event(counts_of("held_out", h));
    session.say(
        fmt::format("{:<5} wrong {:>2}: refused {:>2}, rightly named {:>2}, wrongly named {:>2}, without a name {:>2}; right {:>2}: refused {:>2}",
                    h.id, h.wrong, h.refused, h.rightly_named, h.wrongly_named, h.unnamed, h.right, h.right_refused));
    for (const std::string& line : h.lines) session.say("      " + line);
    for (const std::string& line : h.problems) session.say("      problem: " + line);
  }
  const auto percent = [&](int64_t n) { return all.wrong ? 100.0 * double(n) / double(all.wrong) : 0.0; };
  session.event(counts_of("held_out_total", all));
  session.say(fmt::format("\n{} wrong answers: {:.1f} % refused, {:.1f} % rightly named, {:.1f} % wrongly named; {} of {} right answers refused",
                          all.wrong, percent(all.refused), percent(all.rightly_named), percent(all.wrongly_named), all.right_refused, all.right));
  return problems ? 1 : 0;
}

struct Tally {
  const Session& session;
  int64_t problems = 0;
  void operator()(const std::string& where, const std::string& what) {
    problems++;
    session.event(Json::object({{"event", "problem"}, {"where", where}, {"what", what}}));
    session.say(fmt::format("{}: {}", where, what));
  }
};

// A file that cannot be read at all is a problem like any other.
void look(Tally& problem, const std::string& where, const std::function<std::vector<std::string>()>& problems) {
  try {
    for (const std::string& p : problems()) problem(where, p);
  } catch (const Error& e) { problem(where, e.what()); }
}

void look_at_lesson(Tally& problem, const course::Lesson& lesson) {
  const std::string folder = course::folder_of(lesson), name = std::filesystem::path(folder).filename().string();
  if (folder.empty()) return;
  look(problem, name, [&] { return course::text_problems(folder); });
  look(problem, name, [&] {
    const auto quiz = course::quiz_of(lesson);
    return quiz ? course::problems(*quiz) : std::vector<std::string>{"quiz.toml is missing"};
  });
}

void look_at_project(Tally& problem, const course::Project& project) {
  const std::string folder = course::folder_of(project);
  if (!folder.empty()) look(problem, std::filesystem::path(folder).filename().string(), [&] { return course::project_problems(folder); });
}

void look_at_all_texts(Tally& problem) {
  look(problem, "roadmap.toml", [] { return course::problems(course::catalog()); });
  look(problem, "papers", [] {
    std::vector<std::string> recipes;
    for (const RecipeInfo* r : all_recipes()) recipes.push_back(r->name);
    return course::paper_problems(course::catalog(), course::papers(), recipes);
  });
  look(problem, "glossary.toml", [] { return course::glossary().empty() ? std::vector<std::string>{"no terms"} : std::vector<std::string>{}; });
  look(problem, "resources.toml", [] { return course::resources().empty() ? std::vector<std::string>{"no resources"} : std::vector<std::string>{}; });
}

int run(Session& session, Arguments& arguments) {
  CourseOptions o;
  Fields fields = fields_of(o);
  arguments.read(fields, 1, 200);
  if (arguments.positionals()[0] != "check")
    throw UsageError("cairn course knows `check`, not '" + printable(arguments.positionals()[0]) + "'.\nHint: cairn course check [ID...]");
  const std::vector<std::string> ids(arguments.positionals().begin() + 1, arguments.positionals().end());
  if (o.held_out) return held_out(session, ids);
  Tally problem{session};
  int64_t proved = 0;
  if (o.texts && ids.empty()) {
    look_at_all_texts(problem);
    for (const course::Lesson& lesson : course::catalog().lessons) look_at_lesson(problem, lesson);
    for (const course::Project& project : course::catalog().projects) look_at_project(problem, project);
  } else if (o.texts) {
    for (const std::string& id : ids) {
      const std::string known = course::find_exercise(id).id;
      if (const course::Lesson* lesson = course::catalog().find_lesson(known)) look_at_lesson(problem, *lesson);
      if (const course::Project* project = course::catalog().find_project(known)) look_at_project(problem, *project);
    }
  }
  if (o.exercises)
    for (const course::Exercise& e : exercises_of(ids)) {
      const course::Proof p = course::prove_exercise(
          e, o.anew,
          [&](const std::string& what) {
            session.event(Json::object({{"event", "proving"}, {"what", what}}));
          },
          size_t(o.mutations));
      proved++;
      session.event(Json::object({{"event", "exercise"},
                                  {"id", p.id},
                                  {"solutions", p.solutions},
                                  {"mutants", p.mutants},
                                  {"mutations", p.mutations},
                                  {"refused", p.refused},
                                  {"equivalent", p.equivalent},
                                  {"cached", p.cached},
                                  {"seconds", p.seconds}}));
      session.say(fmt::format("{:<5} {} solutions, {} mutants, {} mutations: {} refused, {} equivalent ({})", p.id, p.solutions, p.mutants,
                              p.mutations, p.refused, p.equivalent, p.cached ? "unchanged" : human_seconds(p.seconds)));
      for (const std::string& what : p.problems) problem(e.name, what);
    }
  session.event(Json::object({{"event", "course"}, {"exercises", proved}, {"problems", problem.problems}}));
  const std::string looked_at = o.exercises ? fmt::format("{} exercise{}", proved, proved == 1 ? "" : "s") : std::string("the texts");
  session.say(problem.problems == 0 ? fmt::format("\nNothing is wrong with {}.", looked_at)
                                    : fmt::format("\n{} problem{}.", problem.problems, problem.problems == 1 ? "" : "s"));
  return problem.problems == 0 ? 0 : 1;
}

}  // namespace

extern const CommandInfo course_command;
const CommandInfo course_command = {"course", "for authors: what does not hold in the course's lessons",
                                    "cairn course check [ID...] [--held-out] [--anew]", run, options_of<CourseOptions>};

}  // namespace cairn
