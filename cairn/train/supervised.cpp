#include <cairn/train/supervised.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/autograd/autograd.h>
#include <cairn/base/errors.h>
#include <cairn/base/random.h>
#include <cairn/ops/call.h>
#include <cairn/ops/ops.h>
#include <cairn/train/callbacks.h>

namespace cairn {

// Where an unfinished accumulation stands; its gradients are saved with it.
struct Supervised::Progress : Stateful {
  Supervised* task = nullptr;
  State state() const override {
    State s;
    s.values = Json::object({{"pending", task->pending_}});
    if (task->pending_)
      for (const auto& [path, p] : task->model_.parameters())
        if (p.grad().defined()) s.tensors[path] = p.grad();
    return s;
  }
  void load_state(const State& s) override {
    task->pending_ = s.values.at("pending").as_int();
    for (const auto& [path, p] : task->model_.parameters()) {
      auto found = s.tensors.find(path);
      if (found == s.tensors.end()) continue;
      Tensor leaf = p.tensor();
      leaf.set_grad(found->second);
    }
  }
};

Supervised::Supervised(Module& model, Optimizer& optimizer, Objective objective, SupervisedOptions options)
    : model_(model), optimizer_(optimizer), objective_(objective), options_(options), progress_(std::make_shared<Progress>()) {
  progress_->task = this;
  if (options.accumulate < 1) throw ConfigError(fmt::format("[supervised] accumulate must be at least 1 (got {})", options.accumulate));
  if (options.precision != f32 && options.precision != bf16)
    throw ConfigError(fmt::format("[supervised] precision is f32 or bf16, not {}", name_of(options.precision)));
  if (options.ema > 0) { ema_ = std::make_shared<WeightEma>(model.parameters(), options.ema); }
}

namespace {

// Two classes by one logit. y: labels 0 and 1 [n], or chances of class 1 in [0, 1].
Tensor binary_loss(const Tensor& output, const Tensor& y) {
  if (output.numel() != y.numel())
    fail_shape("supervised", "two classes need one logit for each label", {{"output", output}, {"y", y}},
               "a model with two outputs is for classify.");
  const std::vector<double> labels = y.to_vector<double>();
  for (size_t i = 0; i < labels.size(); i++)
    if (labels[i] < 0 || labels[i] > 1)
      throw IndexError(fmt::format("[supervised] target {} at position {} is outside the 2 classes (labels are 0 and 1)", labels[i], i));
  return bce_with_logits(output, reshape(y.to(output.dtype()), output.shape()));
}

}  // namespace

Tensor Supervised::loss(const Tensor& output, const Tensor& y) const {
  if (options_.loss) return options_.loss(output, y);
  switch (objective_) {
    case Objective::classify: return cross_entropy(output, y);
    case Objective::classify_binary: return binary_loss(output, y);
    case Objective::regress: break;
  }
  return mse_loss(output, y);
}

int64_t Supervised::count_correct(const Tensor& output, const Tensor& y) const {
  if (objective_ == Objective::regress) return -1;
  NoGrad off;
  if (objective_ == Objective::classify_binary) return int64_t(sum(eq(reshape(output, y.shape()) > 0.0, y.to(boolean))).item());
  const bool shares = is_floating(y.dtype());  // of a mixed example the class counts that has most of it
  return int64_t(sum(eq(argmax(output, -1), shares ? argmax(y, -1) : y)).item());
}

Tensor Supervised::forward(const Batch& batch) {
  AutocastScope scope(options_.precision);
  const Tensor output = model_.apply(batch["x"]);
  return output.dtype() == bf16 ? cast(output, f32) : output;
}

std::string Supervised::why_not_finite(const Batch& batch) {
  return first_not_finite(model_.parameters(), batch, [&] { loss(forward(batch), batch["y"]); });
}

StepResult Supervised::train_step(const Batch& batch) {
  const Tensor output = forward(batch), l = loss(output, batch["y"]);
  const double value = l.item();
  hooks_.loss(value, batch);
  if (pending_ == 0) optimizer_.zero_grad();
  (options_.accumulate > 1 ? l / double(options_.accumulate) : l).backward();
  if (++pending_ >= options_.accumulate) {
    hooks_.gradients(optimizer_);
    optimizer_.step();
    hooks_.updated(optimizer_);
    if (ema_) ema_->update();
    pending_ = 0;
  }
  const int64_t n = batch.size();
  return {value * double(n), n, count_correct(output, batch["y"])};
}

StepResult Supervised::eval_step(const Batch& batch) {
  Tensor output = forward(batch);
  const int64_t n = batch.size();
  return {loss(output, batch["y"]).item() * double(n), n, count_correct(output, batch["y"])};
}

void Supervised::set_training(bool on) {
  model_.train(on);
  if (!ema_) return;
  if (!on && !averaged_) ema_->swap(), averaged_ = true;  // evaluate the averaged weights
  else if (on && averaged_) ema_->swap(), averaged_ = false;
}

NamedStates Supervised::states() {
  NamedStates list = {{"model", &model_}, {"optimizer", &optimizer_}, {"task", progress_.get()}};
  if (ema_) list.push_back({"ema", ema_.get()});
  return list;
}

std::map<std::string, double> Supervised::extras() const { return {{"lr", optimizer_.lr()}}; }

}  // namespace cairn
