// Reductions of f32 and bf16. x is seen as rows along its last axis, which is reduced or kept:
//   reduced: a row is one number; an output is the total of the rows that belong to it (mean over all, layer norm, batch norm of images);
//   kept:    a row is added to a row of totals (the gradient of a bias).
// Work is cut into pieces that depend on the shape alone, and their totals are added in order: any number of threads gives the same bits.
#include <atomic>
#include <cmath>
#include <vector>

#include <cairn/backend/cpu/cpu_backend.h>
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/reduce_loops.h>

namespace cairn {

using namespace cpu;

namespace {

constexpr int64_t piece_size = 65536;  // elements
constexpr int64_t column_run = 2048;   // columns of a kept row that one thread takes at a time

int64_t ahead_of(int64_t elements) { return elements * int64_t{sizeof(float)} >= streaming_bytes ? far_ahead : 0; }

struct Axis {
  int64_t size, stride;
};
struct Axes {
  int count = 0;
  Axis axis[Shape::max_rank];  // [0]: innermost
  int64_t total = 1;
  void add(int64_t size, int64_t stride) {
    total *= size;
    if (count > 0 && axis[count - 1].stride * axis[count - 1].size == stride) axis[count - 1].size *= size;
    else axis[count++] = {size, stride};
  }
  int64_t offset(int64_t i) const {
    int64_t at = 0;
    for (int k = 0; k < count; k++) {
      at += i % axis[k].size * axis[k].stride;
      i /= axis[k].size;
    }
    return at;
  }
};

// x taken apart. Its last axis that is not 1 must have stride 1.
struct Rows {
  Rows(const Array& x, uint32_t axes) : data(x.ptr<float>()) {
    int last = x.rank() - 1;
    while (last >= 0 && x.size(last) == 1) last--;
    if (last < 0) return;
    n = x.size(last);
    reduced_rows = axes >> last & 1;
    int i = last - 1;
    for (; i >= 0 && (x.size(i) == 1 || (bool(axes >> i & 1) == reduced_rows && x.strides()[i] == n)); i--) n *= x.size(i);
    for (; i >= 0; i--)
      if (x.size(i) != 1) (axes >> i & 1 ? reduced : kept).add(x.size(i), x.strides()[i]);
  }
  const float* data;
  int64_t n = 1;  // elements in a row
  bool reduced_rows = true;
  Axes kept, reduced;  // the axes outside of the rows
  int64_t outputs() const { return kept.total * (reduced_rows ? 1 : n); }
  int64_t elements() const { return kept.total * reduced.total * n; }
};

bool has_unit_rows(const Array& x) {
  for (int i = x.rank() - 1; i >= 0; i--)
    if (x.size(i) != 1) return x.strides()[i] == 1;
  return true;
}
// x as f32 with contiguous rows.
Array as_rows(const Array& x) {
  if (x.dtype() != f32) return cast_copy(x, f32);  // a fresh array is row-major
  return has_unit_rows(x) ? x : contiguous_copy(x);
}

// Totals of the pieces of one output (or row of outputs), added in order.
template <class Piece> void add_pieces(int64_t pieces, int64_t width, double* total, Piece piece) {
  std::vector<double> totals(pieces * width);
  parallel_for(pieces, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) piece(i, totals.data() + i * width);
  });
  for (int64_t i = 0; i < pieces; i++)
    for (int64_t j = 0; j < width; j++) total[j] += totals[i * width + j];
}

