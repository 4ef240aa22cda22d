// Batch norm of images: units of 16 elements (norm_form.h says how memory is cut, norm_loops.h has the vector loops).
//
// It moves memory and computes little, so what counts is how often x is read from far away. A channel is worked on from beginning to end
// by one thread: statistics, then y, for which x comes from the cache where it fits. With too few channels for the threads, all statistics
// are taken first, then all of y. Backward reads x and dy twice and writes dx.
//
// Statistics: sums of differences from a number nearby keep their digits. A part begins with the mean of its first piece, found in a pass
// of its own; from there on it is the mean so far, and one pass gives both sums. Pieces are merged after Chan, Golub, LeVeque 1979.
#include <cmath>
#include <vector>

#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/norm_channels.h>
#include <cairn/backend/cpu/norm_form.h>

namespace cairn::cpu {

namespace {

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

constexpr int64_t most = NormForm::most_together;

// The first number of each lane, as a place to measure from.
void first_numbers(DType t, const Place& x, int64_t item, int64_t n, double* numbers) {
  for (int64_t i = 0; i < n; i++)
    numbers[i] = t == bf16 ? float(static_cast<const bf16_t*>(x.p)[item * x.item + i]) : static_cast<const float*>(x.p)[item * x.item + i];
}

void gather_moments(const NormForm& form, const Array& x, int64_t bundle, int64_t part, std::vector<PartMoments>& found) {
  const int64_t width = form.width(), items = form.items_in(bundle);
  alignas(64) float center[most * unit] = {};
  const auto moments = [&](int64_t item) -> PartMoments& { return found[size_t((form.first_item(bundle) + item) * form.parts + part)]; };
  const auto move_center = [&](int64_t item, const double* to) {
    float* c = center + item * unit;
    for (int64_t i = 0; i < width; i++) c[i] = std::isfinite(float(to[i])) ? float(to[i]) : 0;
    for (int64_t i = width; i < unit; i++) c[i] = c[i - width];
  };
  form.for_each_piece(bundle, part, [&](const NormForm::Range& range) {
    const Place place = range.place(x);
    const double n = double(range.count(width)), inverse = 1 / n;
    double mean[unit] = {}, square[unit] = {};
    // f(item) when its mean and square of this piece are known
    const auto take = [&](auto f) {
      alignas(64) float sum[most * unit], squares[most * unit];
      std::fill_n(sum, items * unit, 0.0f);
      std::fill_n(squares, items * unit, 0.0f);
      sweep_moments(form.dtype, place, range.sweep, center, sum, squares);
      for (int64_t item = 0; item < items; item++) {
        const float *sums = sum + item * unit, *sums_of_squares = squares + item * unit;
        for (int64_t i = 0; i < width; i++) {  // over the lanes that are one channel
          double s = 0, q = 0;
          for (int64_t j = i; j < unit; j += width) s += double(sums[j]), q += double(sums_of_squares[j]);
          mean[i] = double(center[item * unit + i]) + s * inverse;
          square[i] = q - s * s * inverse;
          if (square[i] < 0) square[i] = 0;
        }
        f(item);
      }
    };
    if (moments(0).n == 0) {
      for (int64_t item = 0; item < items; item++) {
        first_numbers(form.dtype, place, item, std::min(width, range.sweep.units ? unit : range.sweep.tail), mean);
        move_center(item, mean);
      }
      take([&](int64_t item) { move_center(item, mean); });
    }
    take([&](int64_t item) {
      moments(item).merge(n, width, mean, square);
      move_center(item, moments(item).mean);
    });
  });
}

void gather_sums(const NormForm& form, const Array& x, const Array& dy, int64_t bundle, int64_t part, const UnitParameters* u, bool relu,
                 std::vector<PartSums>& found) {
  const int64_t items = form.items_in(bundle);
  form.for_each_piece(bundle, part, [&](const NormForm::Range& range) {
    alignas(64) float sum[most * unit], product[most * unit];
    std::fill_n(sum, items * unit, 0.0f);
    std::fill_n(product, items * unit, 0.0f);
    sweep_grad_sums(form.dtype, range.place(x), range.place(dy), range.sweep, u, relu, sum, product);
    for (int64_t item = 0; item < items; item++) {
      PartSums& total = found[size_t((form.first_item(bundle) + item) * form.parts + part)];
      for (int64_t i = 0; i < unit; i++) total.sum[i] += double(sum[item * unit + i]), total.product[i] += double(product[item * unit + i]);
    }
  });
}

// Work over all bundles: `gather(bundle, part)` everywhere, `finish(item)` when all parts have been gathered, then `apply(bundle, part)`, from
// the last part to the first: what was read last is still in the cache. With enough bundles, each goes through all three at once.
template <class Gather, class Finish, class Apply> void run(const NormForm& form, Gather gather, Finish finish, Apply apply) {
  const int64_t threads = num_threads(), parts = form.parts, bundles = form.bundles, all = bundles * parts, in_bundle = form.elements * form.together;
  const auto grain = [](int64_t elements) { return std::max<int64_t>(1, cheap_grain / std::max<int64_t>(1, elements)); };
  const auto finish_all = [&](int64_t bundle) {
    for (int64_t i = 0; i < form.items_in(bundle); i++) finish(form.first_item(bundle) + i);
  };
  if (form.items * form.elements <= cheap_grain || bundles % threads == 0 || bundles >= 4 * threads) {
    parallel_for(bundles, grain(in_bundle), [&](int64_t begin, int64_t end) {
      for (int64_t b = begin; b < end; b++) {
        for (int64_t part = 0; part < parts; part++) gather(b, part);
        finish_all(b);
        for (int64_t part = parts; part-- > 0;) apply(b, part);
      }
      end_stream();
    });
    return;
  }
  parallel_for(all, grain(in_bundle / parts), [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) gather(i / parts, i % parts);
  });
  for (int64_t b = 0; b < bundles; b++) finish_all(b);
  parallel_for(all, grain(in_bundle / parts), [&](int64_t begin, int64_t end) {
    for (int64_t i = end; i-- > begin;) apply(i / parts, i % parts);
    end_stream();
  });
}

void set(UnitParameters& u, const NormForm& form, const Channels& channels, int64_t item) {
  u = {};
  for (int64_t i = 0; i < unit; i++)
    if (const int64_t c = form.channel(item, i); c >= 0) {
      u.mean[i] = channels.mean[size_t(c)];
      u.scale[i] = channels.scale(c);
      u.shift[i] = channels.bias[size_t(c)];
    }
}
void set(UnitGradient& g, const NormForm& form, const Channels& channels, int64_t item) {
  g = {};
  for (int64_t i = 0; i < unit; i++)
    if (const int64_t c = form.channel(item, i); c >= 0) {
      const Channels::Gradient k = channels.gradient(c);
      g.a[i] = k.a, g.b[i] = k.b, g.c[i] = k.c;
    }
}

}  // namespace

