// Points, areas of classes, lines of equal height, arrows and computation graphs: what is drawn of which data, in both renderings, and what is
// refused.
#include <cairn/plot/views.h>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include <cairn/base/text.h>
#include <cairn/plot/graph.h>
#include <cairn/plot/series.h>
#include <tests/helpers/errors.h>
#include <tests/helpers/figures.h>
#include <tests/helpers/numbers.h>
#include <tests/helpers/xml.h>

namespace cairn::plot {
namespace {

const Terminal narrow_ascii{60, Terminal::Colours::none, false}, narrow_unicode{60, Terminal::Colours::none, true},
    narrow_colour{60, Terminal::Colours::full, true};

Figure figure_of(Panel panel) { return {.title = "t", .panels = {std::move(panel)}}; }
template <class E> std::string panel_refusal(const Panel& panel) {
  return message_of<E>([&] { figure_of(panel).check(); });
}
double ring(double x, double y) { return std::hypot(x, y); }

TEST(Plane, points_of_classes_differ_in_shape_and_the_legend_names_them) {
  Axes axes{.elements = {Scatter{.x = {1, 2, 3, 4, nan}, .y = {1, 2, 3, inf, 5}, .classes = {0, 1, 1, 0, 2}, .names = {"cat", "dog"}}}};
  auto xml = read(figure_of(axes));
  EXPECT_TRUE(has_text(xml, "cat") && has_text(xml, "dog") && has_text(xml, "class 2"));
  EXPECT_EQ(xml.count["circle"], 2) << "one point and the key of cats";
  const std::string text = figure_of(axes).text(narrow_unicode);
  EXPECT_EQ(count(text, "\u25cf"), 2u);
  EXPECT_EQ(count(text, "\u25a0"), 3u) << "two points and the key of dogs";
  EXPECT_EQ(count(figure_of(axes).text(narrow_ascii), "*"), 2u);
}

TEST(Plane, marks_without_classes_take_the_colours_after_those_of_the_classes) {
  Axes axes;
  axes.add(Scatter{.x = {1, 2}, .y = {1, 2}, .classes = {0, 2}})
      .add(Line{.y = {1, 2}})
      .add(Contours{})
      .add(Arrows{})
      .add(Line{.y = {1}, .colour = 0});
  EXPECT_EQ(detail::colour_of(axes, 1), 3);
  EXPECT_EQ(detail::colour_of(axes, 3), 4) << "contours in the ink of the text take no colour";
  EXPECT_EQ(detail::colour_of(axes, 4), 0);
}

TEST(Plane, areas_and_points_of_one_class_are_one_entry_of_the_legend) {
  Axes axes;
  axes.add(Regions{.rows = 1, .columns = 2, .classes = {0, 1}}).add(Scatter{.x = {0}, .y = {0}, .classes = {1}, .names = {"no", "yes"}});
  auto legend = detail::legend_of(axes);
  ASSERT_EQ(legend.size(), 1u);
  EXPECT_EQ(legend[0].name, "yes");
  EXPECT_TRUE(legend[0].area && legend[0].symbol == 1);
  std::get<Regions>(axes.elements[0]).names = {"no"};
  EXPECT_EQ(detail::legend_of(axes).size(), 2u);
}

TEST(Plane, thins_a_hundred_thousand_points_and_says_so) {
  Scatter s;
  for (int i = 0; i < 100000; i++) {
    s.x.push_back(std::sin(i * 0.7) * (i % 317));
    s.y.push_back(std::cos(i * 1.3) * (i % 211));
    s.classes.push_back(i % 3);
  }
  const Figure f = figure_of(Axes{.elements = {s}});
  auto xml = read(f);
  EXPECT_TRUE(has_text(xml, "4000 of 100000 points are drawn: others would lie on them or between them"));
  EXPECT_LT(f.svg().size(), 400000u);
  for (const char* shape : {"\u25cf", "\u25a0", "\u25b2"})
    EXPECT_GT(count(f.text(narrow_unicode), shape), 5u) << "no class hides the others: " << shape;
}

TEST(Plane, labels_stand_beside_their_points_and_never_on_each_other) {
  Axes axes{.elements = {Scatter{.x = {1, 5}, .y = {1, 5}, .labels = {"<king>", "queen"}}}};
  auto xml = read(figure_of(axes));
  EXPECT_TRUE(has_text(xml, "&lt;king&gt;") && has_text(xml, "queen"));
  EXPECT_TRUE(contains(figure_of(axes).text(narrow_ascii), "<king>"));
  Scatter crowd{.symbol = Symbol::none};
  for (int i = 0; i < 50; i++) crowd.x.push_back(1), crowd.y.push_back(1), crowd.labels.push_back("same place");
  xml = read(figure_of(Axes{.elements = {crowd}}));
  EXPECT_EQ(std::count(xml.texts.begin(), xml.texts.end(), "same place"), 1);
  EXPECT_TRUE(has_text(xml, "49 labels left out: there is no room"));
  EXPECT_TRUE(contains(figure_of(Axes{.elements = {crowd}}).text(narrow_ascii), "(49 labels left out: there is no room)"));
}

TEST(Plane, lines_of_equal_height_lie_where_the_function_has_the_level) {
  const Grid grid{.x = {-2, 2}, .y = {-2, 2}, .rows = 80, .columns = 80};
  const Axes axes{.elements = {contours(grid, ring, {1, 1.9})}};
  auto frame = detail::frame_of(axes, 5, 5);
  auto levels = detail::levels_in(std::get<Contours>(axes.elements[0]), frame);
  ASSERT_EQ(levels.size(), 2u);
  for (const auto& level : levels) {
    ASSERT_EQ(level.lines.size(), 1u) << "a circle is one line";
    EXPECT_GT(level.lines[0].size(), 50u);
    EXPECT_NEAR(level.lines[0].front().x, level.lines[0].back().x, 1e-12) << "it is closed";
    for (const auto& p : level.lines[0]) EXPECT_NEAR(ring(p.x * 4 - 2, p.y * 4 - 2), level.value, 2e-3);
  }
  EXPECT_TRUE(has_text(read(figure_of(axes)), "1.9"));
}

TEST(Plane, contours_reach_the_edges_of_their_grid_and_leave_holes) {
  const Contours slope{.rows = 2, .columns = 5, .values = {0, 1, 2, 3, 4, 0, 1, 2, 3, 4}, .levels = {2.5}, .x = Range{0, 5}, .y = Range{0, 1}};
  Axes axes{.elements = {slope}};
  auto lines = detail::levels_in(slope, detail::frame_of(axes, 5, 5))[0].lines;
  ASSERT_EQ(lines.size(), 1u);
  auto [low, high] = std::minmax_element(lines[0].begin(), lines[0].end(), [](auto a, auto b) { return a.y < b.y; });
  EXPECT_NEAR(low->y, 0, 1e-9);
  EXPECT_NEAR(high->y, 1, 1e-9);
  for (const auto& p : lines[0]) EXPECT_NEAR(p.x, 3.0 / 5, 1e-9);
  Contours hole = slope;
  hole.values[2] = hole.values[7] = nan;
  EXPECT_TRUE(detail::levels_in(hole, detail::frame_of(axes, 5, 5))[0].lines.empty());
}

TEST(Plane, a_saddle_is_cut_where_its_middle_says) {
  for (double high : {1.2, 0.8}) {  // the corners of the diagonal: the middle is above the level 0.5, or below
    const Contours saddle{.rows = 2, .columns = 2, .values = {high, 0, 0, high}, .levels = {0.5}};
    Axes axes{.elements = {saddle}};
    auto lines = detail::levels_in(saddle, detail::frame_of(axes, 5, 5))[0].lines;
    ASSERT_EQ(lines.size(), 2u);
    // Above: the high corners at the lower left and upper right are joined, so no line crosses the diagonal between them.
    for (const auto& line : lines) {
      bool below = false, beyond = false;
      for (const auto& p : line) (p.x > p.y ? below : beyond) = true;
      EXPECT_EQ(below && beyond, high < 1);
    }
  }
}

TEST(Plane, borders_run_between_cells_of_different_classes) {
  const Regions halves{
      .rows = 10, .columns = 10, .classes = decision_regions({.rows = 10, .columns = 10}, [](double x, double) { return x > 0; }).classes};
  Axes axes{.elements = {halves}};
  auto borders = detail::borders_of(halves, detail::frame_of(axes, 5, 5));
  ASSERT_EQ(borders.size(), 1u);
  for (const auto& p : borders[0]) EXPECT_NEAR(p.x, 0.5, 1e-9);
  Regions whole = halves;
  std::fill(whole.classes.begin(), whole.classes.end(), 3);
  EXPECT_TRUE(detail::borders_of(whole, detail::frame_of(axes, 5, 5)).empty());
  EXPECT_GT(count(figure_of(axes).text(narrow_colour), "48;2;"), 10u) << "grounds of colour";
  EXPECT_TRUE(contains(figure_of(axes).text(narrow_ascii), "....") && contains(figure_of(axes).text(narrow_ascii), "::::"));
}

TEST(Plane, decisions_of_a_model_come_from_its_scores) {
  const Grid grid{.rows = 1, .columns = 4};
  auto of = [&](std::vector<float> v, const cairn::Shape& s) { return decision_regions(grid, from_span(std::span<const float>(v), s)).classes; };
  EXPECT_EQ(of({-1, 0, 1, float(nan)}, {4}), (std::vector<int64_t>{0, 0, 1, -1}));
  EXPECT_EQ(of({1, 2, 3, 0, 0, 5, 9, 9.5}, {4, 2}), (std::vector<int64_t>{1, 0, 1, 1}));
  Tensor numbers = zeros({4}, i64);
  numbers.set_({2}, 7);
  EXPECT_EQ(decision_regions(grid, numbers).classes, (std::vector<int64_t>{0, 0, 7, 0}));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { decision_regions(grid, zeros({3, 2})); }), "a grid of 1 x 4 cells needs scores [4, C]"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { decision_regions(grid, Tensor()); }), "these are none"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { on_grid({.rows = 0}, ring); }), "a grid of 0 rows"));
  EXPECT_TRUE(contains(message_of<ConfigError>([&] { on_grid({.x = {1, 1}}, ring); }), "1 to 1 is no range"));
  EXPECT_TRUE(contains(message_of<ShapeError>([&] { scatter(zeros({3, 2}), zeros({2}, i64)); }), "3 points need as many classes"));
  const Tensor points = grid_points({.x = {0, 4}, .y = {0, 1}, .rows = 1, .columns = 4});
  EXPECT_EQ(points.to_vector<double>(), (std::vector<double>{0.5, 0.5, 1.5, 0.5, 2.5, 0.5, 3.5, 0.5}));
}

