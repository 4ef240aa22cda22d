// Does an exercise's judge hold what it promises? The starter is refused as what it is, the solutions pass, every mutant is refused under
// its own name, and small changes of the solution are refused. For `cairn course check`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <course/machinery/exercises.h>

namespace cairn::course {

struct Proof {
  std::string id;
  std::vector<std::string> problems;                                               // a line each; empty when all holds
  int64_t solutions = 0, mutants = 0, mutations = 0, refused = 0, equivalent = 0;  // mutations: those that compile
  int64_t possible = 0;                                                            // those that were made
  std::vector<std::string> survivors;                                              // mutations that pass
  bool cached = false;
  double seconds = 0;
};

// `say` is told what is being done, for a long wait. Results lie in <build>/course/proof/ID.json and are taken from there while neither the
// exercise nor the judge has changed, unless `anew`. Of the mutations of a solution at most so many are judged, evenly spread over its lines.
Proof prove_exercise(const Exercise& exercise, bool anew, const std::function<void(const std::string&)>& say, size_t most_mutations = 160);

// What beginners wrote who never saw the judge: held_out/*.cpp, beginning with `// slip: ...` or `// right`; `// named: mutants/x.cpp` lines
// say which names would be right, `// named: none` that no mutant has this slip.
struct HeldOut {
  std::string id;
  int64_t wrong = 0, refused = 0, rightly_named = 0, wrongly_named = 0, unnamed = 0;  // unnamed: refused without a name
  int64_t right = 0, right_refused = 0;
  std::vector<std::string> lines;     // one for each that is not as it should be
  std::vector<std::string> problems;  // files that cannot be judged
};
HeldOut judge_held_out(const Exercise& exercise);

// equivalent.txt: "LINE: MUTATION  # reason" lines; `#` at the beginning is a comment.
struct Equivalent {
  std::string name, reason;
};
std::vector<Equivalent> equivalents_of(const Exercise& exercise, std::vector<std::string>& problems);

}  // namespace cairn::course
