// One step of a pipeline: any value that changes a Sample and can say what it is. A user's own:
//
//   struct Invert {
//     void apply(Sample& s, Random&) const { invert(s); }
//     std::string str() const { return "Invert"; }
//   };
//
// apply() draws from the Random that it is given, which belongs to (seed, epoch, example, step), and is called from several threads.
#pragma once

#include <concepts>
#include <memory>
#include <string>

#include <cairn/base/random.h>
#include <cairn/data/tensor_dataset.h>
#include <cairn/data/transforms/sample.h>

namespace cairn::transforms {

using cairn::Normalize;  // {.mean = {...}, .std = {...}}, of pixels as 0 to 1: the step that makes floats

template <class T>
concept Step = requires(const T& t, Sample& s, Random& r) {
  t.apply(s, r);
  { t.str() } -> std::convertible_to<std::string>;
};

class Transform {
 public:
  // A step with a check() has its options checked here: ConfigError.
  template <Step T> Transform(T step) : step_(std::make_shared<const Model<T>>(std::move(step))) { step_->check(); }
  Transform(const Normalize& how);  // ConfigError for a deviation that is not above 0, or means and deviations that do not match

  void apply(Sample& s, Random& r) const { step_->apply(s, r); }
  std::string str() const { return step_->str(); }
  bool normalizes() const { return normalizes_; }
  bool changes_floats() const { return step_->changes_floats(); }  // may stand behind Normalize

 private:
  struct Base {
    virtual ~Base() = default;
    virtual void apply(Sample& s, Random& r) const = 0;
    virtual std::string str() const = 0;
    virtual void check() const = 0;
    virtual bool changes_floats() const = 0;
  };
  template <class T> struct Model : Base {
    explicit Model(T t) : step(std::move(t)) {}
    void apply(Sample& s, Random& r) const override { step.apply(s, r); }
    std::string str() const override { return step.str(); }
    void check() const override {
      if constexpr (requires { step.check(); }) step.check();
    }
    bool changes_floats() const override {
      if constexpr (requires { T::changes_floats; }) return T::changes_floats;
      else return false;
    }
    T step;
  };
  std::shared_ptr<const Base> step_;
  bool normalizes_ = false;
};

}  // namespace cairn::transforms
