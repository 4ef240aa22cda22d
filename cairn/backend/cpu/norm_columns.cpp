// Batch norm of matrices [N, C] and of images of few pixels, [N, C * pixels] as a matrix: columns of one channel lie side by side. The matrix
// is cut into tiles of 1024 columns and 512 rows, by the shape alone; sums of tiles are added in order.
#include <cairn/backend/cpu/loops.h>
#include <cairn/backend/cpu/norm_channels.h>
#include <cairn/backend/cpu/norm_loops.h>

namespace cairn::cpu {

namespace {

constexpr int64_t tile_rows = 512;

struct Tiles {
  explicit Tiles(const Array& x)
      : rows(x.size(0)),
        columns(x.numel() / rows),
        pixels(columns / x.size(1)),
        runs((columns + column_run - 1) / column_run),
        parts((rows + tile_rows - 1) / tile_rows),
        bytes(size_of(x.dtype())) {}
  int64_t rows, columns, pixels, runs, parts, bytes;

  struct Tile {
    int64_t part, column, offset;  // offset: of its first element, in bytes
    Columns shape;
  };
  // f(tile) for all of them, shared out among the threads; `backwards`: those read last come first.
  template <class F> void for_each(bool backwards, F f) const {
    const int64_t elements = std::min(rows, tile_rows) * std::min(columns, column_run), all = runs * parts;
    parallel_for(all, std::max<int64_t>(1, cheap_grain / elements), [&](int64_t begin, int64_t end) {
      for (int64_t k = begin; k < end; k++) {
        const int64_t i = backwards ? begin + end - 1 - k : k, part = i / runs, row = part * tile_rows, column = i % runs * column_run;
        f(Tile{part, column, (row * columns + column) * bytes, {std::min(tile_rows, rows - row), std::min(column_run, columns - column), columns}});
      }
      end_stream();
    });
  }
  template <class F> void for_each_channel(int64_t channels, F f) const {
    parallel_for(channels, std::max<int64_t>(1, 2048 / (pixels * parts)), [&](int64_t begin, int64_t end) {
      for (int64_t c = begin; c < end; c++) f(c);
    });
  }
};
std::byte* at(const Array& a, const Tiles::Tile& t) { return static_cast<std::byte*>(a.raw()) + t.offset; }

// `count` numbers of each column, uninitialised at first: line i begins at line(i).
class Lines {
 public:
  Lines(int64_t count, int64_t columns) : columns_((columns + 15) / 16 * 16), values_({count, columns_}, f32) {}  // aligned
  float* line(int64_t i) const { return values_.ptr<float>() + i * columns_; }
  void fill(int64_t i, int64_t first, int64_t n, float value) const { std::fill_n(line(i) + first, n, value); }
 private:
  int64_t columns_;
  Array values_;
};
// The parameters of channel c, for each of its columns.
void set(const Lines& lines, const Channels& channels, int64_t c, int64_t pixels) {
  lines.fill(0, c * pixels, pixels, channels.mean[size_t(c)]);
  lines.fill(1, c * pixels, pixels, channels.scale(c));
  lines.fill(2, c * pixels, pixels, channels.bias[size_t(c)]);
}
ColumnParameters from(const Lines& l, int64_t column) { return {l.line(0) + column, l.line(1) + column, l.line(2) + column}; }

// Columns of `rows` numbers each, taken together.
void merge_columns(Moments& total, const ColumnMoments& f, int64_t columns, double rows) {
  double mean = 0, squares = 0;
  for (int64_t j = 0; j < columns; j++) mean += double(f.center[j]) + double(f.sum[j]) / rows;
  mean /= double(columns);
  for (int64_t j = 0; j < columns; j++) {
    const double s = double(f.sum[j]) / rows, within = double(f.squares[j]) - s * s * rows, difference = double(f.center[j]) + s - mean;
    squares += (within < 0 ? 0 : within) + rows * (difference * difference);
  }
  total.merge({rows * double(columns), mean, squares});
}

}  // namespace

void columns_forward(const Array& x, const Array& y, Channels& channels, bool past_caches) {
  const Tiles tiles(x);
  const bool training = channels.rule.training;
  const Lines found(training ? 3 * tiles.parts : 0, tiles.columns), lines(3, tiles.columns);
  const auto moments = [&](int64_t part, int64_t column) {
    return ColumnMoments{found.line(3 * part) + column, found.line(3 * part + 1) + column, found.line(3 * part + 2) + column};
  };
  if (training) tiles.for_each(false, [&](const Tiles::Tile& t) { column_moments(x.dtype(), at(x, t), t.shape, moments(t.part, t.column)); });
  tiles.for_each_channel(channels.count(), [&](int64_t c) {
    Moments total;
    for (int64_t part = 0; part < tiles.parts && training; part++)
      merge_columns(total, moments(part, c * tiles.pixels), tiles.pixels, double(std::min(tile_rows, tiles.rows - part * tile_rows)));
    training ? channels.measured(c, total) : channels.remembered(c);
    set(lines, channels, c, tiles.pixels);
  });
  tiles.for_each(true, [&](const Tiles::Tile& t) {
    column_normalise(x.dtype(), at(x, t), at(y, t), t.shape, from(lines, t.column), channels.rule.relu, past_caches);
  });
}

void columns_backward(const Array& x, const Array& dy, const Array& dx, Channels& channels, bool sums_wanted, bool past_caches) {
  const Tiles tiles(x);
  const bool relu = channels.rule.relu;
  const Lines found(sums_wanted ? 2 * tiles.parts : 0, tiles.columns), lines(3, tiles.columns), gradient(3, tiles.columns);
  tiles.for_each_channel(channels.count(), [&](int64_t c) { set(lines, channels, c, tiles.pixels); });
  if (sums_wanted)
    tiles.for_each(false, [&](const Tiles::Tile& t) {
      float *sums = found.line(2 * t.part) + t.column, *products = found.line(2 * t.part + 1) + t.column;
      std::fill_n(sums, t.shape.columns, 0.0f);
      std::fill_n(products, t.shape.columns, 0.0f);
      column_grad_sums(x.dtype(), at(x, t), at(dy, t), t.shape, from(lines, t.column), relu, sums, products);
    });
  tiles.for_each_channel(channels.count(), [&](int64_t c) {
    const int64_t first = c * tiles.pixels;
    for (int64_t part = 0; part < tiles.parts && sums_wanted; part++)
      for (int64_t j = first; j < first + tiles.pixels; j++) {
        channels.sums[size_t(c)] += double(found.line(2 * part)[j]);
        channels.products[size_t(c)] += double(found.line(2 * part + 1)[j]);
      }
    const Channels::Gradient g = channels.gradient(c);
    gradient.fill(0, first, tiles.pixels, g.a);
    gradient.fill(1, first, tiles.pixels, g.b);
    gradient.fill(2, first, tiles.pixels, g.c);
  });
  tiles.for_each(true, [&](const Tiles::Tile& t) {
    const ColumnGradient g = {gradient.line(0) + t.column, gradient.line(1) + t.column, gradient.line(2) + t.column};
    column_grad(x.dtype(), at(x, t), at(dy, t), at(dx, t), t.shape, from(lines, t.column), g, relu, past_caches);
  });
}

}  // namespace cairn::cpu
