// Parallel loops. Everything in Cairn that runs on several cores goes through `parallel_for`, so that there is one pool
// (OpenMP's, which oneDNN shares; std::thread under ThreadSanitizer) and one number of threads.
#pragma once

#include <cstdint>
#include <type_traits>

namespace cairn {

// The number of threads that kernels may use: by default the cores of this process (or CAIRN_THREADS). Throws ConfigError below 1.
// OpenMP keeps a count for each thread of the program; num_threads() hands ours to the calling one when they differ, so code that
// runs oneDNN on a thread of its own calls it first.
void set_threads(int n);
int num_threads();

// Starts this program again (same process, arguments and environment) with short waits between threads; for the first lines of a main.
// A thread that waits for another spins before it sleeps. OpenMP's 300,000 rounds are 12 ms and more, and that is what a step of
// training loses beside other programs, whenever one of them has the core of the thread that is waited for. 2,000 rounds, about a
// tenth of a millisecond, outlast the pauses between the loops of a step, so that an idle machine is as fast as before. libgomp reads
// the number before any code of ours runs, hence the detour, of 4 ms. Comes back where it has been done, where the user has set
// GOMP_SPINCOUNT or OMP_WAIT_POLICY, for one thread, and where the system does not let it.
void restart_with_short_waits(char** argv);

// While it lives, parallel loops and oneDNN run inline on this thread: for data workers, which must not fight the training loop
// for its cores.
class InlineScope {
 public:
  InlineScope();
  ~InlineScope();
  InlineScope(const InlineScope&) = delete;
  InlineScope& operator=(const InlineScope&) = delete;
 private:
  bool before_;
  int openmp_before_;
};

namespace detail {
void run_parallel(int64_t n, int64_t grain, void (*body)(void*, int64_t, int64_t), void* context);
bool in_parallel();
}  // namespace detail

// Calls body(begin, end) over disjoint ranges that cover [0, n), on at most ceil(n / grain) threads; inline when one suffices
// or when already inside a parallel loop. The split depends on n, grain and num_threads() alone. Exceptions of the body are
// caught inside the region, and that of the lowest range is thrown again here.
template <class Body> void parallel_for(int64_t n, int64_t grain, Body&& body) {
  if (n <= 0) return;
  if (n <= grain || num_threads() == 1 || detail::in_parallel()) {
    body(int64_t{0}, n);
    return;
  }
  using B = std::remove_reference_t<Body>;
  detail::run_parallel(
      n, grain, [](void* b, int64_t begin, int64_t end) { (*static_cast<B*>(b))(begin, end); }, const_cast<void*>(static_cast<const void*>(&body)));
}

}  // namespace cairn
