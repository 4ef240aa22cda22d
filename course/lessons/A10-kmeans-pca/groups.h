// A10: k-means and principal components on plain tables, and the shipped digits as such a table.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <cairn/base/random.h>
#include <cairn/data/registry.h>

namespace cairn::course::a10 {

using Row = std::vector<double>;
using Rows = std::vector<Row>;

struct Digits {
  Rows x;  // 64 pixels, 0 to 1
  std::vector<int64_t> digit;
};
// The first `count` digits, of the ten kinds in turn as they were collected.
inline Digits digits(size_t count) {
  const Labelled table = load_dataset("digits", "all");
  const std::vector<double> pixels = table.x.to_vector<double>();
  Digits d;
  d.digit = table.y.to_vector<int64_t>();
  d.digit.resize(std::min(count, d.digit.size()));
  for (size_t i = 0; i < d.digit.size(); i++) {
    d.x.emplace_back();
    for (size_t j = 0; j < 64; j++) d.x.back().push_back(pixels[i * 64 + j] / 16);
  }
  return d;
}

inline double distance(const Row& a, const Row& b) {
  double s = 0;
  for (size_t j = 0; j < a.size(); j++) s += (a[j] - b[j]) * (a[j] - b[j]);
  return s;
}
struct Groups {
  Rows centres;
  std::vector<int64_t> of;  // the centre of each row
  double cost = 0;          // mean squared distance
};
inline void assign(Groups& g, const Rows& x) {
  g.of.assign(x.size(), 0), g.cost = 0;
  for (size_t i = 0; i < x.size(); i++) {
    double least = std::numeric_limits<double>::infinity();
    for (size_t c = 0; c < g.centres.size(); c++)
      if (const double s = distance(x[i], g.centres[c]); s < least) least = s, g.of[i] = int64_t(c);
    g.cost += least / double(x.size());
  }
}
inline void move(Groups& g, const Rows& x) {
  for (size_t c = 0; c < g.centres.size(); c++) {
    Row sum(x[0].size(), 0.0);
    double count = 0;
    for (size_t i = 0; i < x.size(); i++)
      if (g.of[i] == int64_t(c)) {
        count++;
        for (size_t j = 0; j < sum.size(); j++) sum[j] += x[i][j];
      }
    if (count > 0)
      for (size_t j = 0; j < sum.size(); j++) g.centres[c][j] = sum[j] / count;
  }
}
// Centres on rows that are drawn at random.
inline Groups begin(const Rows& x, size_t k, uint64_t seed) {
  Random random(seed);
  Groups g;
  for (size_t c = 0; c < k; c++) g.centres.push_back(x[std::min(x.size() - 1, size_t(random.uniform() * double(x.size())))]);
  assign(g, x);
  return g;
}
inline Groups grouped(const Rows& x, size_t k, uint64_t seed, int steps) {
  Groups g = begin(x, k, seed);
  for (int i = 0; i < steps; i++) move(g, x), assign(g, x);
  return g;
}

struct Components {
  Row mean;
  Rows directions;  // of length 1, largest variance first
  std::vector<double> variances;
  double all = 0;  // variance of all columns together
};
inline Components components(const Rows& x, size_t count) {
  const size_t d = x[0].size();
  Components p;
  p.mean.assign(d, 0.0);
  for (const Row& r : x)
    for (size_t j = 0; j < d; j++) p.mean[j] += r[j] / double(x.size());
  Rows c(d, Row(d, 0.0));
  for (const Row& r : x)
    for (size_t a = 0; a < d; a++)
      for (size_t b = 0; b < d; b++) c[a][b] += (r[a] - p.mean[a]) * (r[b] - p.mean[b]) / double(x.size());
  for (size_t a = 0; a < d; a++) p.all += c[a][a];
  for (size_t n = 0; n < count; n++) {
    Row v(d);
    for (size_t a = 0; a < d; a++) v[a] = 1 + 0.37 * double(a % 7);
    double variance = 0;
    for (int turn = 0; turn < 150; turn++) {
      Row next(d, 0.0);
      double length = 0;
      for (size_t a = 0; a < d; a++) {
        for (size_t b = 0; b < d; b++) next[a] += c[a][b] * v[b];
        length += next[a] * next[a];
      }
      variance = std::sqrt(length);
      if (variance < 1e-12) break;
      for (size_t a = 0; a < d; a++) v[a] = next[a] / variance;
    }
    for (size_t a = 0; a < d; a++)
      for (size_t b = 0; b < d; b++) c[a][b] -= variance * v[a] * v[b];
    p.directions.push_back(v), p.variances.push_back(variance);
  }
  return p;
}
inline double along(const Components& p, const Row& x, size_t n) {
  double s = 0;
  for (size_t j = 0; j < x.size(); j++) s += (x[j] - p.mean[j]) * p.directions[n][j];
  return s;
}
inline Row rebuilt(const Components& p, const Row& x, size_t count) {
  Row r = p.mean;
  for (size_t n = 0; n < count; n++) {
    const double s = along(p, x, n);
    for (size_t j = 0; j < r.size(); j++) r[j] += s * p.directions[n][j];
  }
  return r;
}

}  // namespace cairn::course::a10
