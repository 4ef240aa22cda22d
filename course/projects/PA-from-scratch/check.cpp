// seconds: 30
#include "inputs.h"

#include <course/machinery/judge/judge.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace {

constexpr double relative = 1e-6, absolute = 1e-9;  // somebody may sum in float

// ---- outputs

void note(judge::Output& o, const Softmax& m, const Linear& l) {
  o("w", int64_t(l.m.inputs), int64_t(l.m.classes), m.w);
  o("b", m.b);
}
void note_second(judge::Output& o, const Mlp& m, const Net& n) {
  o("w2", int64_t(n.m.hidden), int64_t(n.m.classes), m.w2);
  o("b2", m.b2);
}
void note_first(judge::Output& o, const Mlp& m, const Net& n) {
  o("w1", int64_t(n.m.inputs), int64_t(n.m.hidden), m.w1);
  o("b1", m.b1);
}
void note(judge::Output& o, const Mlp& m, const Net& n) {
  note_second(o, m, n);
  note_first(o, m, n);
}

// The loss by the plainest of formulas, for slopes.
double loss_of_logits(const std::vector<double>& z, const std::vector<int>& y, size_t classes) {
  double sum = 0;
  for (size_t i = 0; i < y.size(); i++) {
    double total = 0;
    for (size_t c = 0; c < classes; c++) total += std::exp(z[i * classes + c] - z[i * classes + size_t(y[i])]);
    sum += std::log(total);
  }
  return sum / double(y.size());
}
double loss_of_linear(const Linear& l) {
  std::vector<double> z;
  for (size_t i = 0; i < l.p.count(); i++)
    for (size_t c = 0; c < l.m.classes; c++) {
      z.push_back(l.m.b[c]);
      for (size_t j = 0; j < l.m.inputs; j++) z.back() += double(l.p.x[i * l.m.inputs + j]) * l.m.w[j * l.m.classes + c];
    }
  return loss_of_logits(z, l.p.y, l.m.classes);
}
double loss_of_net(const Net& n) {
  std::vector<double> z;
  for (size_t i = 0; i < n.p.count(); i++)
    for (size_t c = 0; c < n.m.classes; c++) {
      z.push_back(n.m.b2[c]);
      for (size_t k = 0; k < n.m.hidden; k++) z.back() += std::max(0.0, sum_before_relu(n, i, k)) * n.m.w2[k * n.m.classes + c];
    }
  return loss_of_logits(z, n.p.y, n.m.classes);
}

// ---- training

template <class Start> struct Course {
  Start start;
  Schedule s;
};

std::string shown(const Schedule& s) {
  return "epochs = " + std::to_string(s.epochs) + ", batch = " + std::to_string(s.batch) + ", rate = " + judge::text(s.rate) +
         ", seed = " + std::to_string(s.seed);
}

template <class Start> Course<Start> whole_batch(judge::Draw& d, const Start& start) {
  return {start, {int(d.integer(1, 3)), start.p.count() + size_t(d.integer(0, 2)), double(d.integer(1, 10)) / 10, std::uint64_t(d.integer(0, 9))}};
}

// The first picture several times: then no order matters, and what every step does is known.
template <class Start> Course<Start> equal_pictures(judge::Draw& d, Start start) {
  const size_t n = size_t(d.integer(1, 2 + d.size / 2)), size = start.p.size();
  const std::vector<float> one(start.p.x.begin(), start.p.x.begin() + int64_t(size));
  const int label = start.p.y[0];
  start.p.x.clear();
  start.p.y.assign(n, label);
  for (size_t i = 0; i < n; i++) start.p.x.insert(start.p.x.end(), one.begin(), one.end());
  return {start, {int(d.integer(1, 3)), size_t(d.integer(1, int64_t(n))), double(d.integer(1, 10)) / 10, std::uint64_t(d.integer(0, 9))}};
}

