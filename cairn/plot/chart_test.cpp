// Charts as text and as SVG.
#include <cairn/plot/chart.h>

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <cairn/plot/scale.h>

namespace cairn {
namespace {

const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
const Terminal ascii{80, Terminal::Colours::none, false}, unicode{80, Terminal::Colours::none, true}, colour{80, Terminal::Colours::palette, true};

std::string plain(const std::string& text) { return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), ""); }
size_t count(const std::string& text, const std::string& part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) n++;
  return n;
}
std::vector<std::string> texts(const std::vector<plot_detail::Tick>& ticks) {
  std::vector<std::string> out;
  for (const auto& t : ticks) out.push_back(t.text);
  return out;
}

TEST(Scale, has_round_numbers) {
  using plot_detail::Scale;
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts(Scale(0.26, 0.61, 4, false, true).ticks()), (Texts{"0.2", "0.3", "0.4", "0.5", "0.6", "0.7"}));
  EXPECT_EQ(texts(Scale(1, 12, 6, false, false).ticks()), (Texts{"2", "4", "6", "8", "10", "12"}));
  EXPECT_EQ(texts(Scale(-1, 1, 4, false, true).ticks()), (Texts{"-1.0", "-0.5", "0", "0.5", "1.0"}));
  EXPECT_EQ(texts(Scale(0.02, 3, 4, true, true).ticks()), (Texts{"0.01", "0.1", "1", "10"}));
  EXPECT_EQ(texts(Scale(1e-9, 1e9, 3, true, true).ticks()), (Texts{"1e-9", "0.001", "1000", "1e9"}));
}

TEST(Scale, survives_equal_and_enormous_ends) {
  using plot_detail::Scale;
  for (auto [low, high] : {std::pair{0.0, 0.0}, {5.0, 5.0}, {-3.0, -3.0}, {1e300, 1e300}, {-1e300, 1e300}, {1.0, 1.0 + 1e-15}, {5e-324, 1e-323}}) {
    Scale s(low, high, 5, false, true);
    EXPECT_LT(s.ticks().size(), 20u) << low << " to " << high;
    EXPECT_GT(s.ticks().size(), 0u) << low << " to " << high;
  }
}

TEST(Chart, draws_a_line_with_letters) {
  EXPECT_EQ(Chart({"falling", "epoch", "loss"}).add("", {4, 3, 2, 1, 0}).terminal(30, 12, ascii),
            "   falling\n"
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

TEST(Chart, draws_braille_where_there_is_unicode) {
  std::string text = Chart({"", "", ""}).add("", {0, 1}).terminal(24, 8, unicode);
  EXPECT_EQ(split(text, '\n').size(), 8u);  // 5 rows, axis, numbers, the end
  EXPECT_NE(text.find("\u2524"), std::string::npos);
  EXPECT_EQ(count(text, "\u2800"), 0u);  // blanks stay blanks
}

TEST(Chart, tells_series_apart_by_colours_or_by_letters) {
  Chart c{"", "epoch", "loss"};
  c.add("training", {3, 2, 1}).add("validation", {3, 3, 3});
  std::string text = c.terminal(60, 12, colour);
  EXPECT_NE(text.find("\x1b[38;5;"), std::string::npos);
  EXPECT_NE(plain(text).find("\u2501\u2501 training   \u2501\u2501 validation"), std::string::npos);
  text = c.terminal(60, 12, unicode);
  EXPECT_NE(text.find("* training   o validation"), std::string::npos);
  EXPECT_GT(count(text, "o"), 20u);
}

TEST(Chart, fits_into_its_lines_and_columns) {
  Chart c{"a title that goes on and on and on and on and on", "epoch", "loss"};
  for (int i = 0; i < 9; i++) c.add("series number " + std::to_string(i), {1.0 * i, -1e7 * i, 3});
  for (int width : {1, 24, 40, 80, 200})
    for (int height : {1, 8, 20, 50})
      for (const Terminal& t : {ascii, unicode, colour}) {
        auto lines = split(c.terminal(width, height, t), '\n');
        for (const auto& line : lines) EXPECT_LE(columns_of(plain(line)), size_t(std::max(width, 24))) << line;
        if (width >= 80 && height >= 20) { EXPECT_LE(lines.size(), size_t(height) + 1); }
      }
}

TEST(Chart, leaves_gaps_and_says_when_there_is_nothing) {
  Chart c{"t", "x", "y"};
  c.add("a", {1, nan, 3, 4, inf, -inf, 1.7e308});
  EXPECT_EQ(count(c.svg(), "<polyline"), 1u);
  EXPECT_EQ(count(c.svg(), "<circle"), 3u);
  EXPECT_EQ(c.svg().find("nan"), std::string::npos);
  Chart nothing{"t", "x", "y"};
  nothing.add("a", {nan}).add("b", {});
  EXPECT_NE(nothing.svg().find("no data"), std::string::npos);
  EXPECT_NE(nothing.terminal(40, 10, ascii).find("no data"), std::string::npos);
  Chart log{"t", "x", "y"};
  log.log_y = true;
  log.add("a", {1, 0, -1, 10});
  EXPECT_EQ(count(log.svg(), "<circle"), 2u);
  EXPECT_THROW(log.add("b", {1, 2}, {1}), ShapeError);
}

TEST(Chart, is_a_whole_svg_document_with_escaped_text) {
  Chart c{"a < b & \"c\"", "step", "loss"};
  c.add("<script>", {1, 2});
  std::string svg = c.svg(720, 420);
  EXPECT_EQ(svg.find("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"420\" viewBox=\"0 0 720 420\""), 0u);
  EXPECT_EQ(svg.substr(svg.size() - 7), "</svg>\n");
  EXPECT_NE(svg.find("<title>a &lt; b &amp; &quot;c&quot;</title>"), std::string::npos);
  EXPECT_EQ(svg.find("<script>"), std::string::npos);
  EXPECT_NE(svg.find("<polyline points=\"61.0,370.0 698.0,62.0\""), std::string::npos) << svg;
}

TEST(Chart, thins_long_series_without_losing_a_peak) {
  std::vector<double> y(100000);
  for (size_t i = 0; i < y.size(); i++) y[i] = std::sin(double(i)) + 2;
  y[54321] = 50;
  Chart c{"", "step", "loss"};
  c.add("loss", y);
  std::string svg = c.svg();
  EXPECT_LT(svg.size(), 60000u);
  auto axes = plot_detail::axes_of(c, 5, 5);
  double highest = 0;
  for (const auto& piece : plot_detail::pieces_of(c.series[0], axes, 600))
    for (const auto& p : piece) highest = std::max(highest, p.y);
  EXPECT_NEAR(highest, axes.y.place(50), 1e-12);
}

}  // namespace
}  // namespace cairn
