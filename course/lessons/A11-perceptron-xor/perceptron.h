// What A11's figures and its experiment share: points on a plane, the rule of 1958 in the form that corrects errors, and lines.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include <cairn/base/random.h>

namespace cairn::course::a11 {

struct Points {
  std::vector<double> x, y;
  std::vector<int> label;  // -1, +1
  size_t size() const { return x.size(); }
};

struct Weights {
  double bias = 0, x = 0, y = 0;
  double sum(double px, double py) const { return bias + x * px + y * py; }
};

// Points of the square from -1 to 1 on both sides of a slanted line, each at least `margin` away from it; below 0 the classes overlap by as
// much.
inline Points separated(int n, double margin, uint64_t seed) {
  Random random(seed, 11);
  const double a = 0.6, b = 0.8, c = -0.1;
  Points p;
  while (int(p.size()) < n) {
    const double x = 2 * random.uniform() - 1, y = 2 * random.uniform() - 1, d = a * x + b * y + c;
    if (margin >= 0 && std::abs(d) < margin) continue;
    const double noise = margin < 0 ? margin * (2 * random.uniform() - 1) : 0;
    p.x.push_back(x), p.y.push_back(y), p.label.push_back(d + noise > 0 ? 1 : -1);
  }
  return p;
}

inline Points exclusive_or() { return {{0, 0, 1, 1}, {0, 1, 0, 1}, {-1, 1, 1, -1}}; }

// One step of the rule; true when the example was wrong.
inline bool corrected(Weights& w, const Points& p, size_t i, double rate = 1) {
  if (p.label[i] * w.sum(p.x[i], p.y[i]) > 0) return false;
  w.bias += rate * p.label[i];
  w.x += rate * p.label[i] * p.x[i];
  w.y += rate * p.label[i] * p.y[i];
  return true;
}

inline int epoch(Weights& w, const Points& p, double rate = 1) {
  int mistakes = 0;
  for (size_t i = 0; i < p.size(); i++) mistakes += corrected(w, p, i, rate);
  return mistakes;
}

inline int right(const Weights& w, const Points& p) {
  int n = 0;
  for (size_t i = 0; i < p.size(); i++) n += p.label[i] * w.sum(p.x[i], p.y[i]) > 0;
  return n;
}

}  // namespace cairn::course::a11