void units_forward(const NormForm& form, const Array& x, const Array& y, Channels& channels, bool past_caches) {
  const bool training = channels.rule.training;
  std::vector<PartMoments> found(training ? size_t(form.items * form.parts) : 0);
  std::vector<UnitParameters> u(static_cast<size_t>(form.items));
  const auto gather = [&](int64_t bundle, int64_t part) {
    if (training) gather_moments(form, x, bundle, part, found);
  };
  const auto finish = [&](int64_t item) {
    for (int64_t i = 0; i < form.width(); i++) {
      const int64_t c = form.channel(item, i);
      if (c < 0) continue;
      Moments total;
      for (int64_t part = 0; part < form.parts && training; part++) {
        const PartMoments& m = found[size_t(item * form.parts + part)];
        total.merge({m.n, m.mean[i], m.squares[i]});
      }
      training ? channels.measured(c, total) : channels.remembered(c);
    }
    set(u[size_t(item)], form, channels, item);
  };
  run(form, gather, finish, [&](int64_t bundle, int64_t part) {
    form.for_each_piece(bundle, part, [&](const NormForm::Range& range) {
      sweep_normalise(form.dtype, range.place(x), range.place(y), range.sweep, &u[size_t(form.first_item(bundle))], channels.rule.relu, past_caches);
    });
  });
}

void units_backward(const NormForm& form, const Array& x, const Array& dy, const Array& dx, Channels& channels, bool sums_wanted, bool past_caches) {
  const bool relu = channels.rule.relu;
  std::vector<PartSums> found(sums_wanted ? size_t(form.items * form.parts) : 0);
  std::vector<UnitParameters> u(static_cast<size_t>(form.items));
  std::vector<UnitGradient> g(u.size());
  for (int64_t item = 0; item < form.items; item++) set(u[size_t(item)], form, channels, item);
  const auto gather = [&](int64_t bundle, int64_t part) {
    if (sums_wanted) gather_sums(form, x, dy, bundle, part, &u[size_t(form.first_item(bundle))], relu, found);
  };
  const auto finish = [&](int64_t item) {
    for (int64_t i = 0; i < unit && sums_wanted; i++) {
      const int64_t c = form.channel(item, i);
      for (int64_t part = 0; c >= 0 && part < form.parts; part++) {
        channels.sums[size_t(c)] += found[size_t(item * form.parts + part)].sum[i];
        channels.products[size_t(c)] += found[size_t(item * form.parts + part)].product[i];
      }
    }
    set(g[size_t(item)], form, channels, item);
  };
  run(form, gather, finish, [&](int64_t bundle, int64_t part) {
    const size_t first = size_t(form.first_item(bundle));
    form.for_each_piece(bundle, part, [&](const NormForm::Range& range) {
      sweep_grad(form.dtype, range.place(x), range.place(dy), range.place(dx), range.sweep, &u[first], &g[first], relu, past_caches);
    });
  });
}

}  // namespace cairn::cpu
