// The vector loops of normalisation. All arithmetic is in f32; memory holds f32 or bf16, a `DType` says which.
//
// Batch norm sweeps units of 16 elements. Images blocked by channels have 16 channels (or twice 8) in a unit; a channel of strided images
// is a run of units in which all 16 lanes belong to it. One loop serves both, because its constants come as 16 numbers, one a lane.
// Matrices [N, C] and images of few pixels are worked on in columns, with constants of each.
//
// past_caches: the result is written past the caches; it begins at a multiple of 64 bytes, and end_stream() comes before anybody reads it.
#pragma once

#include <cstdint>

#include <cairn/tensor/dtype.h>

namespace cairn::cpu {

constexpr int64_t unit = 16;

// `rows` rows of `items` items; each has `units` units and at the end a shorter one of `tail` elements (0: none).
struct Sweep {
  int64_t rows, items, units, tail;
};
// Where the first one begins, and how many elements there are from row to row, and from item to item.
struct Place {
  void* p;
  int64_t row, item;
};

// y = f((x - mean) scale + shift), f = relu or the identity.
struct UnitParameters {
  alignas(64) float mean[unit], scale[unit], shift[unit];
};
// dx = g a - (x - mean) b - c
struct UnitGradient {
  alignas(64) float a[unit], b[unit], c[unit];
};

// All of these have constants and sums for each item: u[items], sum[items * unit].
// sum += x - center, squares += (x - center)^2, lane by lane. A few hundred units an item at a time: the sums are f32.
void sweep_moments(DType t, const Place& x, const Sweep& s, const float* center, float* sum, float* squares);
void sweep_normalise(DType t, const Place& x, const Place& y, const Sweep& s, const UnitParameters* u, bool relu, bool past_caches);
// g = dy, with relu only where y > 0. sum += g, product += g (x - mean).
void sweep_grad_sums(DType t, const Place& x, const Place& dy, const Sweep& s, const UnitParameters* u, bool relu, float* sum, float* product);
void sweep_grad(DType t, const Place& x, const Place& dy, const Place& dx, const Sweep& s, const UnitParameters* u, const UnitGradient* g, bool relu,
                bool past_caches);

// Columns: rows of `columns` elements (at most column_run), `stride` elements from row to row; each column has constants of its own.
constexpr int64_t column_run = 1024;
struct Columns {
  int64_t rows, columns, stride;
};
struct ColumnParameters {
  const float *mean, *scale, *shift;
};
struct ColumnGradient {
  const float *a, *b, *c;
};
// Sums of the differences from a number near the mean, which is chosen here, and of their squares, for each column. At most a few hundred rows.
struct ColumnMoments {
  float *center, *sum, *squares;
};
void column_moments(DType t, const void* x, const Columns& m, const ColumnMoments& found);
void column_normalise(DType t, const void* x, void* y, const Columns& m, const ColumnParameters& p, bool relu, bool past_caches);
// As sweep_grad_sums.
void column_grad_sums(DType t, const void* x, const void* dy, const Columns& m, const ColumnParameters& p, bool relu, float* sums, float* products);
void column_grad(DType t, const void* x, const void* dy, void* dx, const Columns& m, const ColumnParameters& p, const ColumnGradient& g, bool relu,
                 bool past_caches);

// Rows of n numbers, each element with a scale and shift of its own (null: 1 and 0): layer norm.
struct RowMoments {
  double mean, var;  // biased; not centred: 0 and the mean of the squares
};
RowMoments row_moments(DType t, const void* x, int64_t n, bool centred);
void row_normalise(DType t, const void* x, void* y, int64_t n, float mean, float rstd, const float* scale, const float* shift, bool past_caches);
// sum dy scale and sum dy scale (x - mean); adds dy (x - mean) rstd to dscale and dy to dshift, unless these are null.
struct RowSums {
  double sum, product;
};
RowSums row_grad_sums(DType t, const void* x, const void* dy, int64_t n, float mean, float rstd, const float* scale, float* dscale, float* dshift);
// dx = dy scale a - (x - mean) b - c
struct RowGradient {
  float a, b, c;
};
void row_grad(DType t, const void* x, const void* dy, void* dx, int64_t n, float mean, const float* scale, const RowGradient& g, bool past_caches);

}  // namespace cairn::cpu
