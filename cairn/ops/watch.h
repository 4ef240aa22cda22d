// Those who want to see each call at the door: what a thread watches with. Private to ops/.
#pragma once

#include <cairn/ops/call.h>
#include <cairn/ops/profile.h>
#include <cairn/tensor/grad_mode.h>

namespace cairn {

ProfileLine& profile_line(std::vector<ProfileLine>& lines, const std::string& op, const std::string& plan);

class Tracer {
 public:
  virtual ~Tracer() = default;
  virtual void seen(const OpInfo& op, std::span<const Tensor> inputs, const Attributes& attributes, std::span<const Tensor> outputs) = 0;
};

struct Watchers {
  Tracer* tracer = nullptr;
  FlopCounter* flops = nullptr;
  OpsSeen* seen = nullptr;
  Profiler* profiler = nullptr;
};
Watchers& watchers();

inline void watch(detail::Watcher bit, bool on) {
  if (on) detail::modes.watchers |= bit;
  else detail::modes.watchers &= ~uint32_t{bit};
}

}  // namespace cairn
