#include <cairn/base/text.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

namespace cairn {
namespace {

const std::vector<std::string> optimizers = {"sgd", "adam", "adamw", "rmsprop"};

TEST(Nearest, finds_a_word_one_slip_away) {
  EXPECT_EQ(nearest("adm", optimizers), "adam");
  EXPECT_EQ(nearest("adma", optimizers), "adam");  // swapped letters are one slip
  EXPECT_EQ(nearest("rmspropp", optimizers), "rmsprop");
  EXPECT_EQ(nearest("rnsporp", optimizers), "rmsprop");  // seven letters allow two
}

TEST(Nearest, prefers_the_closest_and_then_the_first) {
  EXPECT_EQ(nearest("adamw", optimizers), "adamw");
  EXPECT_EQ(nearest("ab", {"ac", "ad"}), "ac");
}

TEST(Nearest, offers_no_word_that_shares_no_letter) {
  EXPECT_EQ(nearest("c", {"a", "b"}), "");
  EXPECT_EQ(nearest("y", {"x1", "xy"}), "");
  EXPECT_EQ(nearest("xy", {"x", "ab"}), "");
  EXPECT_EQ(nearest("A", {"b", "a"}), "a");
  EXPECT_EQ(nearest("ab", {"cd", "cb"}), "cb");
  EXPECT_EQ(did_you_mean("c", {"a", "b"}), " Known: a, b.");
}

TEST(Nearest, does_not_mind_capitals) { EXPECT_EQ(nearest("SGD", optimizers), "sgd"); }

TEST(Nearest, gives_nothing_when_none_is_near) {
  EXPECT_EQ(nearest("lion", optimizers), "");
  EXPECT_EQ(nearest("", optimizers), "");
  EXPECT_EQ(nearest("adam", {}), "");
  EXPECT_EQ(nearest(std::string(100000, 'x'), optimizers), "");
}

TEST(DidYouMean, offers_the_near_one_or_lists_all) {
  EXPECT_EQ(did_you_mean("adm", optimizers), " Did you mean 'adam'?");
  EXPECT_EQ(did_you_mean("lion", optimizers), " Known: sgd, adam, adamw, rmsprop.");
  EXPECT_EQ(did_you_mean("lion", {}), "");
}

TEST(Text, splits_and_joins_without_losing_empty_parts) {
  using Parts = std::vector<std::string>;
  EXPECT_EQ(split("a,,b,", ','), (Parts{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), (Parts{""}));
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(Text, trims_blanks_at_both_ends_only) {
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
  EXPECT_EQ(trim(" \n"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Utf8, accepts_the_first_and_last_character_of_every_length) {
  for (const char* good : {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
                           "\xF4\x8F\xBF\xBF", "Gr\xC3\xBC\xC3\x9F"})
    EXPECT_TRUE(valid_utf8(good)) << good;
  EXPECT_TRUE(valid_utf8(std::string_view("a\0b", 3)));
  EXPECT_TRUE(is_plain_text("a\tb\n"));
  for (const std::string_view bad : {"\x1b[2J", "a\x7f", "\xff", "a\rb"}) EXPECT_FALSE(is_plain_text(bad)) << printable(bad);
}

TEST(Utf8, rejects_overlong_forms_surrogates_stray_and_cut_bytes) {
  for (const char* bad : {"\x80", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xC3(", "\xE0\x9F\xBF", "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF",
                          "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "a\xFE"})
    EXPECT_FALSE(valid_utf8(bad)) << printable(bad);
}

TEST(Printable, escapes_control_and_broken_bytes_and_keeps_the_rest) {
  EXPECT_EQ(printable("a\n\x1b[0m\x7f"), "a\\x0a\\x1b[0m\\x7f");
  EXPECT_EQ(printable("Gr\xC3\xBC\xFF"), "Gr\xC3\xBC\\xff");
}

TEST(Printable, cuts_long_text_between_characters) {
  EXPECT_EQ(printable("abcdef", 6), "abcdef");
  EXPECT_EQ(printable("abcdefg", 6), "abcdef...");
  EXPECT_EQ(printable("ab\xC3\xBC", 3), "ab...");
}

TEST(Human, bytes_change_their_unit_before_they_would_print_1024) {
  EXPECT_EQ(human_bytes(0), "0 B");
  EXPECT_EQ(human_bytes(1023), "1023 B");
  EXPECT_EQ(human_bytes(1024), "1.0 KiB");
  EXPECT_EQ(human_bytes(40160461), "38.3 MiB");
  EXPECT_EQ(human_bytes((1 << 20) - 1), "1.0 MiB");
  EXPECT_EQ(human_bytes(std::numeric_limits<uint64_t>::max()), "16.0 EiB");
}

TEST(Human, seconds_read_as_people_say_them) {
  EXPECT_EQ(human_seconds(0), "0 s");
  EXPECT_EQ(human_seconds(4.5e-6), "4.5 us");
  EXPECT_EQ(human_seconds(0.0123), "12 ms");
  EXPECT_EQ(human_seconds(0.9999), "1.0 s");
  EXPECT_EQ(human_seconds(4.2), "4.2 s");
  EXPECT_EQ(human_seconds(59.97), "1 min 0 s");
  EXPECT_EQ(human_seconds(200), "3 min 20 s");
  EXPECT_EQ(human_seconds(3599.7), "1 h 0 min");
  EXPECT_EQ(human_seconds(7500), "2 h 5 min");
  EXPECT_EQ(human_seconds(200000), "2 d 8 h");
  EXPECT_EQ(human_seconds(-4.2), "-4.2 s");
  EXPECT_EQ(human_seconds(NAN), "unknown time");
}

TEST(ParseInt, takes_the_whole_range_and_nothing_else) {
  int64_t v = 0;
  EXPECT_TRUE(parse_int("-9223372036854775808", v));
  EXPECT_EQ(v, std::numeric_limits<int64_t>::min());
  EXPECT_TRUE(parse_int("9223372036854775807", v));
  EXPECT_EQ(v, std::numeric_limits<int64_t>::max());
  EXPECT_TRUE(parse_int("+12", v));
  EXPECT_EQ(v, 12);
  for (const char* bad : {"", " 1", "1 ", "1x", "3.5", "1e3", "0x10", "-", "+", "+-1", "++1", "9223372036854775808"})
    EXPECT_FALSE(parse_int(bad, v)) << bad;
  EXPECT_EQ(v, 12);  // a failure leaves the value alone
}

TEST(ParseDouble, takes_what_a_double_can_hold_and_nothing_else) {
  double v = 0;
  EXPECT_TRUE(parse_double("1e-3", v));
  EXPECT_EQ(v, 0.001);
  EXPECT_TRUE(parse_double("5e-324", v));
  EXPECT_EQ(v, std::numeric_limits<double>::denorm_min());
  EXPECT_TRUE(parse_double("+.5", v));
  EXPECT_EQ(v, 0.5);
  EXPECT_TRUE(parse_double("nan", v));
  EXPECT_TRUE(std::isnan(v));
  EXPECT_TRUE(parse_double("-inf", v));
  EXPECT_TRUE(std::isinf(v));
  for (const char* bad : {"", " 1", "1 ", "1,5", "1.5.2", "1e", "0x1p3", "1e999", "abc", "+-1"}) EXPECT_FALSE(parse_double(bad, v)) << bad;
}

TEST(ParseDouble, a_number_too_small_for_a_double_is_zero_and_one_too_large_is_none) {
  double v = 1;
  EXPECT_TRUE(parse_double("1.5e-400", v));
  EXPECT_EQ(v, 0);
  EXPECT_TRUE(parse_double("-1e-400", v));
  EXPECT_TRUE(v == 0 && std::signbit(v));
  EXPECT_FALSE(parse_double("1e400", v));
  EXPECT_FALSE(parse_double("-1e400", v));
}

TEST(ParseDouble, reads_nothing_behind_a_text_that_begins_as_nan_does) {
  double v = 0;
  const std::unique_ptr<char[]> unended(new char[3]{'-', 'n', 'o'});
  EXPECT_FALSE(parse_double(std::string_view(unended.get(), 3), v));
}

}  // namespace
TEST(Text, words_are_wrapped_behind_an_indent) {
  EXPECT_EQ(wrapped("one two three four", 9), "one two\nthree\nfour");
  EXPECT_EQ(wrapped("one two", 8, "  "), "  one\n  two");
  EXPECT_EQ(wrapped("a  b\nc", 80), "a b c");
  EXPECT_EQ(wrapped("unbreakable", 4), "unbreakable");
  EXPECT_EQ(wrapped("\u00e4\u00f6 \u00fc", 4), "\u00e4\u00f6 \u00fc");
  EXPECT_EQ(wrapped("", 4), "");
}

TEST(Text, lower_case_leaves_what_is_not_ascii) { EXPECT_EQ(lower("ReLU \u00c4"), "relu \u00c4"); }

}  // namespace cairn
