// Normalisation (the formulas stand in backend.h). In all of it a set of numbers is brought to mean 0 and variance 1, then scaled and
// shifted by parameters that are learned:  y = (x - mean) / sqrt(var + eps) weight + bias.  What differs is the set:
//   batch norm   a channel of all N examples                           (Ioffe, Szegedy 2015)
//   group norm   a group of channels of one example                    (Wu, He 2018); all channels: layer norm (Ba, Kiros, Hinton 2016);
//                one channel: instance norm (Ulyanov, Vedaldi, Lempitsky 2016); without the mean: RMS norm (Zhang, Sennrich 2019)
// Everything is computed in double and rounded once.
#include <vector>

#include <cairn/backend/reference/loop.h>
#include <cairn/backend/reference/reference.h>
#include <cairn/tensor/layout.h>

namespace cairn {

using namespace reference;

namespace {

using Numbers = std::vector<double>;

// The elements of a small array in row-major order; n times `otherwise` when it is not defined.
Numbers numbers_of(const Array& a, int64_t n, double otherwise) {
  Numbers values(size_t(n), otherwise);
  if (!a.defined()) return values;
  visit_floating(a.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (Walk w(a.shape(), {a.strides()}); w.next();)
      for (int64_t i = 0; i < w.n; i++) values[size_t(w.position + i)] = Wide<T>(a.ptr<T>()[w.at[0] + i * w.step[0]]);
  });
  return values;
}
void store(Array& a, const Numbers& values) {
  if (!a.defined()) return;
  visit_floating(a.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (Walk w(a.shape(), {a.strides()}); w.next();)
      for (int64_t i = 0; i < w.n; i++) a.ptr<T>()[w.at[0] + i * w.step[0]] = convert<T>(values[size_t(w.position + i)]);
  });
}

// f(x_i); y_i = f(x_i); f(x_i, dy_i); dx_i = f(x_i, dy_i). Numbers as double.
template <class T, class F> void each(const Array& x, F f) {
  for (Walk w(x.shape(), {x.strides()}); w.next();)
    for (int64_t i = 0; i < w.n; i++) f(double(Wide<T>(x.ptr<T>()[w.at[0] + i * w.step[0]])));
}
template <class T, class F> void change(const Array& x, const Array& y, F f) {
  for (Walk w(x.shape(), {x.strides(), y.strides()}); w.next();)
    for (int64_t i = 0; i < w.n; i++) y.ptr<T>()[w.at[1] + i * w.step[1]] = convert<T>(f(double(Wide<T>(x.ptr<T>()[w.at[0] + i * w.step[0]]))));
}
template <class T, class F> void each_pair(const Array& x, const Array& dy, F f) {
  for (Walk w(x.shape(), {x.strides(), dy.strides()}); w.next();)
    for (int64_t i = 0; i < w.n; i++) f(double(Wide<T>(x.ptr<T>()[w.at[0] + i * w.step[0]])), double(Wide<T>(dy.ptr<T>()[w.at[1] + i * w.step[1]])));
}
template <class T, class F> void change_pair(const Array& x, const Array& dy, const Array& dx, F f) {
  for (Walk w(x.shape(), {x.strides(), dy.strides(), dx.strides()}); w.next();)
    for (int64_t i = 0; i < w.n; i++)
      dx.ptr<T>()[w.at[2] + i * w.step[2]] =
          convert<T>(f(double(Wide<T>(x.ptr<T>()[w.at[0] + i * w.step[0]])), double(Wide<T>(dy.ptr<T>()[w.at[1] + i * w.step[1]]))));
}

struct Moments {
  double mean, var;  // biased
};
template <class T> Moments moments_of(const Array& x, bool centred) {
  const double n = double(x.numel());
  SumOf<T> sum, squares;
  if (centred) each<T>(x, [&](double v) { sum.add(v); });
  const double mean = centred ? sum.value() / n : 0;
  each<T>(x, [&](double v) { squares.add((v - mean) * (v - mean)); });
  return {mean, squares.value() / n};
}

