// oneDNN's engine and this thread's stream.
#pragma once

#include <oneapi/dnnl/dnnl.hpp>

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

// Working memory of this thread's convolutions, one block for all of them: kept, and made anew only when a larger one is needed.
// (As blocks of their own, each plan's would wait in the allocator's cache for the next call of that very plan.) What it holds is lost at
// the next call for the same purpose.
enum class Purpose { scratch, weights };
inline void* working_memory(Purpose purpose, size_t bytes) {
  thread_local Ref<Storage> blocks[2];
  Ref<Storage>& block = blocks[int(purpose)];
  if (!block || block->bytes() < bytes) {
    block = nullptr;
    release_cached_memory();  // nobody will ask for the old size again
    block = make_ref<Storage>(bytes);
  }
  return block->data();
}

inline dnnl::memory memory_at(const dnnl::memory::desc& d, const void* data) { return dnnl::memory(d, engine(), const_cast<void*>(data)); }

}  // namespace cairn::onednn
