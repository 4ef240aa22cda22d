// Widths, cuts and padding of text for terminals.
#include <cairn/base/columns.h>

#include <gtest/gtest.h>

namespace cairn {
namespace {

TEST(Columns, count_characters_and_not_bytes) {
  EXPECT_EQ(columns_of(""), 0u);
  EXPECT_EQ(columns_of("Coat"), 4u);
  EXPECT_EQ(columns_of("Gr\xC3\xBC\xC3\x9F"), 4u);
  EXPECT_EQ(columns_of("\xE7\x8C\xAB"), 2u);      // a wide character
  EXPECT_EQ(columns_of("e\xCC\x81"), 1u);         // e and a combining accent
  EXPECT_EQ(columns_of("\xF0\x9F\x98\x80"), 2u);  // an emoji
}

TEST(Columns, take_broken_utf8_byte_by_byte) {
  EXPECT_EQ(columns_of("\xC3"), 1u);
  EXPECT_EQ(columns_of("\xC3("), 2u);
  EXPECT_EQ(columns_of("\xFF\xFE"), 2u);
}

TEST(Columns, a_cut_text_ends_with_the_tail_and_fits) {
  EXPECT_EQ(cut_to("Ankle boot", 10), "Ankle boot");
  EXPECT_EQ(cut_to("Ankle boot", 6), "Ankle~");
  EXPECT_EQ(cut_to("Ankle boot", 6, "..."), "Ank...");
  EXPECT_EQ(cut_to("Ankle boot", 2, "..."), "An");
  EXPECT_EQ(cut_to("Ankle boot", 0), "");
  EXPECT_EQ(cut_to("\xE7\x8C\xAB\xE7\x8C\xAB", 3, ""), "\xE7\x8C\xAB");  // half a character does not exist
}

TEST(Columns, padding_fills_to_the_width_on_the_side_it_names) {
  EXPECT_EQ(pad_right("ab", 5), "ab   ");
  EXPECT_EQ(pad_left("ab", 5), "   ab");
  EXPECT_EQ(pad_both("ab", 5), " ab  ");
  EXPECT_EQ(pad_left("abcdef", 4), "abc~");
}

TEST(Columns, large_numbers_are_written_in_groups_of_three_and_the_largest_in_short) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(60000), "60,000");
  EXPECT_EQ(thousands(11689512), "11,689,512");
  EXPECT_EQ(large_count(999999), "999,999");
  EXPECT_EQ(large_count(11689512), "11.69 M");
  EXPECT_EQ(large_count(1814000000), "1.81 G");
}

}  // namespace
}  // namespace cairn