void sums_of_reduced_rows(Term term, const Rows& r, const float* centers, double* sums) {
  const auto center = [&](int64_t o) { return centers ? centers[o] : 0.0f; };
  const int64_t in_output = r.reduced.total * r.n;
  if (r.kept.total >= 8 || r.elements() < 2 * piece_size) {
    parallel_for(r.kept.total, std::max<int64_t>(1, cheap_grain / in_output), [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) {
        const float* x = r.data + r.kept.offset(o);
        sums[o] = 0;
        for (int64_t k = 0; k < r.reduced.total; k++) sums[o] += row_sum(term, x + r.reduced.offset(k), r.n, center(o));
      }
    });
    return;
  }
  // Few outputs of many elements: every row is cut, or several short ones go together.
  const int64_t cuts = (r.n + piece_size - 1) / piece_size, together = std::max<int64_t>(1, piece_size / r.n);
  const int64_t groups = (r.reduced.total + together - 1) / together;
  for (int64_t o = 0; o < r.kept.total; o++) {
    const float* x = r.data + r.kept.offset(o);
    sums[o] = 0;
    add_pieces(groups * cuts, 1, sums + o, [&](int64_t piece, double* total) {
      const int64_t first = piece / cuts * together, at = piece % cuts * piece_size;
      for (int64_t k = first; k < std::min(first + together, r.reduced.total); k++)
        *total += row_sum(term, x + r.reduced.offset(k) + at, std::min(piece_size, r.n - at), center(o));
    });
  }
}

void sums_of_kept_rows(Term term, const Rows& r, const float* centers, double* sums) {
  std::fill_n(sums, r.outputs(), 0.0);
  // The innermost reduced axis is one call of the loop; further ones are walked.
  const Axis rows = r.reduced.count ? r.reduced.axis[0] : Axis{1, 0};
  const int64_t others = r.reduced.total / rows.size;
  const auto add = [&](int64_t o, int64_t outer, int64_t first, int64_t count, int64_t column, int64_t columns, double* totals) {
    const float* x = r.data + r.kept.offset(o) + r.reduced.offset(outer * rows.size) + first * rows.stride + column;
    column_sums(term, x, rows.stride, count, columns, centers ? centers + o * r.n + column : nullptr, totals);
  };
  if (r.kept.total >= 8 || r.elements() < 2 * piece_size) {
    parallel_for(r.kept.total, std::max<int64_t>(1, cheap_grain / (r.reduced.total * r.n)), [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++)
        for (int64_t k = 0; k < others; k++) add(o, k, 0, rows.size, 0, r.n, sums + o * r.n);
    });
  } else if (r.n >= 4096) {
    for (int64_t o = 0; o < r.kept.total; o++)
      parallel_for(r.n, std::max<int64_t>(1024, cheap_grain / r.reduced.total), [&](int64_t begin, int64_t end) {
        for (int64_t k = 0; k < others; k++) add(o, k, 0, rows.size, begin, end - begin, sums + o * r.n + begin);
      });
  } else {
    const int64_t height = std::max<int64_t>(1, piece_size / r.n), cuts = (rows.size + height - 1) / height;
    for (int64_t o = 0; o < r.kept.total; o++)
      add_pieces(others * cuts, r.n, sums + o * r.n, [&](int64_t piece, double* totals) {
        const int64_t first = piece % cuts * height;
        add(o, piece / cuts, first, std::min(height, rows.size - first), 0, r.n, totals);
      });
  }
}

void sums_of(Term term, const Rows& r, const float* centers, double* sums) {
  if (r.elements() == 0) std::fill_n(sums, r.outputs(), 0.0);
  else if (r.reduced_rows) sums_of_reduced_rows(term, r, centers, sums);
  else sums_of_kept_rows(term, r, centers, sums);
}

