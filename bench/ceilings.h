// Ceilings: what this machine can do at best, measured, so that a figure can be given as a share of what is possible.
// Reading and writing memory is measured with the same mix as the op: how many arrays are read, whether one is written, how long
// they are, and both kinds of store.
#pragma once

#include <cstdint>
#include <string>

#include <cairn/base/json.h>

namespace cairn {

// f32 multiply-adds from registers, GFLOP/s, on all of `threads` at once.
double fma_gflops(int threads, double budget = 0.05);
// What the matrix products of the fast backend reach on 1024 x 1024 x 1024, GFLOP/s.
double matmul_gflops(int threads, double budget = 0.1);

// A pass over memory: `reads` arrays (0 to 3) are read and, if `write`, one is written.
//   0 + 1 fill    1 + 1 copy, relu    2 + 1 triad, add    1 + 0 sum    2 + 0 dot    3 + 1 fused updates
//   2 + 1 + a mask read: where            2 + 0 + a mask written: a < b
struct Mix {
  enum class Mask { none, read, written };  // an array with a byte an element, beside the floats; with two reads
  int reads = 2;
  bool write = true;
  Mask mask = Mask::none;
  double bytes(int64_t numel) const { return double(numel) * (4 * (reads + write) + (mask != Mask::none)); }
};
// GB/s (10^9 bytes read and written a second; the read that a normal store causes is not counted) over arrays of `numel` floats.
double stream_gbs(Mix mix, int64_t numel, bool past_caches, int threads, double budget = 0.05);
// The better kind of store at the current number of threads.
double best_stream_gbs(Mix mix, int64_t numel, double budget = 0.05);

// Round trip of a cache line between the first two cores of this process, in nanoseconds; 0 where there is only one. Virtual machines
// change it under way (threefold and more), and with it what a second thread is worth for a small model: shown beside each comparison.
double ping_pong_ns();

// All of it in about `seconds`, for people and `--json`:
//   threads fma_gflops_1 fma_gflops matmul_gflops_1 matmul_gflops triad_gbs_1 triad_gbs triad_past_caches_gbs copy_gbs fill_gbs sum_gbs ping_pong_ns
Json measure_ceilings(double seconds = 1.5);

}  // namespace cairn
