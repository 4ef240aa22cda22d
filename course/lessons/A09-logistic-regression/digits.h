// A09: two kinds of the shipped digits (8 x 8 counts of pixels), and a logistic regression by descent.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include <cairn/data/registry.h>

namespace cairn::course::a09 {

struct Rows {
  std::vector<std::vector<double>> x;  // 64 pixels, 0 to 1
  std::vector<double> y;               // 1: the second digit
};
struct Pair {
  Rows train, test;  // every fourth picture of the two kinds is kept apart
};
inline Pair pair_of(int64_t zero, int64_t one) {
  const Labelled table = load_dataset("digits", "all");
  const std::vector<double> pixels = table.x.to_vector<double>();
  const std::vector<int64_t> digit = table.y.to_vector<int64_t>();
  Pair pair;
  int64_t count = 0;
  for (size_t i = 0; i < digit.size(); i++) {
    if (digit[i] != zero && digit[i] != one) continue;
    Rows& rows = count++ % 4 == 3 ? pair.test : pair.train;
    rows.x.emplace_back();
    for (size_t j = 0; j < 64; j++) rows.x.back().push_back(pixels[i * 64 + j] / 16);
    rows.y.push_back(digit[i] == one);
  }
  return pair;
}

struct Model {
  std::vector<double> w = std::vector<double>(64, 0.0);
  double b = 0;
  double logit(const std::vector<double>& x) const {
    double z = b;
    for (size_t j = 0; j < w.size(); j++) z += w[j] * x[j];
    return z;
  }
};
inline double sigmoid(double z) { return 1 / (1 + std::exp(-z)); }
inline double cost(double z, double y) { return std::max(z, 0.0) - z * y + std::log1p(std::exp(-std::abs(z))); }
inline double loss(const Model& m, const Rows& rows) {
  double sum = 0;
  for (size_t i = 0; i < rows.y.size(); i++) sum += cost(m.logit(rows.x[i]), rows.y[i]) / double(rows.y.size());
  return sum;
}
inline void step(Model& m, const Rows& rows, double rate) {
  std::vector<double> g(64, 0.0);
  double gb = 0;
  for (size_t i = 0; i < rows.y.size(); i++) {
    const double e = (sigmoid(m.logit(rows.x[i])) - rows.y[i]) / double(rows.y.size());
    for (size_t j = 0; j < 64; j++) g[j] += e * rows.x[i][j];
    gb += e;
  }
  for (size_t j = 0; j < 64; j++) m.w[j] -= rate * g[j];
  m.b -= rate * gb;
}
inline Model trained(const Rows& rows, double rate, int steps) {
  Model m;
  for (int i = 0; i < steps; i++) step(m, rows, rate);
  return m;
}
inline std::vector<double> logits(const Model& m, const Rows& rows) {
  std::vector<double> z;
  for (const auto& x : rows.x) z.push_back(m.logit(x));
  return z;
}

// Shares of the ones, and of the zeros, whose logit is at least `threshold`.
struct Rates {
  double right = 0, wrong = 0;
};
inline Rates rates(const std::vector<double>& z, const std::vector<double>& y, double threshold) {
  Rates r;
  double ones = 0, zeros = 0;
  for (size_t i = 0; i < z.size(); i++) {
    (y[i] > 0.5 ? ones : zeros)++;
    if (z[i] >= threshold) (y[i] > 0.5 ? r.right : r.wrong)++;
  }
  return {r.right / std::max(1.0, ones), r.wrong / std::max(1.0, zeros)};
}
inline double accuracy(const std::vector<double>& z, const std::vector<double>& y, double threshold) {
  double right = 0;
  for (size_t i = 0; i < z.size(); i++) right += (z[i] >= threshold) == (y[i] > 0.5);
  return right / double(z.size());
}
// From (0, 0) to (1, 1): the thresholds are the logits that occur.
inline std::vector<Rates> roc(const std::vector<double>& z, const std::vector<double>& y) {
  std::vector<double> levels = z;
  std::sort(levels.rbegin(), levels.rend());
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  std::vector<Rates> curve = {{0, 0}};
  for (const double t : levels) curve.push_back(rates(z, y, t));
  return curve;
}
// The share of pairs (a one, a zero) in which the one has the larger logit; ties count half.
inline double area(const std::vector<double>& z, const std::vector<double>& y) {
  double won = 0, pairs = 0;
  for (size_t i = 0; i < z.size(); i++)
    for (size_t j = 0; j < z.size(); j++)
      if (y[i] > 0.5 && y[j] < 0.5) won += z[i] > z[j] ? 1 : z[i] == z[j] ? 0.5 : 0, pairs++;
  return pairs > 0 ? won / pairs : 0.5;
}

}  // namespace cairn::course::a09
