#include <app/check_times.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include <bench/clock.h>
#include <bench/process.h>
#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/checking.h>
#include <course/machinery/mutate.h>
#include <course/machinery/toolchain.h>
#include <course/machinery/training.h>

namespace cairn {

namespace {

struct TimedCheck {
  std::string verdict, printed;
  double seconds = 0, compile = 0, link = 0, run = 0;
};

// A place to check in: a folder of exercises and a home that nobody else has.
class CheckPlace {
 public:
  explicit CheckPlace(const course::Exercise& exercise) : exercise_(exercise) {
    course::start_exercise(course::Workplace{folder_ / "work"}, exercise);
  }
  TimedCheck check(const std::string& answer, int seed) const {
    write_unsynced(course::Workplace{folder_ / "work"}.file_of(exercise_), answer);
    course::Limits limits;
    limits.seconds = 600;
    const std::vector<std::string> words = {own_program(), "check",  exercise_.id,         "--folder", folder_ / "work",
                                            "--anyway",    "--seed", std::to_string(seed), "--json"};
    const course::Ended ended = course::run_limited(words, folder_.path(), limits, {"CAIRN_HOME=" + (folder_ / "home")});
    TimedCheck t;
    t.printed = ended.printed, t.seconds = ended.seconds;
    for (const Json& line : course::json_lines(ended.printed)) {
      if (course::text_of(line, "event") != "verdict") continue;
      t.verdict = course::text_of(line, "verdict");
      const Json& parts = line.at("seconds");
      t.compile = parts.at("compile").as_double(), t.link = parts.at("link").as_double(), t.run = parts.at("run").as_double();
    }
    return t;
  }
 private:
  const course::Exercise& exercise_;
  course::Scratch folder_;
};

// The first of some changes of the solution, from its middle on, that compiles and is refused.
std::optional<std::string> refused_change(const CheckPlace& place, const std::string& solution) {
  std::vector<course::Mutation> changes = course::some_of(course::mutations_of(solution), 24);
  std::rotate(changes.begin(), changes.begin() + int64_t(changes.size() / 2), changes.end());
  for (const course::Mutation& c : changes)
    if (place.check(c.text, 1).verdict == "wrong") return c.text;
  return std::nullopt;
}

std::vector<TimedCheck> rounds_of(const CheckPlace& place, const course::Exercise& exercise, const std::string& answer, const std::string& what,
                                  const std::vector<std::string>& verdicts, int rounds) {
  std::vector<TimedCheck> all;
  for (int round = 1; round <= rounds; round++) {
    all.push_back(place.check(answer, round));
    if (std::find(verdicts.begin(), verdicts.end(), all.back().verdict) == verdicts.end())
      throw FileError("a check of " + exercise.id + " with " + what + " gave '" + printable(all.back().verdict) + "':\n" +
                      printable(all.back().printed, 600));
  }
  return all;
}

double median_of_checks(const std::vector<TimedCheck>& checks, double TimedCheck::*part) {
  std::vector<double> seconds;
  for (const TimedCheck& t : checks) seconds.push_back(t.*part);
  return median_of(seconds);
}

}  // namespace

Json time_checks(const course::Exercise& exercise, int rounds) {
  const CheckPlace place(exercise);
  std::optional<std::string> solution, change;
  if (const std::string file = exercise.folder + "/solution.cpp"; file_exists(file)) solution = read_file(file, course::text_limit);
  if (solution) change = refused_change(place, *solution);
  const std::string starter = read_file(exercise.folder + "/exercise.cpp", course::text_limit), what = change ? "a change" : "the starter";
  const std::vector<TimedCheck> wrong = rounds_of(place, exercise, change ? *change : starter, what, {"wrong", "starter", "breaks off"}, rounds);
  Json row = Json::object({{"id", exercise.id},
                           {"rounds", rounds},
                           {"wrong", what},
                           {"wrong_s", median_of_checks(wrong, &TimedCheck::seconds)},
                           {"compile_s", median_of_checks(wrong, &TimedCheck::compile)},
                           {"link_s", median_of_checks(wrong, &TimedCheck::link)},
                           {"run_s", median_of_checks(wrong, &TimedCheck::run)}});
  if (solution && !course::training_plan_of(exercise))
    row["right_s"] = median_of_checks(rounds_of(place, exercise, *solution, "its solution", {"pass"}, rounds), &TimedCheck::seconds);
  return row;
}

}  // namespace cairn
