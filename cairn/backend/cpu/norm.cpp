// Batch norm of f32 and bf16: what goes in and out. How memory is walked through stands in norm_units.cpp (images) and norm_columns.cpp
// (matrices, images of few pixels). Large results are written past the caches.
#include <algorithm>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/norm_channels.h>
#include <cairn/backend/cpu/norm_form.h>

namespace cairn {

using namespace cpu;

namespace {

constexpr int64_t shortest_run = 32;  // pixels; with fewer, columns are faster

// Small arrays of any type and strides as floats, and back.
std::vector<float> floats_of(const Array& a, int64_t n, float otherwise) {
  std::vector<float> values(size_t(n), otherwise);
  if (!a.defined()) return values;
  const Array from = row_major(a, f32);
  std::copy_n(from.ptr<float>(), n, values.begin());
  return values;
}
void put_floats(Array& a, const std::vector<float>& values) {
  if (!a.defined()) return;
  const bool direct = a.dtype() == f32 && a.contiguous();
  const Array from = direct ? a : Array(a.shape(), f32);
  std::copy(values.begin(), values.end(), from.ptr<float>());
  if (!direct) device_ops().copy(from, a);
}

// The values of `a` in the memory form of y, which is fresh: the lanes of blocked images, row-major otherwise.
Array alike(const Array& a, const Array& y) {
  const Array same = a.dtype() == y.dtype() ? a : cast_copy(a, y.dtype());
  if (y.blocked()) return to_blocked(same, y.layout()).lanes();
  return row_major(same);
}
Array lanes_or_rows(const Array& y) { return y.blocked() ? y.lanes() : y; }

bool past_caches(const Array& y, bool aligned) { return aligned && y.numel() * size_of(y.dtype()) >= streaming_bytes; }
bool in_columns(const Array& y) { return !y.blocked() && y.numel() / (y.size(0) * y.size(1)) < shortest_run; }
bool aligned_columns(const Array& y) { return y.numel() / y.size(0) % unit == 0; }

}  // namespace

void CpuBackend::batch_norm(const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean,
                            Array& running_var, Array& y, Array& mean, Array& rstd) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::batch_norm(x, weight, bias, rule, running_mean, running_var, y, mean, rstd);
  const int64_t C = x.size(1);
  Channels channels{rule, double(x.numel() / C), floats_of(weight, C, 1), floats_of(bias, C, 0)};
  channels.mean.resize(size_t(C));
  channels.rstd.resize(size_t(C));
  channels.running_mean = floats_of(running_mean, C, 0);
  channels.running_var = floats_of(running_var, C, 1);
  const Array from = alike(x, y), to = lanes_or_rows(y);
  if (in_columns(y)) {
    columns_forward(from, to, channels, past_caches(y, aligned_columns(y)));
  } else {
    const NormForm form(y);
    units_forward(form, from, to, channels, past_caches(y, form.aligned));
  }
  if (rule.training) put_floats(running_mean, channels.running_mean), put_floats(running_var, channels.running_var);
  put_floats(mean, channels.mean);
  put_floats(rstd, channels.rstd);
}

void CpuBackend::batch_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd,
                                 const BatchNormRule& rule, Array& dx, Array& dweight, Array& dbias) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::batch_norm_grad(x, dy, weight, bias, mean, rstd, rule, dx, dweight, dbias);
  const int64_t C = x.size(1);
  Channels channels{rule, double(x.numel() / C), floats_of(weight, C, 1), floats_of(bias, C, 0), floats_of(mean, C, 0), floats_of(rstd, C, 1)};
  channels.sums.resize(size_t(C));
  channels.products.resize(size_t(C));
  const bool sums_wanted = rule.training || dweight.defined() || dbias.defined();
  const Array from = alike(x, dx), from_dy = alike(dy, dx), to = lanes_or_rows(dx);
  if (in_columns(dx)) {
    columns_backward(from, from_dy, to, channels, sums_wanted, past_caches(dx, aligned_columns(dx)));
  } else {
    const NormForm form(dx);
    units_backward(form, from, from_dy, to, channels, sums_wanted, past_caches(dx, form.aligned));
  }
  std::vector<float> scales(static_cast<size_t>(C)), shifts(scales.size());
  for (size_t c = 0; c < scales.size(); c++) {
    scales[c] = float(channels.products[c] * double(channels.rstd[c]));
    shifts[c] = float(channels.sums[c]);
  }
  put_floats(dweight, scales);
  put_floats(dbias, shifts);
}

}  // namespace cairn
