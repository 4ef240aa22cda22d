// Running sums of f32 along a contiguous last axis; everything else is the reference's.
//   y_i = x_0 + ... + x_i, in reverse x_i + ... + x_{n-1}, added up in double.
// Rows are shared out to the threads. A few long rows are cut into pieces: first the sum of each, then each piece from the sum of those
// before it, so many at a time that the second reading finds them in the cache. The cuts depend on the shape alone, as do the bits.
#include <algorithm>
#include <utility>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/reduce_loops.h>

namespace cairn {

using namespace cpu;

namespace {

constexpr int64_t piece_size = 32768, pieces = 16;

void long_running_sums(const float* x, float* y, int64_t n, bool reverse, bool past_caches) {
  double sum = 0, before[pieces];
  for (int64_t done = 0; done < n; done += pieces * piece_size) {
    const int64_t count = (std::min(n - done, pieces * piece_size) + piece_size - 1) / piece_size;
    const auto each = [&](auto body) {
      parallel_for(count, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++) {
          const int64_t walked = done + i * piece_size, m = std::min(piece_size, n - walked);
          body(i, reverse ? n - walked - m : walked, m);
        }
        if (past_caches) end_stream();
      });
    };
    each([&](int64_t i, int64_t at, int64_t m) { before[i] = row_double_sum(x + at, m); });
    for (int64_t i = 0; i < count; i++) sum += std::exchange(before[i], sum);
    each([&](int64_t i, int64_t at, int64_t m) { row_running_sums(x + at, y + at, m, before[i], reverse, past_caches); });
  }
}

}  // namespace

void CpuBackend::cumsum(const Array& x, int axis, bool reverse, Array& y) {
  const bool rows = x.dtype() == f32 && y.dtype() == f32 && axis == x.rank() - 1 && x.contiguous() && y.contiguous() && x.numel() > 0;
  if (!rows) return ReferenceBackend::cumsum(x, axis, reverse, y);
  const int64_t n = x.shape().back(), count = x.numel() / n;
  const bool past_caches = x.numel() * 4 >= streaming_bytes && n >= block_size;
  const float* from = x.ptr<float>();
  float* to = y.ptr<float>();
  if (count < 8 && n >= 4 * piece_size) {
    for (int64_t i = 0; i < count; i++) long_running_sums(from + i * n, to + i * n, n, reverse, past_caches);
    return;
  }
  parallel_for(count, std::max<int64_t>(1, costly_grain / n), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) row_running_sums(from + i * n, to + i * n, n, 0, reverse, past_caches);
    if (past_caches) end_stream();
  });
}

}  // namespace cairn
