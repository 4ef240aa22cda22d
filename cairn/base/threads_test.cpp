#include <cairn/base/threads.h>

#include <gtest/gtest.h>
#include <omp.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>
#include <vector>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

class Threads : public testing::Test {
 protected:
  void TearDown() override { set_threads(before_); }
  int before_ = num_threads();
};

TEST_F(Threads, every_index_is_visited_exactly_once_whatever_n_grain_and_threads_are) {
  for (int t : {1, 2, 3, 7}) {
    set_threads(t);
    for (int64_t n : {0, 1, 2, 5, 63, 64, 65, 1000, 4097, 100003})
      for (int64_t grain : {0, 1, 3, 64, 1000, 1000000}) {
        std::vector<std::atomic<int>> visits(static_cast<size_t>(n));
        parallel_for(n, grain, [&](int64_t begin, int64_t end) {
          for (int64_t i = begin; i < end; i++) visits[static_cast<size_t>(i)]++;
        });
        for (auto& v : visits) ASSERT_EQ(v, 1) << "n " << n << ", grain " << grain << ", threads " << t;
      }
  }
}

std::vector<std::pair<int64_t, int64_t>> ranges(int64_t n, int64_t grain) {
  std::vector<std::pair<int64_t, int64_t>> out(64, {-1, -1});
  std::atomic<size_t> used{0};
  parallel_for(n, grain, [&](int64_t begin, int64_t end) { out[used++] = {begin, end}; });
  out.resize(used);
  std::sort(out.begin(), out.end());
  return out;
}

TEST_F(Threads, the_split_is_the_same_every_time) {
  set_threads(3);
  for (int i = 0; i < 20; i++) EXPECT_EQ(ranges(10000, 100), ranges(10000, 100));
}

TEST_F(Threads, long_ranges_begin_at_multiples_of_64_and_short_ones_are_even) {
  set_threads(3);
  using Ranges = std::vector<std::pair<int64_t, int64_t>>;
  EXPECT_EQ(ranges(6000, 1), (Ranges{{0, 2048}, {2048, 4096}, {4096, 6000}}));
  EXPECT_EQ(ranges(10, 1), (Ranges{{0, 4}, {4, 8}, {8, 10}}));
  EXPECT_EQ(ranges(10, 5), (Ranges{{0, 5}, {5, 10}}));
}

TEST_F(Threads, a_range_no_longer_than_the_grain_runs_inline) {
  set_threads(4);
  auto self = std::this_thread::get_id();
  parallel_for(100, 100, [&](int64_t begin, int64_t end) {
    EXPECT_EQ(std::this_thread::get_id(), self);
    EXPECT_EQ(begin, 0);
    EXPECT_EQ(end, 100);
  });
}

TEST_F(Threads, several_threads_do_take_part) {
  set_threads(2);
  std::vector<std::thread::id> who(2);
  parallel_for(2, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) who[static_cast<size_t>(i)] = std::this_thread::get_id();
  });
  EXPECT_NE(who[0], who[1]);
}

TEST_F(Threads, a_loop_inside_a_loop_runs_inline_on_its_thread) {
  set_threads(3);
  std::atomic<int> inner{0};
  parallel_for(3, 1, [&](int64_t, int64_t) {
    auto self = std::this_thread::get_id();
    parallel_for(1000, 1, [&](int64_t begin, int64_t end) {
      EXPECT_EQ(std::this_thread::get_id(), self);
      EXPECT_EQ(end - begin, 1000);
      inner++;
    });
  });
  EXPECT_EQ(inner, 3);
  EXPECT_FALSE(detail::in_parallel());
}

TEST_F(Threads, an_exception_comes_back_with_its_type_and_that_of_the_lowest_range_wins) {
  set_threads(4);
  for (int repeat = 0; repeat < 20; repeat++) {
    try {
      parallel_for(4, 1, [](int64_t begin, int64_t) { throw IndexError("range " + std::to_string(begin)); });
      FAIL() << "nothing was thrown";
    } catch (const IndexError& e) { EXPECT_STREQ(e.what(), "range 0"); }
  }
  EXPECT_FALSE(detail::in_parallel());
  EXPECT_EQ(ranges(4, 1).size(), 4u);  // the pool still works
}

