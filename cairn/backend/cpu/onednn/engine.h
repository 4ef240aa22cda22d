// oneDNN's engine and this thread's stream.
#pragma once

#include <oneapi/dnnl/dnnl.hpp>

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

}  // namespace cairn::onednn
