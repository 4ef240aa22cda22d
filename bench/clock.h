// Timing: how long a call takes, on a machine that does other things as well.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cairn/base/system.h>

namespace cairn {

inline double median_of(std::vector<double> v) {  // 0 for none
  if (v.empty()) return 0;
  const size_t half = v.size() / 2;
  std::nth_element(v.begin(), v.begin() + int64_t(half), v.end());
  if (v.size() % 2) return v[half];
  return (v[half] + *std::max_element(v.begin(), v.begin() + int64_t(half))) / 2;
}

// Seconds of one call of f: the fastest of many, because everything that disturbs makes it slower. Calls shorter than the clock can
// see are timed in batches. Takes about `budget` seconds, but at least three batches.
template <class F> double best_seconds(F&& f, double budget = 0.1) {
  constexpr double batch_seconds = 20e-6;
  f();  // first calls build plans and touch memory
  double start = seconds_now();
  f();
  const double one = std::max(seconds_now() - start, 1e-9);
  const int64_t calls = std::clamp<int64_t>(int64_t(batch_seconds / one), 1, 10000);
  double best = 1e30, end = seconds_now() + budget;
  for (int64_t batch = 0; batch < 3 || seconds_now() < end; batch++) {
    start = seconds_now();
    for (int64_t i = 0; i < calls; i++) f();
    best = std::min(best, (seconds_now() - start) / double(calls));
  }
  return best;
}

}  // namespace cairn