TEST(Plane, arrows_have_heads_and_those_of_a_field_do_not_touch) {
  Axes axes{.elements = {Arrows{.dx = {1, 0, nan}, .dy = {0, 1, 1}, .labels = {"e1", "e2", ""}}}};
  EXPECT_EQ(detail::arrows_of(std::get<Arrows>(axes.elements[0]), detail::frame_of(axes, 5, 5)).size(), 2u);
  EXPECT_TRUE(has_text(read(figure_of(axes)), "e1"));
  const std::string text = figure_of(axes).text(narrow_unicode);
  EXPECT_TRUE(contains(text, "\u2192") && contains(text, "\u2191") && contains(text, "e2"));
  const Arrows many = field(
      {0, 10}, {0, 10}, [](double x, double) { return std::pair(1000 * x, -1000.0); }, 10);
  const double scale = detail::scale_of(many);
  for (double dx : many.dx) EXPECT_LT(scale * dx, 1);
  EXPECT_GT(scale * 9500, 0.5);
  EXPECT_EQ(detail::scale_of(Arrows{.dx = {0}, .dy = {0}, .scale = 0}), 1);
}

TEST(Plane, a_trajectory_ends_in_the_head_of_an_arrow) {
  Axes axes{.elements = {trajectory("way", {0, 1, 2, 3}, {0, 0, 0, 0}, 3)}};
  const Line& line = std::get<Line>(axes.elements[0]);
  auto frame = detail::frame_of(axes, 5, 5);
  auto heads = detail::heads_of(line, detail::pieces_of(line, frame, 100), 1);
  ASSERT_EQ(heads.size(), 3u);
  EXPECT_NEAR(heads.back().to.x, frame.x.place(3), 1e-12);
  EXPECT_NEAR(heads.front().to.x, frame.x.place(0.5), 1e-12);
  EXPECT_TRUE(contains(figure_of(axes).text(narrow_unicode), "\u2192"));
}

