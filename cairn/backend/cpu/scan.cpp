// Running sums of f32 along a contiguous last axis; everything else is the reference's.
//   y_i = x_0 + ... + x_i, in reverse x_i + ... + x_{n-1}, added up in double in this order as the reference does: the same bits.
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>

namespace cairn {

using namespace cpu;

namespace {

// A sum waits four cycles for the one before it, so several rows go side by side.
template <int rows> void running_sums(const float* x, float* y, int64_t n, bool reverse) {
  double sum[rows] = {};
  const int64_t step = reverse ? -1 : 1;
  for (int64_t i = 0, j = reverse ? n - 1 : 0; i < n; i++, j += step)
#pragma GCC unroll 4
    for (int r = 0; r < rows; r++) y[r * n + j] = float(sum[r] += double(x[r * n + j]));
}

}  // namespace

void CpuBackend::cumsum(const Array& x, int axis, bool reverse, Array& y) {
  const bool rows = x.dtype() == f32 && y.dtype() == f32 && axis == x.rank() - 1 && x.contiguous() && y.contiguous() && x.numel() > 0;
  if (!rows) return ReferenceBackend::cumsum(x, axis, reverse, y);
  const int64_t n = x.shape().back();
  parallel_for(x.numel() / n, std::max<int64_t>(1, costly_grain / n), [&](int64_t begin, int64_t end) {
    const float* from = x.ptr<float>();
    float* to = y.ptr<float>();
    int64_t i = begin;
    for (; i + 4 <= end; i += 4) running_sums<4>(from + i * n, to + i * n, n, reverse);
    for (; i < end; i++) running_sums<1>(from + i * n, to + i * n, n, reverse);
  });
}

}  // namespace cairn
