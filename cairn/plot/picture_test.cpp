// Canvas, letters, tensors as images, grids.
#include <cairn/plot/picture.h>

#include <gtest/gtest.h>

#include <limits>

namespace cairn {
namespace {

// A picture as text: '#' where a pixel is dark.
std::string art(const Picture& p) {
  std::string out;
  for (int64_t y = 0; y < p.height(); y++) {
    for (int64_t x = 0; x < p.width(); x++) out += p.at(x, y).r < 128 ? '#' : '.';
    out += '\n';
  }
  return out;
}

TEST(Picture, draws_letters_of_five_by_seven_with_tails_below_the_line) {
  Picture p(17, 8);
  p.text("Ag,", 0, 0);
  EXPECT_EQ(art(p),
            ".###.............\n"
            "#...#............\n"
            "#...#..####......\n"
            "#####.#...#......\n"
            "#...#.#...#......\n"
            "#...#..####...##.\n"
            "#...#.....#...##.\n"
            ".......###....#..\n");
  EXPECT_EQ(Picture::text_width("Ag,"), 17);
  EXPECT_EQ(Picture::text_height(), 8);
  EXPECT_EQ(Picture::text_width("Ag,", 2), 34);
  EXPECT_EQ(Picture::text_width(""), 0);
}

TEST(Picture, has_another_letter_for_every_character_and_a_question_mark_for_the_rest) {
  std::vector<std::string> seen;
  for (int c = 33; c < 127; c++) {
    Picture p(5, 8);
    p.text(std::string(1, char(c)), 0, 0);
    seen.push_back(art(p));
    EXPECT_NE(seen.back().find('#'), std::string::npos) << char(c);
  }
  for (size_t i = 0; i < seen.size(); i++)
    for (size_t j = 0; j < i; j++) EXPECT_NE(seen[i], seen[j]) << char(33 + i) << " looks like " << char(33 + j);
  Picture other(11, 8), question(11, 8);
  other.text("\u65e5\x01", 0, 0);
  question.text("??", 0, 0);
  EXPECT_EQ(art(other), art(question));
}

TEST(Picture, spells_latin_letters_without_their_accents_and_says_what_it_cannot) {
  EXPECT_EQ(Picture::spelled("gr\u00fcn, \u00d6l, stra\u00dfe, \u00e6ble, \u00f1and\u00fa, \u010de\u0161tina, \u0141\u00f3d\u017a, \u0130stanbul"),
            "grun, Ol, strasse, aeble, nandu, cestina, Lodz, Istanbul");
  EXPECT_EQ(Picture::spelled("gru\u0308n \u201ca\u201d \u2013 b\u2026 ph\u1edf \u1ef9 \u0178"), "grun \"a\" - b... pho y Y");
  EXPECT_EQ(Picture::spelled("\u65e5\u672c \U0001f431 ?"), "?? ? ?");
  EXPECT_EQ(Picture::spelled("\xC3(\x80"
                             "a\xFF"),
            "?(?a?")
      << "what is no UTF-8";
  Picture umlaut(11, 8), plain(11, 8);
  umlaut.text("\u00fc\u00dc", 0, 0);
  plain.text("uU", 0, 0);
  EXPECT_EQ(art(umlaut), art(plain));
  EXPECT_EQ(Picture::text_width("\u00df"), Picture::text_width("ss"));
  EXPECT_TRUE(Picture::can_spell("gr\u00fcn or not?\nsure"));
  EXPECT_FALSE(Picture::can_spell("\u0434\u043e\u043c"));
}

TEST(Picture, draws_nothing_outside_itself) {
  Picture p(3, 3);
  p.fill(-5, -5, 7, 7, colours::black);
  p.text("W", 2, 2);
  p.frame(1, 1, 9, 9, colours::black);
  EXPECT_EQ(art(p), "##.\n###\n.##\n");
  EXPECT_THROW(p.at(3, 0), IndexError);
  EXPECT_THROW(Picture(0, 5), ShapeError);
  EXPECT_THROW(Picture(5, max_image_side + 1), ShapeError);
}

TEST(Picture, enlarges_images_by_whole_pixels_and_keeps_their_colours) {
  Image rgb{2, 1, 3, {255, 0, 0, 0, 0, 255}}, grey{1, 1, 1, {7}};
  Picture p(5, 2);
  p.draw(rgb, 0, 0, 2);
  p.draw(grey, 4, 1);
  EXPECT_EQ(p.at(1, 1), (Colour{255, 0, 0}));
  EXPECT_EQ(p.at(2, 0), (Colour{0, 0, 255}));
  EXPECT_EQ(p.at(4, 1), (Colour{7, 7, 7}));
  EXPECT_EQ(p.at(4, 0), colours::white);
}

TEST(ImageOf, takes_grey_and_rgb_tensors_of_bytes_and_numbers) {
  EXPECT_EQ(image_of(tensor({{0, 128}, {255, 1}}, u8)).pixels, (std::vector<uint8_t>{0, 128, 255, 1}));
  double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(image_of(tensor({{0, 0.5, 1, 2, -3, nan}})).pixels, (std::vector<uint8_t>{0, 128, 255, 255, 0, 0}));
  EXPECT_EQ(image_of(tensor({{-1, 0, 1}}), -1, 1).pixels, (std::vector<uint8_t>{0, 128, 255}));
  Image rgb = image_of(tensor({{{1, 2}}, {{3, 4}}, {{5, 6}}}, u8));
  EXPECT_EQ(rgb.channels, 3);
  EXPECT_EQ(rgb.pixels, (std::vector<uint8_t>{1, 3, 5, 2, 4, 6}));
  EXPECT_EQ(image_of(zeros({1, 4, 6})).width, 6);
}

TEST(ImageOf, says_which_shapes_are_images) {
  try {
    image_of(zeros({2, 4, 4}));
    FAIL();
  } catch (const ShapeError& e) { EXPECT_STREQ(e.what(), "[image_of] an image has the shape [H, W], [1, H, W] or [3, H, W], this is [2, 4, 4]"); }
  EXPECT_THROW(image_of(zeros({0, 4})), ShapeError);
  EXPECT_THROW(image_of(zeros({4})), ShapeError);
  EXPECT_THROW(image_of(zeros({4, 4}), 1, 1), ConfigError);
}

Image solid(int64_t width, int64_t height, uint8_t value) { return {width, height, 1, std::vector<uint8_t>(size_t(width * height), value)}; }

TEST(Mosaic, lays_images_out_in_rows_with_captions_below) {
  Image m = mosaic({solid(28, 28, 0), solid(28, 28, 90), solid(28, 28, 180)}, {"Coat", "Bag"}, {2, 1, "", {}});
  // "Coat" in large letters would need cells of 46, more than one and a half images: small letters, rows of 28 + 5 + 8 + 3.
  EXPECT_EQ(m.width, 16 + 28 + 12 + 28 + 16);
  EXPECT_EQ(m.height, 16 + (28 + 5 + 8 + 3) + 12 + (28 + 5 + 8 + 3) + 16);
  EXPECT_EQ(m.at(16, 16, 0), 0);              // the first image
  EXPECT_EQ(m.at(16 + 28 + 12, 16, 0), 90);   // the second beside it
  EXPECT_EQ(m.at(16, 16 + 44 + 12, 0), 180);  // the third below
  EXPECT_EQ(m.at(2, 2, 0), 255);
}

TEST(Mosaic, chooses_columns_that_fill_the_last_row) {
  auto columns = [](size_t count) {
    return (mosaic(std::vector<Image>(count, solid(28, 28, 0)), {}, {0, 1, "", {}}).width - 2 * 16 + 12) / (28 + 12);
  };
  EXPECT_EQ(columns(1), 1);
  EXPECT_EQ(columns(12), 4);  // 4.9 would be twice as wide as high; 5 leaves three cells empty
  EXPECT_EQ(columns(25), 9);
  EXPECT_EQ(columns(32), 8);
}

TEST(Mosaic, marks_right_and_wrong_captions_with_colours) {
  auto has = [](const Image& m, Colour c) {
    for (int64_t y = 0; y < m.height; y++)
      for (int64_t x = 0; x < m.width; x++)
        if (m.at(x, y, 0) == c.r && m.at(x, y, 1) == c.g && m.at(x, y, 2) == c.b) return true;
    return false;
  };
  Image m = mosaic({solid(28, 28, 0), solid(28, 28, 0)}, {"Coat", "Bag"}, {0, 0, "", {Mark::none, Mark::wrong}});
  EXPECT_TRUE(has(m, colours::wrong));
  EXPECT_FALSE(has(m, colours::right));
}

TEST(Mosaic, takes_no_images_many_captions_long_captions_and_other_sizes) {
  EXPECT_GT(mosaic({}, {"lost"}).width, 0);
  Image m =
      mosaic({solid(8, 8, 0), solid(20, 4, 0), Image{}}, {std::string(500, 'x'), "two\nlines", "", "too many"}, {0, 0, std::string(40, 'T'), {}});
  EXPECT_GE(m.width, Picture::text_width(std::string(40, 'T'), 2));
  EXPECT_LT(m.width, 1000);
  EXPECT_GT(mosaic({solid(1, 1, 0)}, {"caption"}, {1, 1, "", {}}).width, 0);
  EXPECT_THROW(mosaic({solid(3000, 1, 0)}, {}, {1, 100, "", {}}), ShapeError);
}

}  // namespace
}  // namespace cairn