TEST(Plane, equal_units_make_circles_round) {
  Axes axes{.x = {.low = -2, .high = 2}, .y = {.low = -1, .high = 1}, .elements = {Line{.x = {0, 1}, .y = {0, 1}}}, .equal = true};
  auto xml = read(figure_of(axes));
  double width = 0, height = 0;  // of the points' distance: (0, 0) to (1, 1)
  for (const auto& [name, value] : xml.attributes)
    if (name == "points") {
      double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
      ASSERT_EQ(std::sscanf(value.c_str(), "%lf,%lf %lf,%lf", &x0, &y0, &x1, &y1), 4);
      width = x1 - x0;
      height = y0 - y1;
    }
  EXPECT_GT(width, 50);
  EXPECT_NEAR(width, height, 0.5);
  axes.x.log = true;
  axes.x.low = 1;
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(axes), "equal units need two linear axes"));
}

Graph product() {
  Graph g;
  const size_t a = g.node({.name = "a", .value = 2, .gradient = -3}), b = g.node({.name = "b", .value = -3, .gradient = 2});
  const size_t e = g.node({.name = "e", .operation = "*", .value = -6, .gradient = 1}, {a, b});
  g.node({.name = "<out>", .operation = "tanh", .value = -1, .note = "saved"}, {e});
  g.links[0].label = "x b";
  return g;
}

