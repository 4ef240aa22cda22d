// The vector loops of reductions and of everything that works on whole rows (softmax, cross-entropy). All pointers are to f32.
#pragma once

#include <cstdint>

namespace cairn::cpu {

// Loops of several operations a vector keep too few loads waiting for memory. Where a large array is read from there, they are told to
// fetch what they will need this many floats later; 0 where x may be in the caches.
constexpr int64_t far_ahead = 2048;

enum class Term { value, absolute, square, difference, deviation };  // the last two: x - center, (x - center)^2

// Sum of a row. Blocks of 1024 are summed in vector lanes, a dozen or so additions each, and the blocks in double: 1e7 numbers of one sign
// keep seven digits.
double row_sum(Term term, const float* x, int64_t n, float center);
// Mean and sum of squared differences from it, in one reading: NaN or infinite where x is. n >= 1.
struct Moments {
  double n = 0, mean = 0, squares = 0;
  // Those of both together (Chan, Golub, LeVeque 1979).
  void merge(const Moments& o);
};
Moments row_moments(const float* x, int64_t n, int64_t ahead = 0);
double row_double_sum(const float* x, int64_t n);  // in double from the beginning
// y_i = start + x_0 + ... + x_i (reverse: start + x_i + ... + x_{n-1}), added up in double; returns the last. The order of additions
// depends on n and on the place of y within 64 bytes.
double row_running_sums(const float* x, float* y, int64_t n, double start, bool reverse, bool past_caches);
// sums[j] += the sum of column j; centers: one for each column, or null.
void column_sums(Term term, const float* x, int64_t row_stride, int64_t rows, int64_t columns, const float* centers, double* sums);
// The largest (or smallest); NaN when there is one. n >= 1.
float row_extreme(bool largest, const float* x, int64_t n, int64_t ahead = 0);
void column_extremes(bool largest, const float* x, int64_t row_stride, int64_t rows, int64_t columns, float* extremes);
int64_t row_arg_extreme(bool largest, const float* x, int64_t n, int64_t ahead = 0);  // the first place of row_extreme
bool row_finite(const float* x, int64_t n);

// m = max x, sum exp(x - m): the two halves of log sum exp(x) = m + log(sum). m infinite: sum is not computed (1).
struct MaxAndSum {
  float max;
  double sum;
};
MaxAndSum row_max_and_sum(const float* x, int64_t n);
void row_softmax(const float* x, float* y, int64_t n);
void row_log_softmax(const float* x, float* y, int64_t n);
void row_softmax_grad(const float* y, const float* dy, float* dx, int64_t n);
void row_log_softmax_grad(const float* y, const float* dy, float* dx, int64_t n);
// dx_j = a exp(x_j - lse) - b w_j;  w: all 1 when null.
void row_cross_entropy_grad(const float* x, float lse, float a, float b, const float* w, float* dx, int64_t n);

}  // namespace cairn::cpu
