#include <cairn/tensor/storage.h>

#include <gtest/gtest.h>

#include <cstring>
#include <thread>
#include <vector>

#include <cairn/base/errors.h>
#include <cairn/tensor/array.h>
#include <cairn/tensor/system_memory.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CAIRN_SKIP_WITHOUT_CACHE() GTEST_SKIP() << "under a sanitizer nothing is cached"
#else
#define CAIRN_SKIP_WITHOUT_CACHE() (void)0
#endif

namespace cairn {
namespace {

constexpr size_t MiB = size_t{1} << 20;

TEST(Allocator, every_block_is_aligned_and_writable_to_its_end) {
  for (size_t bytes : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, size_t{65}, size_t{256}, size_t{257}, size_t{4095}, size_t{100000}, MiB - 1, MiB,
                       MiB + 1, 2 * MiB - 1, 2 * MiB, 3 * MiB + 5, 70 * MiB + 1}) {
    void* p = allocate(bytes);
    ASSERT_NE(p, nullptr);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(p) % 64, 0u) << bytes;
    if (bytes) {
      std::memset(p, 1, std::min(bytes, 4 * MiB));
      static_cast<char*>(p)[bytes - 1] = 2;
    }
    deallocate(p, bytes);
  }
}

TEST(Allocator, live_blocks_do_not_overlap) {
  std::vector<std::pair<unsigned char*, size_t>> blocks;
  for (size_t i = 0; i < 2000; i++) {
    const size_t bytes = 1 + (i * 7919) % 5000;
    blocks.push_back({static_cast<unsigned char*>(allocate(bytes)), bytes});
    std::memset(blocks.back().first, int(i % 251), bytes);
  }
  for (size_t i = 0; i < blocks.size(); i++) {
    ASSERT_EQ(blocks[i].first[0], i % 251);
    ASSERT_EQ(blocks[i].first[blocks[i].second - 1], i % 251);
  }
  for (auto [p, bytes] : blocks) deallocate(p, bytes);
}

TEST(Allocator, gives_a_block_of_the_same_class_again) {
  CAIRN_SKIP_WITHOUT_CACHE();
  for (size_t bytes : {size_t{100}, size_t{32768}, MiB, 5 * MiB, 80 * MiB}) {
    void* p = allocate(bytes);
    deallocate(p, bytes);
    void* q = allocate(bytes);
    EXPECT_EQ(p, q) << bytes;
    deallocate(q, bytes);
  }
}

TEST(Allocator, wastes_at_most_a_quarter) {
  CAIRN_SKIP_WITHOUT_CACHE();
  for (size_t bytes = 257; bytes < 300 * MiB; bytes += bytes / 7 + 1) {
    const uint64_t before = memory_stats().in_use;
    void* p = allocate(bytes);
    const uint64_t taken = memory_stats().in_use - before;
    deallocate(p, bytes);
    ASSERT_GE(taken, bytes);
    ASSERT_LE(double(taken), 1.25 * double(bytes) + 1) << bytes;
    if (bytes > 64 * MiB) { ASSERT_LT(taken - bytes, size_t{4096}) << bytes; }
  }
}

TEST(Allocator, counts_what_is_in_use_and_its_peak) {
  reset_peak_memory();
  const MemoryStats before = memory_stats();
  EXPECT_EQ(before.peak, before.in_use);
  void* a = allocate(MiB);
  void* b = allocate(4 * MiB);
  deallocate(a, MiB);
  const MemoryStats during = memory_stats();
  EXPECT_EQ(during.in_use, before.in_use + 4 * MiB);
  EXPECT_EQ(during.peak, before.in_use + 5 * MiB);
  EXPECT_EQ(during.live_blocks, before.live_blocks + 1);
  EXPECT_EQ(during.allocations, before.allocations + 2);
  deallocate(b, 4 * MiB);
  const MemoryStats after = memory_stats();
  EXPECT_EQ(after.in_use, before.in_use);
  EXPECT_EQ(after.live_blocks, before.live_blocks);
  EXPECT_EQ(after.peak, before.in_use + 5 * MiB);
  reset_peak_memory();
  EXPECT_EQ(memory_stats().peak, before.in_use);
}

TEST(Allocator, release_gives_everything_cached_back) {
  CAIRN_SKIP_WITHOUT_CACHE();
  for (size_t bytes : {size_t{500}, 3 * MiB}) deallocate(allocate(bytes), bytes);
  EXPECT_GE(memory_stats().cached, 3 * MiB);
  release_cached_memory();
  EXPECT_EQ(memory_stats().cached, 0u);
}

TEST(Allocator, keeps_a_bounded_amount) {
  CAIRN_SKIP_WITHOUT_CACHE();
  std::vector<void*> blocks;
  for (int i = 0; i < 80; i++) blocks.push_back(allocate((20 + i) * MiB));  // 4.7 GiB of addresses, none of it touched
  for (int i = 0; i < 80; i++) deallocate(blocks[size_t(i)], (20 + i) * MiB);
  EXPECT_LE(memory_stats().cached, 1024 * MiB + 32 * MiB);
  EXPECT_GE(memory_stats().cached, 512 * MiB);
  void* newest = allocate(99 * MiB);
  EXPECT_EQ(newest, blocks[79]) << "the oldest blocks go first";
  deallocate(newest, 99 * MiB);
  release_cached_memory();
}