TEST(Plane, a_graph_shows_values_and_gradients_from_left_to_right) {
  const Graph g = product();
  auto layout = detail::layout_of(g, {40, 40, 40, 40}, 10);
  EXPECT_EQ(layout.layers, 3);
  EXPECT_EQ(layout.places[0].layer, 0);
  EXPECT_EQ(layout.places[2].layer, 1);
  EXPECT_EQ(layout.places[3].layer, 2);
  EXPECT_GE(std::abs(layout.places[0].at - layout.places[1].at), 50 - 1e-9) << "neighbours keep their distance";
  EXPECT_NEAR(layout.places[2].at, (layout.places[0].at + layout.places[1].at) / 2, 1e-6);
  auto xml = read(figure_of(g));
  EXPECT_TRUE(has_text(xml, "value") && has_text(xml, "grad") && has_text(xml, "-6") && has_text(xml, "x b") && has_text(xml, "saved"));
  EXPECT_NE(figure_of(g).svg().find("&lt;out&gt;"), std::string::npos);
  EXPECT_EQ(figure_of(g).text({80, Terminal::Colours::none, false}),
            "t\n"
            "node   formula  value  gradient         along its inputs\n"
            "-----  -------  -----  --------  -----  ----------------\n"
            "a      input        2        -3\n"
            "b      input       -3         2\n"
            "e      a * b       -6         1         a: x b\n"
            "<out>  tanh(e)     -1            saved\n");
  EXPECT_EQ(figure_of(g).text({30, Terminal::Colours::none, false}),
            "t\n"
            "a\n    value 2, gradient -3\n"
            "b\n    value -3, gradient 2\n"
            "e = a * b\n    value -6, gradient 1,\n    along its inputs a: x b\n"
            "<out> = tanh(e)\n    value -1, saved\n");
  EXPECT_TRUE(read(figure_of(g), {.width = 240}).error.empty());
}

