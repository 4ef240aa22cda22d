#include <course/machinery/prose.h>

#include <gtest/gtest.h>

#include <course/machinery/checking.h>

namespace cairn::course {

TEST(Prose, sentences_end_their_lines_at_the_width_and_hang_below_themselves) {
  EXPECT_EQ(prose("one two three four", 9), "one two\nthree\nfour");
  EXPECT_EQ(prose("one two three", 11, "    ", "a:"), "a:  one two\n    three");
  EXPECT_EQ(prose("one  two\nthree", 0, "  "), "  one  two\nthree") << "no width, no change";
  EXPECT_EQ(prose("", 9, "  "), "  ");
}

TEST(Prose, a_command_is_broken_only_where_no_line_can_hold_it) {
  EXPECT_EQ(prose("then `cairn learn A01` shows it", 20), "then\n`cairn learn A01`\nshows it");
  EXPECT_EQ(prose("`cairn learn A01`", 10), "`cairn\nlearn A01`");
  EXPECT_EQ(prose("open `cairn and no end", 10), "open\n`cairn and\nno end");
  EXPECT_EQ(prose("see https://example.org/a/long/address there", 12), "see\nhttps://example.org/a/long/address\nthere");
}

TEST(Prose, paragraphs_keep_blank_lines_and_code) {
  const std::string text = "one two\nthree\n\n    for each input\n      v += 1\nfour five";
  EXPECT_EQ(paragraphs(text, 9), "one two\nthree\n\n    for each input\n      v += 1\nfour five");
  EXPECT_EQ(paragraphs("a b\nc\n\nd", 40), "a b c\n\nd");
  EXPECT_EQ(paragraphs(text, 0), text);
  EXPECT_EQ(paragraphs("", 9), "");
}

TEST(Prose, a_verdict_is_explained_on_lines_of_the_width_and_its_values_stay_whole) {
  Exercise e;
  e.id = "T01";
  Verdict v;
  v.kind = Verdict::wrong;
  v.property = "the derivative is near the slope of the line between two places";
  v.input = "f(x) = x * x * x + 4 * x * x - 17 * x + 1, x = 2";
  v.expected = "11", v.got = "22";
  v.slip = "the distance between the two places is h, not two times h";
  v.why = "From x - h to x + h the way is as long as two steps. Divide by all of it.";
  const std::string text = verdict_text(e, v, 40);
  EXPECT_NE(text.find("\nThis looks like: the distance between\nthe two places is h, not two times h.\nFrom x - h"), std::string::npos) << text;
  EXPECT_NE(text.find("  with      " + v.input + "\n"), std::string::npos) << text;
  EXPECT_NE(verdict_text(e, v).find("\n" + v.why + "\n"), std::string::npos) << "without a width no line is broken";
}

}  // namespace cairn::course
