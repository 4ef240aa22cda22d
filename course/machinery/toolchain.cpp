#include <course/machinery/toolchain.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <regex>
#include <set>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/paths.h>

extern char** environ;

namespace cairn::course {

namespace fs = std::filesystem;

// ---- a child with limits

namespace {

struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw FileError(std::string("no pipe to another program can be made: ") + std::strerror(errno));
  }
  ~Pipe() {
    for (int& e : ends) shut(e);
  }
  static void shut(int& e) {
    if (e >= 0) close(e);
    e = -1;
  }
};

// Between fork and exec: nothing that allocates.
[[noreturn]] void become(char* const* words, char* const* environment, const char* folder, int out, int channel, const Limits& limits) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const auto cpu = rlim_t(limits.seconds + 1);
  const rlimit seconds{cpu, cpu + 1}, bytes{limits.file_bytes, limits.file_bytes}, none{0, 0};
  setrlimit(RLIMIT_CPU, &seconds);
  setrlimit(RLIMIT_FSIZE, &bytes);
  setrlimit(RLIMIT_CORE, &none);
  const rlimit memory{limits.memory_bytes, limits.memory_bytes};
  if (limits.memory_bytes) setrlimit(RLIMIT_AS, &memory);
  const int nothing = open("/dev/null", O_RDONLY);
  const int copy = fcntl(channel, F_DUPFD, 10);  // out of the way of 0 to 3
  dup2(out, 1);
  dup2(out, 2);
  dup2(nothing, 0);
  dup2(copy, 3);
  close(copy);
  signal(SIGXFSZ, SIG_DFL);
  signal(SIGPIPE, SIG_DFL);
  if (chdir(folder) == 0) execvpe(words[0], words, environment);
  _exit(127);
}

// The first bytes of a file of /proc; "" where it is gone.
std::string proc_file(const char* path) {
  std::array<char, 1024> buffer;
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return "";
  const ssize_t n = read(file, buffer.data(), buffer.size());
  close(file);
  return {buffer.data(), size_t(std::max<ssize_t>(n, 0))};
}

// Threads of the whole machine: one small file, which may be asked many times a second. -1 where the system does not say.
int64_t threads_of_machine() {
  const std::string load = proc_file("/proc/loadavg");  // 0.20 0.18 0.12 1/80 11206
  const size_t slash = load.find('/');
  int64_t n = -1;
  return slash != std::string::npos && parse_int(load.substr(slash + 1, load.find(' ', slash) - slash - 1), n) ? n : -1;
}

// Threads of all processes of a group: reads a file for every process of the machine.
int64_t threads_of_group(pid_t group) {
  int64_t all = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/proc", error)) {
    const std::string name = entry.path().filename().string();
    if (!std::isdigit(static_cast<unsigned char>(name[0]))) continue;
    const std::string stat = proc_file(("/proc/" + name + "/stat").c_str());  // 12 (its name) S parent group ...
    const size_t end = stat.rfind(") ");
    if (end == std::string::npos) continue;
    const std::vector<std::string> words = split(stat.substr(end + 2), ' ');
    int64_t its_group = 0, threads = 1;
    if (words.size() < 18 || !parse_int(words[2], its_group) || its_group != group) continue;
    all += parse_int(words[17], threads) ? std::max<int64_t>(threads, 1) : 1;
  }
  return all;
}

// Whether a group has more than `most` threads. A limit of the system would be RLIMIT_NPROC, which does not bind root, and counts what else the
// user runs.
class ProcessWatch {
 public:
  explicit ProcessWatch(int64_t most) : most_(most), before_(most > 0 ? threads_of_machine() : 0) {}
  bool exceeded(pid_t group) {
    if (most_ <= 0) return false;
    const int64_t now = threads_of_machine();
    if (now >= 0 && before_ >= 0 && now - before_ <= most_ / 2) return false;  // the machine has not so many more than at the last count
    const int64_t own = threads_of_group(group);
    before_ = now < 0 ? now : now - own;
    return own > most_;
  }
 private:
  int64_t most_, before_;
};

std::vector<char*> pointers(const std::vector<std::string>& words) {
  std::vector<char*> list;
  for (const std::string& w : words) list.push_back(const_cast<char*>(w.c_str()));
  list.push_back(nullptr);
  return list;
}

}  // namespace

