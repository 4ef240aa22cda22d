// What a function uses besides its arguments: parameters, and tensors that its closure holds. While one of these is alive, the
// door of the ops shows it each input of each call and computes with what use() returns. Checkpointing needs to know them.
#pragma once

#include <cairn/tensor/grad_mode.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

class OutsideTensors {
 public:
  OutsideTensors() : outer_(innermost) {
    innermost = this;
    detail::modes.watchers |= detail::watch_outside;
  }
  virtual ~OutsideTensors() {
    innermost = outer_;
    if (!outer_) detail::modes.watchers &= ~uint32_t{detail::watch_outside};
  }
  OutsideTensors(const OutsideTensors&) = delete;
  OutsideTensors& operator=(const OutsideTensors&) = delete;

  virtual Tensor use(const Tensor& x) = 0;  // x itself, or what stands in for it
  static Tensor seen(const Tensor& x) { return innermost && x.requires_grad() ? innermost->use(x) : x; }

 protected:
  Tensor use_outer(const Tensor& x) { return outer_ ? outer_->use(x) : x; }

 private:
  OutsideTensors* outer_;
  static inline thread_local constinit OutsideTensors* innermost = nullptr;
};

}  // namespace cairn