void extremes_of(bool largest, const Rows& r, float* y) {
  const int64_t ahead = ahead_of(r.elements());
  if (r.reduced_rows && r.kept.total == 1 && r.reduced.total == 1 && r.n >= 2 * piece_size) {  // one long row
    std::vector<float> best((r.n + piece_size - 1) / piece_size);
    parallel_for(int64_t(best.size()), 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++)
        best[i] = row_extreme(largest, r.data + i * piece_size, std::min(piece_size, r.n - i * piece_size), ahead);
    });
    *y = row_extreme(largest, best.data(), int64_t(best.size()));
    return;
  }
  if (!r.reduced_rows) {
    // An output column is best of its own rows alone, so columns are shared out; the innermost reduced axis is one call of the loop.
    const Axis rows = r.reduced.count ? r.reduced.axis[0] : Axis{1, 0};
    const int64_t runs = (r.n + column_run - 1) / column_run;
    parallel_for(r.kept.total * runs, std::max<int64_t>(1, cheap_grain / (r.reduced.total * std::min(r.n, column_run))),
                 [&](int64_t begin, int64_t end) {
                   for (int64_t i = begin; i < end; i++) {
                     const int64_t o = i / runs, at = i % runs * column_run, columns = std::min(column_run, r.n - at);
                     float* out = y + o * r.n + at;
                     std::fill_n(out, columns, largest ? -INFINITY : INFINITY);
                     for (int64_t k = 0; k < r.reduced.total; k += rows.size)
                       column_extremes(largest, r.data + r.kept.offset(o) + r.reduced.offset(k) + at, rows.stride, rows.size, columns, out);
                   }
                 });
    return;
  }
  parallel_for(r.kept.total, std::max<int64_t>(1, cheap_grain / (r.reduced.total * r.n)), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) {
      const float* x = r.data + r.kept.offset(o);
      float* out = y + o;
      *out = largest ? -INFINITY : INFINITY;
      for (int64_t k = 0; k < r.reduced.total; k++) {
        const float best = row_extreme(largest, x + r.reduced.offset(k), r.n, ahead);
        if ((largest ? best > *out : best < *out) || best != best) *out = best;
      }
    }
  });
}

void logsumexp_of(const Rows& r, float* y) {
  parallel_for(r.kept.total, std::max<int64_t>(1, costly_grain / r.n), [&](int64_t begin, int64_t end) {
    for (int64_t o = begin; o < end; o++) {
      const MaxAndSum m = row_max_and_sum(r.data + r.kept.offset(o), r.n);
      y[o] = float(double(m.max) + std::log(m.sum));
    }
  });
}

void store(Array& y, const double* values, double factor) {
  const int64_t n = y.numel();
  visit_floating(y.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (int64_t i = 0; i < n; i++) y.ptr<T>()[i] = static_cast<T>(static_cast<Wide<T>>(values[i] * factor));
  });
}

}  // namespace

void CpuBackend::reduce(Reduce f, const Array& x, uint32_t axes, Array& y) {
  const bool known = f == Reduce::sum || f == Reduce::mean || f == Reduce::sum_abs || f == Reduce::sum_square || f == Reduce::max ||
                     f == Reduce::min || f == Reduce::logsumexp;
  if (!fast(x) || !known || x.numel() == 0) return ReferenceBackend::reduce(f, x, axes, y);
  const Array source = as_rows(x);
  const Rows r(source, axes);
  if (f == Reduce::logsumexp && !(r.reduced_rows && r.reduced.total == 1)) return ReferenceBackend::reduce(f, x, axes, y);
  if (f == Reduce::max || f == Reduce::min || f == Reduce::logsumexp) {
    Array wide = y.dtype() == f32 ? y : Array(y.shape(), f32);
    if (f == Reduce::logsumexp) logsumexp_of(r, wide.ptr<float>());
    else extremes_of(f == Reduce::max, r, wide.ptr<float>());
    if (y.dtype() != f32) copy(wide, y);
    return;
  }
  std::vector<double> sums(r.outputs());
  sums_of(f == Reduce::sum_abs ? Term::absolute : f == Reduce::sum_square ? Term::square : Term::value, r, nullptr, sums.data());
  store(y, sums.data(), f == Reduce::mean ? double(y.numel()) / double(x.numel()) : 1);
}

namespace {

// Every output from pieces, merged in order.
void moments_of_reduced_rows(const Rows& r, double* means, double* squares) {
  const int64_t cuts = (r.n + piece_size - 1) / piece_size, pieces = r.reduced.total * cuts, ahead = ahead_of(r.elements());
  const auto piece = [&](int64_t o, int64_t i) {
    const int64_t at = i % cuts * piece_size;
    return row_moments(r.data + r.kept.offset(o) + r.reduced.offset(i / cuts) + at, std::min(piece_size, r.n - at), ahead);
  };
  const auto finish = [&](int64_t o, const Moments& m) { means[o] = m.mean, squares[o] = m.squares; };
  if (r.kept.total >= 8 || r.elements() < 2 * piece_size) {
    parallel_for(r.kept.total, std::max<int64_t>(1, cheap_grain / (r.reduced.total * r.n)), [&](int64_t begin, int64_t end) {
      for (int64_t o = begin; o < end; o++) {
        Moments m;
        for (int64_t i = 0; i < pieces; i++) m.merge(piece(o, i));
        finish(o, m);
      }
    });
    return;
  }
  std::vector<Moments> parts(pieces);
  for (int64_t o = 0; o < r.kept.total; o++) {
    parallel_for(pieces, std::max<int64_t>(1, cheap_grain / r.n), [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; i++) parts[i] = piece(o, i);
    });
    Moments m;
    for (const Moments& part : parts) m.merge(part);
    finish(o, m);
  }
}

