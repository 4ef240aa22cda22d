// The curves in closed form, and the two that hold state.
#include <cairn/optim/schedule.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

#include <fmt/format.h>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

constexpr double pi = std::numbers::pi;

void need(bool ok, const char* what, const std::string& rule) {
  if (!ok) throw ConfigError(fmt::format("[{}] {}", what, rule));
}
void need_functions(const std::vector<Curve>& curves, const char* what) {
  for (size_t i = 0; i < curves.size(); i++) need(bool(curves[i]), what, "curve " + std::to_string(i) + " is an empty function");
}

std::string text_of(const std::vector<int64_t>& steps) {
  std::string text = "{";
  for (size_t i = 0; i < steps.size(); i++) text += (i ? ", " : "") + std::to_string(steps[i]);
  return text + "}";
}

// From `a` at share 0 to `b` at share 1.
double anneal(bool cosine, double a, double b, double share) { return cosine ? b + (a - b) / 2 * (1 + std::cos(pi * share)) : a + (b - a) * share; }

}  // namespace

Rates StepLR::operator()(int64_t t, double base) const {
  need(size >= 1, "step_lr", "size must be at least 1");
  return base * std::pow(gamma, double(t / size));
}

Rates MultiStepLR::operator()(int64_t t, double base) const {
  if (std::adjacent_find(milestones.begin(), milestones.end(), std::greater_equal<>()) != milestones.end())
    need(false, "multi_step_lr", "milestones must rise, got " + text_of(milestones) + ". Hint: {30, 60, 90}.");
  const auto passed = std::count_if(milestones.begin(), milestones.end(), [&](int64_t m) { return m <= t; });
  return base * std::pow(gamma, double(passed));
}

Rates ExponentialLR::operator()(int64_t t, double base) const { return base * std::pow(gamma, double(t)); }

Rates PolynomialLR::operator()(int64_t t, double base) const {
  need(steps >= 1, "polynomial_lr", "steps must be at least 1");
  return base * std::pow(1 - double(std::min(t, steps)) / double(steps), power);
}

Rates LinearWarmup::operator()(int64_t t, double base) const {
  need(steps >= 1, "linear_warmup", "steps must be at least 1");
  return base * (start + (end - start) * double(std::min(t, steps)) / double(steps));
}

Rates CosineAnnealing::operator()(int64_t t, double base) const {
  need(steps >= 1, "cosine_annealing", "steps must be at least 1");
  return low + (base - low) * (1 + std::cos(pi * double(t) / double(steps))) / 2;
}

Rates CosineWarmRestarts::operator()(int64_t t, double base) const {
  need(first >= 1 && factor >= 1, "cosine_warm_restarts", "first and factor must be at least 1");
  int64_t length = first;
  if (factor == 1) t %= first;
  else
    while (t >= length) t -= length, length *= factor;
  return low + (base - low) * (1 + std::cos(pi * double(t) / double(length))) / 2;
}

Rates OneCycle::operator()(int64_t t, double) const {
  need(steps >= 1, "one_cycle", "steps must be at least 1");
  need(rise >= 0 && rise <= 1, "one_cycle", "rise must be between 0 and 1");
  if (t > steps) throw StateError(fmt::format("[one_cycle] step {} is beyond the cycle of {} steps", t, steps));
  const double start = highest / start_divisor, lowest = start / end_divisor, up = rise * double(steps);
  struct Phase {
    double end, lr_from, lr_to, momentum_from, momentum_to;
  };
  const Phase rising = {up - 1, start, highest, momentum_high, momentum_low};
  const std::vector<Phase> phases = three_phases ? std::vector<Phase>{rising,
                                                                      {2 * up - 2, highest, start, momentum_low, momentum_high},
                                                                      {double(steps) - 1, start, lowest, momentum_high, momentum_high}}
                                                 : std::vector<Phase>{rising, {double(steps) - 1, highest, lowest, momentum_low, momentum_high}};
  double begin = 0;
  size_t i = 0;
  while (i + 1 < phases.size() && double(t) > phases[i].end) begin = phases[i++].end;
  const Phase& p = phases[i];
  const double share = (double(t) - begin) / (p.end - begin);
  const double lr = anneal(cosine, p.lr_from, p.lr_to, share);
  return cycle_momentum ? Rates(lr, anneal(cosine, p.momentum_from, p.momentum_to, share)) : Rates(lr);
}

