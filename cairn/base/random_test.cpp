#include <cairn/base/random.h>

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>
#include <thread>
#include <vector>

#include <cairn/base/errors.h>

namespace cairn {
namespace {

// The known answers that the authors of Philox publish with Random123.
TEST(Philox, gives_the_published_answers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (PhiloxBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  uint32_t ones = 0xffffffff;
  EXPECT_EQ(philox4x32({ones, ones, ones, ones}, {ones, ones}), (PhiloxBlock{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (PhiloxBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(RandomKey, lays_seed_stream_and_offset_out_as_the_header_says) {
  RandomKey key{0x299f31d0a4093822u, 0x0370734413198a2eu, 0x85a308d3243f6a80u};
  EXPECT_EQ(key.block(8), philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}));
}

TEST(RandomKey, carries_into_the_high_half_of_the_offset) {
  RandomKey key{1, 2, 0xffffffffu};
  EXPECT_EQ(key.block(1), (RandomKey{1, 2, uint64_t{1} << 32}.block(0)));
  EXPECT_NE(key.block(1), (RandomKey{1, 2, 0}.block(0)));
}

TEST(Random, reads_the_blocks_in_order_and_an_offset_skips_them) {
  Random all(5, 6), late(5, 6, 2);
  std::vector<uint32_t> words;
  for (int i = 0; i < 12; i++) words.push_back(all.bits());
  for (uint64_t b = 0; b < 3; b++)
    for (size_t i = 0; i < 4; i++) EXPECT_EQ(words[b * 4 + i], (RandomKey{5, 6}.block(b)[i]));
  EXPECT_EQ(late.bits(), words[8]);
}

TEST(Random, bits64_puts_the_first_word_low) {
  Random a(1), b(1);
  uint64_t low = a.bits(), high = a.bits();
  EXPECT_EQ(b.bits64(), high << 32 | low);
}

TEST(Random, uniform_stays_in_its_interval_with_the_right_mean_and_variance) {
  Random r(1);
  double sum = 0, squares = 0;
  const int n = 200000;
  for (int i = 0; i < n; i++) {
    double u = r.uniform();
    ASSERT_GE(u, 0);
    ASSERT_LT(u, 1);
    sum += u, squares += u * u;
  }
  // five standard errors of the mean of u (sqrt(1/12 / n)) and of u^2 (sqrt(4/45 / n))
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1 / 12.0 / n));
  EXPECT_NEAR(squares / n, 1 / 3.0, 5 * std::sqrt(4 / 45.0 / n));
}

TEST(Random, normal_has_the_moments_of_a_normal_distribution) {
  Random r(2);
  const int n = 200000;
  double one = 0, two = 0, four = 0;
  for (int i = 0; i < n; i++) {
    double x = r.normal();
    ASSERT_TRUE(std::isfinite(x));
    one += x, two += x * x, four += x * x * x * x;
  }
  // the moments are 0, 1, 3; x, x^2, x^4 have variances 1, 2, 96
  EXPECT_NEAR(one / n, 0, 5 * std::sqrt(1.0 / n));
  EXPECT_NEAR(two / n, 1, 5 * std::sqrt(2.0 / n));
  EXPECT_NEAR(four / n, 3, 5 * std::sqrt(96.0 / n));
}

TEST(Random, below_gives_every_value_equally_often) {
  Random r(3);
  const int n = 60000;
  std::vector<int> counts(6);
  for (int i = 0; i < n; i++) counts.at(r.below(6))++;
  double chi2 = 0;
  for (int c : counts) chi2 += (c - n / 6.0) * (c - n / 6.0) / (n / 6.0);
  EXPECT_LT(chi2, 20.5);  // 99.9 % of chi-squared with 5 degrees of freedom
}

TEST(Random, below_has_no_bias_where_a_plain_remainder_would) {
  Random r(4);
  uint64_t n = (uint64_t{1} << 63) + (uint64_t{1} << 62);  // 3/4 of the range: a remainder gives the lower third twice as often
  int low = 0;
  for (int i = 0; i < 30000; i++) {
    uint64_t v = r.below(n);
    ASSERT_LT(v, n);
    low += v < n / 3;
  }
  EXPECT_NEAR(low / 30000.0, 1 / 3.0, 5 * std::sqrt(2 / 9.0 / 30000));
}

TEST(Random, below_one_is_zero_and_below_zero_is_an_error) {
  Random r(5);
  EXPECT_EQ(r.below(1), 0u);
  EXPECT_THROW(r.below(0), ConfigError);
}

class Generator : public testing::Test {
 protected:
  void TearDown() override { set_generator_state(before_); }
  GeneratorState before_ = generator_state();
};

TEST_F(Generator, a_seed_repeats_the_sequence) {
  manual_seed(7);
  auto a = take_random(3).block(0), b = take_random(1).block(0);
  manual_seed(7);
  EXPECT_EQ(take_random(3).block(0), a);
  EXPECT_EQ(take_random(1).block(0), b);
  EXPECT_NE(a, b);
}

TEST_F(Generator, a_stored_state_continues_where_it_was) {
  manual_seed(8);
  take_random(10);
  auto state = generator_state();
  auto next = take_random(1).block(0);
  manual_seed(99);
  set_generator_state(state);
  EXPECT_EQ(take_random(1).block(0), next);
  EXPECT_EQ(generator_state().seed, 8u);
  EXPECT_EQ(generator_state().offset, 11u);
}

TEST_F(Generator, does_not_repeat_what_a_shuffle_with_the_same_seed_draws) {
  manual_seed(9);
  EXPECT_NE(take_random(1).block(0)[0], Random(9).bits());
}

TEST_F(Generator, draws_of_several_threads_never_overlap) {
  manual_seed(10);
  std::vector<std::vector<uint64_t>> offsets(4);
  std::vector<std::thread> threads;
  for (auto& mine : offsets)
    threads.emplace_back([&mine] {
      for (int i = 0; i < 1000; i++) mine.push_back(take_random(2).offset);
    });
  for (auto& t : threads) t.join();
  std::set<uint64_t> all;
  for (auto& mine : offsets) all.insert(mine.begin(), mine.end());
  EXPECT_EQ(all.size(), 4000u);
  EXPECT_EQ(*all.rbegin(), 7998u);
}

TEST(Mix, depends_on_the_order_and_on_every_bit_of_both_parts) {
  EXPECT_NE(mix(1, 2), mix(2, 1));
  std::set<uint64_t> seen;
  for (uint64_t a = 0; a < 100; a++)
    for (uint64_t b = 0; b < 100; b++) seen.insert(mix(a, b));
  EXPECT_EQ(seen.size(), 10000u);
  double flips = 0;
  for (int bit = 0; bit < 64; bit++)
    flips += std::popcount(mix(42, 43) ^ mix(42 ^ uint64_t{1} << bit, 43)) + std::popcount(mix(42, 43) ^ mix(42, 43 ^ uint64_t{1} << bit));
  EXPECT_NEAR(flips / 128, 32, 5 * 4 / std::sqrt(128.0));  // each of 128 changes flips 32 +- 4 bits
}

}  // namespace
}  // namespace cairn
