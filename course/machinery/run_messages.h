// How a run that ended badly becomes a sentence: reports of AddressSanitizer and UndefinedBehaviorSanitizer, libstdc++'s assertions, limits.
#pragma once

#include <cstdint>
#include <string>

#include <course/machinery/toolchain.h>

namespace cairn::course {

struct RunFault {
  std::string kind;      // "out of range", "endless loop", ...: what a test and a program can look for
  int64_t line = 0;      // in the learner's file; 0 where it is not known
  std::string sentence;  // "line 12 asks for a[5]; a has 5 elements, 0 to 4."
  std::string source;    // the learner's line
};

// `report`: what the sanitizers wrote to their files. `file`: the learner's file as the compiler was given it, `text` what is in it.
RunFault run_fault(const Ended& ended, const std::string& report, const std::string& file, const std::string& text, const Limits& limits,
                   int64_t memory_mib);

// UndefinedBehaviorSanitizer writes between the learner's prints and then ends the program: what begins there is moved to `report`.
void split_report(std::string& printed, std::string& report, const std::string& file);
// The learner's own prints: without our and the library's lines, at most `lines` lines of 200 letters.
std::string own_prints(const std::string& printed, size_t lines = 30);

}  // namespace cairn::course
