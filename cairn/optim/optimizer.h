// Optimizer: moves parameters along their gradients. One fused kernel call updates all tensors of a group.
//
//   Adam optimizer(model.parameters(), {.lr = 1e-3});
//   loss.backward();  optimizer.step();  optimizer.zero_grad();
//
// A group is a list of (path, Parameter) with options of its own (no weight decay for biases, a smaller lr for the lower layers).
// Parameters are shared slots, so loading or converting a model is followed. State is keyed by path.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <cairn/autograd/parameter.h>
#include <cairn/backend/backend.h>
#include <cairn/base/fields.h>
#include <cairn/tensor/stateful.h>

namespace cairn {

using NamedParameters = std::vector<std::pair<std::string, Parameter>>;

class Optimizer : public Stateful {
 public:
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;
  ~Optimizer() override = default;

  // Parameters without a gradient are passed over: neither they nor their state change.
  void step();
  void zero_grad();  // drops the gradients of all groups

  int group_count() const { return int(groups_.size()); }
  // IndexError for a group that is not there; ConfigError for a number out of its range. `momentum` is beta1 for the Adam family; UnsupportedError for Adagrad.
  double lr(int group = 0) const;
  void set_lr(double lr, int group);
  void set_lr(double lr);  // of every group
  double momentum(int group = 0) const;
  void set_momentum(double momentum, int group);
  NamedParameters parameters() const;  // of all groups
  NamedParameters parameters(int group) const;

  // Moments, step counts and options of all groups, exactly. The tensors share memory with the optimiser: write or clone them
  // before the next step.
  State state() const override;
  void load_state(const State& state) override;

 protected:
  Optimizer() = default;

  // A parameter with what its optimiser remembers.
  struct Entry {
    std::string path;
    Parameter parameter;
    Array states[2];  // not defined before the first step with a gradient
    int64_t steps = 0;
    double number = 1;     // NAdam: the product of mu so far; SGD: 1 until momentum has begun
    Ref<TensorImpl> seen;  // the tensor that the slot held when the buckets were made
    bool active = false;   // it had a gradient then
  };
  // Entries that take the same numbers, as the kernel wants them. Kept between steps; only gradients change.
  struct Bucket {
    std::vector<Entry*> entries;
    std::vector<OptimSlot> slots;
  };
  struct Group {
    std::vector<Entry> entries;
    std::vector<Bucket> buckets;
    int states = -1;  // state_count when the buckets were made
  };

  Group& at(int group) const;                                             // IndexError
  void add_entries(const char* name, const NamedParameters& parameters);  // a new group; ConfigError for duplicates
  void check_ranges(const Fields& fields) const;                          // ConfigError: "[adam] lr must be ..."

  virtual const char* name() const = 0;                                // "adam"
  virtual const char* written_by() const = 0;                          // "Adam.step": for version errors
  virtual Fields fields(int group) const = 0;                          // on the group's options
  virtual int state_count(int group) const = 0;                        // of Entry::states in use
  virtual const char* state_name(int i) const = 0;                     // "m"
  virtual double state_start(int) const { return 0; }                  // what a fresh state array of a group is filled with
  virtual int64_t bucket_of(const Entry& e) const { return e.steps; }  // equal for entries that one call can move
  // Runs the kernel. `first` stands for all entries of the bucket; its steps are counted from 1.
  virtual void run(int group, Bucket& bucket, const Entry& first) = 0;

 private:
  void rebuild(int group);
  double number(int group, const char* a, const char* b) const;
  void set_number(int group, const char* a, const char* b, double value);
  mutable std::vector<Group> groups_;
};

// The part that knows the options' type.
template <class O> class OptimizerOf : public Optimizer {
 public:
  using Options = O;
  // A group with options of its own. ConfigError for a parameter or path that another group has, or an option out of its range.
  void add_group(const NamedParameters& parameters, const Options& options) {
    Options checked = options;
    check_ranges(fields_of(checked));
    options_.push_back(options);
    try {
      add_entries(name(), parameters);
    } catch (...) {
      options_.pop_back();
      throw;
    }
  }
  const Options& options(int group = 0) const { return at(group), options_[size_t(group)]; }
  Options& options(int group = 0) { return at(group), options_[size_t(group)]; }

 protected:
  Fields fields(int group) const override { return fields_of(options_[group]); }
  mutable std::vector<Options> options_;
};

// By name: sgd, adam, adamw, rmsprop, adagrad, nadam. `momentum` is taken where there is one (the Adam family keeps its default
// beta1). ConfigError with the nearest match for other names.
std::unique_ptr<Optimizer> make_optimizer(const std::string& name, const NamedParameters& parameters, double lr, double momentum = 0,
                                          double weight_decay = 0);

}  // namespace cairn