TEST(Plane, a_blank_label_of_a_link_keeps_room_and_is_not_shown) {
  Graph g = product();
  for (Link& l : g.links) l.label = "\u00a0";
  const auto xml = read(figure_of(g), {.width = 240});
  EXPECT_FALSE(has_text(xml, "\u00a0"));
  EXPECT_EQ(figure_of(g).text({80, Terminal::Colours::none, false}).find("along"), std::string::npos);
}

TEST(Plane, long_links_of_a_graph_pass_beside_the_nodes_between) {
  Graph g;
  size_t first = g.node({.name = "x"}), last = first;
  for (int i = 0; i < 3; i++) last = g.node({.operation = "relu"}, {last});
  g.node({.operation = "+"}, {last, first});
  auto layout = detail::layout_of(g, std::vector<double>(5, 30), 10);
  ASSERT_EQ(layout.routes.back().stops.size(), 5u) << "three layers lie between";
  for (size_t k = 1; k < 4; k++) EXPECT_GE(std::abs(layout.places[layout.routes.back().stops[k]].at - layout.places[k].at), 20 - 1e-9);
}

TEST(Plane, says_what_is_wrong_with_its_data) {
  auto of = [](Element e) { return Axes{.elements = {std::move(e)}}; };
  EXPECT_EQ(panel_refusal<ShapeError>(of(Scatter{.name = "p", .x = {1}, .y = {1, 2}})), "[plot] panel 1, points 'p': 1 x and 2 y");
  EXPECT_TRUE(contains(panel_refusal<ShapeError>(of(Scatter{.x = {1}, .y = {1}, .classes = {0, 1}})), "2 classes for 1 points"));
  EXPECT_TRUE(contains(panel_refusal<ShapeError>(of(Scatter{.x = {1}, .y = {1}, .labels = {"a", "b"}})), "2 labels for 1 points"));
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(of(Scatter{.x = {1}, .y = {1}, .classes = {-1}})), "a class is -1; classes are 0 to 255"));
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(of(Scatter{.size = nan})), "a radius of nan"));
  EXPECT_TRUE(contains(panel_refusal<ShapeError>(of(Regions{.rows = 2, .columns = 2, .classes = {1}})), "1 values for 2 rows of 2 columns"));
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(of(Regions{.rows = 1, .columns = 1, .classes = {int64_t(1) << 40}})), "a class is 1099511627776"));
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(of(Contours{.x = Range{1, 0}})), "it cannot cover 1 to 0"));
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(of(Contours{.levels = std::vector<double>(65, 1)})), "65 levels; at most 64"));
  EXPECT_TRUE(contains(panel_refusal<ShapeError>(of(Arrows{.dx = {1}, .dy = {}})), "1 dx and 0 dy"));
  EXPECT_TRUE(contains(panel_refusal<ShapeError>(of(Arrows{.x = {1, 2}, .y = {1, 2}, .dx = {1}, .dy = {1}})), "2 beginnings for 1 arrows"));
  EXPECT_TRUE(
      contains(panel_refusal<IndexError>(Graph{.nodes = {{.name = "a"}}, .links = {{.from = 0, .to = 1}}}), "a link from 0 to 1; there are 1 nodes"));
  const Graph cycle{.title = "G", .nodes = {{.name = "a"}, {.name = "b"}}, .links = {{.from = 0, .to = 1}, {.from = 1, .to = 0}}};
  EXPECT_TRUE(contains(panel_refusal<ConfigError>(cycle), "panel 'G': the links form a cycle at or before node 'a'"));
}

