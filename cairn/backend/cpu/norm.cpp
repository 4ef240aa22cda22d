// Batch norm of f32 and bf16 (norm_form.h has how memory is cut, norm_loops.h the vector loops).
//
// It moves memory and computes little, so what counts is how often x is read from far away. A channel is worked on from beginning to end
// by one thread: statistics, then y, for which x comes from the cache where it fits. With too few channels for the threads, all statistics
// are taken first, then all of y. Large results are written past the caches. Backward reads x and dy twice and writes dx.
//
// Statistics: sums of differences from a number nearby keep their digits. A part begins with the mean of its first piece, found in a pass
// of its own; from there on it is the mean so far, and one pass gives both sums. Pieces are merged after Chan, Golub, LeVeque 1979.
#include <cmath>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/norm_form.h>

namespace cairn {

using namespace cpu;

namespace {

// Small arrays of any type and strides as floats, and back.
std::vector<float> floats_of(const Array& a, int64_t n, float otherwise) {
  std::vector<float> values(size_t(n), otherwise);
  if (!a.defined()) return values;
  const Array from = a.dtype() == f32 && a.contiguous() ? a : cast_copy(a, f32);
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
  return same.contiguous() ? same : contiguous_copy(same);
}
Array lanes_or_rows(const Array& y) { return y.blocked() ? y.lanes() : y; }
bool past_caches(const Array& y, const NormForm& form) { return form.aligned && y.numel() * size_of(y.dtype()) >= streaming_bytes; }

struct Moments {
  double n = 0, mean = 0, squares = 0;
  void merge(double count, double other, double other_squares) {
    const double all = n + count, difference = other - mean;
    squares += other_squares + difference * difference * (n * count / all);
    mean += difference * (count / all);
    n = all;
  }
};
// Of the channels of a unit, in one part.
struct PartMoments {
  double n = 0, mean[unit] = {}, squares[unit] = {};
  void merge(double count, int64_t width, const double* other, const double* other_squares) {
    const double all = n + count, share = count / all, both = n * share;
    for (int64_t i = 0; i < width; i++) {
      const double difference = other[i] - mean[i];
      squares[i] += other_squares[i] + difference * difference * both;
      mean[i] += difference * share;
    }
    n = all;
  }
};
struct PartSums {
  double sum[unit] = {}, product[unit] = {};
};

PartMoments moments_of_part(const NormForm& form, const Array& x, int64_t item, int64_t part) {
  const int64_t width = form.width();
  PartMoments m;
  alignas(64) float center[unit] = {};
  form.for_each_piece(item, part, [&](const NormForm::Range& range) {
    alignas(64) float sum[unit] = {}, squares[unit] = {};
    double mean[unit] = {}, square[unit] = {};
    const Place place = range.place(x);
    const double n = double(range.count(width));
    // sums over the unit's lanes that are one channel; `mean`: of the piece
    const auto take = [&] {
      std::fill_n(sum, unit, 0.0f);
      std::fill_n(squares, unit, 0.0f);
      sweep_moments(form.dtype, place, range.sweep, center, sum, squares);
      for (int64_t i = 0; i < width; i++) {
        double s = 0, q = 0;
        for (int64_t j = i; j < unit; j += width) s += double(sum[j]), q += double(squares[j]);
        mean[i] = double(center[i]) + s / n;
        square[i] = std::isfinite(q) ? std::max(0.0, q - s * s / n) : q;
      }
    };
    const auto move_center = [&](const double* to) {
      for (int64_t i = 0; i < unit; i++) {
        const float c = float(to[i % width]);
        center[i] = std::isfinite(c) ? c : 0;
      }
    };
    if (m.n == 0) {
      const int64_t here = std::min(unit, range.sweep.units ? range.sweep.lanes : range.sweep.tail);
      for (int64_t i = 0; i < here; i++) mean[i] = form.dtype == bf16 ? float(static_cast<bf16_t*>(place.p)[i]) : static_cast<float*>(place.p)[i];
      move_center(mean);
      take();
      move_center(mean);
    }
    take();
    m.merge(n, width, mean, square);
    move_center(m.mean);
  });
  return m;
}

PartSums sums_of_part(const NormForm& form, const Array& x, const Array& dy, int64_t item, int64_t part, const UnitParameters& u, bool relu) {
  PartSums total;
  form.for_each_piece(item, part, [&](const NormForm::Range& range) {
    alignas(64) float sum[unit] = {}, product[unit] = {};
    sweep_grad_sums(form.dtype, range.place(x), range.place(dy), range.sweep, u, relu, sum, product);
    for (int64_t i = 0; i < unit; i++) total.sum[i] += double(sum[i]), total.product[i] += double(product[i]);
  });
  return total;
}

// Work over all items: `gather(item, part)` everywhere, `finish(first, last)` for a range of items whose parts have all been gathered, then
// `apply(item, part)`, from the last part to the first: what was read last is still in the cache. Where each channel lies in one item and
// there are enough of them, an item goes through all three at once.
template <class Gather, class Finish, class Apply> void run(const NormForm& form, Gather gather, Finish finish, Apply apply) {
  const int64_t threads = num_threads(), parts = form.parts, all = form.items * parts;
  const auto grain = [](int64_t elements) { return std::max<int64_t>(1, cheap_grain / std::max<int64_t>(1, elements)); };
  if (form.complete() && (form.items * form.elements <= cheap_grain || form.items % threads == 0 || form.items >= 4 * threads)) {
    parallel_for(form.items, grain(form.elements), [&](int64_t begin, int64_t end) {
      for (int64_t item = begin; item < end; item++) {
        for (int64_t part = 0; part < parts; part++) gather(item, part);
        finish(item, item + 1);
        for (int64_t part = parts; part-- > 0;) apply(item, part);
      }
      end_stream();
    });
    return;
  }
  parallel_for(all, grain(form.elements / parts), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) gather(i / parts, i % parts);
  });
  finish(0, form.items);
  parallel_for(all, grain(form.elements / parts), [&](int64_t begin, int64_t end) {
    for (int64_t i = end; i-- > begin;) apply(i / parts, i % parts);
    end_stream();
  });
}

