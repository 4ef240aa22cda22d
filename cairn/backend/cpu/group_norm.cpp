// Group, layer, instance and RMS norm of f32 and bf16. The numbers that are normalised together lie side by side: a row. A row is read for
// its statistics and, from the cache, for its result; rows are shared out among the threads.
//
// Where a channel has many pixels, its scale and shift are constants of a run (the loops of batch norm); else each element of a row gets
// its own, spread over the pixels once.
#include <cmath>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/norm_loops.h>

namespace cairn {

using namespace cpu;

namespace {

constexpr int64_t shortest_run = 32, run_block = 4096;  // pixels; elements whose sums may be f32
constexpr int64_t rows_block = 64, most_parts = 16;     // rows whose sums of a column may be f32; sums that threads keep apart

struct Rows {
  Rows(const Array& x, int64_t groups)
      : N(x.size(0)),
        C(x.size(1)),
        pixels(x.numel() / (N * C)),
        in_group(C / groups),
        groups(groups),
        n(in_group * pixels),
        count(N * groups),
        bytes(n * size_of(x.dtype())),
        runs(pixels >= shortest_run) {}
  int64_t N, C, pixels, in_group, groups, n, count, bytes;
  bool runs;
  std::byte* at(const Array& x, int64_t row) const { return static_cast<std::byte*>(x.raw()) + row * bytes; }
  bool past_caches(const Array& y) const {  // with every row, and every run, at the beginning of a cache line
    return y.numel() * size_of(y.dtype()) >= streaming_bytes && (runs ? pixels : n) % unit == 0;
  }
  int64_t grain() const { return std::max<int64_t>(1, cheap_grain / n); }
};

// The numbers of a small array as floats; with `repeat`, each so many times in a row. Empty when it is not defined.
std::vector<float> floats_of(const Array& a, int64_t repeat = 1) {
  std::vector<float> values;
  if (!a.defined()) return values;
  const Array from = row_major(a, f32);
  values.reserve(size_t(a.numel() * repeat));
  for (int64_t i = 0; i < a.numel(); i++) values.insert(values.end(), size_t(repeat), from.ptr<float>()[i]);
  return values;
}
// Adds neighbours, `repeat` each, and stores them.
void put_sums(Array& a, const double* sums, int64_t repeat) {
  if (!a.defined()) return;
  Array to(a.shape(), f32);
  for (int64_t i = 0; i < a.numel(); i++) {
    double sum = 0;
    for (int64_t j = 0; j < repeat; j++) sum += sums[i * repeat + j];
    to.ptr<float>()[i] = float(sum);
  }
  device_ops().copy(to, a);
}
void put_floats(Array& a, const std::vector<float>& values) {
  Array from(a.shape(), f32);
  std::copy(values.begin(), values.end(), from.ptr<float>());
  device_ops().copy(from, a);
}

const float* part_of(const std::vector<float>& values, int64_t offset) { return values.empty() ? nullptr : values.data() + offset; }
float value_or(const std::vector<float>& values, int64_t i, float otherwise) { return values.empty() ? otherwise : values[size_t(i)]; }

UnitParameters same_everywhere(float mean, float scale, float shift) {
  UnitParameters u;
  std::fill_n(u.mean, unit, mean);
  std::fill_n(u.scale, unit, scale);
  std::fill_n(u.shift, unit, shift);
  return u;
}
Sweep run_of(int64_t n) { return {1, 1, n / unit, n % unit}; }
Place place_of(std::byte* p) { return {p, 0, 0}; }

// sum dy and sum dy (x - mean) of a run.
RowSums run_grad_sums(DType t, std::byte* x, std::byte* dy, int64_t n, const UnitParameters& u) {
  RowSums total = {0, 0};
  for (int64_t at = 0; at < n; at += run_block) {
    float sum[unit] = {}, product[unit] = {};
    const int64_t offset = at * size_of(t);
    sweep_grad_sums(t, place_of(x + offset), place_of(dy + offset), run_of(std::min(run_block, n - at)), &u, false, sum, product);
    for (int64_t i = 0; i < unit; i++) total.sum += double(sum[i]), total.product += double(product[i]);
  }
  return total;
}

// dx = rstd (g - mean(g) - xhat mean(g xhat)) = g a - (x - mean) b - c, from the sums of g and of g (x - mean).
RowGradient coefficients(const RowSums& sums, double rstd, int64_t n, bool centred) {
  return {float(rstd), float(rstd * rstd * rstd * sums.product / double(n)), centred ? float(rstd * sums.sum / double(n)) : 0.0f};
}

}  // namespace

void CpuBackend::group_norm(const Array& x, const Array& weight, const Array& bias, const GroupNormRule& rule, Array& y, Array& mean, Array& rstd) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::group_norm(x, weight, bias, rule, y, mean, rstd);
  const Array from = row_major(x, x.dtype());
  const DType t = x.dtype();
  const Rows r(from, rule.groups);
  const bool past = r.past_caches(y);
  const int64_t spread = r.runs ? 1 : r.pixels;
  const std::vector<float> scale = floats_of(weight, spread), shift = floats_of(bias, spread);
  std::vector<float> means(size_t(r.count)), rstds(size_t(r.count));
  parallel_for(r.count, r.grain(), [&](int64_t begin, int64_t end) {
    for (int64_t row = begin; row < end; row++) {
      std::byte *p = r.at(from, row), *q = r.at(y, row);
      const int64_t group = row % r.groups;
      const RowMoments m = row_moments(t, p, r.n, rule.centred);
      const double inverse = 1 / std::sqrt(m.var + rule.eps);
      means[size_t(row)] = float(m.mean);
      rstds[size_t(row)] = float(inverse);
      if (!r.runs) {
        row_normalise(t, p, q, r.n, float(m.mean), float(inverse), part_of(scale, group * r.n), part_of(shift, group * r.n), past);
        continue;
      }
      for (int64_t i = 0; i < r.in_group; i++) {
        const int64_t c = group * r.in_group + i, offset = i * r.pixels * size_of(t);
        const UnitParameters u = same_everywhere(float(m.mean), float(value_or(scale, c, 1) * inverse), value_or(shift, c, 0));
        sweep_normalise(t, place_of(p + offset), place_of(q + offset), run_of(r.pixels), &u, false, past);
      }
    }
    if (past) end_stream();
  });
  put_floats(mean, means);
  put_floats(rstd, rstds);
}

