// The caching allocator. A training step asks for the same sizes again and again: small blocks come from lists of this thread
// without any lock, large ones from one shared list; both give memory that is already mapped and warm. Sizes are rounded up to
// classes, four to a power of two, so at most a quarter is wasted.
#include <cairn/tensor/storage.h>

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <new>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAIRN_CACHE_MEMORY 0            // let the sanitizer see every block
#else
#define CAIRN_CACHE_MEMORY 1
#endif

namespace cairn {

namespace {

constexpr size_t small_limit = size_t{1} << 20, huge_page = size_t{2} << 20, cache_limit = size_t{1} << 30;
constexpr size_t ask_system_from = size_t{256} << 20;
constexpr int small_classes = 4 * 15, per_class = 32;
constexpr size_t thread_cache_limit = size_t{32} << 20;

std::atomic<uint64_t> in_use{0}, peak{0}, cached{0}, allocations{0}, live{0};

// Class c holds blocks of (4 + c % 4) * 16 << (c / 4) bytes: 64, 80, 96, 112, 128, 160, ...
size_t class_bytes(int c) { return size_t(4 + c % 4) << (4 + c / 4); }
int class_of(size_t bytes) {
  if (bytes <= 64) return 0;
  const int top = int(std::bit_width(bytes - 1)) - 1;           // bytes - 1 has its highest bit here, at least 6
  const int quarter = int((bytes - 1) >> (top - 2)) & 3;
  return 4 * (top - 6) + quarter + 1;
}
size_t rounded(size_t bytes) {
  if (!CAIRN_CACHE_MEMORY) return std::max<size_t>(bytes, 1);
  if (bytes <= small_limit) return class_bytes(class_of(bytes));
  const size_t step = std::max<size_t>(std::bit_floor(bytes) / 4, 4096);
  return (bytes + step - 1) / step * step;
}

void* from_system(size_t bytes) {
  if (bytes < huge_page) return std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  // Two MiB alignment, so that the kernel can use huge pages: fewer page faults, fewer TLB misses.
  void* p = mmap(nullptr, bytes + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) return nullptr;
  const uintptr_t start = reinterpret_cast<uintptr_t>(p), aligned = (start + huge_page - 1) & ~(huge_page - 1);
  if (aligned > start) munmap(p, aligned - start);
  if (const uintptr_t end = start + bytes + huge_page, used = aligned + bytes; end > used) munmap(reinterpret_cast<void*>(used), end - used);
  madvise(reinterpret_cast<void*>(aligned), bytes, MADV_HUGEPAGE);
  return reinterpret_cast<void*>(aligned);
}

void to_system(void* p, size_t bytes) {
  if (bytes < huge_page) std::free(p);
  else munmap(p, bytes);
}

// Linux promises memory it does not have and kills later; a block this large is compared with what is free first.
bool system_has(size_t bytes) {
  std::FILE* f = std::fopen("/proc/meminfo", "r");
  if (!f) return true;
  char line[128];
  unsigned long long kib = 0;
  bool found = false;
  while (!found && std::fgets(line, sizeof line, f)) found = std::sscanf(line, "MemAvailable: %llu kB", &kib) == 1;
  std::fclose(f);
  return !found || bytes / 1024 < kib;
}

struct LargeCache {
  std::mutex mutex;
  std::multimap<size_t, void*> blocks;
  size_t bytes = 0;

