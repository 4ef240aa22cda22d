#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "answer.h"

// ---- 1. the loss

double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); i++) {
    const double* row = &z[i * classes];
    const double top = *std::max_element(row, row + classes);
    double total = 0;
    for (std::size_t c = 0; c < classes; c++) total += std::exp(row[c] - top);
    sum += top + std::log(total) - row[y[i]];
  }
  return sum / double(y.size());
}

std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  std::vector<double> dz(z.size());
  for (std::size_t i = 0; i < y.size(); i++) {
    const double* row = &z[i * classes];
    double* d = &dz[i * classes];
    const double top = *std::max_element(row, row + classes);
    double total = 0;
    for (std::size_t c = 0; c < classes; c++) total += d[c] = std::exp(row[c] - top);
    for (std::size_t c = 0; c < classes; c++) d[c] /= total * double(y.size());
    d[y[i]] -= 1 / double(y.size());
  }
  return dz;
}

// ---- a layer: of pictures (float) or of hidden units (double). Inputs outermost, so that a row of w is read once for all of a batch, and outputs
// innermost, so that the compiler does several of them at once. Many inputs are 0: dark pixels, units that relu has cut off.

template <class T>
std::vector<double> layer(const std::vector<T>& x, std::size_t inputs, const std::vector<double>& w, const std::vector<double>& b) {
  const std::size_t n = x.size() / inputs, outputs = b.size();
  std::vector<double> z(n * outputs);
  for (std::size_t i = 0; i < n; i++) std::copy(b.begin(), b.end(), &z[i * outputs]);
  for (std::size_t j = 0; j < inputs; j++)
    for (std::size_t i = 0; i < n; i++) {
      const double v = x[i * inputs + j];
      if (v == 0) continue;
      for (std::size_t k = 0; k < outputs; k++) z[i * outputs + k] += v * w[j * outputs + k];
    }
  return z;
}

template <class T>
void layer_gradient(const std::vector<T>& x, std::size_t inputs, const std::vector<double>& dz, std::vector<double>& dw, std::vector<double>& db) {
  const std::size_t n = x.size() / inputs, outputs = dz.size() / n;
  dw.assign(inputs * outputs, 0.0);
  db.assign(outputs, 0.0);
  for (std::size_t j = 0; j < inputs; j++)
    for (std::size_t i = 0; i < n; i++) {
      const double v = x[i * inputs + j];
      if (v == 0) continue;
      for (std::size_t k = 0; k < outputs; k++) dw[j * outputs + k] += v * dz[i * outputs + k];
    }
  for (std::size_t i = 0; i < n; i++)
    for (std::size_t k = 0; k < outputs; k++) db[k] += dz[i * outputs + k];
}

// ---- 2. softmax regression

std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) { return layer(p.x, m.inputs, m.w, m.b); }

Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  Softmax g = m;
  layer_gradient(p.x, m.inputs, cross_entropy_gradient(softmax_logits(m, p), p.y, m.classes), g.w, g.b);
  return g;
}

// ---- 3. the network

std::vector<double> hidden_units(const Mlp& m, const Pictures& p) {
  std::vector<double> h = layer(p.x, m.inputs, m.w1, m.b1);
  for (double& v : h) v = std::max(v, 0.0);
  return h;
}

std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) { return layer(hidden_units(m, p), m.hidden, m.w2, m.b2); }

Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  const std::vector<double> h = hidden_units(m, p);
  const std::vector<double> dz = cross_entropy_gradient(layer(h, m.hidden, m.w2, m.b2), p.y, m.classes);
  Mlp g = m;
  layer_gradient(h, m.hidden, dz, g.w2, g.b2);
  std::vector<double> dh(h.size());
  for (std::size_t i = 0; i < p.count(); i++)
    for (std::size_t j = 0; j < m.hidden; j++) {
      if (h[i * m.hidden + j] <= 0) continue;
      for (std::size_t c = 0; c < m.classes; c++) dh[i * m.hidden + j] += dz[i * m.classes + c] * m.w2[j * m.classes + c];
    }
  layer_gradient(p.x, m.inputs, dh, g.w1, g.b1);
  return g;
}

Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> first(0, std::sqrt(2.0 / double(inputs))), second(0, std::sqrt(2.0 / double(hidden)));
  Mlp m;
  m.inputs = inputs, m.hidden = hidden, m.classes = classes;
  for (std::size_t i = 0; i < inputs * hidden; i++) m.w1.push_back(first(random));
  for (std::size_t i = 0; i < hidden * classes; i++) m.w2.push_back(second(random));
  m.b1.assign(hidden, 0.0);
  m.b2.assign(classes, 0.0);
  return m;
}

