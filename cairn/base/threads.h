// Parallel loops. Everything in Cairn that runs on several cores goes through `parallel_for`, so that there is one pool
// (OpenMP's, which oneDNN shares; std::thread under ThreadSanitizer) and one number of threads.
#pragma once

#include <cstdint>
#include <functional>

namespace cairn {

// The number of threads that kernels may use: by default the cores of this process (or CAIRN_THREADS). Throws ConfigError below 1.
void set_threads(int n);
int num_threads();

namespace detail {
void run_parallel(int64_t n, int64_t grain, void (*body)(void*, int64_t, int64_t), void* context);
bool in_parallel();
}

// Calls body(begin, end) over disjoint ranges that cover [0, n), on at most ceil(n / grain) threads; inline when one suffices
// or when already inside a parallel loop. The split depends on n, grain and num_threads() alone. Exceptions of the body are
// caught inside the region and the first is thrown again here.
template <class Body>
void parallel_for(int64_t n, int64_t grain, Body&& body) {
  if (n <= 0) return;
  if (n <= grain || num_threads() == 1 || detail::in_parallel()) { body(int64_t{0}, n); return; }
  using B = std::remove_reference_t<Body>;
  detail::run_parallel(n, grain, [](void* b, int64_t begin, int64_t end) { (*static_cast<B*>(b))(begin, end); },
                       const_cast<void*>(static_cast<const void*>(&body)));
}

}  // namespace cairn