Curve Chain(std::vector<Curve> curves) {
  need(!curves.empty(), "chain", "needs at least one curve");
  need_functions(curves, "chain");
  return [curves = std::move(curves)](int64_t t, double base) {
    Rates all(base);
    for (const Curve& c : curves) {
      const Rates one = c(t, base);
      all.lr *= base == 0 ? 0 : one.lr / base;
      if (one.momentum) all.momentum = one.momentum;
    }
    return all;
  };
}

Curve Sequence(std::vector<Curve> curves, std::vector<int64_t> milestones) {
  need(!curves.empty() && milestones.size() + 1 == curves.size(), "sequence", "needs one milestone less than curves");
  need_functions(curves, "sequence");
  need(std::adjacent_find(milestones.begin(), milestones.end(), std::greater_equal<>()) == milestones.end(), "sequence", "milestones must rise");
  need(milestones.empty() || milestones[0] > 0, "sequence", "milestones must be above 0");
  return [curves = std::move(curves), milestones = std::move(milestones)](int64_t t, double base) {
    const size_t i = std::upper_bound(milestones.begin(), milestones.end(), t) - milestones.begin();
    return curves[i](i == 0 ? t : t - milestones[i - 1], base);
  };
}

Schedule::Schedule(Optimizer& optimizer, Curve curve) : optimizer_(optimizer), curve_(std::move(curve)) {
  need(bool(curve_), "schedule", "the curve is an empty function");
  for (int g = 0; g < optimizer.group_count(); g++) base_.push_back(optimizer.lr(g));
  apply();
}

// Groups that were added later keep their rates.
void Schedule::apply() {
  for (size_t g = 0; g < base_.size(); g++) {
    const Rates r = curve_(t_, base_[g]);
    optimizer_.set_lr(r.lr, int(g));
    if (r.momentum) optimizer_.set_momentum(*r.momentum, int(g));
  }
}

void Schedule::step() {
  t_++;
  apply();
}

State Schedule::state() const {
  State s;
  s.values["steps"] = t_;
  s.values["base"] = Json(Json::Array(base_.begin(), base_.end()));
  return s;
}

void Schedule::load_state(const State& state) {
  std::vector<double> base;
  for (const Json& b : state.values.at("base").as_array()) base.push_back(b.as_double());
  if (base.size() != base_.size())
    throw StateError(fmt::format("[schedule] the stored state is of {} groups, this has {}", base.size(), base_.size()));
  t_ = state.values.at("steps").as_int();
  base_ = std::move(base);
  apply();
}

ReduceOnPlateau::ReduceOnPlateau(Optimizer& optimizer, PlateauOptions options) : optimizer_(optimizer), options_(options) {
  need(options.factor < 1, "reduce_on_plateau", fmt::format("factor must be below 1 (got {})", options.factor));
  best_ = options.larger_is_better ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

bool ReduceOnPlateau::better(double metric) const {
  if (!any_) return !std::isnan(metric);
  const double margin = options_.relative ? std::abs(best_) * options_.threshold : options_.threshold;
  return options_.larger_is_better ? metric > best_ + margin : metric < best_ - margin;
}

void ReduceOnPlateau::step(double metric) {
  if (better(metric)) {
    best_ = metric;
    any_ = true;
    bad_ = 0;
  } else {
    bad_++;
  }
  if (cooling_ > 0) {
    cooling_--;
    bad_ = 0;
  }
  if (bad_ <= options_.patience) return;
  for (int g = 0; g < optimizer_.group_count(); g++) {
    const double lr = optimizer_.lr(g), cut = std::max(lr * options_.factor, options_.lowest);
    if (lr - cut > options_.smallest_change) optimizer_.set_lr(cut, g);
  }
  cooling_ = options_.cooldown;
  bad_ = 0;
}

State ReduceOnPlateau::state() const {
  State s;
  s.values["any"] = any_;
  s.values["best"] = any_ ? best_ : 0.0;  // JSON has no infinity
  s.values["bad"] = bad_;
  s.values["cooling"] = cooling_;
  return s;
}

void ReduceOnPlateau::load_state(const State& state) {
  const bool any = state.values.at("any").as_bool();
  const double best = state.values.at("best").as_double();
  const int64_t bad = state.values.at("bad").as_int(), cooling = state.values.at("cooling").as_int();
  any_ = any;
  if (any) best_ = best;
  else best_ = options_.larger_is_better ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  bad_ = bad;
  cooling_ = cooling;
}

}  // namespace cairn
