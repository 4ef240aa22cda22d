#include <course/machinery/pieces.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <regex>

#include <fmt/format.h>

#include <cairn/base/disk.h>
#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>
#include <course/machinery/compiler_messages.h>
#include <course/machinery/paths.h>
#include <course/machinery/progress.h>
#include <course/machinery/toolchain.h>

namespace cairn::course {

namespace fs = std::filesystem;

const std::vector<PieceInfo>& all_pieces() {
  static const std::vector<PieceInfo> all = {
      {"standardise", "A03", "standardise.h", "Standardizer: fit, transform", "the columns of a table, standardised"},
      {"linear", "A13", "linear.h", "matmul_backward, broadcast_backward", "the linear layers, backward"},
      {"relu", "A12", "relu.h", "value, mul, relu, backward", "the activation, forward and backward"},
      {"loss", "A09", "loss.h", "bce_with_logits, bce_gradient", "the loss and its gradient, a yes-or-no question for each class"},
      {"step", "A07", "descent.h", "gradient_descent", "the optimiser's step"},
      {"step", "A16", "step.h", "sgd_step", "the optimiser's step"},
      {"f1", "A15", "f1.h", "f1", "precision, recall and F1 on the test data"},
  };
  return all;
}

std::vector<std::string> piece_names() {
  std::vector<std::string> names;
  for (const PieceInfo& p : all_pieces())
    if (std::find(names.begin(), names.end(), p.name) == names.end()) names.push_back(p.name);
  return names;
}

const PieceInfo* piece_of(const std::string& exercise) {
  for (const PieceInfo& p : all_pieces())
    if (p.exercise == exercise) return &p;
  return nullptr;
}

// ---- which are the learner's

std::string PieceState::why() const {
  switch (state) {
    case ready: return "";
    case changed: return info.exercise + " has changed since it passed: cairn check " + info.exercise;
    case gone: return info.exercise + " passed, but its file is not there: cairn start " + info.exercise;
    case not_passed: break;
  }
  return info.exercise + " has not passed yet: cairn start " + info.exercise;
}

namespace {

PieceState state_of(const PieceInfo& info, const Workplace& place, const Progress& progress) {
  PieceState s;
  s.info = info;
  std::vector<std::string> digests;
  for (const Entry& e : progress.passes(info.exercise))
    if (!e.digest.empty()) digests.push_back(e.digest);
  if (digests.empty()) return s;
  s.file = place.file_of(find_exercise(info.exercise));
  if (!file_exists(s.file)) {
    s.state = PieceState::gone;
    return s;
  }
  s.text = read_file(s.file, text_limit);
  s.digest = sha256(s.text);
  s.state = std::find(digests.begin(), digests.end(), s.digest) != digests.end() ? PieceState::ready : PieceState::changed;
  return s;
}

}  // namespace

std::vector<PieceState> piece_states(const std::string& folder) {
  const Workplace place = workplace(folder);
  const Progress progress(Progress::Read);
  std::vector<PieceState> states;
  for (const PieceInfo& info : all_pieces()) {
    PieceState s = state_of(info, place, progress);
    const auto same = std::find_if(states.begin(), states.end(), [&](const PieceState& o) { return o.info.name == info.name; });
    if (same == states.end()) states.push_back(std::move(s));
    else if (s.state < same->state || s.state == PieceState::ready) *same = std::move(s);
  }
  return states;
}

// ---- a crash or an endless loop inside of the learner's code

namespace {

// Only plain memory is touched in the handler.
const std::string* volatile crash_words = nullptr, * volatile loop_words = nullptr;  // of the piece that is at work
int crash_file = 2;
bool crash_json = false;
std::string crash_after;
double most_seconds = 30;
struct sigaction before_us[NSIG];

void crashed(int signal) {
  const std::string* words = signal == SIGVTALRM ? loop_words : crash_words;
  if (!words) {  // not ours
    if (signal == SIGVTALRM) return;
    sigaction(signal, &before_us[signal], nullptr);
    raise(signal);
    return;
  }
  [[maybe_unused]] const ssize_t written = write(crash_file, words->data(), words->size());
  _exit(1);
}

void watch_crashes() {
  static const bool once = [] {
    static char stack[65536];  // the learner's own may be what is full
    stack_t other{};
    other.ss_sp = stack;
    other.ss_size = sizeof(stack);
    sigaltstack(&other, nullptr);
    struct sigaction action {};
    action.sa_handler = crashed;
    action.sa_flags = SA_ONSTACK | SA_NODEFER;
    for (const int s : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGVTALRM}) sigaction(s, &action, &before_us[s]);
    return true;
  }();
  (void)once;
}

}  // namespace

