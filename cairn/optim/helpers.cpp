// Clipping, averaging, accumulating: each a kernel over all tensors at once.
#include <cairn/optim/helpers.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/ops/ops.h>

namespace cairn {
namespace {

std::vector<Array> gradients(const NamedParameters& parameters) {
  std::vector<Array> list;
  for (const auto& [path, p] : parameters)
    if (const auto& g = p.tensor().impl()->grad) list.push_back(g->array);
  return list;
}

void written(const std::vector<Array>& arrays, const char* by) {
  for (const Array& a : arrays) a.storage()->written(by, &a.shape());
}

[[noreturn]] void not_finite(const NamedParameters& parameters, double norm) {
  for (const auto& [path, p] : parameters)
    if (const auto& g = p.tensor().impl()->grad; g && !backend().all_finite(g->array))
      throw NumericError(
          fmt::format("[clip_grad_norm] the gradient of '{}' {} has NaN or infinite elements. Hint: DetectAnomaly names the op it came from.", path,
                      p.shape().str()));
  throw NumericError(fmt::format("[clip_grad_norm] the norm of all gradients is {}", norm));
}

}  // namespace

double clip_grad_norm(const NamedParameters& parameters, double max_norm, bool finite) {
  if (!(max_norm >= 0)) throw ConfigError(fmt::format("[clip_grad_norm] max_norm must not be negative (got {})", max_norm));
  std::vector<Array> grads = gradients(parameters);
  const double norm = std::sqrt(backend().sum_square(grads));
  if (finite && !std::isfinite(norm)) not_finite(parameters, norm);
  const double factor = max_norm / (norm + 1e-6);
  if (!(factor >= 1)) {
    backend().scale(grads, factor);
    written(grads, "clip_grad_norm");
  }
  return norm;
}

void clip_grad_value(const NamedParameters& parameters, double limit) {
  if (!(limit >= 0)) throw ConfigError(fmt::format("[clip_grad_value] the limit must not be negative (got {})", limit));
  std::vector<Array> grads = gradients(parameters);
  backend().clamp(grads, -limit, limit);
  written(grads, "clip_grad_value");
}

WeightEma::WeightEma(const NamedParameters& parameters, double decay, bool warmup) : parameters_(parameters), decay_(decay), warmup_(warmup) {
  if (!(decay >= 0 && decay < 1)) throw ConfigError(fmt::format("[weight_ema] decay must be at least 0 and below 1 (got {})", decay));
  for (const auto& [path, p] : parameters) averages_.emplace_back(path, Parameter(p.tensor().detach().clone(), false));
}

void WeightEma::update() {
  const double t = double(updates_++);
  slots_.clear();
  for (size_t i = 0; i < parameters_.size(); i++)
    slots_.push_back({averages_[i].second.tensor().array(), parameters_[i].second.tensor().array(), {}, {}});
  backend().ema_step(slots_, warmup_ ? std::min(decay_, (1 + t) / (10 + t)) : decay_);
  for (OptimSlot& s : slots_) s.p.storage()->written("WeightEma.update");
  slots_.clear();
}

void WeightEma::swap() {
  NoGrad no_grad;
  for (size_t i = 0; i < parameters_.size(); i++) {
    Tensor weight = parameters_[i].second.tensor(), average = averages_[i].second.tensor();
    const Tensor kept = weight.detach().clone();
    weight.copy_(average);
    average.copy_(kept);
  }
}

State WeightEma::state() const {
  State s;
  s.values["updates"] = updates_;
  for (const auto& [path, p] : averages_) s.tensors[path] = p.tensor();
  return s;
}

void WeightEma::load_state(const State& state) {
  const int64_t updates = state.values.at("updates").as_int();
  for (const auto& [path, p] : averages_) {
    const auto found = state.tensors.find(path);
    if (found == state.tensors.end()) throw StateError(fmt::format("[weight_ema] the stored state has no '{}'", path));
    if (!(found->second.shape() == p.shape()))
      throw StateError(fmt::format("[weight_ema] '{}' has the shape {}, the parameter {}", path, found->second.shape().str(), p.shape().str()));
  }
  if (state.tensors.size() != averages_.size()) throw StateError("[weight_ema] the stored state is of another model");
  NoGrad no_grad;
  for (auto& [path, p] : averages_) Tensor(p.tensor()).copy_(state.tensors.at(path));
  updates_ = updates;
}

GradientAccumulator::GradientAccumulator(Optimizer& optimizer, int64_t every) : optimizer_(optimizer), every_(every) {
  if (every < 1) throw ConfigError(fmt::format("[gradient_accumulator] every must be at least 1 (got {})", every));
}

void GradientAccumulator::backward(const Tensor& loss) { (every_ == 1 ? loss : loss * (1.0 / double(every_))).backward(); }

bool GradientAccumulator::step(bool last) {
  count_++;
  if (count_ < every_ && !last) return false;
  optimizer_.step();
  optimizer_.zero_grad();
  count_ = 0;
  return true;
}

State GradientAccumulator::state() const {
  State s;
  s.values["count"] = count_;
  for (const auto& [path, p] : optimizer_.parameters())
    if (const Tensor g = p.grad(); count_ > 0 && g.defined()) s.tensors[path] = g;
  return s;
}

void GradientAccumulator::load_state(const State& state) {
  const int64_t count = state.values.at("count").as_int();
  const NamedParameters parameters = optimizer_.parameters();
  size_t found = 0;
  for (const auto& [path, p] : parameters)
    if (const auto g = state.tensors.find(path); g != state.tensors.end()) {
      if (!(g->second.shape() == p.shape()))
        throw StateError(fmt::format("[gradient_accumulator] the gradient of '{}' has the shape {}, the parameter {}", path, g->second.shape().str(),
                                     p.shape().str()));
      found++;
    }
  if (found != state.tensors.size()) throw StateError("[gradient_accumulator] the stored gradients are of other parameters");
  optimizer_.zero_grad();
  for (const auto& [path, p] : parameters)
    if (const auto g = state.tensors.find(path); g != state.tensors.end()) Tensor(p.tensor()).set_grad(g->second.clone());
  count_ = count;
}

}  // namespace cairn
