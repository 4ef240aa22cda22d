// The vector loops of normalisation. All arithmetic is in f32; memory holds f32 or bf16, a `DType` says which.
//
// Batch norm sweeps units of 16 elements. Images blocked by channels have 16 channels (or twice 8) in a unit; a channel of strided images
// is a run of units in which all 16 lanes belong to it; a matrix [N, C] is cut into columns of 16. One loop serves them all, because its
// constants come as 16 numbers, one a lane.
//
// past_caches: the result is written past the caches; it begins at a multiple of 64 bytes, and end_stream() comes before anybody reads it.
#pragma once

#include <cstdint>

#include <cairn/tensor/dtype.h>

namespace cairn::cpu {

constexpr int64_t unit = 16;

// `rows` rows; in each `units` units, of which the first `lanes` elements count, and at the end a shorter one of `tail` (0: none).
struct Sweep {
  int64_t rows, units, tail;
  int64_t lanes = unit;
};
// Where the first element of a row lies; in elements: from row to row, from unit to unit.
struct Place {
  void* p;
  int64_t row, step;
};

// y = f((x - mean) scale + shift), f = relu or the identity.
struct UnitParameters {
  alignas(64) float mean[unit], scale[unit], shift[unit];
};
// dx = g a - (x - mean) b - c
struct UnitGradient {
  alignas(64) float a[unit], b[unit], c[unit];
};

// sum += x - center, squares += (x - center)^2, lane by lane. A few hundred units at a time: the sums are f32.
void sweep_moments(DType t, const Place& x, const Sweep& s, const float* center, float* sum, float* squares);
void sweep_normalise(DType t, const Place& x, const Place& y, const Sweep& s, const UnitParameters& u, bool relu, bool past_caches);
// g = dy, with relu only where y > 0. sum += g, product += g (x - mean).
void sweep_grad_sums(DType t, const Place& x, const Place& dy, const Sweep& s, const UnitParameters& u, bool relu, float* sum, float* product);
void sweep_grad(DType t, const Place& x, const Place& dy, const Place& dx, const Sweep& s, const UnitParameters& u, const UnitGradient& g, bool relu,
                bool past_caches);

// Rows of n numbers, each element with a scale and shift of its own (null: 1 and 0): layer norm.
struct RowMoments {
  double mean, var;  // biased; not centred: 0 and the mean of the squares
};
RowMoments row_moments(DType t, const void* x, int64_t n, bool centred);
void row_normalise(DType t, const void* x, void* y, int64_t n, float mean, float rstd, const float* scale, const float* shift, bool past_caches);
// sum dy scale and sum dy scale (x - mean); adds dy (x - mean) rstd to dscale and dy to dshift where they are not null.
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
