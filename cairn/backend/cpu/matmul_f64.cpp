// Products of f64 matrices: y = a b in blocks of 4 rows by 2 vectors of columns, which stay in registers while k runs.
#include <cairn/base/targets.h>
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "cairn/backend/cpu/matmul_f64.cpp"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

#include "loops.h"
#include "math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cairn::cpu {
namespace HWY_NAMESPACE {

// Rows [0, R) and columns [0, n) of y; n at most two vectors.
template <int R> HWY_INLINE void block_f64(const double* a, int64_t lda, const double* b, int64_t ldb, double* y, int64_t ldy, int64_t n, int64_t k) {
  const hn::ScalableTag<double> d;
  using V = hn::Vec<decltype(d)>;
  const int64_t lanes = hn::Lanes(d);
  V s0[R], s1[R];
  for (int r = 0; r < R; r++) s0[r] = s1[r] = hn::Zero(d);
  if (n == 2 * lanes) {
    for (int64_t i = 0; i < k; i++) {
      const V b0 = hn::LoadU(d, b + i * ldb), b1 = hn::LoadU(d, b + i * ldb + lanes);
      for (int r = 0; r < R; r++) {
        const V ar = hn::Set(d, a[r * lda + i]);
        s0[r] = hn::MulAdd(ar, b0, s0[r]);
        s1[r] = hn::MulAdd(ar, b1, s1[r]);
      }
    }
    for (int r = 0; r < R; r++) {
      hn::StoreU(s0[r], d, y + r * ldy);
      hn::StoreU(s1[r], d, y + r * ldy + lanes);
    }
    return;
  }
  for (int64_t j = 0; j < n; j += lanes) {
    const int64_t width = std::min(lanes, n - j);
    for (int r = 0; r < R; r++) s0[r] = hn::Zero(d);
    for (int64_t i = 0; i < k; i++) {
      const V b0 = load_part(d, b + i * ldb + j, width);
      for (int r = 0; r < R; r++) s0[r] = hn::MulAdd(hn::Set(d, a[r * lda + i]), b0, s0[r]);
    }
    for (int r = 0; r < R; r++) store_part(d, s0[r], y + r * ldy + j, width);
  }
}

void rows_f64(const double* a, int64_t lda, const double* b, int64_t ldb, double* y, int64_t ldy, int64_t m, int64_t n, int64_t k) {
  const int64_t width = 2 * static_cast<int64_t>(hn::Lanes(hn::ScalableTag<double>()));
  for (int64_t j = 0; j < n; j += width) {
    const int64_t w = std::min(width, n - j);
    int64_t i = 0;
    for (; i + 4 <= m; i += 4) block_f64<4>(a + i * lda, lda, b + j, ldb, y + i * ldy + j, ldy, w, k);
    for (; i < m; i++) block_f64<1>(a + i * lda, lda, b + j, ldb, y + i * ldy + j, ldy, w, k);
  }
}

const char* name_of_target() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace cairn::cpu
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn::cpu {
HWY_EXPORT(rows_f64);
HWY_EXPORT(name_of_target);
const char* instruction_set() { return HWY_DYNAMIC_DISPATCH(name_of_target)(); }

void matmul_f64(const Array& a, const Array& b, Array& y) {
  if (!a.contiguous()) return matmul_f64(contiguous_copy(a), b, y);
  if (!b.contiguous()) return matmul_f64(a, contiguous_copy(b), y);
  const int64_t m = y.size(-2), n = y.size(-1), k = a.size(-1), all = y.numel() == 0 ? 0 : y.numel() / n;
  parallel_for(all, std::max<int64_t>(4, 100000 / std::max<int64_t>(1, n * k)), [&](int64_t begin, int64_t end) {
    while (begin < end) {  // row `begin` of all is row `i` of matrix `batch`
      const int64_t batch = begin / m, i = begin % m, count = std::min(m - i, end - begin);
      HWY_DYNAMIC_DISPATCH(rows_f64)(a.ptr<double>() + begin * k, k, b.ptr<double>() + batch * k * n, n, y.ptr<double>() + begin * n, n, count, n, k);
      begin += count;
    }
  });
}
}  // namespace cairn::cpu
#endif
