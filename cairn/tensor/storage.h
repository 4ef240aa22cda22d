// Memory: a storage is one block of bytes that arrays and their views share, with a version that counts writes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <cairn/base/refcount.h>
#include <cairn/tensor/shape.h>

namespace cairn {

enum class Device : uint8_t { cpu, cuda };
// How the elements of images lie in memory: as strides say, or blocked by 16 or 8 channels (layout.h).
enum class Layout : uint8_t { strided, nChw16c, nChw8c };
struct BlockedImages;

// The caching allocator. Blocks are 64-byte aligned, rounded up to size classes and kept for reuse; large ones ask for huge pages.
void* allocate(size_t bytes);  // OutOfMemoryError with the size; never null for 0
void deallocate(void* p, size_t bytes) noexcept;
struct MemoryStats {
  uint64_t in_use = 0;       // bytes of live blocks
  uint64_t peak = 0;         // largest in_use since the last reset_peak_memory()
  uint64_t cached = 0;       // bytes kept for reuse
  uint64_t allocations = 0;  // calls so far
  uint64_t live_blocks = 0;  // blocks in use
};
MemoryStats memory_stats();
void reset_peak_memory();
void release_cached_memory();

class Storage final : public RefCounted {
 public:
  explicit Storage(size_t bytes, Device device = Device::cpu);       // uninitialised
  Storage(void* data, size_t bytes, std::function<void()> release);  // memory of somebody else's
  explicit Storage(std::unique_ptr<BlockedImages> images);           // blocked only, uninitialised (layout.h)
  ~Storage() override;

  // The strided form. Images that exist only blocked get it here, once, safely from several threads.
  std::byte* data() const {
    std::byte* p = data_.load(std::memory_order_acquire);
    return p ? p : add_strided_form();
  }
  size_t bytes() const { return bytes_; }
  Device device() const { return device_; }
  const BlockedImages* blocked() const { return blocked_.get(); }  // null: strided only

  // What somebody made of the values and keeps with them (packed weights). He checks the version, and locks.
  Ref<RefCounted>& companion() { return companion_; }

  // Every write outside of a fresh result counts one up; saving for backward remembers the number (see autograd).
  uint32_t version() const { return version_.load(std::memory_order_relaxed); }
  // `op` must outlive the storage: "copy_", "Adam.step"; `shape`: of what was written, when it is known.
  void written(const char* op, const Shape* shape = nullptr) {
    if (blocked_) drop_blocked_form();
    remember(op, shape);
    version_.fetch_add(1, std::memory_order_relaxed);
  }
  std::string last_writer() const;  // "copy_ into [2, 3] in net.0": for the message of a version error

 private:
  void remember(const char* op, const Shape* shape);
  std::byte* add_strided_form() const;
  void drop_blocked_form();
  mutable std::atomic<std::byte*> data_{nullptr};
  size_t bytes_ = 0;
  std::atomic<uint32_t> version_{0};
  Device device_ = Device::cpu;
  std::unique_ptr<BlockedImages> blocked_;
  Ref<RefCounted> companion_;
  struct Write;  // the last one; made by the first
  std::unique_ptr<Write> write_;
  std::function<void()>* release_ = nullptr;
};

}  // namespace cairn