// The learned and measured numbers of every channel.
struct Channels {
  std::vector<float> mean, rstd, weight, bias;
  UnitParameters unit_of(const NormForm& form, int64_t item) const {
    UnitParameters u = {};
    for (int64_t i = 0; i < unit; i++)
      if (const int64_t c = form.channel(item, i); c >= 0) {
        u.mean[i] = mean[size_t(c)];
        u.scale[i] = float(double(weight[size_t(c)]) * double(rstd[size_t(c)]));
        u.shift[i] = bias[size_t(c)];
      }
    return u;
  }
};

}  // namespace

void CpuBackend::batch_norm(const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean,
                            Array& running_var, Array& y, Array& mean, Array& rstd) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::batch_norm(x, weight, bias, rule, running_mean, running_var, y, mean, rstd);
  const NormForm form(y);
  const Array from = alike(x, y), to = lanes_or_rows(y);
  const int64_t channels = form.channels;
  const double n = double(x.numel() / channels);
  std::vector<float> means = floats_of(running_mean, channels, 0), vars = floats_of(running_var, channels, 1);
  Channels values = {means, std::vector<float>(size_t(channels)), floats_of(weight, channels, 1), floats_of(bias, channels, 0)};
  const bool past = past_caches(y, form);

  std::vector<PartMoments> found(rule.training ? size_t(form.items * form.parts) : 0);
  const auto gather = [&](int64_t item, int64_t part) {
    if (rule.training) found[size_t(item * form.parts + part)] = moments_of_part(form, from, item, part);
  };
  std::vector<Moments> totals(rule.training ? size_t(channels) : 0);
  const auto finish = [&](int64_t first, int64_t last) {
    for (int64_t item = first; item < last && rule.training; item++)
      for (int64_t i = 0; i < form.width(); i++) {
        const int64_t c = form.channel(item, i);
        for (int64_t part = 0; c >= 0 && part < form.parts; part++) {
          const PartMoments& m = found[size_t(item * form.parts + part)];
          totals[size_t(c)].merge(m.n, m.mean[i], m.squares[i]);
        }
      }
    const int64_t begin = form.complete() ? first * form.width() : 0, end = form.complete() ? std::min(channels, last * form.width()) : channels;
    for (int64_t c = begin; c < end; c++) {
      const size_t i = size_t(c);
      double var = double(vars[i]);
      if (rule.training) {
        var = totals[i].squares / n;
        values.mean[i] = float(totals[i].mean);
        means[i] = float((1 - rule.momentum) * double(means[i]) + rule.momentum * totals[i].mean);
        vars[i] = float((1 - rule.momentum) * double(vars[i]) + rule.momentum * var * (n / (n - 1)));
      }
      values.rstd[i] = float(1 / std::sqrt(var + rule.eps));
    }
  };
  run(form, gather, finish, [&](int64_t item, int64_t part) {
    const UnitParameters u = values.unit_of(form, item);
    form.for_each_piece(item, part, [&](const NormForm::Range& range) {
      sweep_normalise(form.dtype, range.place(from), range.place(to), range.sweep, u, rule.relu, past);
    });
  });
  if (rule.training) put_floats(running_mean, means), put_floats(running_var, vars);
  put_floats(mean, values.mean);
  put_floats(rstd, values.rstd);
}

