// What is known of each channel while a batch norm is computed, and the two ways to go through memory (norm_units.cpp, norm_columns.cpp).
#pragma once

#include <cmath>
#include <vector>

#include <cairn/backend/backend.h>
#include <cairn/backend/cpu/reduce_loops.h>

namespace cairn::cpu {

struct Channels {
  BatchNormRule rule;
  double n = 0;  // numbers in a channel
  std::vector<float> weight, bias, mean, rstd, running_mean, running_var;
  std::vector<double> sums, products;  // of g, and of g (x - mean)
  int64_t count() const { return int64_t(weight.size()); }

  // The statistics of channel c: those of the batch, or the running ones.
  void measured(int64_t c, const Moments& m) {
    const size_t i = size_t(c);
    const double var = m.squares / n, share = rule.momentum;
    running_mean[i] = float((1 - share) * double(running_mean[i]) + share * m.mean);
    running_var[i] = float((1 - share) * double(running_var[i]) + share * var * (n / (n - 1)));
    mean[i] = float(m.mean);
    rstd[i] = float(1 / std::sqrt(var + rule.eps));
  }
  void remembered(int64_t c) {
    mean[size_t(c)] = running_mean[size_t(c)];
    rstd[size_t(c)] = float(1 / std::sqrt(double(running_var[size_t(c)]) + rule.eps));
  }

  // y = (x - mean) scale + bias
  float scale(int64_t c) const { return float(double(weight[size_t(c)]) * double(rstd[size_t(c)])); }
  // dx = g a - (x - mean) b - c
  struct Gradient {
    float a, b, c;
  };
  Gradient gradient(int64_t c) const {
    const size_t i = size_t(c);
    const double r = double(rstd[i]), a = double(weight[i]) * r;
    if (!rule.training) return {float(a), 0, 0};
    return {float(a), float(a * r * r * products[i] / n), float(a * sums[i] / n)};
  }
};

// All arrays in one form: the lanes of blocked images, or row-major. x, y: as x's shape and layout say.
// Units: images, blocked or with many pixels. `form` is of y.
class NormForm;
void units_forward(const NormForm& form, const Array& x, const Array& y, Channels& channels, bool past_caches);
void units_backward(const NormForm& form, const Array& x, const Array& dy, const Array& dx, Channels& channels, bool sums_wanted, bool past_caches);
// Columns: row-major [N, C * pixels] with few pixels.
void columns_forward(const Array& x, const Array& y, Channels& channels, bool past_caches);
void columns_backward(const Array& x, const Array& dy, const Array& dx, Channels& channels, bool sums_wanted, bool past_caches);

}  // namespace cairn::cpu
