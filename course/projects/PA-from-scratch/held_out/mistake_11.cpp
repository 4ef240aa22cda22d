// slip: cross_entropy_gradient lacks the division by the number of pictures
// shows: two pictures, z = {0, 0, 0, 0}, y = {0, 0}: -0.5 instead of -0.25 at the first logit
// named: mutants/gradient_sum.cpp
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "answer.h"

// ---- the loss

// The probabilities of one row of logits; gives the logarithm of their common denominator.
static double softmax_row(const double* z, std::size_t classes, double* p) {
  const double top = *std::max_element(z, z + classes);
  double sum = 0;
  for (std::size_t c = 0; c < classes; c++) sum += p[c] = std::exp(z[c] - top);
  for (std::size_t c = 0; c < classes; c++) p[c] /= sum;
  return top + std::log(sum);
}

double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  std::vector<double> p(classes);
  double total = 0;
  for (std::size_t i = 0; i < y.size(); i++) total += softmax_row(&z[i * classes], classes, p.data()) - z[i * classes + std::size_t(y[i])];
  return total / double(y.size());
}

std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  std::vector<double> d(z.size());
  for (std::size_t i = 0; i < y.size(); i++) {
    softmax_row(&z[i * classes], classes, &d[i * classes]);
    d[i * classes + std::size_t(y[i])] -= 1;
  }
  return d;
}

// ---- one linear layer, used by both models: rows of `in` numbers to rows of `out` numbers

template <class X>
static std::vector<double> forward(const X& x, std::size_t rows, std::size_t in, const std::vector<double>& w, const std::vector<double>& b) {
  const std::size_t out = b.size();
  std::vector<double> z(rows * out);
  for (std::size_t i = 0; i < rows; i++) {
    double* row = &z[i * out];
    std::copy(b.begin(), b.end(), row);
    for (std::size_t j = 0; j < in; j++) {
      const double v = x[i * in + j];
      if (v == 0) continue;
      const double* weight = &w[j * out];
      for (std::size_t k = 0; k < out; k++) row[k] += v * weight[k];
    }
  }
  return z;
}

// dz: derivatives for the outputs of the layer. Adds those for w and b to gw and gb.
template <class X>
static void backward(const X& x, std::size_t rows, std::size_t in, const std::vector<double>& dz, std::vector<double>& gw, std::vector<double>& gb) {
  const std::size_t out = gb.size();
  for (std::size_t i = 0; i < rows; i++) {
    const double* d = &dz[i * out];
    for (std::size_t k = 0; k < out; k++) gb[k] += d[k];
    for (std::size_t j = 0; j < in; j++) {
      const double v = x[i * in + j];
      if (v == 0) continue;
      double* g = &gw[j * out];
      for (std::size_t k = 0; k < out; k++) g[k] += v * d[k];
    }
  }
}

// ---- softmax regression

std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) { return forward(p.x, p.count(), p.x.size() / p.count(), m.w, m.b); }

static double softmax_both(const Softmax& m, const Pictures& p, Softmax& g) {
  const std::vector<double> z = softmax_logits(m, p);
  g = m;
  std::fill(g.w.begin(), g.w.end(), 0.0);
  std::fill(g.b.begin(), g.b.end(), 0.0);
  backward(p.x, p.count(), p.x.size() / p.count(), cross_entropy_gradient(z, p.y, m.classes), g.w, g.b);
  return cross_entropy(z, p.y, m.classes);
}

Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  Softmax g;
  softmax_both(m, p, g);
  return g;
}

// ---- the network

static std::vector<double> hidden_values(const Mlp& m, const Pictures& p) {
  std::vector<double> h = forward(p.x, p.count(), m.inputs, m.w1, m.b1);
  for (double& e : h) e = e > 0 ? e : 0.0;
  return h;
}

std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) { return forward(hidden_values(m, p), p.count(), m.hidden, m.w2, m.b2); }

static double mlp_both(const Mlp& m, const Pictures& p, Mlp& g) {
  const std::size_t n = p.count();
  const std::vector<double> h = hidden_values(m, p), z = forward(h, n, m.hidden, m.w2, m.b2);
  const std::vector<double> dz = cross_entropy_gradient(z, p.y, m.classes);
  g = m;
  for (std::vector<double>* v : {&g.w1, &g.b1, &g.w2, &g.b2}) std::fill(v->begin(), v->end(), 0.0);
  backward(h, n, m.hidden, dz, g.w2, g.b2);
  std::vector<double> dh(h.size(), 0.0);
  for (std::size_t i = 0; i < n; i++)
    for (std::size_t j = 0; j < m.hidden; j++) {
      if (h[i * m.hidden + j] <= 0) continue;  // the mask of relu
      for (std::size_t c = 0; c < m.classes; c++) dh[i * m.hidden + j] += dz[i * m.classes + c] * m.w2[j * m.classes + c];
    }
  backward(p.x, n, m.inputs, dh, g.w1, g.b1);
  return cross_entropy(z, p.y, m.classes);
}

Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  Mlp g;
  mlp_both(m, p, g);
  return g;
}

Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  Mlp m;
  m.inputs = inputs, m.hidden = hidden, m.classes = classes;
  m.w1.resize(inputs * hidden), m.b1.assign(hidden, 0.0), m.w2.resize(hidden * classes), m.b2.assign(classes, 0.0);
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> first(0, std::sqrt(2.0 / double(inputs))), second(0, std::sqrt(2.0 / double(hidden)));
  for (double& e : m.w1) e = first(generator);
  for (double& e : m.w2) e = second(generator);
  return m;
}