  void* take(size_t n) {
    std::lock_guard lock(mutex);
    auto it = blocks.find(n);
    if (it == blocks.end()) return nullptr;
    void* p = it->second;
    blocks.erase(it);
    bytes -= n;
    cached.fetch_sub(n, std::memory_order_relaxed);
    return p;
  }
  bool keep(void* p, size_t n) {
    std::lock_guard lock(mutex);
    if (bytes + n > cache_limit) return false;
    blocks.emplace(n, p);
    bytes += n;
    cached.fetch_add(n, std::memory_order_relaxed);
    return true;
  }
  void clear() {
    std::lock_guard lock(mutex);
    for (auto& [n, p] : blocks) to_system(p, n);
    cached.fetch_sub(bytes, std::memory_order_relaxed);
    blocks.clear();
    bytes = 0;
  }
};
LargeCache& large_cache() {
  static LargeCache* cache = new LargeCache;      // never destroyed: tensors may outlive static objects
  return *cache;
}

// The free blocks of this thread. Trivially destructible state first, so that frees during the thread's end still work.
struct SmallCache {
  void* blocks[small_classes][per_class];
  int count[small_classes];
  size_t bytes;
  bool closed;
};
thread_local constinit SmallCache small{};

void clear_small() {
  for (int c = 0; c < small_classes; c++)
    while (small.count[c] > 0) std::free(small.blocks[c][--small.count[c]]);
  cached.fetch_sub(small.bytes, std::memory_order_relaxed);
  small.bytes = 0;
}
struct CloseSmall {
  ~CloseSmall() {
    clear_small();
    small.closed = true;
  }
};

void count_up(size_t bytes) {
  const uint64_t now = in_use.fetch_add(bytes, std::memory_order_relaxed) + bytes;
  allocations.fetch_add(1, std::memory_order_relaxed);
  live.fetch_add(1, std::memory_order_relaxed);
  uint64_t top = peak.load(std::memory_order_relaxed);
  while (now > top && !peak.compare_exchange_weak(top, now, std::memory_order_relaxed)) {}
}

void* take_cached(size_t n) {
  if (!CAIRN_CACHE_MEMORY) return nullptr;
  if (n > small_limit) return large_cache().take(n);
  const int c = class_of(n);
  if (small.count[c] == 0) return nullptr;
  small.bytes -= n;
  cached.fetch_sub(n, std::memory_order_relaxed);
  return small.blocks[c][--small.count[c]];
}

}  // namespace

void* allocate(size_t bytes) {
  if (bytes > size_t{1} << 62) throw OutOfMemoryError("cannot allocate " + human_bytes(bytes) + ".");
  const size_t n = rounded(bytes);
  void* p = take_cached(n);
  if (!p) [[unlikely]] {
    if (n >= ask_system_from && !system_has(n)) {
      release_cached_memory();
      if (!system_has(n)) throw OutOfMemoryError("cannot allocate " + human_bytes(n) + ": the machine has less free memory. Hint: a smaller batch or model, or fewer programs beside this one.");
    }
    p = from_system(n);
    if (!p) {
      release_cached_memory();
      p = from_system(n);
    }
    if (!p) throw OutOfMemoryError("cannot allocate " + human_bytes(n) + ": the system refuses. Hint: a smaller batch or model.");
  }
  count_up(n);
  return p;
}

void deallocate(void* p, size_t bytes) noexcept {
  const size_t n = rounded(bytes);
  in_use.fetch_sub(n, std::memory_order_relaxed);
  live.fetch_sub(1, std::memory_order_relaxed);
  if (CAIRN_CACHE_MEMORY && n > small_limit) {
    if (!large_cache().keep(p, n)) to_system(p, n);
    return;
  }
  if (CAIRN_CACHE_MEMORY && !small.closed) {
    thread_local CloseSmall close_at_end;
    (void)close_at_end;
    const int c = class_of(n);
    if (small.count[c] < per_class && small.bytes + n <= thread_cache_limit) {
      small.blocks[c][small.count[c]++] = p;
      small.bytes += n;
      cached.fetch_add(n, std::memory_order_relaxed);
      return;
    }
  }
  to_system(p, n);
}

MemoryStats memory_stats() { return {in_use.load(), peak.load(), cached.load(), allocations.load(), live.load()}; }
void reset_peak_memory() { peak.store(in_use.load()); }
void release_cached_memory() {
  clear_small();
  large_cache().clear();
}

Storage::Storage(size_t bytes, Device device) : data_(static_cast<std::byte*>(allocate(bytes))), bytes_(bytes), device_(device) {
  if (device != Device::cpu) {
    deallocate(data_, bytes);
    throw DeviceError("this build has no CUDA backend. Hint: Device::cpu.");
  }
}

Storage::Storage(void* data, size_t bytes, std::function<void()> release)
    : data_(static_cast<std::byte*>(data)), bytes_(bytes), release_(new std::function<void()>(std::move(release))) {}

Storage::~Storage() {
  if (release_) {
    if (*release_) (*release_)();
    delete release_;
  } else if (data_) {
    deallocate(data_, bytes_);
  }
}

}  // namespace cairn
