// The same picture by picture, with a generator and shuffles of its own, and a learning rate that falls.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "answer.h"

// splitmix64: a whole number from another.
struct Dice {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double between(double low, double high) { return low + (high - low) * double(next() >> 11) / 9007199254740992.0; }
};

// log(sum of exp), with one look at the row: what is there so far is scaled whenever a larger logit comes.
double log_sum_exp(const double* row, std::size_t classes) {
  double top = row[0], total = 1;
  for (std::size_t c = 1; c < classes; c++)
    if (row[c] <= top) total += std::exp(row[c] - top);
    else total = total * std::exp(top - row[c]) + 1, top = row[c];
  return top + std::log(total);
}

double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  double mean = 0;
  for (std::size_t i = 0; i < y.size(); i++)
    mean += (log_sum_exp(&z[i * classes], classes) - z[i * classes + std::size_t(y[i])] - mean) / double(i + 1);
  return mean;
}

std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  std::vector<double> d;
  d.reserve(z.size());
  for (std::size_t i = 0; i < y.size(); i++) {
    const double all = log_sum_exp(&z[i * classes], classes);
    for (std::size_t c = 0; c < classes; c++) d.push_back((std::exp(z[i * classes + c] - all) - (c == std::size_t(y[i]))) / double(y.size()));
  }
  return d;
}

// to += factor * from, for `n` numbers.
void add(double* to, const double* from, double factor, std::size_t n) {
  for (std::size_t k = 0; k < n; k++) to[k] += factor * from[k];
}

std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) {
  std::vector<double> z;
  for (std::size_t i = 0; i < p.count(); i++) {
    std::vector<double> row(m.b);
    for (std::size_t j = 0; j < m.inputs; j++) add(row.data(), &m.w[j * m.classes], p.x[i * m.inputs + j], m.classes);
    z.insert(z.end(), row.begin(), row.end());
  }
  return z;
}

// Shares its passes over the pictures with nothing: logits, then one picture after the other back.
Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  const std::vector<double> dz = cross_entropy_gradient(softmax_logits(m, p), p.y, m.classes);
  Softmax g{m.inputs, m.classes, std::vector<double>(m.w.size()), std::vector<double>(m.b.size())};
  for (std::size_t i = 0; i < p.count(); i++) {
    add(g.b.data(), &dz[i * m.classes], 1, m.classes);
    for (std::size_t j = 0; j < m.inputs; j++)
      if (p.x[i * m.inputs + j] != 0) add(&g.w[j * m.classes], &dz[i * m.classes], p.x[i * m.inputs + j], m.classes);
  }
  return g;
}

// The sums of one picture's hidden units before relu.
std::vector<double> sums(const Mlp& m, const float* x) {
  std::vector<double> a(m.b1);
  for (std::size_t j = 0; j < m.inputs; j++)
    if (x[j] != 0) add(a.data(), &m.w1[j * m.hidden], x[j], m.hidden);
  return a;
}

std::vector<double> logits_of(const Mlp& m, const std::vector<double>& a) {
  std::vector<double> z(m.b2);
  for (std::size_t k = 0; k < m.hidden; k++)
    if (a[k] > 0) add(z.data(), &m.w2[k * m.classes], a[k], m.classes);
  return z;
}

std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) {
  std::vector<double> all;
  for (std::size_t i = 0; i < p.count(); i++) {
    const std::vector<double> z = logits_of(m, sums(m, &p.x[i * m.inputs]));
    all.insert(all.end(), z.begin(), z.end());
  }
  return all;
}

Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  Mlp g{m.inputs,
        m.hidden,
        m.classes,
        std::vector<double>(m.w1.size()),
        std::vector<double>(m.hidden),
        std::vector<double>(m.w2.size()),
        std::vector<double>(m.classes)};
  for (std::size_t i = 0; i < p.count(); i++) {
    const float* x = &p.x[i * m.inputs];
    const std::vector<double> a = sums(m, x);
    std::vector<double> dz = cross_entropy_gradient(logits_of(m, a), {p.y[i]}, m.classes), da(m.hidden);
    for (double& d : dz) d /= double(p.count());
    add(g.b2.data(), dz.data(), 1, m.classes);
    for (std::size_t k = 0; k < m.hidden; k++) {
      if (a[k] <= 0) continue;
      add(&g.w2[k * m.classes], dz.data(), a[k], m.classes);
      da[k] = std::inner_product(dz.begin(), dz.end(), &m.w2[k * m.classes], 0.0);
    }
    add(g.b1.data(), da.data(), 1, m.hidden);
    for (std::size_t j = 0; j < m.inputs; j++)
      if (x[j] != 0) add(&g.w1[j * m.hidden], da.data(), x[j], m.hidden);
  }
  return g;
}

Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  Dice dice{seed * 7919 + 17};
  Mlp m{inputs,
        hidden,
        classes,
        std::vector<double>(inputs * hidden),
        std::vector<double>(hidden),
        std::vector<double>(hidden * classes),
        std::vector<double>(classes)};
  // An even spread from -r to r has the deviation r / sqrt(3).
  const double r1 = std::sqrt(6.0 / double(inputs)), r2 = std::sqrt(6.0 / double(hidden));
  for (double& w : m.w1) w = dice.between(-r1, r1);
  for (double& w : m.w2) w = dice.between(-r2, r2);
  return m;
}

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Dice dice{seed};
  for (std::size_t left = n; left > 1; left--) std::swap(order[left - 1], order[dice.next() % left]);
  return order;
}

