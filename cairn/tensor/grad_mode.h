// The modes of this thread, in one place that costs one load to ask. autograd/modes.h and ops/ have the scopes that set them.
#pragma once

#include <cstdint>

#include <cairn/tensor/dtype.h>

namespace cairn::detail {

// Bits of Modes::watchers: who wants to see each call at the door.
enum Watcher : uint32_t {
  watch_trace = 1,
  watch_anomaly = 2,
  watch_flops = 4,
  watch_seen = 8,
  watch_autocast = 16,
  watch_outside = 32,
  watch_profile = 64
};

struct Modes {
  bool grad = true;             // calls are recorded
  DType autocast = DType::f32;  // the low type; f32: off
  uint32_t watchers = 0;
};
inline thread_local constinit Modes modes;

// Whatever is changed while one is alive comes back.
class ModesScope {
 public:
  ModesScope() : before_(modes) {}
  ~ModesScope() { modes = before_; }
  ModesScope(const ModesScope&) = delete;
  ModesScope& operator=(const ModesScope&) = delete;
 private:
  Modes before_;
};

inline bool tracing() { return modes.watchers & watch_trace; }

}  // namespace cairn::detail

namespace cairn {
inline bool& grad_mode() { return detail::modes.grad; }
}  // namespace cairn
