// Round numbers beside axes.
#include <cairn/plot/scale.h>

#include <gtest/gtest.h>

#include <cmath>

namespace cairn::plot::detail {
namespace {

using Texts = std::vector<std::string>;

Texts texts(const Scale& s) {
  Texts out;
  for (const Tick& t : s.ticks()) out.push_back(t.text);
  return out;
}
ScaleOptions opened(int count, bool log = false) { return {.count = count, .log = log, .open_low = true, .open_high = true}; }

TEST(Scale, has_round_numbers) {
  EXPECT_EQ(texts(Scale(0.26, 0.61, opened(4))), (Texts{"0.2", "0.3", "0.4", "0.5", "0.6", "0.7"}));
  EXPECT_EQ(texts(Scale(1, 12, {.count = 6})), (Texts{"2", "4", "6", "8", "10", "12"}));
  EXPECT_EQ(texts(Scale(-1, 1, opened(4))), (Texts{"-1.0", "-0.5", "0", "0.5", "1.0"}));
  EXPECT_EQ(texts(Scale(0, 3e7, opened(3))), (Texts{"0", "1e7", "2e7", "3e7"}));
  EXPECT_EQ(texts(Scale(0, 2e-7, opened(2))), (Texts{"0", "1e-7", "2e-7"}));
}

TEST(Scale, has_at_least_two_numbers_however_little_room_there_is) {
  for (double low : {-4.0, 0.0, 1.0, 0.3})
    for (double width : {0.07, 1.0, 4.5, 8.0, 97.0, 4000.0})
      for (int count : {1, 2, 5}) EXPECT_GE(Scale(low, low + width, {.count = count}).ticks().size(), 2u) << low << " " << width << " " << count;
}

TEST(Scale, keeps_to_whole_numbers_when_asked) { EXPECT_EQ(texts(Scale(1, 3, {.count = 9, .whole = true})), (Texts{"1", "2", "3"})); }

TEST(Scale, has_powers_of_ten_and_numbers_between_where_there_is_room) {
  EXPECT_EQ(texts(Scale(0.02, 3, opened(4, true))), (Texts{"0.03", "0.1", "0.3", "1", "3"}));
  EXPECT_EQ(texts(Scale(0.02, 3, opened(8, true))), (Texts{"0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5"}));
  EXPECT_EQ(texts(Scale(1e-9, 1e9, opened(3, true))), (Texts{"1e-5", "1", "1e5"}));
  EXPECT_EQ(texts(Scale(2.0, 2.2, {.count = 4, .log = true})), (Texts{"2.0", "2.1", "2.2"})) << "within a factor of 2.5 as on a linear axis";
  Scale s(1, 100, {.log = true});
  EXPECT_NEAR(s.place(10), 0.5, 1e-12);
  EXPECT_EQ(s.zero(), 0);
}

TEST(Scale, survives_equal_and_enormous_ends) {
  for (auto [low, high] : {std::pair{0.0, 0.0}, {5.0, 5.0}, {-3.0, -3.0}, {1e300, 1e300}, {-1e300, 1e300}, {1.0, 1.0 + 1e-15}, {5e-324, 1e-323}})
    for (bool log : {false, true}) {
      if (log && low <= 0) continue;
      Scale s(low, high, opened(5, log));
      EXPECT_LT(s.ticks().size(), 30u) << low << " to " << high;
      EXPECT_GT(s.ticks().size(), 0u) << low << " to " << high;
      EXPECT_TRUE(std::isfinite(s.place(low)) && std::isfinite(s.place(high))) << low << " to " << high;
    }
}

TEST(Scale, can_be_turned_round_and_hold_names) {
  Scale down(0, 10, {.reversed = true});
  EXPECT_DOUBLE_EQ(down.place(2.5), 0.75);
  EXPECT_EQ(down.ticks().front().at, 1);
  Scale names({"cat", "dog"}, false);
  EXPECT_DOUBLE_EQ(names.place(0), 0.25);
  EXPECT_EQ(names.ticks()[1].text, "dog");
  EXPECT_DOUBLE_EQ(Scale({"cat", "dog"}, true).ticks()[0].at, 0.75);
}

TEST(Number, is_short) {
  EXPECT_EQ(number(1e6, 3), "1e6");
  EXPECT_EQ(number(1.25e-7), "1.25e-7");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(0.123456), "0.1235");
  EXPECT_EQ(number(1e300), "1e300");
}

}  // namespace
}  // namespace cairn::plot::detail
