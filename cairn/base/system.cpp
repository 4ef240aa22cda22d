#include <cairn/base/system.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

#include <cairn/base/text.h>

namespace cairn {

std::string env(const char* name, const std::string& otherwise) {
  const char* value = std::getenv(name);
  return value && *value ? value : otherwise;
}

namespace {

double boot_clock() {
  timespec t{};
  clock_gettime(CLOCK_BOOTTIME, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

// Field 22 of /proc/self/stat: when the kernel started us, in ticks since boot. Field 2, the program's name, may hold blanks and
// brackets, so fields are counted from its last bracket.
double start_time() {
  std::ifstream file("/proc/self/stat");
  std::string line;
  std::getline(file, line);
  size_t bracket = line.rfind(')');
  if (bracket == std::string::npos) return boot_clock();
  std::istringstream rest(line.substr(bracket + 1));
  std::string field;
  for (int i = 3; i <= 22; i++) rest >> field;
  int64_t ticks = 0;
  if (!rest || !parse_int(field, ticks)) return boot_clock();
  return static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

}  // namespace

double seconds_now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double seconds_since_start() {
  static const double start = start_time();
  double elapsed = boot_clock() - start;
  return elapsed > 0 ? elapsed : 0;
}

uint64_t peak_rss_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<uint64_t>(usage.ru_maxrss) * 1024;  // Linux counts in KiB
}

std::string cpu_name() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("model name"))
      if (size_t colon = line.find(':'); colon != std::string::npos) return std::string(trim(std::string_view(line).substr(colon + 1)));
  return "unknown CPU";
}

const char* version() { return CAIRN_VERSION; }

std::string build_info() {
#if defined(__clang__)
  std::string compiler = "Clang " __clang_version__;
#else
  std::string compiler = "GCC " __VERSION__;
#endif
  return std::string("Cairn ") + version() + ", " + compiler + ", " + CAIRN_BUILD_TYPE;
}

namespace {

std::atomic<bool> interrupts{false};  // lock-free, so a signal handler may write it
static_assert(std::atomic<bool>::is_always_lock_free);

// A second Ctrl-C means "now". A second SIGTERM does not: supervisors often send it to the process and then to its group.
void on_signal(int signal) {
  if (interrupts && signal == SIGINT) _exit(130);
  interrupts = true;
}

}  // namespace

void catch_interrupt() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() { return interrupts; }
void clear_interrupt() { interrupts = false; }

namespace {

enum Level { debug, info, warning, error };

void print(const char* name, const std::string& message) { std::fprintf(stderr, "cairn: %s: %s\n", name, message.c_str()); }

// A mistyped level is reported, not thrown: a message about something else must not end in an exception about logging.
Level read_level() {
  const std::vector<std::string> names = {"debug", "info", "warning", "error"};
  std::string text = env("CAIRN_LOG", "warning");
  for (size_t i = 0; i < names.size(); i++)
    if (text == names[i]) return static_cast<Level>(i);
  print("warning", "CAIRN_LOG is '" + printable(text) + "', which is no level." + did_you_mean(text, names));
  return warning;
}

void log(Level level, const char* name, const std::string& message) {
  static const Level least = read_level();
  if (level >= least) print(name, message);
}

}  // namespace

void log_debug(const std::string& message) { log(debug, "debug", message); }
void log_info(const std::string& message) { log(info, "info", message); }
void log_warning(const std::string& message) { log(warning, "warning", message); }

}  // namespace cairn