template <class Model, class Start>
void note_training(judge::Output& o, void (*train)(Model&, const Pictures&, const Schedule&, const Report&), const Course<Start>& c) {
  Model m = c.start.m;
  std::vector<double> losses;
  train(m, c.start.p, c.s, [&](double loss) { losses.push_back(loss); });
  note(o, m, c.start);
  o("reported losses", losses);
}

// In which order pictures come can be read off the weights: picture i is the only one whose input i is not 0, and so small that it changes no
// logit by much; all are of class 0, so that each step moves them less than the step before. What is left: the pictures of each step.
using Steps = std::vector<std::vector<size_t>>;

Steps steps_of(const Answer& a, size_t n, size_t batch, std::uint64_t seed, int epoch) {
  Pictures p{1, 1, n, std::vector<float>(n * n), std::vector<int>(n)};
  for (size_t i = 0; i < n; i++) p.x[i * n + i] = 1.0f / 1024;
  std::vector<double> moved(n);
  for (int epochs : {epoch, epoch - 1}) {
    Softmax m{n, 2, std::vector<double>(2 * n), std::vector<double>(2)};
    if (epochs > 0) a.train_softmax(m, p, {epochs, batch, 0.5, seed}, [](double) {});
    for (size_t i = 0; i < n && m.w.size() == 2 * n; i++) moved[i] += epochs == epoch ? m.w[2 * i] : -m.w[2 * i];
  }
  Steps steps;
  std::vector<double> size;  // of the move of each step
  for (size_t i = 0; i < n; i++) {
    if (std::abs(moved[i]) < 1e-12) continue;
    size_t k = 0;
    while (k < steps.size() && std::abs(size[k] / moved[i] - 1) > 1e-4) k++;
    if (k == steps.size()) steps.emplace_back(), size.push_back(moved[i]);
    steps[k].push_back(i);
  }
  std::sort(steps.begin(), steps.end(),
            [&](const auto& s, const auto& t) { return moved[s[0]] * double(s.size()) > moved[t[0]] * double(t.size()); });
  return steps;
}

struct Cut {
  size_t n, batch;
};

// Picture i has its one bright value at place i and is of class i: after a step with all of them, the weight from input i that has moved the
// other way than the rest is that of the class with which picture i was trained.
Pictures one_of_each(size_t n) {
  Pictures p{1, 1, n, std::vector<float>(n * n), {}};
  for (size_t i = 0; i < n; i++) p.x[i * n + i] = 1, p.y.push_back(int(i));
  return p;
}
// True where each picture was trained with one label, and for some it was that of another picture.
bool labels_mixed_up(const std::vector<double>& moved, size_t n) {
  std::vector<size_t> label;
  for (size_t i = 0; i < n && moved.size() == n * n; i++)
    for (size_t k = 0; k < n; k++) {
      size_t alike = 0;
      for (size_t other = 0; other < n; other++) alike += std::abs(moved[i * n + other] - moved[i * n + k]) < 1e-9;
      if (alike == 1) label.push_back(k);
    }
  bool own = true;
  for (size_t i = 0; i < label.size(); i++) own &= label[i] == i;
  std::sort(label.begin(), label.end());
  for (size_t i = 0; i < n; i++)
    if (label.size() != n || label[i] != i) return false;
  return !own;
}

// ---- small pictures that are told apart by where they are bright

Pictures bright(size_t channels, size_t n, bool labelled) {
  Pictures p{channels, 8, 8, {}, {}};
  for (size_t i = 0; i < n; i++) {
    const size_t label = i % 10;
    for (size_t v = 0; v < p.size(); v++) p.x.push_back(v % 10 == label ? 1.0f : float((v * 7 + i * 3) % 5) / 20);
    if (labelled) p.y.push_back(int(label));
  }
  return p;
}

struct Small {
  size_t channels, known, unknown;
};

