// Figures as SVG: what is drawn of which data, how text is escaped, what is left out and said, what is refused.
#include <cairn/plot/figure.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include <cairn/base/text.h>
#include <cairn/plot/series.h>
#include <cairn/plot/svg.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/figures.h>
#include <tests/helpers/numbers.h>
#include <tests/helpers/xml.h>

namespace cairn::plot {
namespace {

Figure figure(Axes axes) { return {.title = "t", .panels = {std::move(axes)}}; }
Figure line(std::vector<double> y) { return figure(Axes{.elements = {Line{.y = std::move(y)}}}); }

bool mentions(const testing_xml::Xml& xml, const std::string& part) {
  return std::any_of(xml.texts.begin(), xml.texts.end(), [&](const std::string& t) { return t.find(part) != std::string::npos; });
}
std::vector<std::string> values_of(const testing_xml::Xml& xml, const std::string& attribute) {
  std::vector<std::string> out;
  for (const auto& [name, value] : xml.attributes)
    if (name == attribute) out.push_back(value);
  return out;
}

TEST(Figure, is_a_whole_svg_document_with_escaped_text) {
  Axes axes{.title = "1 < 2", .x = {.label = "\"x\""}, .y = {.label = "'y' & more"}};
  axes.add(Line{.name = "<script>alert(1)</script>", .y = {1, 2}}).add(Line{.name = "gr\u00f6\u00dfte \u65e5\u672c", .y = {2, 1}});
  Figure f{.title = "a < b & \"c\"", .panels = {axes}};
  auto xml = read(f, {.width = 500});
  EXPECT_EQ(f.svg({.width = 500}).find("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"cairn\" width=\"500\" height=\""), 0u);
  EXPECT_EQ(xml.first["title"], "a &lt; b &amp; &quot;c&quot;");
  EXPECT_EQ(xml.count["script"], 0);
  EXPECT_TRUE(has_text(xml, "1 &lt; 2"));
  EXPECT_TRUE(has_text(xml, "&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_TRUE(has_text(xml, "gr\u00f6\u00dfte \u65e5\u672c"));
  EXPECT_TRUE(has_text(xml, "&#39;y&#39; &amp; more"));
}

TEST(Figure, stays_well_formed_whatever_text_it_is_given) {
  const std::string odd = "<&>\"'\x01\x7f\xc3\xa9\xff\xef\xbf\xbf\xf4";
  uint64_t state = 1;
  for (int round = 0; round < 200; round++) {
    std::string text;
    for (int i = 0; i < 12; i++) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      text += round % 2 ? char(state >> 40) : odd[(state >> 40) % odd.size()];
    }
    Axes axes{.title = text, .x = {.label = text}, .y = {.label = text, .names = {text, text}}, .elements = {Line{.name = text, .y = {0, 1}}}};
    Figure f{.title = text,
             .description = text,
             .panels = {axes, Table{.title = text, .header = {text}, .rows = {{text}}}, Images{.title = text, .tiles = {{.caption = text}}}},
             .note = text};
    EXPECT_EQ(testing_xml::read_xml(f.svg()).error, "") << round;
    for (char c : f.text({80, Terminal::Colours::none, false})) EXPECT_TRUE(c == '\n' || (c >= 32 && c < 127)) << int(c);
  }
}

TEST(Figure, draws_a_line_through_its_points) {
  Axes axes{.elements = {Line{.name = "a", .x = {0, 1, 3}, .y = {0, 10, 5}}}};
  auto frame = detail::frame_of(axes, 5, 5);
  auto pieces = detail::pieces_of(std::get<Line>(axes.elements[0]), frame, 600);
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_NEAR(pieces[0][1].x, 1.0 / 3, 1e-12);
  EXPECT_NEAR(pieces[0][1].y, 1, 1e-12);
  EXPECT_NEAR(pieces[0][2].y, 0.5, 1e-12);
  auto xml = read(figure(axes));
  EXPECT_EQ(xml.count["polyline"], 1);
  EXPECT_EQ(xml.count["circle"], 4) << "three points and the key of the legend";
}

TEST(Figure, leaves_gaps_where_there_is_no_number) {
  auto xml = read(line({1, nan, 3, 4, inf, -inf, 1.7e308, 2}));
  EXPECT_EQ(xml.count["polyline"], 1);
  EXPECT_EQ(xml.count["circle"], 4);
}

TEST(Figure, takes_no_points_one_point_and_equal_points) {
  for (const auto& y : {std::vector<double>{}, {nan}, {3}, {7, 7, 7}, {0, 0}, {-1e300, 1e300}}) {
    auto xml = read(line(y));
    bool any = std::any_of(y.begin(), y.end(), [](double v) { return std::isfinite(v); });
    EXPECT_EQ(has_text(xml, "no data"), !any);
    EXPECT_EQ(xml.count["polyline"], y.size() > 1 ? 1 : 0);
  }
  EXPECT_TRUE(has_text(read(figure(Axes{})), "no data"));
  EXPECT_TRUE(has_text(read(Figure{}), "nothing to show"));
  EXPECT_TRUE(has_text(read({.panels = {Images{}}}), "no images"));
  EXPECT_TRUE(has_text(read({.panels = {Table{}}}), "an empty table"));
  EXPECT_TRUE(has_text(read(figure(Axes{.elements = {Heat{}}})), "no data"));
}

TEST(Figure, leaves_out_what_a_logarithmic_axis_cannot_show_and_says_so) {
  Axes axes{.y = {.log = true}, .elements = {Line{.y = {1, 0, -1, nan, 10, 100}}}};
  auto xml = read(figure(axes));
  EXPECT_TRUE(has_text(xml, "2 values not above 0 left out (logarithmic axis)"));
  EXPECT_EQ(xml.count["circle"], 3);
  EXPECT_NE(figure(axes).text({80, Terminal::Colours::none, false}).find("(2 values not above 0 left out"), std::string::npos);
  axes.elements = {Line{.y = {-1, -2}}};
  EXPECT_TRUE(has_text(read(figure(axes)), "no data"));
}

TEST(Figure, draws_a_band_around_a_line) {
  Axes axes{.elements = {Line{.y = {1, 2, nan, 3, 4}, .low = {0, 1, 2, nan, 3}, .high = {2, 3, 4, 5, 5}}}};
  EXPECT_EQ(read(figure(axes)).count["polygon"], 1) << "from 1 to 3; a single end is no area";
  axes = {.y = {.log = true}, .elements = {Line{.y = {1, 2}, .low = {-1, 1}, .high = {2, 3}}}};
  EXPECT_EQ(read(figure(axes)).count["polygon"], 1) << "below a logarithmic axis a band ends at the axis";
}

TEST(Figure, cuts_lines_off_at_the_ends_that_were_given) {
  Axes axes{.y = {.low = 0, .high = 1}, .elements = {Line{.y = {0.5, 1e6, 0.5, 0.5, -1e6, -1e6, 0.2}}}};
  auto frame = detail::frame_of(axes, 5, 5);
  auto pieces = detail::pieces_of(std::get<Line>(axes.elements[0]), frame, 600);
  EXPECT_EQ(pieces.size(), 3u);
  for (const auto& piece : pieces)
    for (const auto& p : piece) EXPECT_TRUE(p.y >= -1e-9 && p.y <= 1 + 1e-9) << p.y;
  EXPECT_NEAR(pieces[0].back().y, 1, 1e-9);
  EXPECT_FALSE(figure(axes).text({80, Terminal::Colours::none, true}).empty());
}

TEST(Figure, thins_a_million_points_without_losing_a_peak) {
  std::vector<double> y(1000000), zigzag(y.size()), back(y.size());
  for (size_t i = 0; i < y.size(); i++) {
    y[i] = std::sin(double(i)) + 2;
    zigzag[i] = double(i % 2);
    back[i] = double((i * 7919) % 1000);
  }
  y[543210] = 50;
  Axes axes{.elements = {Line{.name = "loss", .y = y}}};
  EXPECT_LT(figure(axes).svg().size(), 100000u);
  auto frame = detail::frame_of(axes, 5, 5);
  double highest = 0;
  for (const auto& piece : detail::pieces_of(std::get<Line>(axes.elements[0]), frame, 600))
    for (const auto& p : piece) highest = std::max(highest, p.y);
  EXPECT_NEAR(highest, frame.y.place(50), 1e-12);
  // To and fro, with bands, as points, with gaps: never more than so much.
  std::vector<double> gaps = y;
  for (size_t i = 0; i < gaps.size(); i += 3) gaps[i] = nan;
  for (const Line& l :
       {Line{.x = zigzag, .y = back}, Line{.y = y, .low = zigzag, .high = y}, Line{.x = back, .y = y, .stroke = Stroke::none}, Line{.y = gaps}}) {
    Axes a{.elements = {l}};
    EXPECT_LT(figure(a).svg().size(), 6000000u);
    EXPECT_LT(figure(a).text({80, Terminal::Colours::full, true}).size(), 60000u);
  }
}

TEST(Figure, draws_no_more_marks_panels_rows_and_images_than_a_reader_could_see) {
  Axes lines, bars{.horizontal = true};
  for (int i = 0; i < 400; i++) lines.add(Line{.name = "line " + std::to_string(i), .y = {1, double(i)}});
  std::vector<double> heights(5000, 1);
  bars.add(Bars{.y = heights});
  auto xml = read(figure(lines));
  EXPECT_EQ(xml.count["polyline"], 256);
  EXPECT_TRUE(has_text(xml, "and 376 more"));
  EXPECT_TRUE(has_text(xml, "the first 256 of 400 marks are shown"));
  EXPECT_TRUE(has_text(read(figure(bars)), "the first 100 of 5000 bars are shown"));
  EXPECT_LT(read(figure(Axes{.elements = {Bars{.y = heights}}})).count["rect"], 1002);
  Table table{.rows = std::vector<std::vector<std::string>>(1000, {"1", "2"})};
  EXPECT_TRUE(has_text(read({.panels = {table}}), "the first 200 of 1000 rows are shown"));
  Images images{.tiles = std::vector<Tile>(1000, Tile{.image = {2, 2, 1, {0, 1, 2, 3}}})};
  EXPECT_EQ(read({.panels = {images}}).count["image"], 256);
  EXPECT_TRUE(has_text(read({.panels = std::vector<Panel>(70, Table{})}), "the first 64 of 70 panels are shown"));
}

TEST(Figure, draws_bars_side_by_side_from_zero) {
  Axes axes{.x = {.names = {"cat", "dog"}}, .elements = {Bars{.name = "a", .y = {1, -2}}, Bars{.name = "b", .y = {3, nan}}}};
  auto frame = detail::frame_of(axes, 5, 5);
  auto a = detail::bars_of(axes, 0, frame), b = detail::bars_of(axes, 1, frame);
  ASSERT_EQ(a.size(), 2u);
  ASSERT_EQ(b.size(), 1u);
  EXPECT_NEAR(a[0].b, b[0].a, 1e-12) << "they touch";
  EXPECT_NEAR(a[0].low, frame.y.place(0), 1e-12);
  EXPECT_NEAR(a[1].high, frame.y.place(0), 1e-12);
  EXPECT_NEAR(a[1].low, frame.y.place(-2), 1e-12);
  auto xml = read(figure(axes));
  EXPECT_TRUE(has_text(xml, "cat") && has_text(xml, "dog") && has_text(xml, "a") && has_text(xml, "b"));
  axes.horizontal = true;
  EXPECT_TRUE(has_text(read(figure(axes)), "dog"));
}

TEST(Figure, colours_the_cells_of_a_matrix_and_writes_into_them) {
  Heat heat{.rows = 2, .columns = 3, .values = {0, 1, 2, nan, 4, 5}, .text = {"0", "1", "2", "", "4", "<5>"}, .scale = false};
  Axes axes{.x = {.names = {"x", "y", "z"}}, .y = {.names = {"top", "bottom"}, .reversed = true}, .elements = {heat}};
  auto xml = read(figure(axes));
  EXPECT_TRUE(has_text(xml, "&lt;5&gt;") && has_text(xml, "z") && has_text(xml, "bottom"));
  auto strengths = values_of(xml, "fill-opacity");
  ASSERT_EQ(strengths.size(), 5u) << "the cell without a number has no colour";
  EXPECT_EQ(strengths.front(), "0");
  EXPECT_EQ(strengths.back(), "1");
}

TEST(Figure, long_names_of_cells_keep_their_ends) {
  using detail::cut_inside;
  using detail::text_width;
  EXPECT_EQ(cut_inside("cat", 100), "cat");
  std::set<std::string> names;
  for (int i = 0; i < 100; i++) {
    const std::string name = cut_inside("class number " + std::to_string(i), 60);
    EXPECT_LE(text_width(name), 60) << name;
    EXPECT_TRUE(name.starts_with("cl") && name.ends_with(std::to_string(i))) << name;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), 100u);
  EXPECT_EQ(cut_inside("wide enough for nothing", 1), "\u2026");
  const std::string accents = cut_inside("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301 größte", 40);  // an accent stays on its letter
  EXPECT_TRUE(valid_utf8(accents));
  EXPECT_EQ(accents.find("\u2026\u0301"), std::string::npos) << accents;
}

TEST(Figure, averages_matrices_that_are_larger_than_a_screen) {
  Heat heat{.rows = 1000, .columns = 600, .values = std::vector<double>(600000, 0.25), .low = 0, .high = 1};
  heat.values[0] = inf;
  heat.values[7] = nan;
  auto xml = read(figure(Axes{.elements = {heat}}));
  EXPECT_EQ(xml.count["image"], 2) << "one for light and one for dark";
  EXPECT_TRUE(has_text(xml, "1000 x 600 cells averaged to 256 x 256"));
  EXPECT_EQ(read(figure(Axes{.elements = {heat}}), {.theme = Theme::dark}).count["image"], 1);
  Heat small = detail::shrunk({.rows = 4, .columns = 2, .values = {1, 3, 5, 7, nan, nan, 2, nan}}, 2, 1);
  EXPECT_EQ(small.values[0], 4);
  EXPECT_EQ(small.values[1], 2);
}

TEST(Figure, has_rules_for_light_and_dark_or_for_one_of_them) {
  auto both = read(line({1, 2})).first["style"], light = read(line({1, 2}), {.theme = Theme::light}).first["style"],
       dark = read(line({1, 2}), {.theme = Theme::dark}).first["style"];
  EXPECT_NE(both.find("@media (prefers-color-scheme:dark)"), std::string::npos);
  EXPECT_EQ(light.find("@media"), std::string::npos);
  EXPECT_NE(light.find(".cairn-light .paper{fill:#fff}"), std::string::npos);
  EXPECT_NE(dark.find(".cairn-dark .paper{fill:#181b1f}"), std::string::npos);
}

TEST(Figure, holds_images_as_png_small_ones_with_square_pixels) {
  Image small{2, 2, 3, std::vector<uint8_t>(12, 200)}, large{3000, 1000, 1, std::vector<uint8_t>(3000000, 7)};
  Figure f{.panels = {Images{.tiles = {{small, "a\nb", Mark::wrong, {{0, 0, 1, 1, "box"}}}, {large, "c"}}}}};
  auto xml = read(f);
  EXPECT_EQ(xml.count["image"], 2);
  auto images = values_of(xml, "href");
  EXPECT_EQ(images[0].find("data:image/png;base64,iVBORw0KGgo"), 0u);
  EXPECT_LT(images[1].size(), 20000u) << "shrunk to what can be seen";
  EXPECT_EQ(values_of(xml, "style").size(), 2u) << "of the small image, and of the whole";
  EXPECT_TRUE(has_text(xml, "a") && has_text(xml, "b") && has_text(xml, "box"));
}

TEST(Figure, writes_its_description_from_the_data) {
  Axes axes{.x = {.label = "epoch"}, .y = {.label = "loss", .log = true}};
  axes.add(Line{.name = "training", .y = {0.5, 0.25, 0.3}}).add(Line{.name = "none", .y = {nan}});
  EXPECT_EQ(figure(axes).described(),
            "loss by epoch, logarithmic. training: 3 values, lowest 0.25 at 2, highest 0.5 at 1, last 0.3 at 3. none: no values.");
  EXPECT_EQ(figure(Axes{.x = {.names = {"cat", "dog"}}, .elements = {Bars{.name = "count", .y = {3, 4}}}}).described(), "count: cat 3, dog 4.");
  EXPECT_EQ(figure(Axes{.elements = {Heat{.rows = 1, .columns = 2, .values = {1, nan}, .label = "share"}}}).described(),
            "A heat map of 1 rows and 2 columns, values from 1 to 1 (share).");
  EXPECT_EQ((Figure{.panels = {Images{.tiles = {{.caption = "Bag 97 %\nis Coat"}}}}}).described(), "1 image: Bag 97 % is Coat.");
  EXPECT_EQ((Figure{.panels = {Table{.header = {"a", "b"}, .rows = {{"1", "2"}}}}}).described(), "A table of 1 row: a, b. 1, 2.");
  EXPECT_EQ(read({.title = "t", .description = "mine"}).first["desc"], "mine");
}

template <class E> std::string axes_refusal(const Axes& axes) {
  return message_of<E>([&] { figure(axes).check(); });
}

TEST(Figure, says_what_is_wrong_with_its_data) {
  EXPECT_EQ(axes_refusal<ShapeError>({.elements = {Line{.name = "loss", .x = {1, 2}, .y = {1}}}}), "[plot] panel 1, line 'loss': 2 x and 1 y");
  EXPECT_EQ(axes_refusal<ShapeError>({.title = "A", .elements = {Line{.y = {1, 2}, .low = {1}, .high = {1, 2}}}}),
            "[plot] panel 'A', line '': a band of 1 low and 2 high ends around 2 y");
  EXPECT_TRUE(contains(axes_refusal<ShapeError>({.elements = {Bars{.y = {1}, .edges = {1}}}}), "1 edges for 1 y"));
  EXPECT_TRUE(
      contains(axes_refusal<ShapeError>({.elements = {Heat{.rows = 2, .columns = 2, .values = {1, 2, 3}}}}), "3 values for 2 rows of 2 columns"));
  EXPECT_TRUE(contains(axes_refusal<ShapeError>({.elements = {Heat{.rows = -1, .columns = -3, .values = {1, 2, 3}}}}), "3 values for -1 rows"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.elements = {Heat{.low = 1, .high = 1}}}), "the ends of its colours are no range"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.y = {.log = true, .low = 0}}), "a logarithmic axis cannot begin at 0"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.x = {.low = 2, .high = 1}}), "the axis from 2 to 1 is no range. Hint: reversed = true"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.x = {.high = nan}}), "an end of the axis is nan"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.x = {.log = true, .names = {"a"}}}), "an axis of names cannot be logarithmic"));
  EXPECT_TRUE(contains(axes_refusal<ConfigError>({.elements = {Line{}}, .horizontal = true}), "horizontal axes hold bars only"));
  Figure images{.panels = {Images{.tiles = {{.image = {2, 2, 3, {1}}}}}}};
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { images.svg(); }), "image 0 has 1 bytes for 2 x 2 pixels"));
}

