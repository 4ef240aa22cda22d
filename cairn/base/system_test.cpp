#include <cairn/base/system.h>

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <limits>
#include <thread>
#include <vector>

#include <cairn/base/subnormals.h>

namespace cairn {
namespace {

TEST(Environment, gives_the_value_or_the_default_and_takes_empty_as_not_set) {
  setenv("CAIRN_TEST_VALUE", "abc", 1);
  EXPECT_EQ(env("CAIRN_TEST_VALUE", "other"), "abc");
  setenv("CAIRN_TEST_VALUE", "", 1);
  EXPECT_EQ(env("CAIRN_TEST_VALUE", "other"), "other");
  unsetenv("CAIRN_TEST_VALUE");
  EXPECT_EQ(env("CAIRN_TEST_VALUE"), "");
}

TEST(Clock, runs_since_the_process_was_started_and_only_forwards) {
  double a = seconds_since_start();
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  double b = seconds_since_start();
  EXPECT_GE(a, 0);
  EXPECT_GE(b - a, 0.02);
  EXPECT_LT(a, 24 * 3600);  // of the process, not of the machine's boot or of 1970
}

TEST(Memory, the_peak_grows_by_what_is_touched) {
  uint64_t before = peak_rss_bytes();
  EXPECT_GT(before, uint64_t{1} << 20);
  std::vector<char> block(before + (64 << 20), 1);
  volatile char keep = block[block.size() / 2];
  (void)keep;
  EXPECT_GE(peak_rss_bytes(), before + (64 << 20));
}

TEST(Names, say_something) {
  EXPECT_FALSE(cpu_name().empty());
  EXPECT_NE(build_info().find(version()), std::string::npos);
  EXPECT_STREQ(version(), "0.1.0");
}

TEST(Interrupt, the_first_signal_of_either_kind_sets_a_flag) {
  catch_interrupt();
  for (int signal : {SIGINT, SIGTERM}) {
    EXPECT_FALSE(interrupted());
    raise(signal);
    EXPECT_TRUE(interrupted());
    clear_interrupt();
  }
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
}

TEST(InterruptDeathTest, a_second_ctrl_c_ends_the_process_and_a_second_sigterm_does_not) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        catch_interrupt();
        raise(SIGINT);
        raise(SIGINT);
        std::_Exit(1);
      },
      testing::ExitedWithCode(130), "");
  EXPECT_EXIT(
      {
        catch_interrupt();
        raise(SIGTERM);
        raise(SIGTERM);
        std::_Exit(1);
      },
      testing::ExitedWithCode(1), "");
}

[[noreturn]] void log_all(const char* level) {
  setenv("CAIRN_LOG", level, 1);
  log_debug("one");
  log_info("two");
  log_warning("three");
  std::fputs("end", stderr);
  std::_Exit(0);
}

TEST(LogDeathTest, prints_what_the_level_asks_for_and_names_a_bad_level) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(log_all("debug"), testing::ExitedWithCode(0), "^cairn: debug: one\ncairn: info: two\ncairn: warning: three\nend");
  EXPECT_EXIT(log_all("info"), testing::ExitedWithCode(0), "^cairn: info: two\ncairn: warning: three\nend");
  EXPECT_EXIT(log_all(""), testing::ExitedWithCode(0), "^cairn: warning: three\nend");
  EXPECT_EXIT(log_all("error"), testing::ExitedWithCode(0), "^end");
  EXPECT_EXIT(log_all("wraning"), testing::ExitedWithCode(0), "CAIRN_LOG is 'wraning'.*Did you mean 'warning'");
}

TEST(Subnormals, are_zeros_within_the_scope_and_numbers_after_it) {
  volatile float small = std::numeric_limits<float>::min(), subnormal = std::numeric_limits<float>::denorm_min();
  {
    const FlushSubnormals flush;
    volatile float result = small * 0.5f, operand = subnormal * 1e38f;
    EXPECT_EQ(result, 0);
    EXPECT_EQ(operand, 0);
  }
  volatile float result = small * 0.5f, operand = subnormal * 1e38f;
  EXPECT_GT(result, 0);
  EXPECT_GT(operand, 0);
}

}  // namespace
}  // namespace cairn