Ended run_limited(const std::vector<std::string>& words, const std::string& folder, const Limits& limits,
                  const std::vector<std::string>& more_environment, const std::function<bool(const std::string& channel)>& heard) {
  std::vector<std::string> environment;
  for (char** e = environ; *e; e++) {
    const std::string word = *e, name = word.substr(0, word.find('=') + 1);
    bool replaced = false;
    for (const std::string& m : more_environment) replaced |= m.starts_with(name);
    if (!replaced) environment.push_back(word);
  }
  environment.insert(environment.end(), more_environment.begin(), more_environment.end());
  const auto argv = pointers(words), envp = pointers(environment);
  Pipe out, channel;
  const double begin = seconds_now();
  const pid_t child = fork();
  if (child < 0) throw FileError(std::string("no other program can be started: ") + std::strerror(errno));
  if (child == 0) become(argv.data(), envp.data(), folder.c_str(), out.ends[1], channel.ends[1], limits);
  Pipe::shut(out.ends[1]);
  Pipe::shut(channel.ends[1]);
  Ended ended;
  bool open_out = true, open_channel = true;
  const auto end_it = [&](Ended::How how) {
    if (ended.how == Ended::exited) ended.how = how;
    kill(-child, SIGKILL);
    kill(child, SIGKILL);  // before it has made its group
  };
  std::array<char, 16384> buffer;
  int status = 0;
  rusage used{};
  bool gone = false;
  ProcessWatch processes(limits.processes);
  while (open_out || open_channel) {
    pollfd files[2] = {{open_out ? out.ends[0] : -1, POLLIN, 0}, {open_channel ? channel.ends[0] : -1, POLLIN, 0}};
    poll(files, 2, limits.processes > 0 ? 20 : 50);
    const auto take = [&](pollfd& file, std::string& into, bool& is_open) {
      if (!file.revents) return false;
      const ssize_t n = read(file.fd, buffer.data(), buffer.size());
      if (n <= 0) is_open = n < 0 && errno == EINTR;
      else if (into.size() < (uint64_t{64} << 20)) into.append(buffer.data(), size_t(n));
      return true;
    };
    const bool some = take(files[0], ended.printed, open_out), more = take(files[1], ended.channel, open_channel);
    if (ended.printed.size() > limits.output_bytes) end_it(Ended::too_much_output);
    if (!gone && seconds_now() - begin > 4 * limits.seconds + 2) end_it(Ended::too_slow);
    if (!gone && processes.exceeded(child)) end_it(Ended::too_many_processes);
    if (heard && ended.how == Ended::exited && !heard(ended.channel)) end_it(Ended::stopped);
    // A grandchild may hold the pipes, and write into them for ever: its group ends with the program. What that wrote is still read.
    if (!gone && wait4(child, &status, WNOHANG, &used) == child) {
      gone = true;
      kill(-child, SIGKILL);
    }
    if (gone && !some && !more) break;
  }
  if (!gone) wait4(child, &status, 0, &used);
  kill(-child, SIGKILL);
  ended.seconds = seconds_now() - begin;
  ended.computed = double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
  if (ended.how != Ended::exited) return ended;
  if (WIFEXITED(status)) {
    ended.code = WEXITSTATUS(status);
    if (ended.code == 127 && ended.printed.empty() && ended.channel.empty()) ended.how = Ended::not_started;
  } else {
    ended.code = WTERMSIG(status);
    ended.how = ended.code == SIGXCPU ? Ended::too_slow : Ended::killed;
  }
  return ended;
}

Scratch::Scratch() {
  std::string pattern = env("TMPDIR", "/tmp") + "/cairn-check-XXXXXX";
  if (!mkdtemp(pattern.data()))
    throw FileError("no temporary folder can be made in " + env("TMPDIR", "/tmp") + ": " + std::strerror(errno) +
                    ".\nHint: TMPDIR=FOLDER cairn check");
  path_ = pattern;
}

Scratch::~Scratch() {
  std::error_code error;
  fs::remove_all(path_, error);
}

// ---- the compiler's words

std::string compiler() { return env("CXX", "g++"); }

namespace {

std::string installation() { return std::string(geteuid() == 0 ? "" : "sudo ") + "apt-get install g++"; }

}  // namespace

void compiler_missing() {
  throw FileError("the compiler " + compiler() + " is not here; it turns your file into a program.\nHint: " + installation() +
                  (env("CXX").empty() ? "" : "; CXX in your environment names " + compiler() + "."));
}