void tell_crashes(bool json, const std::string& after, double seconds) {
  crash_json = json;
  most_seconds = seconds;
  if (json && crash_file == 2) crash_file = fcntl(1, F_DUPFD_CLOEXEC, 3);
  crash_after = after;
}

namespace {

// While standard output is for events, what the learner's code prints goes to standard error.
void set_output_aside() {
  std::fflush(stdout);  // a crash would take it away
  if (crash_json) dup2(2, 1);
}

void take_output_back() {
  if (!crash_json) return;
  std::fflush(stdout);
  dup2(crash_file, 1);
}

// Of processor time, so that a stopped program or a busy machine is no endless loop; 0: none.
void set_limit(double seconds) {
  const auto whole = time_t(seconds);
  const itimerval limit{{0, 0}, {whole, suseconds_t(1e6 * (seconds - double(whole)))}};
  setitimer(ITIMER_VIRTUAL, &limit, nullptr);
}

// What the handler writes: a line for people, or an event.
std::string told(const std::string& words) {
  const std::string all = words + crash_after;
  return crash_json ? Json::object({{"event", "error"}, {"type", "StateError"}, {"message", all}}).dump() + "\n" : "cairn: " + all + "\n";
}

}  // namespace

// ---- a library

Piece::Piece(PieceInfo info, std::string library, std::string digest, const std::string& path)
    : info_(std::move(info)), library_(std::move(library)), digest_(std::move(digest)) {
  crash_words_ = told(str() + " crashed: it reads or writes where nothing is, divides by zero, or calls itself without end.");
  loop_words_ = told(fmt::format("{} has not come back for {:g} s: it repeats something without end.", str(), most_seconds));
  watch_crashes();
  enter();
  handle_ = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  leave_unharmed();
  if (!handle_) throw FileError(path + " cannot be opened: " + printable(dlerror(), 400));
  reset();
}

Piece::~Piece() {
  if (!handle_) return;
  set_output_aside();  // the learner's destructors may speak, too
  dlclose(handle_);
  take_output_back();
}

std::string Piece::str() const { return "your " + info_.name + " (" + info_.exercise + ")"; }

void* Piece::address(const char* symbol) const {
  void*& a = addresses_[symbol];
  if (!a) a = dlsym(handle_, symbol);
  if (!a) throw FileError(str() + " has no " + symbol + ": its library is of another version.\nHint: remove the folder " + home_folder() + "/mine");
  return a;
}

int64_t Piece::calls() const {
  const auto count = reinterpret_cast<long long (*)()>(address("piece_calls"));
  return int64_t(count()) - calls_before_;
}

void Piece::reset() {
  calls_before_ = 0;
  calls_before_ = calls();
  seconds_ = 0;
}

void Piece::enter() {
  set_output_aside();
  entered_ = seconds_now();
  crash_words = &crash_words_;
  loop_words = &loop_words_;
  set_limit(most_seconds);
}

void Piece::leave_unharmed() {
  set_limit(0);
  crash_words = nullptr;
  loop_words = nullptr;
  take_output_back();
}

void Piece::leave(int outcome) {
  leave_unharmed();
  seconds_ += seconds_now() - entered_;
  if (outcome == 0) return;
  const auto words = reinterpret_cast<const char* (*)()>(address("piece_words"));
  const std::string hint = "\nHint: cairn check " + info_.exercise + "; without --mine, or with --mine and other pieces, the engine's is used.";
  if (outcome == 2) throw ShapeError(str() + ": " + printable(words(), 400) + "." + hint);
  throw StateError(str() + " threw an exception: " + printable(words(), 400) + "." + hint);
}

void Piece::check_finite(const char* function, std::span<const double> in, std::span<const double> out) const {
  const auto finite = [](double v) { return std::isfinite(v); };
  const auto bad = std::find_if_not(out.begin(), out.end(), finite);
  if (bad == out.end() || !std::all_of(in.begin(), in.end(), finite)) return;
  throw NumericError(fmt::format("{}: {} gave {} (element {} of {}), though all numbers that went in are finite.\nHint: cairn check {}", str(),
                                 function, std::isnan(*bad) ? "NaN" : "infinity", bad - out.begin(), out.size(), info_.exercise));
}

