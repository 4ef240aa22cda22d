// The hooks of a leaf. Those of a result lie in its node, which outlives the handle.
#pragma once

#include <cairn/autograd/node.h>

namespace cairn {

struct TensorImpl::Hooks {
  HookList list;
};

}  // namespace cairn