void CpuBackend::batch_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd,
                                 const BatchNormRule& rule, Array& dx, Array& dweight, Array& dbias) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::batch_norm_grad(x, dy, weight, bias, mean, rstd, rule, dx, dweight, dbias);
  const NormForm form(dx);
  const Array from = alike(x, dx), from_dy = alike(dy, dx), to = lanes_or_rows(dx);
  const int64_t channels = form.channels;
  const double n = double(x.numel() / channels);
  const Channels values = {floats_of(mean, channels, 0), floats_of(rstd, channels, 1), floats_of(weight, channels, 1), floats_of(bias, channels, 0)};
  const bool past = past_caches(dx, form), sums_wanted = rule.training || dweight.defined() || dbias.defined();

  std::vector<PartSums> found(sums_wanted ? size_t(form.items * form.parts) : 0);
  const auto gather = [&](int64_t item, int64_t part) {
    if (sums_wanted) found[size_t(item * form.parts + part)] = sums_of_part(form, from, from_dy, item, part, values.unit_of(form, item), rule.relu);
  };
  std::vector<double> sums(size_t(channels), 0.0), products(size_t(channels), 0.0);
  const auto finish = [&](int64_t first, int64_t last) {
    for (int64_t item = first; item < last && sums_wanted; item++)
      for (int64_t i = 0; i < unit; i++) {
        const int64_t c = form.channel(item, i);
        for (int64_t part = 0; c >= 0 && part < form.parts; part++) {
          sums[size_t(c)] += found[size_t(item * form.parts + part)].sum[i];
          products[size_t(c)] += found[size_t(item * form.parts + part)].product[i];
        }
      }
  };
  run(form, gather, finish, [&](int64_t item, int64_t part) {
    const UnitParameters u = values.unit_of(form, item);
    UnitGradient g = {};
    for (int64_t i = 0; i < unit; i++)
      if (const int64_t c = form.channel(item, i); c >= 0) {
        const double r = double(values.rstd[size_t(c)]), a = double(values.weight[size_t(c)]) * r;
        g.a[i] = float(a);
        g.b[i] = rule.training ? float(a * r * r * products[size_t(c)] / n) : 0;
        g.c[i] = rule.training ? float(a * sums[size_t(c)] / n) : 0;
      }
    form.for_each_piece(item, part, [&](const NormForm::Range& range) {
      sweep_grad(form.dtype, range.place(from), range.place(from_dy), range.place(to), range.sweep, u, g, rule.relu, past);
    });
  });
  std::vector<float> scales(size_t(channels), 0.0f), shifts(size_t(channels), 0.0f);
  for (size_t c = 0; c < scales.size(); c++) {
    scales[c] = float(products[c] * double(values.rstd[c]));
    shifts[c] = float(sums[c]);
  }
  put_floats(dweight, scales);
  put_floats(dbias, shifts);
}

}  // namespace cairn
