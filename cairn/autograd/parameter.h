// A Parameter is a shared slot for a tensor: copying the handle ties two layers to one weight, loading or converting a model
// replaces the slot's contents, so optimisers and other holders follow. A transform (a mask, a low-rank update, fake
// quantisation) can sit between the stored tensor and its users.
#pragma once

#include <functional>
#include <memory>

#include <cairn/tensor/tensor.h>

namespace cairn {

class Parameter {
 public:
  Parameter() = default;                                            // not defined (a layer without bias)
  explicit Parameter(const Tensor& values, bool trainable = true);  // a leaf; copies the handle, not the values

  bool defined() const { return bool(slot_) && slot_->value.defined(); }
  const Tensor& tensor() const;  // the stored leaf; StateError when not defined
  Tensor value() const;          // transform(tensor()), what layers compute with
  operator Tensor() const { return value(); }
  void set(const Tensor& values);  // replaces the contents for every holder; keeps requires_grad
  void set_transform(std::function<Tensor(const Tensor&)> f);
  // A slot of its own: copied values, the same transform and requires_grad.
  Parameter clone() const {
    Parameter copy(tensor().detach().clone(), tensor().requires_grad());
    copy.slot_->transform = slot_->transform;
    return copy;
  }
  Tensor grad() const { return tensor().grad(); }
  const Shape& shape() const { return tensor().shape(); }
  const void* identity() const { return slot_.get(); }  // equal for tied parameters

 private:
  struct Slot {
    Tensor value;
    std::function<Tensor(const Tensor&)> transform;
  };
  std::shared_ptr<Slot> slot_;
};

}  // namespace cairn