void note_classes(judge::Output& o, std::vector<int> (*classify)(const Pictures&, const Pictures&, const Report&), const Small& s) {
  int64_t reports = 0;
  bool finite = true;
  const std::vector<int> said = classify(bright(s.channels, s.known, true), bright(s.channels, s.unknown, false), [&](double loss) {
    reports++;
    finite &= std::isfinite(loss);
  });
  o("classes given", int64_t(said.size()));
  o("all of 0 to 9", std::all_of(said.begin(), said.end(), [](int c) { return c >= 0 && c <= 9; }));
  o("report was called", reports > 0);
  o("with finite losses", finite);
}

double deviation(const std::vector<double>& v) {
  double sum = 0, squares = 0;
  for (const double x : v) sum += x, squares += x * x;
  return std::sqrt(std::max(0.0, squares / double(v.size()) - sum * sum / double(v.size() * v.size())));
}
std::string about(double got, double wanted) { return got < wanted / 2 ? "too small" : got > 2 * wanted ? "too large" : "right"; }

struct Shape {
  size_t inputs, hidden, classes;
};

const std::vector<Logits> single = {{{0, 0}, {0}, 2},    {{1, 0}, {0}, 2},    {{1, 0}, {1}, 2},
                                    {{1, 2, 3}, {2}, 3}, {{1, 2, 3}, {0}, 3}, {{-1, 0.5, -2}, {1}, 3}};
const std::vector<Logits> several = {{{1, 2, 3, 0, 0, 1}, {2, 0}, 3}, {{1, 2, 3, 0, 0, 1, -1, 1, 0}, {0, 1, 2}, 3}, {{0, 1, 1, 0}, {0, 1}, 2}};
const std::vector<Logits> huge = {{{1000, 0}, {0}, 2},          {{1000, 0}, {1}, 2},
                                  {{-1000, -1000}, {1}, 2},     {{-10000, -9999, -10000}, {1}, 3},
                                  {{10000, 0, -10000}, {2}, 3}, {{0, 0, 800, 800}, {0, 1}, 2}};

Linear two_by_three() { return {{2, 3, {0.5, -1, 0.25, 1, 0.75, -0.5}, {0.1, -0.2, 0.3}}, {1, 1, 2, {1, 0.5, 0.25, 1}, {2, 0}}}; }
Net small_net() {
  Net n{{2, 3, 2, {0.5, -1, 0.25, 1, 0.75, -0.5}, {0.1, -0.2, 0.3}, {1, -0.5, 0.25, 0.75, -1, 0.5}, {-0.1, 0.2}},
        {1, 1, 2, {1, 0.5, 0.25, 1, 0, 0.75}, {1, 0, 1}}};
  keep_from_corner(n);
  return n;
}

}  // namespace

