// right
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "answer.h"

namespace {

using Vec = std::vector<double>;

// a[n x k] times b[k x m], and the two products that a gradient needs.
template <class A> void multiply(const A& a, const Vec& b, Vec& out, std::size_t n, std::size_t k, std::size_t m) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      const double f = a[i * k + j];
      if (f != 0)
        for (std::size_t c = 0; c < m; ++c) out[i * m + c] += f * b[j * m + c];
    }
}

template <class A> void multiply_first_transposed(const A& a, const Vec& b, Vec& out, std::size_t n, std::size_t k, std::size_t m) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < k; ++j) {
      const double f = a[i * k + j];
      if (f != 0)
        for (std::size_t c = 0; c < m; ++c) out[j * m + c] += f * b[i * m + c];
    }
}

Vec multiply_second_transposed(const Vec& a, const Vec& b, std::size_t n, std::size_t k, std::size_t m) {
  Vec out(n * m, 0.0);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < m; ++j)
      for (std::size_t c = 0; c < k; ++c) out[i * m + j] += a[i * k + c] * b[j * k + c];
  return out;
}

Vec repeated(const Vec& row, std::size_t times) {
  Vec out;
  out.reserve(row.size() * times);
  for (std::size_t i = 0; i < times; ++i) out.insert(out.end(), row.begin(), row.end());
  return out;
}

Vec column_sums(const Vec& table, std::size_t columns) {
  Vec sums(columns, 0.0);
  for (std::size_t k = 0; k < table.size(); ++k) sums[k % columns] += table[k];
  return sums;
}

std::size_t inputs_of(const Pictures& p) { return p.x.size() / p.count(); }

// log of sum of e^z over one row, safe for large z.
double log_sum_exp(const double* z, std::size_t n) {
  double m = z[0];
  for (std::size_t i = 1; i < n; ++i) m = std::max(m, z[i]);
  double s = 0;
  for (std::size_t i = 0; i < n; ++i) s += std::exp(z[i] - m);
  return m + std::log(s);
}

}  // namespace

double cross_entropy(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  double mean = 0;
  const std::size_t n = z.size() / classes;
  for (std::size_t i = 0; i < n; ++i) {
    const double* row = z.data() + i * classes;
    mean += (log_sum_exp(row, classes) - row[y[i]]) / double(n);
  }
  return mean;
}

std::vector<double> cross_entropy_gradient(const std::vector<double>& z, const std::vector<int>& y, std::size_t classes) {
  const std::size_t n = z.size() / classes;
  Vec g(z.size());
  for (std::size_t i = 0; i < n; ++i) {
    const double* row = z.data() + i * classes;
    const double l = log_sum_exp(row, classes);
    for (std::size_t c = 0; c < classes; ++c) {
      const double truth = int(c) == y[i] ? 1.0 : 0.0;
      g[i * classes + c] = (std::exp(row[c] - l) - truth) / double(n);
    }
  }
  return g;
}

std::vector<double> softmax_logits(const Softmax& m, const Pictures& p) {
  Vec z = repeated(m.b, p.count());
  multiply(p.x, m.w, z, p.count(), inputs_of(p), m.classes);
  return z;
}

Softmax softmax_gradient(const Softmax& m, const Pictures& p) {
  const Vec dz = cross_entropy_gradient(softmax_logits(m, p), p.y, m.classes);
  Softmax g = m;
  g.w.assign(m.w.size(), 0.0);
  multiply_first_transposed(p.x, dz, g.w, p.count(), inputs_of(p), m.classes);
  g.b = column_sums(dz, m.classes);
  return g;
}

static Vec before_relu(const Mlp& m, const Pictures& p) {
  Vec a = repeated(m.b1, p.count());
  multiply(p.x, m.w1, a, p.count(), m.inputs, m.hidden);
  return a;
}

static Vec relu(Vec a) {
  for (double& e : a) e = std::max(e, 0.0);
  return a;
}

std::vector<double> mlp_logits(const Mlp& m, const Pictures& p) {
  Vec z = repeated(m.b2, p.count());
  multiply(relu(before_relu(m, p)), m.w2, z, p.count(), m.hidden, m.classes);
  return z;
}

Mlp mlp_gradient(const Mlp& m, const Pictures& p) {
  const std::size_t n = p.count();
  const Vec a = before_relu(m, p), h = relu(a);
  Vec z = repeated(m.b2, n);
  multiply(h, m.w2, z, n, m.hidden, m.classes);
  const Vec dz = cross_entropy_gradient(z, p.y, m.classes);

  Mlp g = m;
  g.w1.assign(m.w1.size(), 0.0);
  g.w2.assign(m.w2.size(), 0.0);
  multiply_first_transposed(h, dz, g.w2, n, m.hidden, m.classes);
  g.b2 = column_sums(dz, m.classes);

  Vec da = multiply_second_transposed(dz, m.w2, n, m.classes, m.hidden);
  for (std::size_t k = 0; k < da.size(); ++k)
    if (!(a[k] > 0)) da[k] = 0;
  multiply_first_transposed(p.x, da, g.w1, n, m.inputs, m.hidden);
  g.b1 = column_sums(da, m.hidden);
  return g;
}

Mlp random_mlp(std::size_t inputs, std::size_t hidden, std::size_t classes, std::uint64_t seed) {
  Mlp m;
  m.inputs = inputs;
  m.hidden = hidden;
  m.classes = classes;
  std::mt19937_64 rng(seed);
  std::normal_distribution<double> normal;
  auto layer = [&](std::size_t in, std::size_t out) {
    Vec w(in * out);
    for (double& e : w) e = normal(rng) * std::sqrt(2.0 / double(in));
    return w;
  };
  m.w1 = layer(inputs, hidden);
  m.b1 = Vec(hidden, 0.0);
  m.w2 = layer(hidden, classes);
  m.b2 = Vec(classes, 0.0);
  return m;
}