// ---- from the text to the library

namespace {

std::string libraries() { return home_folder() + "/mine"; }

std::string adapters() { return course_folder() + "/mine"; }

const std::vector<std::string>& flags() {
  static const std::vector<std::string> list = {
      "-std=c++20",    "-O2", "-fPIC", "-shared", "-fvisibility=hidden", "-Wall", "-fdiagnostics-color=never", "-fno-diagnostics-show-caret",
      "-fmax-errors=5"};
  return list;
}

// What the library is made of, in 24 digits: another compiler, adapter or header of the learner's makes another one.
std::string key_of(const PieceInfo& info, const Exercise& exercise, const std::string& own, const std::string& text) {
  std::string all = join(flags(), " ") + "\n" + compiler() + "\n" + text;
  std::vector<std::string> files = {adapters() + "/piece.h", adapters() + "/" + info.header, exercise.folder + "/answer.h"};
  std::error_code error;
  std::vector<std::string> headers;
  for (const auto& entry : fs::directory_iterator(own, error))
    if (entry.path().extension() == ".h" || entry.path().extension() == ".hpp") headers.push_back(entry.path().string());
  std::sort(headers.begin(), headers.end());
  files.insert(files.end(), headers.begin(), headers.end());
  for (const std::string& f : files) all += "\n" + sha256_file(f);
  return sha256(all).substr(0, 24);
}

void compile(const PieceInfo& info, const Exercise& exercise, const std::string& own, const std::string& text, const std::string& path) {
  const Scratch scratch;
  const std::string file = scratch / "exercise.cpp", unit = scratch / "piece.cpp", made = scratch / "piece.so";
  write_unsynced(file, text);
  write_unsynced(unit, learner_unit(exercise, file, text, Watched::no) + "#include \"" + adapters() + "/" + info.header + "\"\n");
  std::vector<std::string> words = {compiler()};
  words.insert(words.end(), flags().begin(), flags().end());
  for (const std::string& w : {std::string("-iquote"), exercise.folder, std::string("-iquote"), own, unit, std::string("-o"), made})
    words.push_back(w);
  Limits limits;
  limits.output_bytes = uint64_t{16} << 20;
  const Ended e = run_limited(words, scratch.path(), limits, {"LC_ALL=C", "TMPDIR=" + scratch.path()});
  if (e.how == Ended::not_started) compiler_missing();
  if (compiler_says_nothing(e)) compiler_silent(e);
  if (e.how != Ended::exited || e.code != 0) {
    std::string said = printable(e.printed, 400);
    for (const CompilerNote& n : compiler_notes(e.printed, file, text))
      if (n.error) {
        said = fmt::format("line {}: {}", n.line, n.message);
        break;
      }
    throw FileError("your " + exercise.id + " does not compile as the piece '" + info.name + "': " + said + "\nHint: cairn check " + exercise.id);
  }
  disk().make_folder(libraries());
  write_file(path, read_file(made, uint64_t{256} << 20));
}

}  // namespace

std::shared_ptr<Piece> compiled_piece(const PieceInfo& info, const Exercise& exercise, const std::string& file, const std::string& text) {
  const std::string own = fs::absolute(file).parent_path().string(), digest = sha256(text);
  const std::string library = exercise.id + "-" + key_of(info, exercise, own, text), path = libraries() + "/" + library + ".so";
  if (file_exists(path)) try {
      return std::shared_ptr<Piece>(new Piece(info, library, digest, path));
    } catch (const FileError&) {  // damaged: it is made again
    }
  compile(info, exercise, own, text, path);
  return std::shared_ptr<Piece>(new Piece(info, library, digest, path));
}

std::shared_ptr<Piece> kept_piece(const PieceInfo& info, const std::string& library, const std::string& digest) {
  static const std::regex name("[A-Z]+[0-9]*-[0-9a-f]{24}");
  if (!std::regex_match(library, name)) throw FileError("'" + printable(library, 100) + "' is no name of a compiled piece.");
  const std::string path = libraries() + "/" + library + ".so";
  if (!file_exists(path)) return nullptr;
  return std::shared_ptr<Piece>(new Piece(info, library, digest, path));
}

}  // namespace cairn::course