bool compiler_says_nothing(const Ended& ended) {
  const bool failed = ended.how == Ended::killed || (ended.how == Ended::exited && ended.code != 0);
  return failed && trim(ended.printed).empty();
}

void compiler_silent(const Ended& ended) {
  const std::string how = ended.how == Ended::killed
                              ? std::string("it was ended by signal ") + std::to_string(ended.code) + ", " + strsignal(ended.code)
                              : "exit status " + std::to_string(ended.code);
  const bool named = !env("CXX").empty();
  throw FileError("the compiler " + compiler() + " failed without a word (" + how + "). Your file is not the reason.\nHint: " +
                  (named ? "CXX in your environment names it; `unset CXX` takes g++, which `" + installation() + "` installs. "
                         : "`" + installation() + "` installs it anew. ") +
                  "`cairn doctor` says what else this machine lacks.");
}

namespace {

// Where <cairn/...> and libcairn.a lie: the source tree and the build, or the installed prefix.
struct Engine {
  std::string include, library;
};

Engine engine() {
  const fs::path course = course_folder(), build = course_build_folder();
  const fs::path tree = course.parent_path(), prefix = build.parent_path().parent_path().parent_path();  // prefix/lib/cairn/course
  std::error_code error;
  Engine e;
  e.include = fs::exists(tree / "cairn/cairn.h", error) ? tree.string() : (prefix / "include").string();
  for (const fs::path& p : {build.parent_path() / "libcairn.a", prefix / "lib/libcairn.a", prefix / "lib64/libcairn.a"})
    if (e.library.empty() && fs::exists(p, error)) e.library = p.string();
  if (e.library.empty())
    for (const auto& entry : fs::directory_iterator(prefix / "lib", error))
      if (fs::exists(entry.path() / "libcairn.a", error)) e.library = (entry.path() / "libcairn.a").string();
  return e;
}

std::vector<std::string> split_words(const std::string& text) {
  std::vector<std::string> words;
  for (const std::string& line : split(text, '\n'))
    for (const std::string& w : split(line, ' '))
      if (!trim(w).empty()) words.emplace_back(trim(w));
  return words;
}

}  // namespace

std::vector<std::string> learner_flags(const Exercise& exercise) {
  const std::string judge = course_folder() + "/machinery/judge";
  std::vector<std::string> words = {compiler()};
  for (const std::string& w : split_words(read_file(judge + "/flags.txt", 65536))) words.push_back(w);
  for (const std::string& w :
       {std::string("-fdiagnostics-color=never"), std::string("-fno-diagnostics-show-caret"), std::string("-fdiagnostics-column-unit=byte"),
        std::string("-fmax-errors=12"), std::string("-Wempty-body"), std::string("-iquote"), exercise.folder})
    words.push_back(w);
  if (exercise.engine)  // the first has what was read ahead
    for (const std::string& folder : {course_build_folder() + "/judge/ahead", judge, engine().include}) words.push_back("-I" + folder);
  return words;
}

std::vector<std::string> fast_command(const Exercise& exercise, const std::string& unit, const std::string& program) {
  // -O3 and not -O2: not every compiler turns loops into vectors at -O2.
  return {compiler(), "-std=c++20", "-O3", "-march=native", "-w", "-pthread", "-iquote", exercise.folder, unit, "-o", program};
}

std::string judge_object(const Exercise& exercise) { return course_build_folder() + "/judge/" + exercise.id + ".o"; }

std::vector<std::string> link_words(const Exercise& exercise, const std::string& object) {
  const std::string folder = course_build_folder() + "/judge", runtime = folder + "/libcairn_judge.a";
  for (const std::string& file : {object, runtime})
    if (!file_exists(file))
      throw FileError(file + " is not there: the judge of " + exercise.id +
                      " has not been built.\nHint: ./run check builds it; in a build folder of your own: cmake --build FOLDER --target cairn_judges");
  std::vector<std::string> words = {object, runtime};
  if (exercise.engine) {
    const Engine e = engine();
    if (e.library.empty())
      throw FileError("libcairn.a is not there; " + exercise.id + " is linked with it.\nHint: build Cairn, or install it again.");
    words.push_back(e.library);
    for (const std::string& w : split_words(read_file(folder + "/engine.txt", 65536))) words.push_back(w);
  }
  return words;
}

