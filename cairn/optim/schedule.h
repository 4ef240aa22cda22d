// Learning-rate schedules. A curve says what the rate is after t steps, as a pure function of t and of the base rate; a Schedule
// walks an optimiser's groups along one.
//
//   Schedule schedule(optimizer, CosineAnnealing{.steps = 1000});
//   for (...) { ...; optimizer.step(); schedule.step(); }
//
//   Sequence({LinearWarmup{.steps = 100}, CosineAnnealing{.steps = 900}}, {100})     one after the other
//   Chain({LinearWarmup{.steps = 100}, ExponentialLR{0.99}})                         their factors multiplied
//
// The formulas are PyTorch's (torch.optim.lr_scheduler), in closed form; a step is whatever the caller counts: a batch or an epoch.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <cairn/optim/optimizer.h>
#include <cairn/tensor/stateful.h>

namespace cairn {

struct Rates {
  Rates(double lr) : lr(lr) {}
  Rates(double lr, double momentum) : lr(lr), momentum(momentum) {}
  double lr;
  std::optional<double> momentum;  // left alone when absent
};
using Curve = std::function<Rates(int64_t t, double base)>;

// lr = base * gamma^floor(t / size)
struct StepLR {
  int64_t size;
  double gamma = 0.1;
  Rates operator()(int64_t t, double base) const;
};
// lr = base * gamma^(number of milestones <= t). ConfigError unless the milestones rise.
struct MultiStepLR {
  std::vector<int64_t> milestones;
  double gamma = 0.1;
  Rates operator()(int64_t t, double base) const;
};
// lr = base * gamma^t
struct ExponentialLR {
  double gamma;
  Rates operator()(int64_t t, double base) const;
};
// lr = base * (1 - min(t, steps) / steps)^power
struct PolynomialLR {
  int64_t steps;
  double power = 1;
  Rates operator()(int64_t t, double base) const;
};
// lr = base * (start + (end - start) * min(t, steps) / steps); PyTorch's LinearLR
struct LinearWarmup {
  int64_t steps;
  double start = 1.0 / 3, end = 1;
  Rates operator()(int64_t t, double base) const;
};
// lr = low + (base - low) * (1 + cos(pi t / steps)) / 2; goes up again after `steps` (Loshchilov, Hutter 2017)
struct CosineAnnealing {
  int64_t steps;
  double low = 0;
  Rates operator()(int64_t t, double base) const;
};
// The same, jumping back to base after `first` steps, then after first * factor, first * factor^2, ...
struct CosineWarmRestarts {
  int64_t first;
  int64_t factor = 1;
  double low = 0;
  Rates operator()(int64_t t, double base) const;
};
// Up from highest / start_divisor to `highest` and down to lowest = start / end_divisor, momentum the other way (Smith, Topin 2018).
// The base rate is not used. StateError beyond `steps`.
struct OneCycle {
  double highest;
  int64_t steps;
  double rise = 0.3;          // share of the steps that go up
  bool cosine = true;         // or linear
  bool three_phases = false;  // down to the start as fast as up, then to the lowest
  bool cycle_momentum = true;
  double momentum_low = 0.85, momentum_high = 0.95;
  double start_divisor = 25, end_divisor = 1e4;
  Rates operator()(int64_t t, double base) const;
};
// The product of the curves' factors lr / base. ConfigError for no curve.
Curve Chain(std::vector<Curve> curves);
// Curve i runs from milestone i - 1 to milestone i, with its own t from 0. ConfigError unless there is one milestone less than
// curves and they rise.
Curve Sequence(std::vector<Curve> curves, std::vector<int64_t> milestones);

class Schedule final : public Stateful {
 public:
  // Takes the optimiser's rates as base rates (of each group) and sets those of t = 0. The optimiser must outlive the schedule.
  Schedule(Optimizer& optimizer, Curve curve);
  void step();
  int64_t steps() const { return t_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  void apply();
  Optimizer& optimizer_;
  Curve curve_;
  std::vector<double> base_;
  int64_t t_ = 0;
};

// Multiplies the rate by `factor` when a metric has not improved for more than `patience` steps.
struct PlateauOptions {
  bool larger_is_better = false;
  double factor = 0.1;
  int64_t patience = 10;
  double threshold = 1e-4;  // what counts as an improvement
  bool relative = true;     // threshold as a share of the best, or absolute
  int64_t cooldown = 0;     // steps after a cut that do not count
  double lowest = 0, smallest_change = 1e-8;
};

class ReduceOnPlateau final : public Stateful {
 public:
  explicit ReduceOnPlateau(Optimizer& optimizer, PlateauOptions options = {});
  void step(double metric);  // NaN counts as no improvement
  double best() const { return best_; }
  State state() const override;
  void load_state(const State& state) override;

 private:
  bool better(double metric) const;
  Optimizer& optimizer_;
  PlateauOptions options_;
  double best_;
  bool any_ = false;
  int64_t bad_ = 0, cooling_ = 0;
};

}  // namespace cairn
