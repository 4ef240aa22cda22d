// One pool of threads. OpenMP's own is used because oneDNN runs on it too: two pools would fight for the cores.
#include <cairn/base/threads.h>

#include <omp.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/system.h>
#include <cairn/base/text.h>

namespace cairn {
namespace {

std::atomic<int> threads{0};       // 0: nobody has asked yet
thread_local bool inside = false;  // this thread runs a piece of a parallel loop, or is a worker
thread_local int applied = 0;      // what this thread last told OpenMP

int cores() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
  return std::max(1u, std::thread::hardware_concurrency());
}

constexpr int most_threads = 4096;  // far above any machine; a larger number is a slip that OpenMP would answer with a crash

int default_threads() {
  std::string text = env("CAIRN_THREADS");
  if (text.empty()) return cores();
  int64_t n = 0;
  if (!parse_int(text, n) || n < 1 || n > most_threads)
    throw ConfigError("CAIRN_THREADS must be a whole number from 1 to " + std::to_string(most_threads) + ", got '" + printable(text) +
                      "'. Hint: unset it to use every core of this process.");
  return static_cast<int>(n);
}

// ThreadSanitizer does not understand libgomp's barriers and would report races that are none: there OpenMP stays at one thread.
void tell_openmp(int n) {
#ifdef __SANITIZE_THREAD__
  n = 1;
#endif
  omp_set_num_threads(n);
}

struct Split {
  int64_t n, chunk;
  int parts;
};

// Even shares. Long ones are rounded up to 64 elements, so that neighbours never write to one cache line and vector loops
// start aligned; short ones (rows, images) are left even.
Split split_range(int64_t n, int64_t grain, int most) {
  int64_t wanted = n / grain + (n % grain != 0);
  int64_t parts = std::min<int64_t>(wanted, most);
  int64_t chunk = n / parts + (n % parts != 0);
  if (chunk >= 1024) chunk = (chunk + 63) / 64 * 64;
  return {n, chunk, static_cast<int>((n - 1) / chunk + 1)};
}

// The failure of the lowest part is kept, so that the same mistake gives the same message on every run.
struct Failure {
  std::mutex mutex;
  std::exception_ptr first;
  int part = 0;
  void keep(int p) {
    std::lock_guard lock(mutex);
    if (!first || p < part) first = std::current_exception(), part = p;
  }
};

void run_part(const Split& s, int part, void (*body)(void*, int64_t, int64_t), void* context, Failure& failure) {
  bool before = inside;
  inside = true;
  try {
    body(context, part * s.chunk, std::min(s.n, (part + 1) * s.chunk));
  } catch (...) { failure.keep(part); }
  inside = before;
}

}  // namespace

void set_threads(int n) {
  if (n < 1 || n > most_threads)
    throw ConfigError("the number of threads must be from 1 to " + std::to_string(most_threads) + ", got " + std::to_string(n) + ".");
  threads.store(n, std::memory_order_relaxed);
  if (!inside) tell_openmp(n), applied = n;
}

int num_threads() {
  int n = threads.load(std::memory_order_relaxed);
  if (n == 0) {
    int fresh = default_threads();
    n = threads.compare_exchange_strong(n, fresh, std::memory_order_relaxed) ? fresh : n;
  }
  if (applied != n && !inside) tell_openmp(n), applied = n;
  return n;
}

void restart_with_short_waits([[maybe_unused]] char** argv) {
#ifndef __SANITIZE_THREAD__
  constexpr const char *rounds = "GOMP_SPINCOUNT", *mark = "CAIRN_RESTARTED";
  if (getenv(mark)) {  // libgomp has read it; programs that we start shall not
    unsetenv(rounds);
    unsetenv(mark);
    return;
  }
  if (getenv(rounds) || getenv("OMP_WAIT_POLICY") || num_threads() == 1) return;
  std::error_code error;
  const std::string program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return;
  setenv(rounds, "2000", 1);
  setenv(mark, "1", 1);
  execv(program.c_str(), argv);
  unsetenv(rounds);
  unsetenv(mark);
#endif
}

InlineScope::InlineScope() : before_(inside), openmp_before_(omp_get_max_threads()) {
  inside = true;
  omp_set_num_threads(1);
}

InlineScope::~InlineScope() {
  inside = before_;
  omp_set_num_threads(openmp_before_);
}

namespace detail {

bool in_parallel() { return inside; }

void run_parallel(int64_t n, int64_t grain, void (*body)(void*, int64_t, int64_t), void* context) {
  int team = num_threads();
  Split s = split_range(n, std::max<int64_t>(1, grain), team);
  Failure failure;
#ifdef __SANITIZE_THREAD__
  std::vector<std::thread> helpers;
  for (int part = 1; part < s.parts; part++) helpers.emplace_back([&, part] { run_part(s, part, body, context, failure); });
  run_part(s, 0, body, context, failure);
  for (auto& helper : helpers) helper.join();
#else
  // The team always has its full size, even when fewer parts are wanted: libgomp ends and starts threads when the size changes,
  // which costs far more than waking one that has nothing to do. OpenMP may give fewer than asked for, hence the stride.
#pragma omp parallel num_threads(team)
  for (int part = omp_get_thread_num(); part < s.parts; part += omp_get_num_threads()) run_part(s, part, body, context, failure);
#endif
  if (failure.first) std::rethrow_exception(failure.first);
}

}  // namespace detail
}  // namespace cairn