TEST(Plane, descriptions_say_what_is_drawn) {
  auto said = [](Element e) { return figure_of(Axes{.elements = {std::move(e)}}).described(); };
  EXPECT_EQ(said(Scatter{.x = {1, 2, nan}, .y = {3, 4, 5}, .classes = {0, 1, 1}, .names = {"cat"}}),
            "Points: 2 points, x from 1 to 2, y from 3 to 4; cat 1, class 1 2.");
  EXPECT_EQ(said(Scatter{.name = "none"}), "none: no points.");
  EXPECT_EQ(said(Regions{.rows = 1, .columns = 4, .classes = {0, 1, 1, -1}, .names = {"no", "yes"}}),
            "Regions: undecided 25 %, no 25 %, yes 50 % of the area.");
  EXPECT_EQ(said(Contours{.rows = 1, .columns = 2, .values = {0, 1}, .levels = {0.25, 0.5}}), "Contour lines at 0.25, 0.5.");
  EXPECT_EQ(said(Arrows{.name = "v", .dx = {3}, .dy = {4}, .labels = {"a"}}), "v: a from (0, 0) by (3, 4).");
  EXPECT_EQ(figure_of(product()).described(),
            "A computation of 4 nodes: a = 2, gradient -3; b = -3, gradient 2; e = a * b = -6, gradient 1; <out> = tanh(e) = -1.");
}

TEST(Plane, draws_or_refuses_whatever_numbers_it_is_given) {
  uint64_t state = 5;
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
  for (int round = 0; round < 600; round++) {
    Axes axes{.x = {.log = next(5) == 0, .reversed = next(3) == 0}, .y = {.log = next(5) == 0, .reversed = next(3) == 0}, .equal = next(4) == 0};
    if (next(5) == 0) axes.x.low = value();
    if (next(6) == 0) axes.y.names = {"a", "b"};
    for (uint64_t e = 0; e <= next(3); e++) {
      const size_t n = next(7), m = next(5);
      if (next(4) == 0) {
        Scatter s{.x = values(n), .y = values(n), .size = double(next(9))};
        for (size_t i = 0; i < n && round % 2; i++) s.classes.push_back(int64_t(next(256))), s.labels.push_back("label");
        axes.add(s);
      } else if (next(3) == 0) {
        axes.add(Arrows{.x = values(n), .y = values(n), .dx = values(n), .dy = values(n), .scale = next(2) ? 0 : value()});
      } else if (next(2) == 0) {
        Contours c{.rows = int64_t(n), .columns = int64_t(m), .values = values(n * m), .levels = values(next(4))};
        if (next(3) == 0) c.x = Range{value(), value()};
        axes.add(c);
      } else {
        Regions r{.rows = int64_t(n), .columns = int64_t(m)};
        for (size_t i = 0; i < n * m; i++) r.classes.push_back(int64_t(next(4)) - 1);
        if (next(3) == 0) r.y = Range{value(), value()};
        axes.add(r);
        axes.add(Line{.x = values(n), .y = values(n), .heads = int(next(5))});
      }
    }
    const Figure f = figure_of(axes);
    try {
      const std::string svg = f.svg({.width = int(next(800))}), text = f.text({int(next(100)), Terminal::Colours::full, next(2) == 0});
      EXPECT_EQ(testing_xml::read_xml(svg).error, "");
      const std::string body = svg.substr(svg.find("</style>"));
      for (const char* bad : {"nan", "inf"}) EXPECT_EQ(body.find(bad), std::string::npos) << svg;
      EXPECT_FALSE(text.empty());
      drawn++;
    } catch (const ConfigError&) {  // ends that are no range
    }
  }
  EXPECT_GT(drawn, 200);
}

}  // namespace
}  // namespace cairn::plot
