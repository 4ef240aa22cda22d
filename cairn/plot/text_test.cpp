// Figures as text.
#include <gtest/gtest.h>

#include <cmath>

#include <cairn/base/text.h>
#include <cairn/plot/views.h>
#include <tests/helpers/figures.h>
#include <tests/helpers/numbers.h>

namespace cairn::plot {
namespace {

const Terminal ascii{80, Terminal::Colours::none, false}, unicode{80, Terminal::Colours::none, true}, colour{80, Terminal::Colours::full, true};

Figure falling_line() {
  return {.title = "falling", .panels = {Axes{.x = {.label = "epoch"}, .y = {.label = "loss"}, .elements = {Line{.y = {4, 3, 2, 1, 0}}}}}};
}

TEST(Text, draws_a_line_with_letters_where_there_is_no_unicode) {
  EXPECT_EQ(falling_line().text(ascii, {.width = 30, .height = 8}),
            "falling\n"
            "4 +**\n"
            "  |  ****\n"
            "  |      ***\n"
            "  |         ****\n"
            "2 +             ****\n"
            "  |                 ****\n"
            "  |                    ****\n"
            "0 +                        ***\n"
            "  +-------+------------+------\n"
            "          2            4\n"
            "   loss by epoch\n");
}

TEST(Text, draws_braille_where_there_is_unicode) {
  EXPECT_EQ(falling_line().text(unicode, {.width = 24, .height = 4}),
            "falling\n"
            "5 \u2524\u28c0\n"
            "  \u2502 \u2809\u2809\u2812\u2822\u2824\u28c0\u28c0\n"
            "  \u2502        \u2809\u2809\u2812\u2824\u2824\u28c0\u28c0\n"
            "0 \u2524               \u2809\u2811\u2812\u2824\u2824\u28c0\n"
            "  \u2514\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500\u252c\u2500\u2500\u2500\u2500\u2500\n"
            "        2         4\n"
            "   loss \u00b7 epoch\n");
}

TEST(Text, tells_series_apart_by_colours_or_by_letters) {
  Figure f{.panels = {Axes{.elements = {Line{.name = "training", .y = {3, 2, 1}}, Line{.name = "validation", .y = {3, 3, 3}}}}}};
  std::string text = f.text(colour);
  EXPECT_NE(text.find("\x1b[38;2;"), std::string::npos);
  EXPECT_NE(plain(text).find("\u2501\u2501 training   \u2501\u2501 validation"), std::string::npos);
  text = f.text(unicode);
  EXPECT_NE(text.find("* training   o validation"), std::string::npos);
  EXPECT_GT(count(text, "o"), 20u);
  EXPECT_EQ(count(text, "\x1b"), 0u);
}

TEST(Text, leaves_raw_values_away_where_only_their_average_can_be_seen) {
  Figure f = curves("", "", "", {{"a", {1, 5, 1, 5, 1, 5}}}, {.smoothing = 0.9});
  EXPECT_EQ(count(f.text(unicode), "(running average, weight of the past 0.9; pale: the values themselves)"), 1u);
  EXPECT_LT(count(f.text(ascii, {.width = 40}), "*"), 50u);
}

TEST(Text, draws_bars_as_rows_in_eighths_of_a_character) {
  Figure f = bar_chart("", {"cat", "a dog", ""}, {1, 4.5, nan}, "count");
  EXPECT_EQ(f.text(ascii, {.width = 30}),
            "cat   #### 1\n"
            "a dog ################## 4.5\n"
            "      nan\n"
            "count\n");
  EXPECT_EQ(f.text(unicode, {.width = 30}),
            "cat   \u2588\u2588\u2588\u2588 1\n"
            "a dog \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588 4.5\n"
            "      nan\n"
            "count\n");
  EXPECT_EQ(bar_chart("", {"a", "b"}, {-2, 2}).text(ascii, {.width = 24}),
            "a ########## -2\n"
            "b           ######### 2\n");
}

TEST(Text, writes_a_matrix_as_cells_with_counts) {
  Tensor counts = tensor({{8, 2}, {0, 5}}, i64);
  Figure f = confusion_matrix(counts, {"cat", "hippopotamus"}, "");
  f.panels.resize(1);
  EXPECT_EQ(f.text(ascii, {.width = 50}),
            "             predicted\n"
            "                      cat hippopotam~\n"
            "         cat            8           2\n"
            "hippopotamus                        5\n"
            "             rows: true\n"
            "(13 of 15 right (86.7 %); rows are the true\n"
            "classes, colours the share of a row)\n");
  std::string text = f.text(colour);
  EXPECT_NE(text.find("\x1b[48;2;"), std::string::npos);
  EXPECT_NE(plain(text).find("] 1  share of the true class\n"), std::string::npos);
}

TEST(Text, gives_rows_and_columns_letters_where_names_have_no_room) {
  Heat heat{.rows = 2, .columns = 2, .values = {0, 1, 0.5, nan}};
  Axes axes{.x = {.names = {"cat", "dog"}}, .y = {.names = {"cat", "dog"}, .reversed = true}, .elements = {heat}};
  EXPECT_EQ((Figure{.panels = {axes}}).text(ascii, {.width = 40}),
            "       a b\n"
            "a cat   @@\n"
            "b dog **??\n"
            "      0 [ .:-==++**##%%@@] 1\n");
}

TEST(Text, draws_a_table_with_numbers_to_the_right) {
  Table table{.title = "layers", .header = {"layer", "parameters"}, .rows = {{"conv", "1,728"}, {"a long name of a layer", "10"}, {"none"}}};
  EXPECT_EQ((Figure{.panels = {table}}).text(ascii, {.width = 30}),
            "layers\n"
            "layer               parameters\n"
            "------------------  ----------\n"
            "conv                     1,728\n"
            "a long name of a ~          10\n"
            "none\n");
}

TEST(Text, shows_images_with_their_boxes) {
  Image white{64, 32, 1, std::vector<uint8_t>(64 * 32, 255)};
  Figure f{.panels = {Images{.tiles = {{.image = white, .caption = "a", .boxes = {{16, 8, 32, 16}}}}}}};
  auto lines = split(f.text(ascii), '\n');
  ASSERT_EQ(lines.size(), 16 + 1 + 1u);
  EXPECT_EQ(lines[0], std::string(64, '@'));
  EXPECT_EQ(lines[8], std::string(16, '@') + "%" + std::string(30, '@') + "%" + std::string(16, '@'));
  EXPECT_EQ(lines[16], "a");
}

TEST(Text, prints_no_control_characters_of_others) {
  Figure f{.title = "\x1b[31mred\x07",
           .panels = {Axes{.elements = {Line{.name = "\x1b]0;title\x07", .y = {1, 2}}, Line{.name = "\u00e9\xff", .y = {2, 1}}}},
                      Images{.tiles = {{.image = {1, 1, 1, {0}}, .caption = "\x1b[2J"}}}}};
  for (const Terminal& t : {ascii, unicode}) EXPECT_EQ(count(f.text(t), "\x1b") + count(f.text(t), "\x07"), 0u);
  EXPECT_NE(f.text(unicode).find("\u00e9?"), std::string::npos);
  EXPECT_NE(f.text(ascii).find("o ??"), std::string::npos);
}

TEST(Text, says_when_there_is_nothing) {
  EXPECT_EQ(Figure{}.text(ascii), "nothing to show\n");
  EXPECT_NE((Figure{.panels = {Axes{.elements = {Line{.y = {nan}}}}}}).text(ascii).find("no data"), std::string::npos);
  EXPECT_EQ((Figure{.panels = {Images{}}}).text(ascii), "no images\n");
  EXPECT_EQ((Figure{.panels = {Table{}}}).text(ascii), "an empty table\n");
}

}  // namespace
}  // namespace cairn::plot
