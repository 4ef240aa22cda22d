// Softmax and cross-entropy: rows of f32, shared out among the threads. bf16 goes through f32 and is rounded once; another axis than the
// last is brought to the end by a transposed copy.
#include <cmath>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/reduce_loops.h>

namespace cairn {

using namespace cpu;

namespace {

int64_t rows_grain(int64_t n) { return std::max<int64_t>(1, costly_grain / std::max<int64_t>(1, n)); }

// f(inputs, y, n) for every line along `axis`.
template <class F> void for_each_line(std::initializer_list<const Array*> inputs, int axis, Array& y, F f) {
  if (y.numel() == 0) return;
  const int last = y.rank() - 1;
  Array x[2];
  for (size_t i = 0; i < inputs.size(); i++) x[i] = row_major(inputs.begin()[i]->transposed(axis, last), f32);
  Array target = y.transposed(axis, last);
  const bool direct = y.dtype() == f32 && target.contiguous();
  Array out = direct ? target : Array(target.shape(), f32);
  const int64_t n = y.size(axis);
  const float *x0 = x[0].ptr<float>(), *x1 = x[inputs.size() - 1].ptr<float>();
  float* to = out.ptr<float>();
  parallel_for(y.numel() / n, rows_grain(n), [=](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) f(x0 + i * n, x1 + i * n, to + i * n, n);
  });
  if (!direct) device_ops().copy(out, target);
}

// The weights of the classes as f32, or null.
const float* weights_of(const Array& weight, Array& kept) {
  if (!weight.defined()) return nullptr;
  kept = row_major(weight, f32);
  return kept.ptr<float>();
}

}  // namespace

void CpuBackend::softmax(const Array& x, int axis, bool log, Array& y) {
  if (!fast(x)) return ReferenceBackend::softmax(x, axis, log, y);
  for_each_line({&x}, axis, y,
                [=](const float* a, const float*, float* out, int64_t n) { log ? row_log_softmax(a, out, n) : row_softmax(a, out, n); });
}

void CpuBackend::softmax_grad(const Array& y, const Array& dy, int axis, bool log, Array& dx) {
  if (!fast(y) || !fast(dy)) return ReferenceBackend::softmax_grad(y, dy, axis, log, dx);
  for_each_line({&y, &dy}, axis, dx, [=](const float* a, const float* b, float* out, int64_t n) {
    log ? row_log_softmax_grad(a, b, out, n) : row_softmax_grad(a, b, out, n);
  });
}

Status CpuBackend::cross_entropy(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, Array& loss,
                                 Array& lse) {
  if (!fast(logits) || loss.dtype() != f32 || lse.dtype() != f32 || logits.numel() == 0)
    return ReferenceBackend::cross_entropy(logits, target, weight, ignore, smoothing, loss, lse);
  const int64_t rows = logits.size(0), n = logits.size(1), step = target.strides()[0];
  const Array x = row_major(logits, f32);
  Array kept;
  const float* w = weights_of(weight, kept);
  const int64_t* targets = target.ptr<int64_t>();
  Status status;
  for (int64_t i = rows - 1; i >= 0; i--) {
    const int64_t t = targets[i * step];
    if (t != ignore && (t < 0 || t >= n)) status = {i, t};
  }
  double weight_sum = double(n);
  if (w && smoothing != 0) weight_sum = row_sum(Term::value, w, n, 0);
  parallel_for(rows, rows_grain(n), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const float* row = x.ptr<float>() + i * n;
      const MaxAndSum m = row_max_and_sum(row, n);
      const double l = double(m.max) + std::log(m.sum);
      lse.ptr<float>()[i] = float(l);
      float& out = loss.ptr<float>()[i] = 0;
      const int64_t t = targets[i * step];
      if (t == ignore || t < 0 || t >= n) continue;
      double value = (1 - smoothing) * (w ? double(w[t]) : 1) * (l - double(row[t]));
      if (smoothing != 0) {
        double weighted = 0;
        if (w)
          for (int64_t j = 0; j < n; j++) weighted += double(w[j]) * double(row[j]);
        else weighted = row_sum(Term::value, row, n, 0);
        value += smoothing / double(n) * (weight_sum * l - weighted);
      }
      out = float(value);
    }
  });
  return status;
}

void CpuBackend::cross_entropy_grad(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, const Array& lse,
                                    const Array& scale, Array& dlogits) {
  if (!fast(logits) || !fast(dlogits) || lse.dtype() != f32 || scale.dtype() != f32 || logits.numel() == 0)
    return ReferenceBackend::cross_entropy_grad(logits, target, weight, ignore, smoothing, lse, scale, dlogits);
  const int64_t rows = logits.size(0), n = logits.size(1);
  const Array x = row_major(logits, f32);
  Array kept, wide = dlogits.dtype() == f32 ? dlogits : Array(dlogits.shape(), f32);
  const float* w = weights_of(weight, kept);
  const double weight_sum = w ? row_sum(Term::value, w, n, 0) : double(n);
  parallel_for(rows, rows_grain(n), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      float* dx = wide.ptr<float>() + i * n;
      const int64_t t = target.ptr<int64_t>()[i * target.strides()[0]];
      if (t == ignore || t < 0 || t >= n) {
        std::fill_n(dx, n, 0.0f);
        continue;
      }
      // dx_j = p_j (hit + spread sum w) - spread w_j - [j = t] hit
      const double s = scale.ptr<float>()[i * scale.strides()[0]];
      const double hit = s * (1 - smoothing) * (w ? double(w[t]) : 1), spread = s * smoothing / double(n);
      row_cross_entropy_grad(x.ptr<float>() + i * n, lse.ptr<float>()[i * lse.strides()[0]], float(hit + spread * weight_sum), float(spread),
                             smoothing != 0 ? w : nullptr, dx, n);
      dx[t] -= float(hit);
    }
  });
  if (wide.dtype() != dlogits.dtype()) copy(wide, dlogits);
}

}  // namespace cairn
