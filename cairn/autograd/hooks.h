// The hooks of a leaf. Those of a result lie in its node, which outlives the handle.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <cairn/tensor/grad_mode.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

struct TensorImpl::Hooks {
  std::vector<std::pair<int, std::function<Tensor(const Tensor&)>>> list;
};

}  // namespace cairn
