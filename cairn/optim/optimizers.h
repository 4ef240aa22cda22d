// The optimisers. The kernels' formulas stand in backend/backend.h; t counts a parameter's steps from 1.
//   SGD      Sutskever, Martens, Dahl, Hinton 2013 (momentum as PyTorch defines it)
//   Adam     Kingma, Ba 2015          AdamW    Loshchilov, Hutter 2019          NAdam    Dozat 2016
//   RMSprop  Tieleman, Hinton 2012    Adagrad  Duchi, Hazan, Singer 2011
// weight_decay is an L2 term of the gradient everywhere but in AdamW, which shrinks the weights themselves.
#pragma once

#include <cairn/optim/optimizer.h>

namespace cairn {

struct SgdOptions {
  double lr = 1e-2, momentum = 0, dampening = 0, weight_decay = 0;
  bool nesterov = false;
  void fields(Fields& f) {
    f("lr", lr, "step size", at_least_value(0));
    f("momentum", momentum, "share of the last step that is kept", at_least_value(0));
    f("dampening", dampening, "share of the gradient that does not enter the momentum", between(0, 1));
    f("weight_decay", weight_decay, "L2 penalty", at_least_value(0));
    f("nesterov", nesterov, "look ahead along the momentum");
  }
};

class SGD final : public OptimizerOf<SgdOptions> {
 public:
  // ConfigError when nesterov comes without momentum or with dampening.
  explicit SGD(const NamedParameters& parameters, const Options& options = {});
 private:
  const char* name() const override { return "sgd"; }
  const char* written_by() const override { return "SGD.step"; }
  int state_count(int group) const override { return options_[group].momentum != 0; }
  const char* state_name(int) const override { return "momentum"; }
  int64_t bucket_of(const Entry& e) const override { return int64_t(e.number); }
  void run(int group, Bucket& bucket, const Entry& first) override;
};

struct AdamOptions {
  double lr = 1e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0;
  void fields(Fields& f) {
    f("lr", lr, "step size", at_least_value(0));
    f("beta1", beta1, "decay of the mean of gradients", between(0, 0.9999999));
    f("beta2", beta2, "decay of the mean of squared gradients", between(0, 0.9999999));
    f("eps", eps, "added to the root, against division by zero", at_least_value(0));
    f("weight_decay", weight_decay, "L2 penalty (Adam) or shrinkage (AdamW)", at_least_value(0));
  }
};

class Adam : public OptimizerOf<AdamOptions> {
 public:
  explicit Adam(const NamedParameters& parameters, const Options& options = {}) { add_group(parameters, options); }
 protected:
  Adam() = default;
  const char* name() const override { return "adam"; }
  const char* written_by() const override { return "Adam.step"; }
  virtual bool decoupled() const { return false; }
 private:
  int state_count(int) const override { return 2; }
  const char* state_name(int i) const override { return i == 0 ? "m" : "v"; }
  void run(int group, Bucket& bucket, const Entry& first) override;
};

class AdamW final : public Adam {
 public:
  static Options defaults() { return {.weight_decay = 1e-2}; }
  explicit AdamW(const NamedParameters& parameters, const Options& options = defaults()) { add_group(parameters, options); }
 private:
  const char* name() const override { return "adamw"; }
  const char* written_by() const override { return "AdamW.step"; }
  bool decoupled() const override { return true; }
};

struct NAdamOptions {
  double lr = 2e-3, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weight_decay = 0, momentum_decay = 4e-3;
  void fields(Fields& f) {
    f("lr", lr, "step size", at_least_value(0));
    f("beta1", beta1, "decay of the mean of gradients", between(0, 0.9999999));
    f("beta2", beta2, "decay of the mean of squared gradients", between(0, 0.9999999));
    f("eps", eps, "added to the root, against division by zero", at_least_value(0));
    f("weight_decay", weight_decay, "L2 penalty", at_least_value(0));
    f("momentum_decay", momentum_decay, "how fast mu approaches beta1", at_least_value(0));
  }
};

class NAdam final : public OptimizerOf<NAdamOptions> {
 public:
  explicit NAdam(const NamedParameters& parameters, const Options& options = {}) { add_group(parameters, options); }
 private:
  const char* name() const override { return "nadam"; }
  const char* written_by() const override { return "NAdam.step"; }
  int state_count(int) const override { return 2; }
  const char* state_name(int i) const override { return i == 0 ? "m" : "v"; }
  void run(int group, Bucket& bucket, const Entry& first) override;
};

struct RmspropOptions {
  double lr = 1e-2, alpha = 0.99, eps = 1e-8, weight_decay = 0, momentum = 0;
  void fields(Fields& f) {
    f("lr", lr, "step size", at_least_value(0));
    f("alpha", alpha, "decay of the mean of squared gradients", between(0, 1));
    f("eps", eps, "added to the root, against division by zero", at_least_value(0));
    f("weight_decay", weight_decay, "L2 penalty", at_least_value(0));
    f("momentum", momentum, "share of the last step that is kept", at_least_value(0));
  }
};

class RMSprop final : public OptimizerOf<RmspropOptions> {
 public:
  explicit RMSprop(const NamedParameters& parameters, const Options& options = {}) { add_group(parameters, options); }
 private:
  const char* name() const override { return "rmsprop"; }
  const char* written_by() const override { return "RMSprop.step"; }
  int state_count(int group) const override { return options_[group].momentum != 0 ? 2 : 1; }
  const char* state_name(int i) const override { return i == 0 ? "square" : "momentum"; }
  int64_t bucket_of(const Entry&) const override { return 0; }
  void run(int group, Bucket& bucket, const Entry& first) override;
};

struct AdagradOptions {
  double lr = 1e-2, lr_decay = 0, eps = 1e-10, weight_decay = 0, start = 0;
  void fields(Fields& f) {
    f("lr", lr, "step size", at_least_value(0));
    f("lr_decay", lr_decay, "the step size is lr / (1 + (t - 1) lr_decay)", at_least_value(0));
    f("eps", eps, "added to the root, against division by zero", at_least_value(0));
    f("weight_decay", weight_decay, "L2 penalty", at_least_value(0));
    f("start", start, "what the sums of squares begin with", at_least_value(0));
  }
};

class Adagrad final : public OptimizerOf<AdagradOptions> {
 public:
  explicit Adagrad(const NamedParameters& parameters, const Options& options = {}) { add_group(parameters, options); }
 private:
  const char* name() const override { return "adagrad"; }
  const char* written_by() const override { return "Adagrad.step"; }
  int state_count(int) const override { return 1; }
  const char* state_name(int) const override { return "sum"; }
  double state_start(int group) const override { return options_[group].start; }
  void run(int group, Bucket& bucket, const Entry& first) override;
};

}  // namespace cairn
