// The caching allocator. A training step asks for the same sizes again and again; blocks that were given back are kept, mapped
// and warm, for the next request of their size class.
//
//   up to 1 MiB     lists of this thread, without a lock; what is too much there moves to lists that all threads share
//   above           one shared list, the newest block first; from 2 MiB on blocks are aligned for huge pages
//
// Classes: multiples of 64 bytes up to 256, then four to a power of two (at most a fifth is wasted), exact pages above 64 MiB.
#include <cairn/tensor/storage.h>

#include <sys/mman.h>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/tensor/system_memory.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CAIRN_UNDER_SANITIZER
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAIRN_UNDER_SANITIZER
#endif

namespace cairn {

namespace {

#ifdef CAIRN_UNDER_SANITIZER
constexpr bool caching = false;  // so that it sees every block begin and end
#else
constexpr bool caching = true;
#endif

constexpr size_t KiB = 1024, MiB = 1024 * KiB;
constexpr size_t small_limit = MiB, exact_from = 64 * MiB, huge_page = 2 * MiB, page = 4 * KiB;
constexpr size_t class_limit = 4 * MiB, thread_limit = 32 * MiB;  // what a thread keeps, of a class and in all
constexpr size_t shared_limit = 1024 * MiB;                       // what all threads keep together
constexpr size_t look_at_system_each = 256 * MiB;
constexpr int small_classes = 52;

int class_of(size_t bytes) {  // of 1 .. 1 MiB
  if (bytes <= 256) return int((bytes + 63) / 64) - 1;
  const int top = int(std::bit_width(bytes - 1)) - 1;
  return 4 * (top - 7) + (int((bytes - 1) >> (top - 2)) & 3);
}
size_t class_bytes(int c) { return c < 4 ? size_t(64) * (c + 1) : size_t(5 + c % 4) << (c / 4 + 5); }

size_t rounded(size_t bytes) {
  if (bytes <= small_limit) return class_bytes(class_of(std::max<size_t>(bytes, 1)));
  const size_t step = bytes <= exact_from ? std::bit_floor(bytes - 1) / 4 : page;
  return (bytes + step - 1) / step * step;
}

// ---- the system's memory

std::atomic<size_t> mapped{0}, unchecked{0};  // bytes got from mmap; of them, since the last look at what is free

void* map_aligned(size_t bytes) {  // at a multiple of 2 MiB: maps more and cuts both ends off
  void* p = mmap(nullptr, bytes + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) return nullptr;
  const auto start = reinterpret_cast<uintptr_t>(p), aligned = (start + huge_page - 1) / huge_page * huge_page;
  if (aligned > start) munmap(p, aligned - start);
  if (const size_t rest = start + huge_page - aligned) munmap(reinterpret_cast<void*>(aligned + bytes), rest);
  p = reinterpret_cast<void*>(aligned);
  madvise(p, bytes, MADV_HUGEPAGE);  // fewer page faults, fewer TLB misses; only a wish
  return p;
}

void* from_system(size_t n) {
  if (!caching || n < huge_page) return std::aligned_alloc(64, n);
  void* p = map_aligned(n);
  if (p) mapped += n;
  return p;
}

void to_system(void* p, size_t n) noexcept {
  if (!caching || n < huge_page) {
    std::free(p);
    return;
  }
  munmap(p, n);
  mapped -= n;
}

// Linux promises memory that it does not have and kills later; so we look before large requests, and count what was promised to
// us but never touched.
bool system_has(size_t n) {
  const uint64_t resident = resident_memory(), promised = mapped > resident ? mapped - resident : 0;
  const uint64_t page_tables = n / 256;
  return n + page_tables + promised <= available_memory();
}

// ---- blocks kept for reuse

struct FreeBlock {
  FreeBlock* next;
};  // written into the block itself
struct FreeList {
  FreeBlock* first = nullptr;
  size_t count = 0;
  void push(void* p) {
    first = new (p) FreeBlock{first};
    count++;
  }
  void* pop() {
    FreeBlock* p = first;
    if (p) {
      first = p->next;
      count--;
    }
    return p;
  }
};

struct ThreadCache {
  FreeList lists[small_classes];
  size_t bytes = 0;                                                 // in the lists
  std::atomic<uint64_t> kept{0}, allocations{0}, deallocations{0};  // written by its thread, read by memory_stats
  enum { fresh, open, closed } state = fresh;
  void set_bytes(size_t n) { bytes = n, kept.store(n, std::memory_order_relaxed); }
};
thread_local constinit ThreadCache mine;

struct SharedCache {
  struct Large {
    void* p;
    size_t bytes;
  };
  std::mutex mutex;
  std::vector<Large> large;  // the oldest first
  FreeList small[small_classes];
  size_t bytes = 0;  // in both
  std::vector<ThreadCache*> threads;
  uint64_t allocations = 0, deallocations = 0;  // of threads that ended
};
SharedCache& shared() {
  static SharedCache* cache = new SharedCache;  // never destroyed: tensors may outlive static objects
  return *cache;
}

std::atomic<uint64_t> in_use{0}, peak{0};

// The calling thread's cache is known to memory_stats while the thread lives; at its end the blocks go to the others.
struct CloseThreadCache {
  ~CloseThreadCache() {
    SharedCache& s = shared();
    std::lock_guard lock(s.mutex);
    for (int c = 0; c < small_classes; c++)
      while (void* p = mine.lists[c].pop()) {
        s.small[c].push(p);
        s.bytes += class_bytes(c);
      }
    mine.set_bytes(0);
    s.allocations += mine.allocations;
    s.deallocations += mine.deallocations;
    std::erase(s.threads, &mine);
    mine.state = ThreadCache::closed;
  }
};
void open_thread_cache() {
  thread_local CloseThreadCache closes_at_the_end;
  (void)closes_at_the_end;
  std::lock_guard lock(shared().mutex);
  shared().threads.push_back(&mine);
  mine.state = ThreadCache::open;
}

void count(std::atomic<uint64_t> ThreadCache::*own, uint64_t SharedCache::*of_all) {
  if (mine.state == ThreadCache::closed) [[unlikely]] {
    std::lock_guard lock(shared().mutex);
    shared().*of_all += 1;
  } else {
    (mine.*own).store((mine.*own).load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
}

void* take_shared(size_t n) {
  SharedCache& s = shared();
  std::lock_guard lock(s.mutex);
  void* p = nullptr;
  if (n <= small_limit) {
    p = s.small[class_of(n)].pop();
  } else {
    const auto found = std::find_if(s.large.rbegin(), s.large.rend(), [n](auto& b) { return b.bytes == n; });
    if (found == s.large.rend()) return nullptr;
    p = found->p;
    s.large.erase(std::next(found).base());
  }
  if (p) s.bytes -= n;
  return p;
}

void keep_large(void* p, size_t n) {
  SharedCache& s = shared();
  std::vector<SharedCache::Large> too_old;
  {
    std::lock_guard lock(s.mutex);
    s.large.push_back({p, n});
    s.bytes += n;
    size_t i = 0;
    for (; i < s.large.size() && s.bytes > shared_limit; i++) s.bytes -= s.large[i].bytes;
    too_old.assign(s.large.begin(), s.large.begin() + long(i));
    s.large.erase(s.large.begin(), s.large.begin() + long(i));
  }
  for (auto& b : too_old) to_system(b.p, b.bytes);
}

// A thread that frees more of a class than it allocates (it consumes what others make) hands half of the list over.
void share_half(int c) {
  SharedCache& s = shared();
  const size_t n = class_bytes(c);
  FreeList& list = mine.lists[c];
  const size_t half = list.count - list.count / 2;
  FreeList surplus;
  {
    std::lock_guard lock(s.mutex);
    for (size_t i = 0; i < half; i++) {
      void* p = list.pop();
      if (s.bytes + n <= shared_limit) {
        s.small[c].push(p);
        s.bytes += n;
      } else {
        surplus.push(p);
      }
    }
  }
  mine.set_bytes(mine.bytes - half * n);
  while (void* p = surplus.pop()) to_system(p, n);
}

[[noreturn]] void out_of_memory(size_t bytes, bool asked) {
  std::string reason = asked ? "only " + human_bytes(available_memory()) + " are available" : "the system refuses";
  throw OutOfMemoryError("cannot allocate " + human_bytes(bytes) + ": " + reason +
                         ".\nHint: a smaller batch or model needs less; other programs may hold memory, too.");
}

void* allocate_slowly(size_t bytes, size_t n) {
  if (mine.state == ThreadCache::fresh) open_thread_cache();
  if (void* p = take_shared(n)) return p;
  if (n >= small_limit && (unchecked += n) >= look_at_system_each) {
    unchecked = 0;
    if (!system_has(n)) {
      release_cached_memory();
      if (!system_has(n)) {
        unchecked = look_at_system_each;  // the next one looks again
        out_of_memory(bytes, true);
      }
    }
  }
  void* p = from_system(n);
  if (!p) {
    release_cached_memory();
    p = from_system(n);
  }
  if (!p) out_of_memory(bytes, false);
  return p;
}

}  // namespace

void* allocate(size_t bytes) {
  if (bytes > size_t(std::numeric_limits<int64_t>::max()) / 2) out_of_memory(bytes, true);
  const size_t n = rounded(bytes);
  void* p = nullptr;
  if (n <= small_limit && (p = mine.lists[class_of(n)].pop())) mine.set_bytes(mine.bytes - n);
  if (!p) p = allocate_slowly(bytes, n);
  count(&ThreadCache::allocations, &SharedCache::allocations);
  const uint64_t now = in_use.fetch_add(n, std::memory_order_relaxed) + n;
  uint64_t top = peak.load(std::memory_order_relaxed);
  while (now > top && !peak.compare_exchange_weak(top, now, std::memory_order_relaxed)) {}
  return p;
}

void deallocate(void* p, size_t bytes) noexcept {
  const size_t n = rounded(bytes);
  in_use.fetch_sub(n, std::memory_order_relaxed);
  if (mine.state == ThreadCache::fresh) [[unlikely]]
    open_thread_cache();
  count(&ThreadCache::deallocations, &SharedCache::deallocations);
  if (!caching) {
    to_system(p, n);
  } else if (n > small_limit) {
    keep_large(p, n);
  } else if (mine.state == ThreadCache::closed) {
    to_system(p, n);
  } else {
    const int c = class_of(n);
    FreeList& list = mine.lists[c];
    list.push(p);
    mine.set_bytes(mine.bytes + n);
    if (list.count * n > class_limit || mine.bytes > thread_limit) [[unlikely]]
      share_half(c);
  }
}

MemoryStats memory_stats() {
  SharedCache& s = shared();
  std::lock_guard lock(s.mutex);
  MemoryStats stats;
  uint64_t deallocations = s.deallocations;
  stats.allocations = s.allocations;
  stats.cached = s.bytes;
  for (ThreadCache* t : s.threads) {
    stats.allocations += t->allocations;
    deallocations += t->deallocations;
    stats.cached += t->kept;
  }
  stats.in_use = in_use;
  stats.peak = peak;
  stats.live_blocks = stats.allocations - deallocations;
  return stats;
}

void reset_peak_memory() { peak = in_use.load(); }

void release_cached_memory() {
  for (int c = 0; c < small_classes; c++)
    while (void* p = mine.lists[c].pop()) to_system(p, class_bytes(c));
  mine.set_bytes(0);
  SharedCache& s = shared();
  std::lock_guard lock(s.mutex);
  for (int c = 0; c < small_classes; c++)
    while (void* p = s.small[c].pop()) to_system(p, class_bytes(c));
  for (auto& b : s.large) to_system(b.p, b.bytes);
  s.large.clear();
  s.bytes = 0;
}

}  // namespace cairn
