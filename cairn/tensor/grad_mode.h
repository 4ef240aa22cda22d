// The modes of this thread, in one place that costs one load to ask. autograd/modes.h and ops/ have the scopes that set them.
#pragma once

#include <cstdint>

namespace cairn::detail {

// Bits of Modes::watchers: who wants to see each call at the door.
enum Watcher : uint32_t { watch_trace = 1, watch_anomaly = 2, watch_flops = 4, watch_seen = 8, watch_autocast = 16 };

struct Modes {
  bool grad = true;                  // calls are recorded
  uint32_t watchers = 0;
};
inline thread_local constinit Modes modes;

inline bool tracing() { return modes.watchers & watch_trace; }

}  // namespace cairn::detail

namespace cairn {
inline bool& grad_mode() { return detail::modes.grad; }
}
