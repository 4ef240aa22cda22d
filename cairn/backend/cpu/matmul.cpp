// Matrix products: f32 and bf16 by oneDNN; f64 by a loop of our own (it serves gradient checks); the rest is the reference's.
#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/onednn/gemm.h>

namespace cairn {

using namespace cpu;

void CpuBackend::matmul(const Array& a, const Array& b, Array& y) {
  if (fast(a)) return onednn::matmul(a, b, y, false);
  if (a.dtype() == f64) return matmul_f64(a, b, y);
  ReferenceBackend::matmul(a, b, y);
}

// The bias is laid into y first and the product added to it: one pass over y less than adding it afterwards.
void CpuBackend::linear(const Array& x, const Array& w, const Array& bias, Array& y) {
  if (!fast(x) && x.dtype() != f64) return ReferenceBackend::linear(x, w, bias, y);
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
