#include <cairn/autograd/parameter.h>

#include <cairn/base/errors.h>

namespace cairn {

Parameter::Parameter(const Tensor& values, bool trainable) : slot_(std::make_shared<Slot>()) {
  slot_->value = values.is_leaf() && !values.requires_grad() ? values : values.detach();
  if (trainable && is_floating(values.dtype())) slot_->value.set_requires_grad();
}

const Tensor& Parameter::tensor() const {
  if (!defined()) throw StateError("[parameter] it is not defined: the layer was made without it.");
  return slot_->value;
}

Tensor Parameter::value() const {
  if (!slot_) return {};
  return slot_->transform ? slot_->transform(slot_->value) : slot_->value;
}

void Parameter::set(const Tensor& values) {
  if (!slot_) slot_ = std::make_shared<Slot>();
  const bool trainable = slot_->value.defined() ? slot_->value.requires_grad() : true;
  slot_->value = values.detach();
  if (trainable && is_floating(values.dtype())) slot_->value.set_requires_grad();
}

void Parameter::set_transform(std::function<Tensor(const Tensor&)> f) {
  tensor();
  slot_->transform = std::move(f);
}

}  // namespace cairn