static void check(judge::Check<Answer>& c) {
  const auto loss = [](const Answer& a, const Logits& l, judge::Output& o) { o("cross_entropy", a.cross_entropy(l.z, l.y, l.classes)); };
  const auto slope = [](const Answer& a, const Logits& l, judge::Output& o) {
    o("cross_entropy_gradient", int64_t(l.y.size()), int64_t(l.classes), a.cross_entropy_gradient(l.z, l.y, l.classes));
  };
  const auto show_logits = [](const Logits& l) { return shown(l); };
  c.property<Logits>("the loss of one picture")
      .also(single)
      .draw([](judge::Draw& d) { return logits(d, 1, 3); })
      .show(show_logits)
      .run(loss)
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Logits>("the mean loss of several pictures")
      .also(several)
      .draw([](judge::Draw& d) { return logits(d, d.integer(1, 2 + d.size / 3), 3); })
      .show(show_logits)
      .run(loss)
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  // In words, since what keeps a probability from 0 may be of any size.
  c.property<Logits>("the loss of huge logits")
      .also(huge)
      .draw([](judge::Draw& d) { return logits(d, d.integer(1, 2), 10000); })
      .show(show_logits)
      .run([](const Answer& a, const Logits& l, judge::Output& o) {
        double right = 0;
        for (size_t i = 0; i < l.y.size(); i++) {
          const double* row = &l.z[i * l.classes];
          const double top = *std::max_element(row, row + l.classes);
          double total = 0;
          for (size_t k = 0; k < l.classes; k++) total += std::exp(row[k] - top);
          right += (top + std::log(total) - row[l.y[i]]) / double(l.y.size());
        }
        const double got = a.cross_entropy(l.z, l.y, l.classes), room = 1e-6 * std::max(1.0, right);
        o("the loss is", !std::isfinite(got)  ? "infinite or not a number"
                         : got < right - room ? "too small for these logits"
                         : got > right + room ? "too large for these logits"
                                              : "right");
      })
      .times(30)
      .read("When it does not work");
  c.property<Logits>("the derivatives of the loss")
      .also(several)
      .draw([](judge::Draw& d) { return logits(d, d.integer(1, 2 + d.size / 3), 3); })
      .show(show_logits)
      .run(slope)
      .slope_of(
          "cross_entropy_gradient", "the loss", [](const Logits& l) { return loss_of_logits(l.z, l.y, l.classes); },
          [](Logits& l, judge::Numbers& at) { at("z", l.z); })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Logits>("the derivatives at huge logits")
      .also(huge)
      .draw([](judge::Draw& d) { return logits(d, d.integer(1, 2), 10000); })
      .show(show_logits)
      .run(slope)
      .tolerance(relative, absolute)
      .times(30)
      .read("When it does not work");

  const auto show_linear = [](const Linear& l) { return shown(l); };
  c.property<Linear>("the logits of softmax regression")
      .also({two_by_three()})
      .draw(linear)
      .show(show_linear)
      .run([](const Answer& a, const Linear& l, judge::Output& o) {
        Pictures unlabelled = l.p;
        unlabelled.y.clear();
        o("softmax_logits", int64_t(l.p.count()), int64_t(l.m.classes), a.softmax_logits(l.m, unlabelled));
      })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Linear>("the gradient of softmax regression")
      .also({two_by_three()})
      .draw(linear)
      .show(show_linear)
      .run([](const Answer& a, const Linear& l, judge::Output& o) { note(o, a.softmax_gradient(l.m, l.p), l); })
      .slope_of("w", "the loss", loss_of_linear, [](Linear& l, judge::Numbers& at) { at("w", l.m.w); })
      .slope_of("b", "the loss", loss_of_linear, [](Linear& l, judge::Numbers& at) { at("b", l.m.b); })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");

  const auto show_net = [](const Net& n) { return shown(n); };
  c.property<Net>("the logits of the network")
      .also({small_net()})
      .draw(net)
      .show(show_net)
      .run([](const Answer& a, const Net& n, judge::Output& o) {
        Pictures unlabelled = n.p;
        unlabelled.y.clear();
        o("mlp_logits", int64_t(n.p.count()), int64_t(n.m.classes), a.mlp_logits(n.m, unlabelled));
      })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Net>("the gradient of the network, second layer")
      .also({small_net()})
      .draw(net)
      .show(show_net)
      .run([](const Answer& a, const Net& n, judge::Output& o) { note_second(o, a.mlp_gradient(n.m, n.p), n); })
      .slope_of("w2", "the loss", loss_of_net, [](Net& n, judge::Numbers& at) { at("w2", n.m.w2); })
      .slope_of("b2", "the loss", loss_of_net, [](Net& n, judge::Numbers& at) { at("b2", n.m.b2); })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Net>("the gradient of the network, first layer")
      .also({small_net()})
      .draw(net)
      .show(show_net)
      .run([](const Answer& a, const Net& n, judge::Output& o) { note_first(o, a.mlp_gradient(n.m, n.p), n); })
      .slope_of("w1", "the loss", loss_of_net, [](Net& n, judge::Numbers& at) { at("w1", n.m.w1); })
      .slope_of("b1", "the loss", loss_of_net, [](Net& n, judge::Numbers& at) { at("b1", n.m.b1); })
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Shape>("a network to begin with")
      .also({{64, 50, 10}, {150, 30, 4}, {30, 150, 4}, {180, 32, 3}})
      .show([](const Shape& s) {
        return "inputs = " + std::to_string(s.inputs) + ", hidden = " + std::to_string(s.hidden) + ", classes = " + std::to_string(s.classes);
      })
      .run([](const Answer& a, const Shape& s, judge::Output& o) {
        const Mlp m = a.random_mlp(s.inputs, s.hidden, s.classes, 5), same = a.random_mlp(s.inputs, s.hidden, s.classes, 5);
        const Mlp other = a.random_mlp(s.inputs, s.hidden, s.classes, 6);
        o("inputs, hidden, classes", std::vector<int64_t>{int64_t(m.inputs), int64_t(m.hidden), int64_t(m.classes)});
        o("sizes of w1, b1, w2, b2", std::vector<int64_t>{int64_t(m.w1.size()), int64_t(m.b1.size()), int64_t(m.w2.size()), int64_t(m.b2.size())});
        const auto all_zero = [](const std::vector<double>& v) { return std::all_of(v.begin(), v.end(), [](double x) { return x == 0; }); };
        o("biases are 0", all_zero(m.b1) && all_zero(m.b2));
        o("deviation of w1", about(deviation(m.w1), std::sqrt(2.0 / double(s.inputs))));
        o("deviation of w2", about(deviation(m.w2), std::sqrt(2.0 / double(s.hidden))));
        double sum = 0;
        for (const double w : m.w1) sum += w;
        o("weights lie around 0", std::abs(sum / double(m.w1.size())) < 0.5 * std::sqrt(2.0 / double(s.inputs)));
        o("another seed gives another network", m.w1 != other.w1 && m.w2 != other.w2);
        o("the same seed gives the same network", m.w1 == same.w1 && m.w2 == same.w2);
      })
      .read("In which order");

  c.property<int64_t>("the order of pictures")
      .also({1, 2, 3, 4, 10})
      .show([](int64_t n) { return "n = " + std::to_string(n); })
      .run([](const Answer& a, int64_t n, judge::Output& o) {
        std::vector<size_t> first = a.shuffled(size_t(n), 1), again = a.shuffled(size_t(n), 1), sorted = first;
        std::sort(sorted.begin(), sorted.end());
        o("sorted, they are", std::vector<int64_t>(sorted.begin(), sorted.end()));
        o("the same seed gives the same order", first == again);
        if (n == 10) o("they are shuffled", first != sorted);
        std::set<std::vector<size_t>> orders;
        const size_t all = n == 3 ? 6 : size_t(n);
        for (std::uint64_t seed = 0; seed < 400 && n < 4 && orders.size() < all; seed++) orders.insert(a.shuffled(size_t(n), seed));
        if (n < 4) o("orders that 400 seeds give", int64_t(orders.size()));
        else
          o("seeds give different orders",
            a.shuffled(size_t(n), 2) != a.shuffled(size_t(n), 3) || a.shuffled(size_t(n), 4) != a.shuffled(size_t(n), 5));
      })
      .read("In which order");

  using LinearCourse = Course<Linear>;
  using NetCourse = Course<Net>;
  const auto show_linear_course = [](const LinearCourse& t) { return shown(t.s) + ", " + shown(t.start); };
  const auto run_linear = [](const Answer& a, const LinearCourse& t, judge::Output& o) { note_training(o, a.train_softmax, t); };
  c.property<size_t>("softmax regression: each picture goes with its own label")
      .also({3, 4, 5})
      .show([](size_t n) { return std::to_string(n) + " pictures of as many classes in one batch"; })
      .run([](const Answer& a, size_t n, judge::Output& o) {
        bool mixed = false;
        for (std::uint64_t seed = 1; seed <= 8; seed++) {
          Softmax m{n, n, std::vector<double>(n * n), std::vector<double>(n)};
          a.train_softmax(m, one_of_each(n), {1, n, 0.5, seed}, [](double) {});
          mixed |= labels_mixed_up(m.w, n);
        }
        o("a picture is trained with the label of another", mixed);
      })
      .read("In which order");
  c.property<LinearCourse>("softmax regression trained with all pictures in one batch")
      .draw([](judge::Draw& d) { return whole_batch(d, linear(d)); })
      .show(show_linear_course)
      .run(run_linear)
      .tolerance(relative, absolute)
      .times(20)
      .read("In which order");
  c.property<LinearCourse>("softmax regression trained in batches of equal pictures")
      .draw([](judge::Draw& d) { return equal_pictures(d, linear(d)); })
      .show(show_linear_course)
      .run(run_linear)
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<Cut>("each epoch takes every picture once, in a new order")
      .also({{6, 1}, {6, 2}, {7, 3}, {5, 2}, {4, 9}})
      .show([](const Cut& t) { return std::to_string(t.n) + " pictures, batch = " + std::to_string(t.batch); })
      .run([](const Answer& a, const Cut& t, judge::Output& o) {
        std::vector<int64_t> sizes;
        int64_t used = 0;
        for (const auto& step : steps_of(a, t.n, t.batch, 1, 1)) sizes.push_back(int64_t(step.size())), used += int64_t(step.size());
        o("pictures used", used);
        o("pictures in each step", sizes);
        bool seeds = false, epochs = false, again = true;
        for (std::uint64_t seed = 1; seed <= 5 && t.batch == 1; seed++) {
          const Steps first = steps_of(a, t.n, t.batch, seed, 1);
          seeds |= first != steps_of(a, t.n, t.batch, seed + 10, 1);
          epochs |= first != steps_of(a, t.n, t.batch, seed, 2);
          again &= first == steps_of(a, t.n, t.batch, seed, 1);
        }
        if (t.batch != 1) return;
        o("another seed, another order", seeds);
        o("the same seed, the same order", again);
        o("another epoch, another order", epochs);
      })
      .read("In which order");
  const auto show_net_course = [](const NetCourse& t) { return shown(t.s) + ", " + shown(t.start); };
  const auto run_net = [](const Answer& a, const NetCourse& t, judge::Output& o) { note_training(o, a.train_mlp, t); };
  c.property<size_t>("the network: each picture goes with its own label")
      .also({3, 4, 5})
      .show([](size_t n) { return std::to_string(n) + " pictures of as many classes in one batch"; })
      .run([](const Answer& a, size_t n, judge::Output& o) {
        bool mixed = false;
        for (std::uint64_t seed = 1; seed <= 8; seed++) {
          Mlp m{n, n, n, std::vector<double>(n * n), std::vector<double>(n), std::vector<double>(n * n), std::vector<double>(n)};
          for (size_t i = 0; i < n; i++) m.w1[i * n + i] = 1;
          a.train_mlp(m, one_of_each(n), {1, n, 0.5, seed}, [](double) {});
          mixed |= labels_mixed_up(m.w2, n);
        }
        o("a picture is trained with the label of another", mixed);
      })
      .read("In which order");
  c.property<NetCourse>("the network trained with all pictures in one batch")
      .draw([](judge::Draw& d) { return whole_batch(d, net(d)); })
      .show(show_net_course)
      .run(run_net)
      .tolerance(relative, absolute)
      .times(20)
      .read("In which order");
  c.property<NetCourse>("the network trained in batches of equal pictures")
      .draw([](judge::Draw& d) { return equal_pictures(d, net(d)); })
      .show(show_net_course)
      .run(run_net)
      .tolerance(relative, absolute)
      .times(30)
      .read("In which order");
  c.property<std::uint64_t>("the network sees its pictures in an order that the seed draws")
      .also({1, 101, 201})
      .show([](std::uint64_t first) { return "batches of one picture, seeds " + std::to_string(first) + " to " + std::to_string(first + 39); })
      .run([](const Answer& a, std::uint64_t first, judge::Output& o) {
        const Net start = small_net();
        const auto trained = [&](std::uint64_t seed, int calls, int epochs) {
          Mlp m = start.m;
          for (int i = 0; i < calls; i++) a.train_mlp(m, start.p, {epochs, 1, 0.5, seed}, [](double) {});
          return m.w2;
        };
        bool seeds = false, again = true, epochs = false;
        for (std::uint64_t seed = first; seed < first + 20 && !(seed > first + 3 && seeds && epochs); seed++) {
          seeds |= trained(seed, 1, 1) != trained(seed + 20, 1, 1);
          again &= trained(seed, 1, 1) == trained(seed, 1, 1);
          epochs |= trained(seed, 1, 2) != trained(seed, 2, 1);
        }
        o("another seed, another result", seeds);
        o("the same seed, the same result", again);
        o("two epochs are not the first one twice", epochs);
      })
      .read("In which order");

  c.property<Logits>("the class with the largest logit")
      .also({{{1, 2, 0, 3, 0, 3}, {}, 3}, {{-3, -1, -2}, {}, 3}, {{5, 5}, {}, 2}, {{0, 1, 1, 0}, {}, 2}, {{-2, 1, -5}, {}, 3}})
      .draw([](judge::Draw& d) { return logits(d, d.integer(1, 4), 3); })
      .show([](const Logits& l) { return "z = " + rows(l.z, l.classes) + ", classes = " + std::to_string(l.classes); })
      .run([](const Answer& a, const Logits& l, judge::Output& o) { o("largest", a.largest(l.z, l.classes)); })
      .times(30)
      .read("In which order");
  c.property<Pictures>("pictures of half the size")
      .also({{1, 2, 2, {0, 1, 0.5f, 0.25f}, {3}}, {1, 2, 4, {0, 1, 0.5f, 0.25f, 1, 0, 0, 1}, {}}, {2, 2, 2, {0, 1, 0, 1, 0.5f, 0.5f, 0.5f, 1}, {1}}})
      .draw([](judge::Draw& d) {
        Pictures p{size_t(d.integer(1, 3)), size_t(2 * d.integer(1, 1 + d.size / 5)), size_t(2 * d.integer(1, 1 + d.size / 4)), {}, {}};
        p.y = labels(d, size_t(d.integer(1, 3)), 5);
        for (size_t i = 0; i < p.y.size() * p.size(); i++) p.x.push_back(float(d.integer(0, 8)) / 8);
        return p;
      })
      .show([](const Pictures& p) { return shown(p); })
      .run([](const Answer& a, const Pictures& p, judge::Output& o) {
        const Pictures small = a.halved(p);
        o("channels, height, width", std::vector<int64_t>{int64_t(small.channels), int64_t(small.height), int64_t(small.width)});
        o("x", std::vector<double>(small.x.begin(), small.x.end()));
        o("y", small.y);
      })
      .tolerance(relative, absolute)
      .times(20)
      .read("In which order");
  for (const bool network : {false, true})
    c.property<Small>(network ? "classes by the network, of small pictures" : "classes by softmax regression, of small pictures")
        .also({{1, 12, 7}, {3, 11, 12}, {1, 3, 2}})
        .show([](const Small& s) {
          return std::to_string(s.known) + " pictures of " + std::to_string(s.channels) + " x 8 x 8 to train on, " + std::to_string(s.unknown) +
                 " unknown";
        })
        .run([network](const Answer& a, const Small& s, judge::Output& o) {
          note_classes(o, network ? a.classify_with_mlp : a.classify_with_softmax, s);
        })
        .read("In which order");
}
