// A01's experiment, for its figures and its demo: two moons, a small net, and what a learning rate makes of it.
#pragma once

#include <cairn/cairn.h>
#include <cairn/plot/figure.h>

#include <cmath>
#include <vector>

namespace cairn::course::a01 {

struct Moons {
  Tensor x, y;                           // f32 [n, 2], [n, 1]: places, and 0 or 1
  std::vector<double> across[2], up[2];  // the same, by class, for drawing
};

// Two half circles that reach into each other, n / 2 points each, moved by noise.
inline Moons moons(int64_t n, double noise, uint64_t seed) {
  Moons m;
  Random random(seed);
  std::vector<float> x, y;
  for (int64_t i = 0; i < n; i++) {
    const size_t label = size_t(i % 2);
    const double t = M_PI * double(i / 2) / double(n / 2 - 1);
    const double across = (label ? 1 - std::cos(t) : std::cos(t)) + noise * random.normal();
    const double up = (label ? 0.5 - std::sin(t) : std::sin(t)) + noise * random.normal();
    x.insert(x.end(), {float(across), float(up)});
    y.push_back(float(label));
    m.across[label].push_back(across);
    m.up[label].push_back(up);
  }
  m.x = from_vector(x).reshape({n, 2});
  m.y = from_vector(y).reshape({n, 1});
  return m;
}

struct Trained {
  Sequential net;
  std::vector<double> losses;  // before each step, and after the last
  double right = 0;            // share of the points that lie on their side of the boundary
  int64_t weights = 0;
};

inline Trained train(const Moons& m, double rate, int steps, uint64_t seed = 1) {
  manual_seed(seed);
  Trained t{Sequential(Linear(2, 16), Tanh(), Linear(16, 1)), {}};
  SGD sgd(t.net.parameters(), {.lr = rate});
  for (int step = 0; step <= steps; step++) {
    const Tensor loss = bce_with_logits(t.net(m.x), m.y);
    t.losses.push_back(loss.item());
    if (step == steps) break;
    sgd.zero_grad();
    loss.backward();
    sgd.step();
  }
  NoGrad no_grad;
  t.right = ((t.net(m.x) > 0.0) == (m.y > 0.5)).to(f32).mean().item();
  for (const auto& [path, parameter] : t.net.parameters()) t.weights += parameter.tensor().numel();
  return t;
}

// The plane as the net divides it, with the points on it.
inline plot::Axes boundary(Sequential& net, const Moons& m, const std::string& title) {
  const int64_t rows = 36, columns = 60;
  const plot::Range across{-1.5, 2.5}, up{-1.2, 1.7};
  std::vector<float> places;
  for (int64_t r = 0; r < rows; r++)
    for (int64_t c = 0; c < columns; c++)
      places.insert(places.end(), {float(across.low + (across.high - across.low) * (double(c) + 0.5) / columns),
                                   float(up.low + (up.high - up.low) * (double(r) + 0.5) / rows)});
  NoGrad no_grad;
  std::vector<int64_t> classes;
  for (const double z : net(from_vector(places).reshape({rows * columns, 2})).to_vector<double>()) classes.push_back(std::isnan(z) ? -1 : z > 0);
  plot::Axes axes{.title = title, .x = {.label = "x1", .low = across.low, .high = across.high}, .y = {.label = "x2", .low = up.low, .high = up.high}};
  axes.add(plot::Regions{.rows = rows, .columns = columns, .classes = classes, .x = across, .y = up});
  plot::Scatter points{.names = {"class 0", "class 1"}};
  for (size_t label : {size_t(0), size_t(1)}) {
    points.x.insert(points.x.end(), m.across[label].begin(), m.across[label].end());
    points.y.insert(points.y.end(), m.up[label].begin(), m.up[label].end());
    points.classes.insert(points.classes.end(), m.across[label].size(), int64_t(label));
  }
  axes.add(points);
  return axes;
}

inline plot::Axes curve(const std::vector<double>& losses, const std::string& title, double low, double high) {
  std::vector<double> step;
  for (size_t i = 0; i < losses.size(); i++) step.push_back(double(i));
  plot::Axes axes{.title = title, .x = {.label = "step"}, .y = {.label = "loss", .log = true, .low = low, .high = high}};
  axes.add(plot::Line{.name = "", .x = step, .y = losses});
  return axes;
}

}  // namespace cairn::course::a01
