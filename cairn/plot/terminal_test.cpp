// Images as characters: colours, shades, widths, captions, and what the environment says about the terminal.
#include <cairn/plot/terminal.h>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <tests/helpers/figures.h>

namespace cairn {
namespace {

using Colours = Terminal::Colours;

Image ramp(int64_t width, int64_t height) {
  Image i{width, height, 1, {}};
  for (int64_t y = 0; y < height; y++)
    for (int64_t x = 0; x < width; x++) i.pixels.push_back(uint8_t(255 * x / (width - 1)));
  return i;
}

TEST(ShowImages, shades_with_letters_where_there_are_no_colours) {
  EXPECT_EQ(show_images({ramp(20, 4)}, {"ramp"}, {80, Colours::none, true}),
            "  ..::--==++**##%%@@\n"
            "  ..::--==++**##%%@@\n"
            "ramp\n");
}

TEST(ShowImages, draws_two_pixels_a_character_in_colours) {
  Image i{16, 2, 3, std::vector<uint8_t>(16 * 2 * 3, 0)};
  for (int c = 0; c < 3; c++) i.at(0, 0, c) = 255;  // the first: white above black
  i.at(1, 1, 0) = 255;                              // the second: black above red
  EXPECT_EQ(
      show_images({i}, {}, {80, Colours::full, true}),
      "\x1b[38;2;255;255;255m\x1b[48;2;0;0;0m\u2580\x1b[38;2;0;0;0m\x1b[48;2;255;0;0m\u2580\x1b[48;2;0;0;0m" + std::string(14, ' ') + "\x1b[0m\n");
  EXPECT_EQ(show_images({i}, {}, {80, Colours::palette, true}),
            "\x1b[38;5;231m\x1b[48;5;16m\u2580\x1b[38;5;16m\x1b[48;5;196m\u2580\x1b[48;5;16m" + std::string(14, ' ') + "\x1b[0m\n");
}

TEST(ShowImages, needs_no_unicode_for_colours) {
  std::string text = show_images({ramp(16, 4)}, {}, {80, Colours::palette, false});
  for (char c : text) EXPECT_LT(static_cast<unsigned char>(c), 128);
  EXPECT_NE(text.find("\x1b[48;5;"), std::string::npos);
}

TEST(ShowImages, puts_images_beside_each_other_with_their_captions) {
  EXPECT_EQ(show_images({ramp(12, 2), ramp(12, 2), ramp(12, 2)}, {"Coat 97%", "Bag 51%\nis a very long shoe", ""}, {40, Colours::none, false}),
            "  .:-=+*#%@@    .:-=+*#%@@    .:-=+*#%@@\n"
            "Coat 97%      Bag 51%\n"
            "              is a very l~\n");
}

TEST(ShowImages, marks_captions_in_green_and_red) {
  std::string text = show_images({ramp(12, 2), ramp(12, 2)}, {"yes", "no"}, {80, Colours::full, true}, {4, {Mark::right, Mark::wrong}});
  EXPECT_NE(text.find("\x1b[38;2;46;160;67myes\x1b[0m"), std::string::npos);
  EXPECT_NE(text.find("\x1b[38;2;218;54;51mno\x1b[0m"), std::string::npos);
}

TEST(ShowImages, fits_every_terminal_with_every_image) {
  for (int columns : {1, 12, 25, 26, 79, 80, 237})
    for (int64_t width : {2, 8, 28, 32, 224})
      for (int64_t height : {1, 7, 28, 600})
        for (size_t count : {1, 5}) {
          std::vector<Image> images(count, ramp(width, height));
          for (Colours c : {Colours::none, Colours::full}) {
            std::string text = show_images(images, std::vector<std::string>(count, "a caption that is long"), {columns, c, true});
            auto lines = split(text, '\n');
            EXPECT_EQ(lines.back(), "");
            EXPECT_LT(lines.size(), 5 * 40u) << "no image is very high";
            for (const auto& line : lines) EXPECT_LE(columns_of(plot::plain(line)), size_t(columns)) << width << " x " << height;
          }
        }
}

TEST(ShowImages, shows_at_least_four_of_fashion_mnist_in_a_line_of_80) {
  auto lines = split(plot::plain(show_images(std::vector<Image>(12, ramp(28, 28)), {}, {80, Colours::none, false})), '\n');
  EXPECT_EQ(columns_of(lines[0]), 4 * 18 + 3 * 2u);
  EXPECT_EQ(lines.size(), 3 * 9 + 2 + 1u);  // three rows, two lines between, the end
}

TEST(ShowImages, takes_none_and_empty_ones) {
  EXPECT_EQ(show_images({}, {}, {}), "");
  EXPECT_EQ(show_images({Image{}}, {"x"}, {}), "");
  EXPECT_EQ(show_images({Image{}, ramp(12, 2)}, {"none", "one"}, {80, Colours::none, false}), "                .:-=+*#%@@\nnone          one\n");
}

class TerminalEnvironment : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : names_) {
      const char* value = std::getenv(name);
      before_.push_back(value ? std::optional<std::string>(value) : std::nullopt);
      unsetenv(name);
    }
  }
  void TearDown() override {
    for (size_t i = 0; i < before_.size(); i++)
      if (before_[i]) setenv(names_[i], before_[i]->c_str(), 1);
      else unsetenv(names_[i]);
  }

 private:
  const std::vector<const char*> names_ = {"COLUMNS", "TERM", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG"};
  std::vector<std::optional<std::string>> before_;
};

TEST_F(TerminalEnvironment, a_file_has_no_colours_and_80_columns) {
  int file = fileno(std::tmpfile());
  Terminal t = Terminal::of(file);
  EXPECT_EQ(t.columns, 80);
  EXPECT_EQ(t.colours, Colours::none);
  EXPECT_FALSE(t.unicode);
  setenv("COLUMNS", "132", 1);
  setenv("LANG", "C.UTF-8", 1);
  setenv("COLORTERM", "truecolor", 1);
  t = Terminal::of(file);
  EXPECT_EQ(t.columns, 132);
  EXPECT_EQ(t.colours, Colours::none);
  EXPECT_TRUE(t.unicode);
  setenv("LC_ALL", "C", 1);
  setenv("COLUMNS", "wide", 1);
  t = Terminal::of(file);
  EXPECT_FALSE(t.unicode);
  EXPECT_EQ(t.columns, 80);
}

TEST_F(TerminalEnvironment, a_terminal_has_colours_unless_no_color_or_dumb) {
  int master = posix_openpt(O_RDWR | O_NOCTTY);
  if (master < 0 || grantpt(master) || unlockpt(master)) GTEST_SKIP() << "no pseudo-terminals here";
  int terminal = open(ptsname(master), O_RDWR | O_NOCTTY);
  ASSERT_GE(terminal, 0);
  EXPECT_EQ(Terminal::of(terminal).colours, Colours::palette);
  setenv("COLORTERM", "truecolor", 1);
  EXPECT_EQ(Terminal::of(terminal).colours, Colours::full);
  setenv("NO_COLOR", "1", 1);
  EXPECT_EQ(Terminal::of(terminal).colours, Colours::none);
  unsetenv("NO_COLOR");
  setenv("TERM", "dumb", 1);
  EXPECT_EQ(Terminal::of(terminal).colours, Colours::none);
  winsize size{30, 97, 0, 0};
  unsetenv("TERM");
  ASSERT_EQ(ioctl(terminal, TIOCSWINSZ, &size), 0);
  EXPECT_EQ(Terminal::of(terminal).columns, 97);
  close(terminal);
  close(master);
}

}  // namespace
}  // namespace cairn
