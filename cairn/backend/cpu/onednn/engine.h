// What all of oneDNN's callers share: the engine, this thread's stream, and how many threads a product gets.
#pragma once

#include <oneapi/dnnl/dnnl.hpp>
#include <optional>

#include <cairn/base/threads.h>
#include <cairn/tensor/storage.h>

namespace cairn::onednn {

inline dnnl::engine& engine() {
  static dnnl::engine e(dnnl::engine::kind::cpu, 0);
  return e;
}
inline dnnl::stream& stream() {
  thread_local dnnl::stream s(engine());
  return s;
}

inline dnnl::memory memory_at(const dnnl::memory::desc& d, const void* data) { return dnnl::memory(d, engine(), const_cast<void*>(data)); }

// Below this a product stays on one thread. Where a cache line takes 90 ns between the cores, two threads win from about 0.4 MFLOP on;
// where it takes 400 ns (virtual machines change between the two), a training step still gains when all of its large parts are shared
// out, because weights, gradients and states then stay in the caches of the core that updates them.
constexpr double single_thread_flops = 2e6;

// Keeps a small product (or convolution) on this thread. Asking for the number of threads also tells OpenMP about it, which oneDNN goes by.
class ThreadChoice {
 public:
  explicit ThreadChoice(double flops) {
    if (num_threads() > 1 && flops < single_thread_flops) one_.emplace();
  }
 private:
  std::optional<InlineScope> one_;
};

}  // namespace cairn::onednn