TEST(Figure, shows_fixed_ends_even_when_all_data_lies_beyond_them) {
  for (auto [low, high] : {std::pair<std::optional<double>, std::optional<double>>{10.0, {}}, {{}, -10.0}, {5.0, 6.0}}) {
    auto xml = read(figure(Axes{.y = {.low = low, .high = high}, .elements = {Line{.y = {1, 2, 3}}}}));
    EXPECT_EQ(xml.count["polyline"], 0);
    EXPECT_FALSE(mentions(xml, "nan"));
  }
}

TEST(Figure, draws_or_refuses_whatever_numbers_it_is_given) {
  uint64_t state = 3;
  auto next = [&](uint64_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33) % n;
  };
  const double odd[] = {nan, inf, -inf, 0, -0.0, 1, -1, 5e-324, 1e-300, 1e300, 1.7e308, -1.7e308, 1e-9, 3.5, 1e15, -1e15, 0.1, 2, 100};
  auto value = [&] { return odd[next(std::size(odd))]; };
  auto values = [&](size_t n) {
    std::vector<double> v(n);
    for (double& x : v) x = value();
    return v;
  };
  int drawn = 0;
  for (int round = 0; round < 3000; round++) {
    Axes axes{.x = {.log = next(4) == 0, .reversed = next(3) == 0}, .y = {.log = next(4) == 0, .reversed = next(3) == 0}};
    for (Axis* axis : {&axes.x, &axes.y}) {
      if (next(6) == 0) axis->low = value();
      if (next(6) == 0) axis->high = value();
      if (next(5) == 0) axis->names.assign(next(5), "name");
    }
    for (uint64_t e = 0; e <= next(3); e++) {
      size_t n = next(9);
      if (next(3) == 0) {
        Line l{.x = next(2) ? values(n) : std::vector<double>{}, .y = values(n), .stroke = next(2) ? Stroke::none : Stroke::solid};
        if (next(2)) l.low = values(n), l.high = values(n);
        axes.add(l);
      } else if (next(2) == 0) {
        Bars b{.y = values(n), .x = next(2) ? values(n) : std::vector<double>{}};
        if (next(3) == 0) b.edges = values(n + 1);
        axes.add(b);
        axes.horizontal = next(4) == 0;
      } else {
        Heat h{.rows = int64_t(n), .columns = int64_t(next(5)), .map = next(2) ? ColourMap::diverging : ColourMap::spectrum};
        h.values = values(size_t(h.rows * h.columns));
        if (next(4) == 0) h.low = value();
        if (next(4) == 0) h.high = value();
        if (next(4) == 0) h.x = Range{value(), value()};
        axes.add(h);
      }
    }
    Figure f = figure(axes);
    try {
      std::string svg = f.svg({.width = int(next(800))}), text = f.text({int(next(100)), Terminal::Colours::full, next(2) == 0});
      EXPECT_EQ(testing_xml::read_xml(svg).error, "");
      for (const char* bad : {"=\"nan", "=\"inf", "=\"-inf", "=\"-nan", ",nan", ",inf"}) EXPECT_EQ(svg.find(bad), std::string::npos) << svg;
      EXPECT_LT(svg.size(), 200000u);
      drawn++;
    } catch (const ConfigError&) {  // ends that are no range
    }
  }
  EXPECT_GT(drawn, 1000);
}

}  // namespace
}  // namespace cairn::plot
