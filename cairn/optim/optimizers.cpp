// What stands before each kernel: the numbers that depend on the step, in double.
#include <cairn/optim/optimizers.h>

#include <cmath>

#include <fmt/format.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

namespace cairn {

SGD::SGD(const NamedParameters& parameters, const Options& o) {
  if (o.nesterov && (o.momentum <= 0 || o.dampening != 0))
    throw ConfigError(fmt::format("[sgd] nesterov needs momentum above 0 and no dampening (momentum {}, dampening {})", o.momentum, o.dampening));
  add_group(parameters, o);
}

void SGD::run(int group, Bucket& bucket, const Entry& first) {
  const Options& o = options_[group];
  const bool begins = first.number == 1;
  backend().sgd_step(bucket.slots, {o.lr, o.momentum, o.dampening, o.weight_decay, o.nesterov, begins});
  if (begins && o.momentum != 0)
    for (Entry* e : bucket.entries) e->number = 0;
}

void Adam::run(int group, Bucket& bucket, const Entry& first) {
  const Options& o = options_[group];
  const double t = double(first.steps);
  backend().adam_step(bucket.slots, {.lr = o.lr,
                                     .beta1 = o.beta1,
                                     .beta2 = o.beta2,
                                     .eps = o.eps,
                                     .weight_decay = o.weight_decay,
                                     .decoupled = decoupled(),
                                     .nesterov = false,
                                     .correction1 = 1 - std::pow(o.beta1, t),
                                     .correction2 = 1 - std::pow(o.beta2, t),
                                     .mu = 0,
                                     .mu_next = 0,
                                     .mu_product = 1});
}

// mu_t = beta1 (1 - 0.96^(t decay) / 2): momentum that grows to beta1.
void NAdam::run(int group, Bucket& bucket, const Entry& first) {
  const Options& o = options_[group];
  const double t = double(first.steps);
  const auto mu = [&](double step) { return o.beta1 * (1 - 0.5 * std::pow(0.96, step * o.momentum_decay)); };
  const double product = first.number * mu(t);
  backend().adam_step(bucket.slots, {.lr = o.lr,
                                     .beta1 = o.beta1,
                                     .beta2 = o.beta2,
                                     .eps = o.eps,
                                     .weight_decay = o.weight_decay,
                                     .decoupled = false,
                                     .nesterov = true,
                                     .correction1 = 1 - std::pow(o.beta1, t),
                                     .correction2 = 1 - std::pow(o.beta2, t),
                                     .mu = mu(t),
                                     .mu_next = mu(t + 1),
                                     .mu_product = product});
  for (Entry* e : bucket.entries) e->number = product;
}

void RMSprop::run(int group, Bucket& bucket, const Entry&) {
  const Options& o = options_[group];
  backend().rmsprop_step(bucket.slots, {o.lr, o.alpha, o.eps, o.weight_decay, o.momentum});
}

void Adagrad::run(int group, Bucket& bucket, const Entry& first) {
  const Options& o = options_[group];
  backend().adagrad_step(bucket.slots, {o.lr / (1 + double(first.steps - 1) * o.lr_decay), o.eps, o.weight_decay});
}

std::unique_ptr<Optimizer> make_optimizer(const std::string& name, const NamedParameters& p, double lr, double momentum, double weight_decay) {
  if (name == "sgd") return std::make_unique<SGD>(p, SgdOptions{.lr = lr, .momentum = momentum, .weight_decay = weight_decay});
  if (name == "adam") return std::make_unique<Adam>(p, AdamOptions{.lr = lr, .weight_decay = weight_decay});
  if (name == "adamw") return std::make_unique<AdamW>(p, AdamOptions{.lr = lr, .weight_decay = weight_decay});
  if (name == "rmsprop") return std::make_unique<RMSprop>(p, RmspropOptions{.lr = lr, .weight_decay = weight_decay, .momentum = momentum});
  if (name == "adagrad") return std::make_unique<Adagrad>(p, AdagradOptions{.lr = lr, .weight_decay = weight_decay});
  if (name == "nadam") return std::make_unique<NAdam>(p, NAdamOptions{.lr = lr, .weight_decay = weight_decay});
  throw ConfigError(fmt::format("there is no optimizer '{}'.{}", name, did_you_mean(name, {"sgd", "adam", "adamw", "rmsprop", "adagrad", "nadam"})));
}

}  // namespace cairn
