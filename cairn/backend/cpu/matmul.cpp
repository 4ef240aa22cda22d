// Matrix products: f32 and bf16 by oneDNN; one example through a linear layer by row_product.cpp; f64 by a loop of our own (it serves
// gradient checks); the rest is the reference's.
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/gemm.h>

namespace cairn {

using namespace cpu;

namespace {
constexpr int64_t row_grain = 1 << 19;  // weights that a thread should read at least
}

void CpuBackend::matmul(const Array& a, const Array& b, Array& y) {
  if (fast(a)) return onednn::matmul(a, b, y, false);
  if (a.dtype() == f64) return matmul_f64(a, b, y);
  ReferenceBackend::matmul(a, b, y);
}

// The bias is laid into y first and the product added to it: one pass over y less than adding it afterwards.
void CpuBackend::linear(const Array& x, const Array& w, const Array& bias, Array& y) {
  if (!fast(x) && x.dtype() != f64) return ReferenceBackend::linear(x, w, bias, y);
  if (x.size(0) == 1 && x.dtype() == f32 && w.dtype() == f32 && x.contiguous() && w.contiguous()) {
    const int64_t n = x.size(1), groups = (w.size(0) + 7) / 8;  // of eight outputs
    parallel_for(groups, std::max<int64_t>(1, row_grain / (8 * std::max<int64_t>(1, n))), [&](int64_t begin, int64_t end) {
      row_product_loop(x.ptr<float>(), w.ptr<float>() + begin * 8 * n, y.ptr<float>() + begin * 8, std::min(end * 8, w.size(0)) - begin * 8, n);
    });
    if (bias.defined()) binary(Binary::add, y, bias.expanded(y.shape()), y);
    return;
  }
  const Array wt = w.transposed(0, 1);
  if (x.dtype() == f64) {
    matmul_f64(x, wt, y);
    if (bias.defined()) ReferenceBackend::binary(Binary::add, y, bias.expanded(y.shape()), y);
    return;
  }
  if (bias.defined()) copy(bias.expanded(y.shape()), y);
  onednn::matmul(x, wt, y, bias.defined());
}

}  // namespace cairn