// Loops fill strided memory; a blocked result is brought into its form at the end.
template <class Kernel> void through_strided(Array& y, Kernel kernel) {
  if (!y.blocked()) return kernel(y);
  Array plain(y.shape(), y.dtype());
  kernel(plain);
  Array lanes = y.lanes();
  device_ops().copy(to_blocked(plain, y.layout()).lanes(), lanes);
}

}  // namespace

void ReferenceBackend::batch_norm(const Array& x, const Array& weight, const Array& bias, const BatchNormRule& rule, Array& running_mean,
                                  Array& running_var, Array& y, Array& mean, Array& rstd) {
  const int64_t channels = x.size(1), n = channels ? x.numel() / channels : 0;
  const Numbers scale = numbers_of(weight, channels, 1), shift = numbers_of(bias, channels, 0);
  Numbers means = numbers_of(running_mean, channels, 0), vars = numbers_of(running_var, channels, 1), rstds(vars.size());
  const auto blend = [&](double before, double now) { return (1 - rule.momentum) * before + rule.momentum * now; };
  through_strided(y, [&](const Array& out) {
    visit_floating(x.dtype(), [&](auto tag) {
      using T = decltype(tag);
      Numbers running_means = means, running_vars = vars;
      for (int64_t c = 0; c < channels; c++) {
        const Array channel = x.sliced(1, c, 1);
        double &m = means[size_t(c)], &v = vars[size_t(c)];
        if (rule.training) {
          const Moments found = moments_of<T>(channel, true);
          running_means[size_t(c)] = blend(m, found.mean);
          running_vars[size_t(c)] = blend(v, found.var * double(n) / double(n - 1));
          m = found.mean;
          v = found.var;
        }
        const double r = rstds[size_t(c)] = 1 / std::sqrt(v + rule.eps), a = scale[size_t(c)], b = shift[size_t(c)];
        change<T>(channel, out.sliced(1, c, 1), [=, relu = rule.relu](double value) {
          const double result = (value - m) * r * a + b;
          return relu && result <= 0 ? 0 : result;
        });
      }
      if (rule.training) store(running_mean, running_means), store(running_var, running_vars);
    });
  });
  store(mean, means);
  store(rstd, rstds);
}

void ReferenceBackend::batch_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& bias, const Array& mean, const Array& rstd,
                                       const BatchNormRule& rule, Array& dx, Array& dweight, Array& dbias) {
  const int64_t channels = x.size(1);
  const double n = channels ? double(x.numel() / channels) : 0;
  const Numbers scale = numbers_of(weight, channels, 1), shift = numbers_of(bias, channels, 0);
  const Numbers means = numbers_of(mean, channels, 0), rstds = numbers_of(rstd, channels, 1);
  Numbers dscale(scale.size()), dshift(scale.size());
  through_strided(dx, [&](const Array& out) {
    visit_floating(x.dtype(), [&](auto tag) {
      using T = decltype(tag);
      for (size_t c = 0; c < scale.size(); c++) {
        const Array xs = x.sliced(1, int64_t(c), 1), dys = dy.sliced(1, int64_t(c), 1);
        const double m = means[c], r = rstds[c], a = scale[c], b = shift[c];
        const auto passed = [=, relu = rule.relu](double v, double d) { return !relu || !((v - m) * r * a + b <= 0) ? d : 0; };
        SumOf<T> sum, product;
        each_pair<T>(xs, dys, [&](double v, double d) { sum.add(passed(v, d)), product.add(passed(v, d) * ((v - m) * r)); });
        dshift[c] = sum.value();
        dscale[c] = product.value();
        const double of_mean = rule.training ? dshift[c] / n : 0, of_var = rule.training ? dscale[c] / n : 0;
        change_pair<T>(xs, dys, out.sliced(1, int64_t(c), 1),
                       [&](double v, double d) { return a * r * (passed(v, d) - of_mean - (v - m) * r * of_var); });
      }
    });
  });
  store(dweight, dscale);
  store(dbias, dshift);
}

