#include <cairn/base/refcount.h>

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace cairn {
namespace {

struct Counted : RefCounted {
  explicit Counted(std::atomic<int>& deaths) : deaths(deaths) {}
  ~Counted() override { deaths++; }
  std::atomic<int>& deaths;
};
struct Derived : Counted {
  using Counted::Counted;
};

TEST(Ref, the_last_handle_deletes_the_object_once) {
  std::atomic<int> deaths{0};
  {
    auto a = make_ref<Counted>(deaths);
    EXPECT_TRUE(a->unique());
    Ref<Counted> b = a;
    EXPECT_FALSE(a->unique());
    EXPECT_EQ(a, b);
    a = nullptr;
    EXPECT_EQ(deaths, 0);
    EXPECT_TRUE(b->unique());
  }
  EXPECT_EQ(deaths, 1);
}

TEST(Ref, moving_hands_the_object_over_without_counting) {
  std::atomic<int> deaths{0};
  auto a = make_ref<Counted>(deaths);
  Ref<Counted> b = std::move(a);
  EXPECT_FALSE(a);
  EXPECT_TRUE(b->unique());
}

TEST(Ref, assigning_a_handle_to_itself_keeps_the_object) {
  std::atomic<int> deaths{0};
  auto a = make_ref<Counted>(deaths);
  auto& same = a;
  a = same;
  EXPECT_EQ(deaths, 0);
  EXPECT_TRUE(a->unique());
}

TEST(Ref, a_handle_on_a_base_keeps_the_derived_object) {
  std::atomic<int> deaths{0};
  Ref<Counted> base = make_ref<Derived>(deaths);
  EXPECT_TRUE(base->unique());
  base = nullptr;
  EXPECT_EQ(deaths, 1);
}

TEST(Ref, handles_of_several_threads_delete_the_object_once) {
  for (int repeat = 0; repeat < 50; repeat++) {
    std::atomic<int> deaths{0};
    auto shared = make_ref<Counted>(deaths);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; t++)
      threads.emplace_back([mine = shared] {
        for (int i = 0; i < 100; i++) Ref<Counted> copy = mine;
      });
    shared = nullptr;
    for (auto& t : threads) t.join();
    threads.clear();
    EXPECT_EQ(deaths, 1);
  }
}

}  // namespace
}  // namespace cairn
