// Cross-entropy of each row of logits with its class (the formulas stand in backend.h; the label smoothing is that of Szegedy et al. 2016).
//   lse_i = log sum_j exp(x_ij) = m + log sum_j exp(x_ij - m),  m = max_j x_ij
//   d loss_i / d x_ij = (1 - s) w_t (p_ij - [j = t]) + s / n (p_ij sum_k w_k - w_j),   p_ij = exp(x_ij - lse_i)
// Rows are computed in double.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>

namespace cairn {

using namespace reference;

namespace {

// The values of a vector as double; `otherwise` in all n places when it is not defined.
std::vector<double> values_of(const Array& x, int64_t n, double otherwise) {
  std::vector<double> values(n, otherwise);
  if (!x.defined()) return values;
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (int64_t i = 0; i < n; i++) values[i] = Wide<T>(x.ptr<T>()[i * x.strides()[0]]);
  });
  return values;
}
void store(Array& y, const std::vector<double>& values) {
  visit_floating(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (size_t i = 0; i < values.size(); i++) y.ptr<T>()[i * y.strides()[0]] = convert<T>(values[i]);
  });
}
std::vector<double> row_of(const Array& x, int64_t i) { return values_of(x.sliced(0, i, 1).transposed(0, 1), x.size(1), 0); }

double logsumexp(const std::vector<double>& xs) {
  double m = -std::numeric_limits<double>::infinity();
  for (double x : xs) m = x > m || x != x ? x : m;
  if (std::isinf(m)) return m;
  CompensatedSum sum;
  for (double x : xs) sum.add(std::exp(x - m));
  return m + std::log(sum.value());
}

}  // namespace

Status ReferenceBackend::cross_entropy(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing, Array& loss,
                                       Array& lse) {
  const int64_t rows = logits.size(0), n = logits.size(1);
  const std::vector<double> w = values_of(weight, n, 1);
  std::vector<double> losses(rows), lses(rows);
  Status status;
  for (int64_t i = 0; i < rows; i++) {
    const std::vector<double> x = row_of(logits, i);
    const int64_t t = target.ptr<int64_t>()[i * target.strides()[0]];
    lses[i] = logsumexp(x);
    if (t == ignore) continue;
    if (t < 0 || t >= n) {
      if (status.ok()) status = {i, t};
      continue;
    }
    losses[i] = (1 - smoothing) * w[t] * (lses[i] - x[t]);
    if (smoothing == 0) continue;
    CompensatedSum all;
    for (int64_t j = 0; j < n; j++) all.add(w[j] * (lses[i] - x[j]));
    losses[i] += smoothing / double(n) * all.value();
  }
  store(loss, losses);
  store(lse, lses);
  return status;
}

void ReferenceBackend::cross_entropy_grad(const Array& logits, const Array& target, const Array& weight, int64_t ignore, double smoothing,
                                          const Array& lse, const Array& scale, Array& dlogits) {
  const int64_t rows = logits.size(0), n = logits.size(1);
  const std::vector<double> w = values_of(weight, n, 1), lses = values_of(lse, rows, 0), scales = values_of(scale, rows, 1);
  CompensatedSum all;
  for (double v : w) all.add(v);
  for (int64_t i = 0; i < rows; i++) {
    const std::vector<double> x = row_of(logits, i);
    const int64_t t = target.ptr<int64_t>()[i * target.strides()[0]];
    std::vector<double> dx(n);
    for (int64_t j = 0; j < n && t != ignore && t >= 0 && t < n; j++) {
      const double p = std::exp(x[j] - lses[i]);
      dx[j] = scales[i] * ((1 - smoothing) * w[t] * (p - (j == t)) + smoothing / double(n) * (p * all.value() - w[j]));
    }
    Array row = dlogits.sliced(0, i, 1).transposed(0, 1);
    store(row, dx);
  }
}

}  // namespace cairn