std::vector<std::string> editor_command(const Exercise& exercise) {
  std::vector<std::string> words = {compiler(), "-std=c++20", "-Wall", "-c"};
  if (exercise.engine) words.push_back("-I" + engine().include);
  return words;
}

std::vector<std::string> sanitizer_environment(const std::string& folder, int64_t memory_mib) {
  const std::string mib = std::to_string(memory_mib);
  return {"ASAN_OPTIONS=log_path=" + folder +
              "/report:detect_leaks=0:handle_abort=1:handle_sigfpe=1:detect_stack_use_after_return=1:hard_rss_limit_mb=" + mib +
              ":max_allocation_size_mb=" + mib + ":color=never:exitcode=99",
          "UBSAN_OPTIONS=log_path=" + folder + "/report:print_stacktrace=1:halt_on_error=1:color=never", "LC_ALL=C", "OMP_NUM_THREADS=2"};
}

// ---- translation units

namespace {

// `#include <...>` of a file and of the headers of its own folder that it includes, each once, in their order.
void collect_headers(const std::string& text, const std::vector<std::string>& folders, std::vector<std::string>& list, std::set<std::string>& seen) {
  static const std::regex include("^[ \t]*#[ \t]*include[ \t]*([<\"])([^>\"]+)[>\"].*");
  for (const std::string& line : split(text, '\n')) {
    std::smatch found;
    if (line.find("include") == std::string::npos || !std::regex_match(line, found, include) || !seen.insert(found[2]).second) continue;
    if (found[1] == "<") list.push_back(found[2]);
    else
      for (const std::string& folder : folders)
        if (file_exists(folder + "/" + found[2].str())) {
          collect_headers(read_file(folder + "/" + found[2].str(), uint64_t{4} << 20), folders, list, seen);
          break;
        }
  }
}

}  // namespace

std::string learner_unit(const Exercise& exercise, const std::string& file, const std::string& text, Watched watched) {
  std::vector<std::string> headers;
  std::set<std::string> seen;
  const std::string own = fs::path(file).parent_path().string();
  collect_headers(text, {own, exercise.folder}, headers, seen);
  std::string unit;
  if (watched == Watched::no) unit = "#include <cstdlib>\n";
  else if (exercise.engine) unit = "#include <watched_engine.h>\n";
  else unit = "#include \"" + course_folder() + "/machinery/judge/watched.h\"\n";
  for (const std::string& h : headers) unit += "#include <" + h + ">\n";
  const bool with_answer = seen.contains("answer.h");  // its types are the judge's: not in the namespace
  const std::string answer = "#include \"" + exercise.folder + "/answer.h\"\n";
  if (with_answer) unit += answer;
  unit += "namespace yours {\n#include \"" + file + "\"\n}\n" + answer + "namespace yours {\nstatic const Answer judged_answer_ ANSWER;\n}\n";
  return unit +
         "struct JudgeCandidate { const char* name; const void* answer; };\nextern \"C\" {\nextern const JudgeCandidate judge_candidates[] = "
         "{{\"yours\", "
         "&yours::judged_answer_}, {nullptr, nullptr}};\n}\n";
}

std::string trainer_unit(const Exercise& exercise, const std::string& file, const std::string& text) {
  const std::string trainer = exercise.folder + "/trainer.cpp";
  std::vector<std::string> headers;
  std::set<std::string> seen;
  collect_headers(read_file(trainer, uint64_t{4} << 20), {exercise.folder}, headers, seen);
  std::string unit;
  for (const std::string& h : headers) unit += "#include <" + h + ">\n";
  return unit + learner_unit(exercise, file, text, Watched::no) + "#include \"" + trainer + "\"\n";
}

std::string generated_unit(const std::string& kind, const Exercise& exercise, const std::vector<std::string>& files, const std::string& folder) {
  std::vector<std::string> words = {"bash", course_folder() + "/machinery/judge/generate", kind, exercise.folder};
  words.insert(words.end(), files.begin(), files.end());
  Limits limits;
  limits.output_bytes = uint64_t{32} << 20;
  const Ended e = run_limited(words, folder, limits);
  if (e.how != Ended::exited || e.code != 0)
    throw FileError("machinery/judge/generate " + kind + " " + exercise.folder + " failed: " + printable(e.printed, 400));
  return e.printed;
}

}  // namespace cairn::course