// The batches of an epoch, one after the other.
struct Batches {
  const Pictures& p;
  std::vector<std::size_t> order;
  std::size_t size, at = 0;
  Batches(const Pictures& p, std::size_t size, std::uint64_t seed) : p(p), order(shuffled(p.count(), seed)), size(size) {}
  bool next(Pictures& batch) {
    batch = Pictures{p.channels, p.height, p.width, {}, {}};
    for (; batch.y.size() < size && at < order.size(); at++) {
      batch.y.push_back(p.y[order[at]]);
      batch.x.insert(batch.x.end(), p.x.begin() + std::ptrdiff_t(order[at] * p.size()), p.x.begin() + std::ptrdiff_t((order[at] + 1) * p.size()));
    }
    return !batch.y.empty();
  }
};

void train_softmax(Softmax& m, const Pictures& p, const Schedule& s, const Report& report) {
  for (int epoch = 1; epoch <= s.epochs; epoch++) {
    double total = 0;
    Pictures batch;
    for (Batches all(p, s.batch, s.seed * 1000003 + std::uint64_t(epoch)); all.next(batch);) {
      total += cross_entropy(softmax_logits(m, batch), batch.y, m.classes) * double(batch.y.size());
      const Softmax g = softmax_gradient(m, batch);
      add(m.w.data(), g.w.data(), -s.rate, m.w.size());
      add(m.b.data(), g.b.data(), -s.rate, m.b.size());
    }
    report(total / double(p.count()));
  }
}

void train_mlp(Mlp& m, const Pictures& p, const Schedule& s, const Report& report) {
  for (int epoch = 1; epoch <= s.epochs; epoch++) {
    double total = 0;
    Pictures batch;
    for (Batches all(p, s.batch, s.seed * 1000003 + std::uint64_t(epoch)); all.next(batch);) {
      total += cross_entropy(mlp_logits(m, batch), batch.y, m.classes) * double(batch.y.size());
      const Mlp g = mlp_gradient(m, batch);
      for (auto part : {&Mlp::w1, &Mlp::b1, &Mlp::w2, &Mlp::b2}) add((m.*part).data(), (g.*part).data(), -s.rate, (m.*part).size());
    }
    report(total / double(p.count()));
  }
}

std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  std::vector<int> list;
  for (std::size_t i = 0; i < z.size(); i += classes) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < classes; c++)
      if (z[i + c] > z[i + best]) best = c;
    list.push_back(int(best));
  }
  return list;
}

Pictures halved(const Pictures& p) {
  Pictures half{p.channels, p.height / 2, p.width / 2, {}, p.y};
  const std::size_t planes = p.count() * p.channels;
  half.x.resize(planes * half.height * half.width);
  for (std::size_t plane = 0; plane < planes; plane++)
    for (std::size_t r = 0; r < p.height; r++)
      for (std::size_t c = 0; c < p.width; c++)
        half.x[(plane * half.height + r / 2) * half.width + c / 2] += 0.25f * p.x[(plane * p.height + r) * p.width + c];
  return half;
}

// Everything is halved; the mean of all values becomes 0.
Pictures ready(const Pictures& p, float& mean) {
  Pictures half = halved(p);
  if (mean < 0) mean = float(std::accumulate(half.x.begin(), half.x.end(), 0.0) / double(half.x.size()));
  for (float& v : half.x) v -= mean;
  return half;
}

std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  float mean = -1;
  const Pictures known = ready(train, mean);
  Softmax m{known.size(), 10, std::vector<double>(known.size() * 10), std::vector<double>(10)};
  const double rate = train.channels == 1 ? 0.4 : 0.1;
  for (int epoch = 0; epoch < 6; epoch++) train_softmax(m, known, {1, 50, rate / (1 + epoch), std::uint64_t(epoch)}, report);
  return largest(softmax_logits(m, ready(unknown, mean)), 10);
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  float mean = -1;
  const Pictures known = ready(train, mean);
  Mlp m = random_mlp(known.size(), 120, 10, 3);
  for (int epoch = 0; epoch < 10; epoch++) train_mlp(m, known, {1, 25, 0.1 / (1 + 0.3 * epoch), std::uint64_t(epoch)}, report);
  return largest(mlp_logits(m, ready(unknown, mean)), 10);
}