TEST_F(Threads, fewer_than_one_thread_is_an_error) {
  EXPECT_THROW(set_threads(0), ConfigError);
  EXPECT_THROW(set_threads(-3), ConfigError);
  EXPECT_THROW(set_threads(1 << 30), ConfigError);
  EXPECT_EQ(num_threads(), before_);
}

TEST_F(Threads, a_thread_of_the_program_runs_loops_too) {
  set_threads(2);
  std::atomic<int64_t> sum{0};
  std::thread([&] { parallel_for(1000, 1, [&](int64_t begin, int64_t end) { sum += end - begin; }); }).join();
  EXPECT_EQ(sum, 1000);
}

TEST_F(Threads, an_inline_scope_keeps_loops_on_a_worker_until_it_ends) {
  set_threads(2);
  std::thread([&] {
    num_threads();
    {
      InlineScope scope;
      EXPECT_EQ(ranges(1000, 1).size(), 1u);
      set_threads(3);
      EXPECT_EQ(num_threads(), 3);
      EXPECT_EQ(omp_get_max_threads(), 1);
    }
    EXPECT_EQ(ranges(1000, 1).size(), 3u);
  }).join();
}

#ifndef __SANITIZE_THREAD__
TEST_F(Threads, openmp_hears_of_the_number_on_every_thread) {
  set_threads(3);
  EXPECT_EQ(omp_get_max_threads(), 3);
  std::thread([] {
    num_threads();
    EXPECT_EQ(omp_get_max_threads(), 3);
  }).join();
}
#endif

#ifndef __SANITIZE_THREAD__
// The program that is started again is this one: told to run the second of these tests, it ends with 0 if that passes.
TEST(ThreadsDeathTest, a_program_starts_itself_again_with_short_waits_once) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto restart = [](int threads) {
    std::string words[] = {"restarted", "--gtest_also_run_disabled_tests", "--gtest_filter=ShortWaits.*", "--gtest_internal_run_death_test="};
    char* argv[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
    set_threads(threads);
    restart_with_short_waits(argv);
    std::_Exit(getenv("GOMP_SPINCOUNT") ? 9 : 8);  // it came back
  };
  unsetenv("GOMP_SPINCOUNT");
  unsetenv("OMP_WAIT_POLICY");
  EXPECT_EXIT(restart(2), testing::ExitedWithCode(0), "short waits are in force");
  EXPECT_EXIT(restart(1), testing::ExitedWithCode(8), "");
  EXPECT_EXIT((setenv("GOMP_SPINCOUNT", "7", 1), restart(2)), testing::ExitedWithCode(9), "");
}

// Not a test by itself: the program that the test above restarts runs it, and it needs what the restart leaves behind.
TEST(ShortWaits, DISABLED_are_in_force_after_the_restart_and_not_handed_on) {
  ASSERT_STREQ(getenv("GOMP_SPINCOUNT"), "2000");
  restart_with_short_waits(nullptr);
  ASSERT_EQ(getenv("GOMP_SPINCOUNT"), nullptr);
  ASSERT_EQ(getenv("CAIRN_RESTARTED"), nullptr);
  std::fprintf(stderr, "short waits are in force");
}
#endif

TEST(ThreadsDeathTest, the_environment_sets_the_number_and_a_bad_one_is_named) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        setenv("CAIRN_THREADS", "3", 1);
        std::_Exit(num_threads());
      },
      testing::ExitedWithCode(3), "");
  for (const char* bad : {"0", "-1", "two", "1e3", "99999999999"})
    EXPECT_EXIT(
        {
          setenv("CAIRN_THREADS", bad, 1);
          try {
            num_threads();
          } catch (const ConfigError& e) {
            std::fprintf(stderr, "%s", e.what());
            std::_Exit(7);
          }
        },
        testing::ExitedWithCode(7), "CAIRN_THREADS must be a whole number from 1");
}

}  // namespace
}  // namespace cairn
