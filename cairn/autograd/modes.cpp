#include <cairn/autograd/modes.h>

#include <cairn/tensor/grad_mode.h>

namespace cairn {

using detail::modes;

bool grad_enabled() { return modes.grad; }
NoGrad::NoGrad() : before_(modes.grad) { modes.grad = false; }
NoGrad::~NoGrad() { modes.grad = before_; }
EnableGrad::EnableGrad() : before_(modes.grad) { modes.grad = true; }
EnableGrad::~EnableGrad() { modes.grad = before_; }

bool anomaly_enabled() { return modes.watchers & detail::watch_anomaly; }
DetectAnomaly::DetectAnomaly() : before_(anomaly_enabled()) { modes.watchers |= detail::watch_anomaly; }
DetectAnomaly::~DetectAnomaly() {
  if (!before_) modes.watchers &= ~uint32_t{detail::watch_anomaly};
}

}  // namespace cairn
