// The ready-made figures: their numbers, their pictures, what they refuse.
#include <cairn/plot/views.h>

#include <gtest/gtest.h>

#include <cmath>

#include <cairn/base/text.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/numbers.h>

namespace cairn::plot {
namespace {

const Images& images_of(const Figure& f, size_t panel = 0) { return std::get<Images>(f.panels.at(panel)); }
Colour pixel(const Image& i, int64_t x, int64_t y) { return {i.at(x, y, 0), i.at(x, y, 1), i.at(x, y, 2)}; }

TEST(Smoothed, is_a_running_average_that_does_not_begin_at_zero) {
  auto y = smoothed({4, 4, 4}, 0.9);
  for (double v : y) EXPECT_NEAR(v, 4, 1e-12);
  y = smoothed({1, 3, nan, 5}, 0.5);
  EXPECT_NEAR(y[0], 1, 1e-12);
  EXPECT_NEAR(y[1], (0.25 * 1 + 0.5 * 3) / 0.75, 1e-12);
  EXPECT_TRUE(std::isnan(y[2]));
  EXPECT_NEAR(y[3], (0.125 * 1 + 0.25 * 3 + 0.5 * 5) / 0.875, 1e-12);
  EXPECT_EQ(smoothed({2, 7}, 0), (std::vector<double>{2, 7}));
  EXPECT_THROW(smoothed({1}, 1), ConfigError);
  EXPECT_THROW(smoothed({1}, nan), ConfigError);
}

TEST(Curves, stand_before_their_raw_values) {
  Figure f = curves("t", "epoch", "loss", {{"a", {1, 2}}, {"b", {3, 4}, {10, 20}}}, {.smoothing = 0.5, .log_y = true});
  const Axes& axes = std::get<Axes>(f.panels[0]);
  ASSERT_EQ(axes.elements.size(), 4u);
  const Line& raw = std::get<Line>(axes.elements[1]);
  const Line& smooth = std::get<Line>(axes.elements[3]);
  EXPECT_EQ(raw.stroke, Stroke::faint);
  EXPECT_EQ(raw.name, "") << "only the average is in the legend";
  EXPECT_EQ(smooth.name, "b");
  EXPECT_EQ(smooth.colour, raw.colour);
  EXPECT_EQ(smooth.x[1], 20);
  EXPECT_TRUE(axes.y.log);
  EXPECT_EQ(std::get<Axes>(curves("", "", "", {{"a", {1}}}).panels[0]).elements.size(), 1u);
}

TEST(MeanAndDeviation, of_runs_of_several_lengths) {
  Line l = mean_and_deviation("m", {{1, 2, nan}, {3, 4}, {5, nan}});
  EXPECT_EQ(l.y[0], 3);
  EXPECT_EQ(l.low[0], 1);
  EXPECT_EQ(l.high[0], 5);
  EXPECT_EQ(l.y[1], 3);
  EXPECT_NEAR(l.high[1], 3 + std::sqrt(2.0), 1e-12);
  EXPECT_TRUE(std::isnan(l.y[2]));
  EXPECT_TRUE(mean_and_deviation("none", {}).y.empty());
}

TEST(Histogram, counts_every_number_once) {
  Bars b = histogram("h", {0, 0.1, 0.5, 0.99, 1, nan, INFINITY}, 2);
  EXPECT_EQ(b.y, (std::vector<double>{2, 3}));
  EXPECT_EQ(b.edges, (std::vector<double>{0, 0.5, 1}));
  for (const auto& v : {std::vector<double>{}, {3}, {0, 0}, {nan}}) {
    Bars h = histogram("h", v);
    EXPECT_EQ(h.edges.size(), h.y.size() + 1);
    EXPECT_LT(h.edges.front(), h.edges.back());
  }
  EXPECT_THROW(histogram("h", {1}, -1), ConfigError);
}

TEST(BarChart, lies_when_names_are_long) {
  EXPECT_FALSE(std::get<Axes>(bar_chart("", {"a", "b"}, {1, 2}).panels[0]).horizontal);
  EXPECT_TRUE(std::get<Axes>(bar_chart("", {std::string(40, 'a'), "b"}, {1, 2}).panels[0]).horizontal);
  EXPECT_TRUE(contains(message_of<ShapeError>([] { bar_chart("", {"a"}, {1, 2}); }), "1 names for 2 values"));
}

TEST(ConfusionMatrix, shows_counts_in_the_colours_of_their_share) {
  Figure f = confusion_matrix(tensor({{8, 2, 0}, {3, 6, 1}, {0, 0, 0}}, i64), {"cat", "dog", "cow"});
  const Axes& axes = std::get<Axes>(f.panels[0]);
  const Heat& heat = std::get<Heat>(axes.elements[0]);
  EXPECT_EQ(heat.text, (std::vector<std::string>{"8", "2", "", "3", "6", "1", "", "", ""}));
  EXPECT_NEAR(heat.values[3], 0.3, 1e-12);
  EXPECT_EQ(heat.values[8], 0) << "a class without examples";
  EXPECT_TRUE(axes.y.reversed) << "the first class on top";
  const Table& table = std::get<Table>(f.panels[1]);
  EXPECT_EQ(table.rows[0], (std::vector<std::string>{"dog", "cat", "3"}));
  EXPECT_EQ(table.rows.size(), 3u);
  EXPECT_EQ(f.description,
            "3 classes, 20 examples, 14 of them right (70.0 %). dog taken for cat: 3 times. cat taken for dog: 2 times. dog taken for cow: once.");
  EXPECT_EQ(confusion_matrix(zeros({2, 2}, i64)).panels.size(), 1u);
  EXPECT_TRUE(contains(message_of<ShapeError>([] { confusion_matrix(zeros({2, 3}, i64)); }), "counts are [C, C], these are [2, 3]"));
  EXPECT_TRUE(contains(message_of<ShapeError>([] { confusion_matrix(zeros({2, 2}, i64), {"a"}); }), "1 names for 2 classes"));
  EXPECT_FALSE(confusion_matrix(zeros({0, 0}, i64)).svg().empty());
}

TEST(ConfusionMatrix, of_few_classes_has_the_whole_name_of_its_colours_within_the_picture) {
  for (const int64_t classes : {2, 3, 4, 10}) {
    const std::string svg = confusion_matrix(eye(classes, i64)).svg();
    std::vector<std::string> turned;
    for (size_t at = svg.find("rotate(-90)"); at != svg.npos; at = svg.find("rotate(-90)", at + 1)) {
      const size_t begin = svg.find('>', at) + 1, place = svg.rfind("translate(", at) + 10;
      turned.push_back(svg.substr(begin, svg.find('<', begin) - begin));
      EXPECT_LT(std::stod(svg.substr(place)), 720) << turned.back();
    }
    ASSERT_GE(turned.size(), 2u);
    EXPECT_EQ(join({turned.begin() + 1, turned.end()}, " "), "share of the true class") << classes;  // behind the name of the rows
    EXPECT_EQ(turned.size() == 3, classes < 4) << classes;
  }
}

TEST(Filters, of_three_channels_are_colours_with_grey_for_zero) {
  Tensor w = zeros({2, 3, 1, 2});
  w.set_({0, 0, 0, 0}, 0.5).set_({0, 1, 0, 0}, -0.5).set_({1, 2, 0, 1}, 100);
  Figure f = filters(w);
  ASSERT_EQ(images_of(f).tiles.size(), 2u);
  EXPECT_EQ(pixel(images_of(f).tiles[0].image, 0, 0), (Colour{255, 0, 128}));
  EXPECT_EQ(pixel(images_of(f).tiles[0].image, 1, 0), (Colour{128, 128, 128}));
  EXPECT_EQ(pixel(images_of(f).tiles[1].image, 1, 0), (Colour{128, 128, 255})) << "each filter has its own scale";
}

TEST(Filters, of_other_depths_are_red_and_blue) {
  Tensor w = zeros({1, 1, 1, 3});
  w.set_({0, 0, 0, 0}, -2).set_({0, 0, 0, 2}, 2);
  const Image image = images_of(filters(w)).tiles[0].image;
  EXPECT_GT(pixel(image, 0, 0).r, pixel(image, 0, 0).b);
  EXPECT_EQ(pixel(image, 1, 0), (Colour{246, 246, 246}));
  EXPECT_GT(pixel(image, 2, 0).b, pixel(image, 2, 0).r);
  Figure deep = filters(zeros({100, 40, 3, 3}));
  EXPECT_EQ(images_of(deep).tiles.size(), 16u * 12);
  EXPECT_TRUE(contains(deep.note, "16 of 100 filters, 12 of 40 inputs"));
  EXPECT_TRUE(contains(message_of<ShapeError>([] { filters(zeros({3, 4})); }), "weights of a convolution are [O, I, H, W], these are [3, 4]"));
  EXPECT_THROW(filters(zeros({3, 0, 3, 3})), ShapeError);
}

TEST(ActivationMaps, have_a_scale_each) {
  Tensor maps = zeros({2, 1, 2});
  maps.set_({0, 0, 0}, -3).set_({0, 0, 1}, 5).set_({1, 0, 0}, nan);
  Figure f = activation_maps({{"conv1", maps}, {"relu", zeros({1, 100, 2, 2})}});
  const Images& first = images_of(f);
  EXPECT_EQ(first.title, "conv1: 2 x 1 x 2");
  EXPECT_EQ(pixel(first.tiles[0].image, 0, 0), (Colour{13, 8, 60}));
  EXPECT_EQ(pixel(first.tiles[0].image, 1, 0), (Colour{250, 232, 80}));
  EXPECT_EQ(images_of(f, 1).tiles.size(), 64u);
  EXPECT_TRUE(contains(f.note, "65 maps have the same value everywhere"));
  EXPECT_TRUE(contains(message_of<ShapeError>([] { activation_maps({{"x", zeros({2, 3, 4, 4})}}); }), "the maps of 'x' are [2, 3, 4, 4]"));
}

TEST(ReceptiveField, lies_over_the_image) {
  Image grey{4, 4, 1, std::vector<uint8_t>(16, 100)};
  Tensor effective = zeros({4, 4});
  effective.set_({2, 1}, 1).set_({0, 0}, -5).set_({1, 1}, nan);
  Image over = overlay(grey, effective, 1);
  EXPECT_EQ(pixel(over, 1, 2), (Colour{255, 112, 0}));
  EXPECT_EQ(pixel(over, 0, 0), (Colour{100, 100, 100})) << "nothing below 0";
  EXPECT_EQ(pixel(over, 1, 1), (Colour{100, 100, 100}));
  Figure f = receptive_field(grey, {1, 1, 2, 2}, effective);
  EXPECT_EQ(images_of(f).tiles.size(), 2u);
  EXPECT_TRUE(contains(f.description, "2 x 2 pixels of 4 x 4"));
  EXPECT_EQ(images_of(receptive_field(grey, {1, 1, 2, 2})).tiles.size(), 1u);
  EXPECT_THROW(overlay(grey, zeros({4})), ShapeError);
  Image png = picture_of(images_of(f));
  EXPECT_GT(png.width, 2 * 280);
}

TEST(WorstMistakes, begin_with_the_surest) {
  Image i{1, 1, 1, {0}};
  Figure f = worst_mistakes({{i, "Coat", "Bag", 0.5}, {i, "Shirt", "Dress", 0.97}, {i, "a", "b", 0.2}}, 2);
  ASSERT_EQ(images_of(f).tiles.size(), 2u);
  EXPECT_EQ(images_of(f).tiles[0].caption, "Dress, 97 %\nis Shirt");
  EXPECT_EQ(f.note, "2 of 3 mistakes, the surest first");
  EXPECT_EQ(worst_mistakes({{i, "Coat", "Bag", 0.5}}, 24, "title", 30).note, "1 of 30 mistakes, the surest first");
  EXPECT_FALSE(worst_mistakes({}).svg().empty());
}

}  // namespace
}  // namespace cairn::plot
