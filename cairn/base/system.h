// What the process is and where it runs: environment, clock since its start, memory, Ctrl-C.
#pragma once

#include <cstdint>
#include <string>

namespace cairn {

std::string env(const char* name, const std::string& otherwise = "");
double seconds_now();          // of a clock that never goes back; for differences
double seconds_since_start();  // since the kernel started this process (as /proc/self/stat has it)
uint64_t peak_rss_bytes();     // largest resident set so far
std::string cpu_name();
std::string build_info();  // compiler, build type, version
const char* version();     // "0.1.0"

// Ctrl-C: the first sets a flag that loops ask for, the second ends the process at once.
void catch_interrupt();
bool interrupted();
void clear_interrupt();

// Logging to standard error; level from CAIRN_LOG (debug, info, warning, error; default warning).
void log_debug(const std::string& message);
void log_info(const std::string& message);
void log_warning(const std::string& message);

}  // namespace cairn