void CpuBackend::group_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& mean, const Array& rstd,
                                 const GroupNormRule& rule, Array& dx, Array& dweight, Array& dbias) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::group_norm_grad(x, dy, weight, mean, rstd, rule, dx, dweight, dbias);
  const DType t = x.dtype();
  const Array from = row_major(x, t), from_dy = row_major(dy, t);
  const Rows r(from, rule.groups);
  const int64_t spread = r.runs ? 1 : r.pixels, columns = r.C * spread;
  const std::vector<float> scale = floats_of(weight, spread), means = floats_of(mean), rstds = floats_of(rstd);
  const bool past = r.past_caches(dx), sums_wanted = dweight.defined() || dbias.defined();

  // Every part of the examples has sums of its own for the parameters; the cut depends on the shape alone.
  const int64_t in_part = std::max<int64_t>({1, (r.N + most_parts - 1) / most_parts, cheap_grain / (r.C * r.pixels)});
  const int64_t parts = (r.N + in_part - 1) / in_part;
  Array dscale({sums_wanted ? parts : 0, columns}, f64), dshift(dscale.shape(), f64);
  fill(dscale, 0);
  fill(dshift, 0);
  double *all_scales = dscale.ptr<double>(), *all_shifts = dshift.ptr<double>();

  const auto row_of_elements = [&](int64_t row, float* ds, float* db) {
    std::byte *p = r.at(from, row), *d = r.at(from_dy, row);
    const int64_t at = row % r.groups * r.n;
    const float m = means[size_t(row)], inverse = rstds[size_t(row)], *w = part_of(scale, at);
    const RowSums s = row_grad_sums(t, p, d, r.n, m, inverse, w, sums_wanted ? ds + at : nullptr, sums_wanted ? db + at : nullptr);
    const RowGradient k = coefficients(s, double(inverse), r.n, rule.centred);
    row_grad(t, p, d, r.at(dx, row), r.n, m, w, k, past);
  };
  const auto row_of_runs = [&](int64_t row, double* ds, double* db) {
    std::byte *p = r.at(from, row), *d = r.at(from_dy, row), *q = r.at(dx, row);
    const int64_t first = row % r.groups * r.in_group, run_bytes = r.pixels * size_of(t);
    const UnitParameters u = same_everywhere(means[size_t(row)], 0, 0);
    const double inverse = double(rstds[size_t(row)]);
    RowSums all = {0, 0};
    for (int64_t i = 0; i < r.in_group; i++) {
      const RowSums s = run_grad_sums(t, p + i * run_bytes, d + i * run_bytes, r.pixels, u);
      const double w = double(value_or(scale, first + i, 1));
      all.sum += w * s.sum;
      all.product += w * s.product;
      if (sums_wanted) ds[first + i] += s.product * inverse, db[first + i] += s.sum;
    }
    const RowGradient k = coefficients(all, inverse, r.n, rule.centred);
    for (int64_t i = 0; i < r.in_group; i++) {
      UnitGradient g;
      std::fill_n(g.a, unit, k.a * value_or(scale, first + i, 1));
      std::fill_n(g.b, unit, k.b);
      std::fill_n(g.c, unit, k.c);
      sweep_grad(t, place_of(p + i * run_bytes), place_of(d + i * run_bytes), place_of(q + i * run_bytes), run_of(r.pixels), &u, &g, false, past);
    }
  };
  parallel_for(parts, 1, [&](int64_t begin, int64_t end) {
    Array ds({sums_wanted && !r.runs ? columns : 0}, f32), db(ds.shape(), f32);
    for (int64_t part = begin; part < end; part++) {
      double *scales = all_scales + part * columns, *shifts = all_shifts + part * columns;
      const int64_t last = std::min(r.N, (part + 1) * in_part) * r.groups;
      for (int64_t row = part * in_part * r.groups; row < last;) {
        if (r.runs) {
          row_of_runs(row++, scales, shifts);
          continue;
        }
        std::fill_n(ds.ptr<float>(), ds.numel(), 0.0f);
        std::fill_n(db.ptr<float>(), db.numel(), 0.0f);
        for (const int64_t stop = std::min(last, row + rows_block * r.groups); row < stop; row++)
          row_of_elements(row, ds.ptr<float>(), db.ptr<float>());
        for (int64_t j = 0; j < ds.numel(); j++) scales[j] += double(ds.ptr<float>()[j]), shifts[j] += double(db.ptr<float>()[j]);
      }
    }
    if (past) end_stream();
  });
  for (int64_t part = 1; part < parts && sums_wanted; part++)
    for (int64_t j = 0; j < columns; j++) {
      all_scales[j] += all_scales[part * columns + j];
      all_shifts[j] += all_shifts[part * columns + j];
    }
  put_sums(dweight, all_scales, spread);
  put_sums(dbias, all_shifts, spread);
}

}  // namespace cairn