// Two passes over x for all columns at once. Sums of differences from a number nearby keep their digits when the mean is far from 0:
// first from the first element, then from the mean rounded to a float c; sum((x - c)^2) = sum((x - mean)^2) + n (mean - c)^2.
void moments_of_kept_rows(const Rows& r, double* means, double* squares) {
  const int64_t outputs = r.outputs();
  const double n = double(r.reduced.total);
  std::vector<float> centers(outputs);
  for (int64_t i = 0; i < outputs; i++) {
    const float first = r.data[r.kept.offset(i / r.n) + i % r.n];
    centers[i] = std::isfinite(first) ? first : 0;
  }
  sums_of_kept_rows(Term::difference, r, centers.data(), means);
  for (int64_t i = 0; i < outputs; i++) centers[i] = float(means[i] = double(centers[i]) + means[i] / n);
  sums_of_kept_rows(Term::deviation, r, centers.data(), squares);
  for (int64_t i = 0; i < outputs; i++) {
    const double shift = means[i] - double(centers[i]), excess = n * shift * shift;
    if (std::isfinite(excess)) squares[i] = std::max(0.0, squares[i] - excess);
  }
}

}  // namespace

void CpuBackend::mean_var(const Array& x, uint32_t axes, double correction, Array& mean, Array& var) {
  if (!fast(x) || x.numel() == 0) return ReferenceBackend::mean_var(x, axes, correction, mean, var);
  const Array source = as_rows(x);
  const Rows r(source, axes);
  std::vector<double> means(r.outputs()), squares(r.outputs());
  (r.reduced_rows ? moments_of_reduced_rows : moments_of_kept_rows)(r, means.data(), squares.data());
  store(mean, means.data(), 1);
  const double divisor = std::max(0.0, double(x.numel() / r.outputs()) - correction);
  for (double& s : squares) s /= divisor;
  store(var, squares.data(), 1);
}

void CpuBackend::arg_reduce(bool largest, const Array& x, int axis, Array& y) {
  if (!fast(x) || axis != x.rank() - 1 || x.numel() == 0) return ReferenceBackend::arg_reduce(largest, x, axis, y);
  const Array rows = row_major(x, f32);
  const int64_t n = x.size(axis), ahead = ahead_of(x.numel());
  parallel_for(y.numel(), std::max<int64_t>(1, cheap_grain / n), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) y.ptr<int64_t>()[i] = row_arg_extreme(largest, rows.ptr<float>() + i * n, n, ahead);
  });
}

double CpuBackend::sum_square(std::span<const Array> xs) {
  double total = 0;
  for (const Array& x : xs) {
    double sum = 0;
    if (fast(x) && x.numel() > 0) {
      const Array source = as_rows(x);
      sums_of(Term::square, Rows(source, ~0u), nullptr, &sum);
    }
    // Squares beyond the range of f32 (an exploded gradient) are summed again in double.
    total += sum > 1e-30 && sum < 1e30 ? sum : ReferenceBackend::sum_square({&x, 1});
  }
  return total;
}

bool CpuBackend::all_finite(const Array& x) {
  if (!fast(x)) return ReferenceBackend::all_finite(x);
  const Array source = row_major(x, f32);
  std::atomic<bool> finite = true;
  parallel_for(x.numel(), cheap_grain, [&](int64_t begin, int64_t end) {
    if (!row_finite(source.ptr<float>() + begin, end - begin)) finite.store(false, std::memory_order_relaxed);
  });
  return finite;
}

}  // namespace cairn