TEST(Allocator, a_thread_that_only_frees_passes_its_blocks_on) {
  CAIRN_SKIP_WITHOUT_CACHE();
  release_cached_memory();
  const uint64_t before = memory_stats().in_use;
  const size_t bytes = 200 * 1024;
  for (int round = 0; round < 50; round++) {
    std::vector<void*> batch;
    for (int i = 0; i < 40; i++) batch.push_back(allocate(bytes));
    std::thread([&] {
      for (void* p : batch) deallocate(p, bytes);
    }).join();
  }
  EXPECT_EQ(memory_stats().in_use, before);
  EXPECT_LE(memory_stats().cached, 2 * 40 * bytes) << "the blocks of ended threads are used again";
}

TEST(Allocator, many_threads_never_hold_the_same_block) {
  const MemoryStats before = memory_stats();
  std::vector<std::thread> threads;
  std::atomic<int> broken{0};
  for (int t = 0; t < 8; t++)
    threads.emplace_back([t, &broken] {
      std::vector<std::pair<int*, size_t>> mine;
      uint32_t random = uint32_t(t) * 977 + 1;
      for (int i = 0; i < 5000; i++) {
        random = random * 1664525 + 1013904223;
        if (mine.size() < 20 || random % 2) {
          const size_t bytes = 64 + (random >> 8) % (i % 100 == 0 ? 3 * MiB : 8192);
          int* p = static_cast<int*>(allocate(bytes));
          p[0] = t;
          p[bytes / 4 - 1] = t;
          mine.push_back({p, bytes});
        } else {
          const size_t k = (random >> 8) % mine.size();
          auto [p, bytes] = mine[k];
          if (p[0] != t || p[bytes / 4 - 1] != t) broken++;
          deallocate(p, bytes);
          mine.erase(mine.begin() + long(k));
        }
        if (i % 1000 == 999) release_cached_memory();
      }
      for (auto [p, bytes] : mine) deallocate(p, bytes);
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(broken, 0);
  EXPECT_EQ(memory_stats().in_use, before.in_use);
  EXPECT_EQ(memory_stats().live_blocks, before.live_blocks);
  release_cached_memory();
}

TEST(Allocator, more_than_the_machine_has_is_an_error_and_not_the_end_of_the_process) {
  for (uint64_t bytes : {available_memory() / 8 * 9, uint64_t{1} << 46, uint64_t{1} << 62, ~uint64_t{0}}) {
    const MemoryStats before = memory_stats();
    try {
      allocate(bytes);
      FAIL() << bytes;
    } catch (const OutOfMemoryError& e) {
      EXPECT_NE(std::string(e.what()).find("cannot allocate "), std::string::npos);
      EXPECT_NE(std::string(e.what()).find("iB: only "), std::string::npos) << e.what();
    }
    EXPECT_EQ(memory_stats().in_use, before.in_use);
    EXPECT_EQ(memory_stats().live_blocks, before.live_blocks);
  }
}

TEST(Allocator, memory_that_was_promised_but_not_touched_counts) {
  CAIRN_SKIP_WITHOUT_CACHE();
  const size_t much = available_memory() / 5 * 3;
  void* first = allocate(much);
  EXPECT_THROW(allocate(much), OutOfMemoryError);
  deallocate(first, much);
  deallocate(allocate(much), much);
}

TEST(Array, of_too_many_elements_is_an_error) {
  EXPECT_THROW(Array({int64_t{1} << 62}, u8), OutOfMemoryError);
  EXPECT_THROW(Array({int64_t{1} << 62}, f32), OutOfMemoryError);
  EXPECT_THROW(Array({int64_t{1} << 40, int64_t{1} << 40}, f32), OutOfMemoryError);
  EXPECT_THROW(Array({-1}, f32), ShapeError);
}

TEST(Storage, of_somebody_elses_memory_calls_back_once) {
  float values[3] = {1, 2, 3};
  int released = 0;
  {
    auto s = make_ref<Storage>(values, sizeof values, [&] { released++; });
    Ref<Storage> second = s;
    EXPECT_EQ(s->data(), reinterpret_cast<std::byte*>(values));
    EXPECT_EQ(s->bytes(), sizeof values);
    EXPECT_EQ(released, 0);
  }
  EXPECT_EQ(released, 1);
  make_ref<Storage>(values, sizeof values, nullptr);  // nothing to call
}

TEST(Storage, counts_writes_and_remembers_the_last_writer) {
  auto s = make_ref<Storage>(64);
  EXPECT_EQ(s->version(), 0u);
  EXPECT_EQ(s->last_writer(), "");
  s->written("copy_");
  s->written("Adam.step");
  EXPECT_EQ(s->version(), 2u);
  EXPECT_EQ(s->last_writer(), "Adam.step");
  EXPECT_EQ(s->blocked(), nullptr);
}

TEST(Storage, on_a_device_that_is_not_there_is_a_device_error) {
  const MemoryStats before = memory_stats();
  EXPECT_THROW(make_ref<Storage>(64, Device::cuda), DeviceError);
  EXPECT_EQ(memory_stats().live_blocks, before.live_blocks);
}

TEST(SystemMemory, is_plausible) {
  EXPECT_GT(available_memory(), 16 * MiB);
  EXPECT_GT(resident_memory(), MiB);
  EXPECT_LT(resident_memory(), uint64_t{1} << 50);
}

}  // namespace
}  // namespace cairn