// ---- training

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n; i++) order[i] = i;
  std::mt19937_64 generator(seed);
  for (std::size_t left = n; left > 1; left--) {
    std::uniform_int_distribution<std::size_t> draw(0, left - 1);
    std::swap(order[left - 1], order[draw(generator)]);
  }
  return order;
}

static Pictures chosen(const Pictures& p, const std::vector<std::size_t>& order, std::size_t from, std::size_t to) {
  const std::size_t size = p.x.size() / p.count();
  Pictures b;
  b.channels = p.channels, b.height = p.height, b.width = p.width;
  for (std::size_t k = from; k < to; k++) {
    const auto start = p.x.begin() + std::ptrdiff_t(order[k] * size);
    b.x.insert(b.x.end(), start, start + std::ptrdiff_t(size));
    b.y.push_back(p.y[order[k]]);
  }
  return b;
}

static void move_by(std::vector<double>& v, const std::vector<double>& g, double rate) {
  for (std::size_t k = 0; k < v.size(); k++) v[k] -= rate * g[k];
}

// step(batch) does one step and gives the batch's mean loss before it.
template <class Step> static void epochs(const Pictures& p, const Schedule& s, const Report& report, Step step) {
  const std::size_t n = p.count(), size = std::size_t(s.batch);
  for (std::size_t epoch = 0; epoch < std::size_t(s.epochs); epoch++) {
    const std::vector<std::size_t> order = shuffled(n, std::uint64_t(s.seed) * 1000003 + epoch);
    double sum = 0;
    for (std::size_t from = 0; from < n; from += size) {
      const std::size_t to = std::min(n, from + size);
      sum += step(chosen(p, order, from, to)) * double(to - from);
    }
    report(sum / double(n));
  }
}

void train_softmax(Softmax& m, const Pictures& p, const Schedule& s, const Report& report) {
  Softmax g;
  epochs(p, s, report, [&](const Pictures& batch) {
    const double loss = softmax_both(m, batch, g);
    move_by(m.w, g.w, s.rate), move_by(m.b, g.b, s.rate);
    return loss;
  });
}

void train_mlp(Mlp& m, const Pictures& p, const Schedule& s, const Report& report) {
  Mlp g;
  epochs(p, s, report, [&](const Pictures& batch) {
    const double loss = mlp_both(m, batch, g);
    move_by(m.w1, g.w1, s.rate), move_by(m.b1, g.b1, s.rate);
    move_by(m.w2, g.w2, s.rate), move_by(m.b2, g.b2, s.rate);
    return loss;
  });
}

// ---- real pictures

std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  std::vector<int> said;
  for (std::size_t i = 0; i < z.size(); i += classes) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < classes; c++)
      if (z[i + c] > z[i + best]) best = c;
    said.push_back(int(best));
  }
  return said;
}

Pictures halved(const Pictures& p) {
  Pictures q = p;
  q.height = p.height / 2, q.width = p.width / 2;
  const std::size_t h = std::size_t(q.height), w = std::size_t(q.width), planes = p.count() * std::size_t(p.channels);
  q.x.resize(planes * h * w);
  for (std::size_t plane = 0; plane < planes; plane++)
    for (std::size_t r = 0; r < h; r++)
      for (std::size_t c = 0; c < w; c++) {
        const std::size_t top = (plane * 2 * h + 2 * r) * 2 * w + 2 * c, below = top + 2 * w;
        q.x[(plane * h + r) * w + c] = (p.x[top] + p.x[top + 1] + p.x[below] + p.x[below + 1]) / 4;
      }
  return q;
}

// What is done to both sets alike: coloured pictures are halved and centred; grey ones, mostly zeros, are only scaled.
static void prepare(Pictures& train, Pictures& unknown) {
  const bool coloured = train.channels > 1;
  if (coloured) train = halved(train), unknown = halved(unknown);
  double mean = 0, square = 0;
  for (double e : train.x) mean += e;
  mean /= double(train.x.size());
  for (double e : train.x) square += (e - mean) * (e - mean);
  const double deviation = std::max(1e-12, std::sqrt(square / double(train.x.size())));
  for (Pictures* p : {&train, &unknown})
    for (auto& e : p->x) e = coloured ? (e - mean) / deviation : e / (3 * deviation);
}

static Schedule plan(int epochs, int batch, double rate, int seed) {
  Schedule s{};
  s.epochs = static_cast<decltype(s.epochs)>(epochs);
  s.batch = static_cast<decltype(s.batch)>(batch);
  s.rate = rate;
  s.seed = static_cast<decltype(s.seed)>(seed);
  return s;
}

std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  Pictures t = train, u = unknown;
  prepare(t, u);
  const double rate = t.channels > 1 ? 0.01 : 0.1;
  Softmax m;
  m.inputs = t.x.size() / t.count(), m.classes = 10;
  m.w.assign(m.inputs * 10, 0.0), m.b.assign(10, 0.0);
  train_softmax(m, t, plan(8, 64, rate, 1), report);
  train_softmax(m, t, plan(6, 64, rate / 5, 2), report);
  return largest(softmax_logits(m, u), 10);
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  Pictures t = train, u = unknown;
  prepare(t, u);
  const double rate = t.channels > 1 ? 0.05 : 0.2;
  Mlp m = random_mlp(t.x.size() / t.count(), t.channels > 1 ? 128 : 96, 10, 1);
  train_mlp(m, t, plan(9, 64, rate, 1), report);
  train_mlp(m, t, plan(4, 64, rate / 5, 2), report);
  return largest(mlp_logits(m, u), 10);
}