// ---- 4. training

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < n; i++) order.push_back(i);
  std::mt19937_64 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  return order;
}

// Pictures order[from] to order[to - 1].
Pictures some_of(const Pictures& p, const std::vector<std::size_t>& order, std::size_t from, std::size_t to) {
  Pictures some{p.channels, p.height, p.width, {}, {}};
  for (std::size_t i = from; i < to; i++) {
    const float* x = &p.x[order[i] * p.size()];
    some.x.insert(some.x.end(), x, x + p.size());
    some.y.push_back(p.y[order[i]]);
  }
  return some;
}

void move(std::vector<double>& weights, const std::vector<double>& gradient, double rate) {
  for (std::size_t i = 0; i < weights.size(); i++) weights[i] -= rate * gradient[i];
}

// step(batch) moves the model and returns the batch's mean loss before it.
template <class Step> void train(const Pictures& p, const Schedule& s, const Report& report, const Step& step) {
  for (int epoch = 0; epoch < s.epochs; epoch++) {
    const std::vector<std::size_t> order = shuffled(p.count(), s.seed + std::uint64_t(epoch));
    double sum = 0;
    for (std::size_t from = 0; from < p.count(); from += s.batch) {
      const std::size_t to = std::min(from + s.batch, p.count());
      sum += step(some_of(p, order, from, to)) * double(to - from);
    }
    report(sum / double(p.count()));
  }
}

void train_softmax(Softmax& m, const Pictures& p, const Schedule& s, const Report& report) {
  train(p, s, report, [&](const Pictures& batch) {
    const double loss = cross_entropy(softmax_logits(m, batch), batch.y, m.classes);
    const Softmax g = softmax_gradient(m, batch);
    move(m.w, g.w, s.rate);
    move(m.b, g.b, s.rate);
    return loss;
  });
}

void train_mlp(Mlp& m, const Pictures& p, const Schedule& s, const Report& report) {
  train(p, s, report, [&](const Pictures& batch) {
    const double loss = cross_entropy(mlp_logits(m, batch), batch.y, m.classes);
    const Mlp g = mlp_gradient(m, batch);
    move(m.w1, g.w1, s.rate);
    move(m.b1, g.b1, s.rate);
    move(m.w2, g.w2, s.rate);
    move(m.b2, g.b2, s.rate);
    return loss;
  });
}

// ---- 5. real pictures

std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  std::vector<int> list;
  for (std::size_t i = 0; i < z.size(); i += classes) list.push_back(int(std::max_element(&z[i], &z[i] + classes) - &z[i]));
  return list;
}

Pictures halved(const Pictures& p) {
  Pictures small{p.channels, p.height / 2, p.width / 2, {}, p.y};
  for (std::size_t row = 0; row < p.x.size() / p.width; row += 2)
    for (std::size_t column = 0; column < p.width; column += 2) {
      const float* at = &p.x[row * p.width + column];
      small.x.push_back((at[0] + at[1] + at[p.width] + at[p.width + 1]) / 4);
    }
  return small;
}

// Colour pictures are halved, for time, and their values moved around 0; grey ones have a dark ground, and 0 is a good value for it.
Pictures prepared(const Pictures& p) {
  if (p.channels == 1) return p;
  Pictures small = halved(p);
  for (float& v : small.x) v = 2 * v - 1;
  return small;
}

std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  const Pictures known = prepared(train);
  Softmax m{known.size(), 10, std::vector<double>(known.size() * 10), std::vector<double>(10)};
  train_softmax(m, known, {5, 64, known.channels == 1 ? 0.1 : 0.01, 1}, report);
  return largest(softmax_logits(m, prepared(unknown)), m.classes);
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  const Pictures known = prepared(train);
  Mlp m = random_mlp(known.size(), 96, 10, 1);
  train_mlp(m, known, {10, 32, known.channels == 1 ? 0.1 : 0.03, 1}, report);
  return largest(mlp_logits(m, prepared(unknown)), m.classes);
}
