// What the small checks of PA compute with, and how it is shown; of check.cpp alone.
#pragma once

#include <course/machinery/judge/judge.h>

#include <string>
#include <vector>

namespace {

// ---- inputs

struct Logits {
  std::vector<double> z;
  std::vector<int> y;
  size_t classes;
};
struct Linear {
  Softmax m;
  Pictures p;
};
struct Net {
  Mlp m;
  Pictures p;
};

double hundredths(double v) { return std::round(100 * v) / 100; }

std::vector<double> weights(judge::Draw& d, size_t n) {
  std::vector<double> v = d.numbers(int64_t(n), -1, 1);
  for (double& w : v) w = hundredths(w);
  return v;
}

std::vector<int> labels(judge::Draw& d, size_t n, size_t classes) {
  std::vector<int> y;
  for (size_t i = 0; i < n; i++) y.push_back(int(d.integer(0, int64_t(classes) - 1)));
  return y;
}

Logits logits(judge::Draw& d, int64_t n, double size) {
  Logits l{{}, {}, size_t(d.integer(2, 2 + d.size / 4))};
  for (const double v : d.numbers(n * int64_t(l.classes), -size, size)) l.z.push_back(hundredths(v));
  l.y = labels(d, size_t(n), l.classes);
  return l;
}

Pictures some_pictures(judge::Draw& d, size_t n, size_t height, size_t width, size_t classes) {
  Pictures p{1, height, width, {}, labels(d, n, classes)};
  for (size_t i = 0; i < n * height * width; i++) p.x.push_back(float(d.integer(0, 8)) / 8);
  return p;
}

Linear linear(judge::Draw& d) {
  Linear l;
  l.m.classes = size_t(d.integer(2, 2 + d.size / 4));
  l.p = some_pictures(d, size_t(d.integer(1, 1 + d.size / 3)), size_t(d.integer(1, 1 + d.size / 6)), size_t(d.integer(1, 2)), l.m.classes);
  l.m.inputs = l.p.size();
  l.m.w = weights(d, l.m.inputs * l.m.classes);
  l.m.b = weights(d, l.m.classes);
  return l;
}

// What the hidden units add up, before relu.
double sum_before_relu(const Net& n, size_t i, size_t k) {
  double a = n.m.b1[k];
  for (size_t j = 0; j < n.m.inputs; j++) a += double(n.p.x[i * n.m.inputs + j]) * n.m.w1[j * n.m.hidden + k];
  return a;
}

// No sum lies near the corner of relu, where either slope is right.
void keep_from_corner(Net& n) {
  for (size_t k = 0; k < n.m.hidden; k++)
    for (size_t i = 0; i < n.p.count();)
      if (std::abs(sum_before_relu(n, i, k)) < 0.01) n.m.b1[k] = hundredths(n.m.b1[k] + 0.03), i = 0;
      else i++;
}

Net net(judge::Draw& d) {
  const Linear l = linear(d);
  Net n{{l.m.inputs, size_t(d.integer(1, 1 + d.size / 3)), l.m.classes, {}, {}, {}, {}}, l.p};
  n.m.w1 = weights(d, n.m.inputs * n.m.hidden);
  n.m.b1 = weights(d, n.m.hidden);
  n.m.w2 = weights(d, n.m.hidden * n.m.classes);
  n.m.b2 = weights(d, n.m.classes);
  keep_from_corner(n);
  return n;
}

// ---- how they are shown

std::string rows(const std::vector<double>& v, size_t columns) { return judge::matrix_text(int64_t(v.size() / columns), int64_t(columns), v); }
std::string shown(const Logits& l) {
  return "z = " + rows(l.z, l.classes) + ", y = " + judge::text(l.y) + ", classes = " + std::to_string(l.classes);
}
std::string shown(const Pictures& p) {
  return std::to_string(p.channels) + " x " + std::to_string(p.height) + " x " + std::to_string(p.width) +
         ", p.x = " + rows({p.x.begin(), p.x.end()}, p.size()) + (p.y.empty() ? "" : ", p.y = " + judge::text(p.y));
}
std::string shown(const Linear& l) { return "w = " + rows(l.m.w, l.m.classes) + ", b = " + judge::text(l.m.b) + ", pictures " + shown(l.p); }
std::string shown(const Net& n) {
  return "w1 = " + rows(n.m.w1, n.m.hidden) + ", b1 = " + judge::text(n.m.b1) + ", w2 = " + rows(n.m.w2, n.m.classes) +
         ", b2 = " + judge::text(n.m.b2) + ", pictures " + shown(n.p);
}

}  // namespace