void ReferenceBackend::group_norm(const Array& x, const Array& weight, const Array& bias, const GroupNormRule& rule, Array& y, Array& mean,
                                  Array& rstd) {
  const int64_t examples = x.size(0), channels = x.size(1), in_group = channels / rule.groups;
  const Numbers scale = numbers_of(weight, channels, 1), shift = numbers_of(bias, channels, 0);
  Numbers means, rstds;
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    for (int64_t i = 0; i < examples; i++)
      for (int64_t g = 0; g < rule.groups; g++) {
        const Array xs = x.sliced(0, i, 1), ys = y.sliced(0, i, 1);
        const Moments found = moments_of<T>(xs.sliced(1, g * in_group, in_group), rule.centred);
        const double m = found.mean, r = 1 / std::sqrt(found.var + rule.eps);
        means.push_back(m);
        rstds.push_back(r);
        for (int64_t c = g * in_group; c < (g + 1) * in_group; c++)
          change<T>(xs.sliced(1, c, 1), ys.sliced(1, c, 1), [&](double v) { return (v - m) * r * scale[size_t(c)] + shift[size_t(c)]; });
      }
  });
  store(mean, means);
  store(rstd, rstds);
}

void ReferenceBackend::group_norm_grad(const Array& x, const Array& dy, const Array& weight, const Array& mean, const Array& rstd,
                                       const GroupNormRule& rule, Array& dx, Array& dweight, Array& dbias) {
  const int64_t examples = x.size(0), channels = x.size(1), in_group = channels / rule.groups;
  const double n = double(in_group) * (x.numel() ? double(x.numel() / examples / channels) : 0);
  const Numbers scale = numbers_of(weight, channels, 1);
  const Numbers means = numbers_of(mean, examples * rule.groups, 0), rstds = numbers_of(rstd, examples * rule.groups, 1);
  visit_floating(x.dtype(), [&](auto tag) {
    using T = decltype(tag);
    std::vector<SumOf<T>> dscale(scale.size()), dshift(scale.size());
    for (int64_t i = 0; i < examples; i++)
      for (int64_t g = 0; g < rule.groups; g++) {
        const Array xs = x.sliced(0, i, 1), dys = dy.sliced(0, i, 1), dxs = dx.sliced(0, i, 1);
        const double m = means[size_t(i * rule.groups + g)], r = rstds[size_t(i * rule.groups + g)];
        SumOf<T> sum, product;
        for (int64_t c = g * in_group; c < (g + 1) * in_group; c++)
          each_pair<T>(xs.sliced(1, c, 1), dys.sliced(1, c, 1), [&](double v, double d) {
            const double xhat = (v - m) * r;
            dscale[size_t(c)].add(d * xhat);
            dshift[size_t(c)].add(d);
            sum.add(d * scale[size_t(c)]);
            product.add(d * scale[size_t(c)] * xhat);
          });
        const double of_mean = rule.centred ? sum.value() / n : 0, of_var = product.value() / n;
        for (int64_t c = g * in_group; c < (g + 1) * in_group; c++)
          change_pair<T>(xs.sliced(1, c, 1), dys.sliced(1, c, 1), dxs.sliced(1, c, 1),
                         [&](double v, double d) { return r * (d * scale[size_t(c)] - of_mean - (v - m) * r * of_var); });
      }
    Numbers dscales, dshifts;
    for (size_t c = 0; c < scale.size(); c++) dscales.push_back(dscale[c].value()), dshifts.push_back(dshift[c].value());
    store(dweight, dscales);
    store(dbias, dshifts);
  });
}

}  // namespace cairn