std::vector<std::size_t> shuffled(std::size_t n, std::uint64_t seed) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < n; ++i) order.push_back(i);
  std::mt19937_64 rng(seed);
  std::shuffle(order.begin(), order.end(), rng);
  return order;
}

namespace {

std::vector<Vec*> numbers(Softmax& m) { return {&m.w, &m.b}; }
std::vector<Vec*> numbers(Mlp& m) { return {&m.w1, &m.b1, &m.w2, &m.b2}; }

template <class Model, class Logits, class Gradient>
void descend(Model& m, const Pictures& p, const Schedule& s, const Report& report, Logits logits, Gradient gradient) {
  const std::size_t n = p.count(), inputs = inputs_of(p), size = std::size_t(s.batch);
  std::mt19937_64 seeds(s.seed);
  for (std::size_t e = 0; e < std::size_t(s.epochs); ++e) {
    const std::vector<std::size_t> order = shuffled(n, seeds());
    double loss = 0;
    for (std::size_t begin = 0; begin < n; begin += size) {
      const std::size_t count = std::min(size, n - begin);
      Pictures batch;
      batch.channels = p.channels;
      batch.height = p.height;
      batch.width = p.width;
      batch.x.resize(count * inputs);
      batch.y.resize(count);
      for (std::size_t i = 0; i < count; ++i) {
        const std::size_t from = order[begin + i];
        for (std::size_t j = 0; j < inputs; ++j) batch.x[i * inputs + j] = p.x[from * inputs + j];
        batch.y[i] = p.y[from];
      }
      loss += double(count) * cross_entropy(logits(m, batch), batch.y, m.classes);
      Model g = gradient(m, batch);
      const std::vector<Vec*> to = numbers(m), by = numbers(g);
      for (std::size_t k = 0; k < to.size(); ++k)
        for (std::size_t i = 0; i < to[k]->size(); ++i) (*to[k])[i] -= s.rate * (*by[k])[i];
    }
    report(loss / double(n));
  }
}

}  // namespace

void train_softmax(Softmax& m, const Pictures& p, const Schedule& s, const Report& report) {
  descend(m, p, s, report, softmax_logits, softmax_gradient);
}

void train_mlp(Mlp& m, const Pictures& p, const Schedule& s, const Report& report) { descend(m, p, s, report, mlp_logits, mlp_gradient); }

std::vector<int> largest(const std::vector<double>& z, std::size_t classes) {
  std::vector<int> result(z.size() / classes);
  for (std::size_t i = 0; i < result.size(); ++i) {
    const double* row = z.data() + i * classes;
    result[i] = int(std::max_element(row, row + classes) - row);
  }
  return result;
}

Pictures halved(const Pictures& p) {
  Pictures small;
  small.channels = p.channels;
  small.height = p.height / 2;
  small.width = p.width / 2;
  small.y = p.y;
  const std::size_t planes = p.count() * p.channels, height = p.height, width = p.width;
  for (std::size_t plane = 0; plane < planes; ++plane)
    for (std::size_t i = 0; i < height; i += 2)
      for (std::size_t j = 0; j < width; j += 2) {
        double sum = 0;
        for (std::size_t di = 0; di < 2; ++di)
          for (std::size_t dj = 0; dj < 2; ++dj) sum += p.x[(plane * height + i + di) * width + j + dj];
        small.x.push_back(sum / 4);
      }
  return small;
}

namespace {

// Values from 0 to 1 by the largest of the training pictures; coloured ones halved and around 0.
struct Scaling {
  double shift = 0, factor = 1;
  bool small = false;
  explicit Scaling(const Pictures& train) {
    const double most = *std::max_element(train.x.begin(), train.x.end());
    factor = most > 0 ? 1 / most : 1.0;
    small = train.channels == 3;
    if (small) {
      shift = most / 2;
      factor *= 4;
    }
  }
  Pictures operator()(const Pictures& p) const {
    Pictures q = small ? halved(p) : p;
    for (auto& e : q.x) e = (e - shift) * factor;
    return q;
  }
};

template <class Train> void in_stages(double rate, int epochs, Train train) {
  Schedule s{};
  s.batch = 32;
  for (int stage = 0; stage < 3; ++stage) {
    s.epochs = stage == 0 ? epochs : 2;
    s.rate = rate;
    s.seed = 100 + stage;
    train(s);
    rate /= 4;
  }
}

}  // namespace

std::vector<int> classify_with_softmax(const Pictures& train, const Pictures& unknown, const Report& report) {
  const Scaling scaling(train);
  const Pictures p = scaling(train);
  Softmax m;
  m.inputs = inputs_of(p);
  m.classes = 10;
  m.w = Vec(m.inputs * m.classes, 0.0);
  m.b = Vec(m.classes, 0.0);
  in_stages(scaling.small ? 0.01 : 0.1, 8, [&](const Schedule& s) { train_softmax(m, p, s, report); });
  return largest(softmax_logits(m, scaling(unknown)), m.classes);
}

std::vector<int> classify_with_mlp(const Pictures& train, const Pictures& unknown, const Report& report) {
  const Scaling scaling(train);
  const Pictures p = scaling(train);
  Mlp m = random_mlp(inputs_of(p), 100, 10, 7);
  in_stages(scaling.small ? 0.02 : 0.1, 8, [&](const Schedule& s) { train_mlp(m, p, s, report); });
  return largest(mlp_logits(m, scaling(unknown)), 10);
}
