// Every kind of figure on one page, to be looked at in light and dark: gallery.html, and for a phone gallery-narrow.html, in the folder `gallery` beside the test program; and
// what must hold for all of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <tuple>

#include <cairn/base/columns.h>
#include <cairn/base/text.h>
#include <cairn/plot/views.h>
#include <tests/helpers/xml.h>

namespace cairn::plot {
namespace {

// A cheap sequence of numbers in [0, 1), the same everywhere.
struct Noise {
  uint64_t state = 1;
  double operator()() {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return double(state >> 11) / 9007199254740992.0;
  }
};

Image photo(int64_t width, int64_t height) {
  Image i{width, height, 3, std::vector<uint8_t>(size_t(width * height * 3))};
  for (int64_t y = 0; y < height; y++)
    for (int64_t x = 0; x < width; x++) {
      double u = double(x) / double(width), v = double(y) / double(height), sun = std::hypot(u - 0.7, v - 0.25) < 0.12 ? 1 : 0;
      bool hill = v > 0.62 + 0.1 * std::sin(7 * u);
      i.at(x, y, 0) = uint8_t(hill ? 60 + 60 * v : 90 + 100 * v + sun * 60);
      i.at(x, y, 1) = uint8_t(hill ? 110 + 40 * u : 150 + 60 * v + sun * 40);
      i.at(x, y, 2) = uint8_t(hill ? 50 : 220 - 30 * v - sun * 120);
    }
  return i;
}

Image digit(int seed) {
  Image i{28, 28, 1, std::vector<uint8_t>(28 * 28, 0)};
  Noise noise{uint64_t(seed + 7)};
  for (double x = 14, y = 6, t = 0; t < 60; t++) {
    x += 3 * (noise() - 0.5);
    y += 0.3;
    for (int dy = -1; dy <= 1; dy++)
      for (int dx = -1; dx <= 1; dx++)
        i.at(std::clamp<int64_t>(int64_t(x) + dx, 0, 27), std::clamp<int64_t>(int64_t(y) + dy, 0, 27)) = dx || dy ? 170 : 255;
  }
  return i;
}

Tensor noise_tensor(const Shape& shape, uint64_t seed, bool smooth) {
  Noise noise{seed};
  std::vector<float> v(size_t(shape.numel()));
  for (size_t i = 0; i < v.size(); i++) v[i] = float(smooth ? std::sin(double(i) * 0.21 * double(1 + i / 300 % 5)) + 0.3 * noise() : noise() - 0.5);
  return from_span(std::span<const float>(v), shape);
}

std::vector<double> falling(size_t n, double to, double noise_size, uint64_t seed) {
  Noise noise{seed};
  std::vector<double> y(n);
  for (size_t i = 0; i < n; i++) y[i] = to + 2 * std::exp(-5 * double(i) / double(n)) + noise_size * (noise() - 0.5);
  return y;
}

std::string number_text(double v) {
  std::string text = std::to_string(v);
  return text.substr(0, 4);
}

const std::vector<std::string> fashion = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"};

Tensor confusion_counts(int64_t classes, uint64_t seed) {
  Noise noise{seed};
  Tensor counts = zeros({classes, classes}, i64);
  for (int64_t t = 0; t < classes; t++)
    for (int64_t p = 0; p < classes; p++) {
      double v = noise();
      counts.set_({t, p}, t == p ? std::floor(700 + 250 * v) : v > 0.6 ? std::floor(90 * v * v * v) : 0);
    }
  return counts;
}

// Points of `classes` arms of a spiral.
Scatter spiral(int classes, int each, uint64_t seed) {
  Noise noise{seed};
  Scatter out;
  for (int c = 0; c < classes; c++)
    for (int i = 0; i < each; i++) {
      const double r = (i + 1.0) / each, turn = 4.2 * r + 2 * M_PI * c / classes + 0.35 * (noise() - 0.5);
      out.x.push_back(r * std::cos(turn));
      out.y.push_back(r * std::sin(turn));
      out.classes.push_back(c);
    }
  return out;
}
int64_t spiral_class(double x, double y, int classes) {
  const double turn = std::atan2(y, x) - 4.2 * std::hypot(x, y);
  return int64_t(std::floor((turn / (2 * M_PI) + 4) * classes + 0.5)) % classes;
}
double valley(double x, double y) { return 0.5 * x * x + 2.5 * y * y; }

void draw_plane(std::vector<std::pair<std::string, Figure>>& all) {
  {
    Axes two{.title = "Two classes", .x = {"x1"}, .y = {"x2"}};
    Scatter moons = spiral(2, 40, 1);
    moons.names = {"inner", "outer"};
    two.add(decision_regions({}, [](double x, double y) { return spiral_class(x, y, 2); })).add(moons);
    Axes five{.title = "Five classes", .x = {"x1"}, .y = {"x2"}};
    five.add(decision_regions({.rows = 60, .columns = 60}, [](double x, double y) { return spiral_class(x, y, 5); }, {"a", "b", "c", "d", "e"}));
    five.add(spiral(5, 25, 2));
    all.emplace_back("regions", Figure{.title = "Decision regions", .panels = {two, five}, .columns = 2});
  }
  {
    Axes plain{.title = "Points of six classes", .x = {"x1"}, .y = {"x2"}};
    plain.add(spiral(6, 12, 4));
    Axes labelled{.title = "Words as points, labelled", .x = {"first direction"}, .y = {"second direction"}};
    labelled.add(Scatter{.x = {1, 1.1, 3, 3.2, 2, 4.7}, .y = {1, 1.4, 3, 2.6, 4, 0.4}, .labels = {"king", "queen", "cat", "dog", "tree", "<stone>"}});
    all.emplace_back("scatter", Figure{.title = "Scatter", .panels = {plain, labelled}, .columns = 2});
  }
  {
    Noise noise{11};
    Scatter cloud{.names = {"real", "generated"}};
    for (int i = 0; i < 100000; i++) {
      const double r = std::sqrt(-2 * std::log(noise() + 1e-12)), turn = 2 * M_PI * noise();
      cloud.x.push_back(r * std::cos(turn) + (i % 2 ? 1.5 : -1.5));
      cloud.y.push_back(r * std::sin(turn));
      cloud.classes.push_back(i % 2);
    }
    all.emplace_back("cloud", Figure{.title = "A hundred thousand points", .panels = {Axes{.x = {"x1"}, .y = {"x2"}, .elements = {cloud}}}});
  }
  {
    const Grid grid{.x = {-4, 4}, .y = {-2, 2}};
    std::vector<double> x = {-3.6}, y = {1.6};
    for (int i = 0; i < 14; i++) {
      x.push_back(x.back() * (1 - 0.3));
      y.push_back(y.back() * (1 - 0.3 * 5));
    }
    Axes descent{.title = "Contours and a descent", .x = {"w1"}, .y = {"w2"}};
    descent.add(contours(grid, valley)).add(trajectory("gradient descent", x, y, 5));
    Axes filled{.title = "Filled, with a saddle", .x = {"x"}, .y = {"y"}};
    auto saddle = [](double a, double b) { return a * a / 4 - b * b; };
    Heat ground = surface(grid, saddle, "height");
    ground.map = ColourMap::diverging;
    filled.add(ground).add(contours(grid, saddle));
    all.emplace_back("contours", Figure{.title = "Lines of equal height", .panels = {descent, filled}, .columns = 2});
  }
  {
    Axes vectors{.title = "Vectors", .x = {"x"}, .y = {"y"}, .equal = true};
    vectors.add(Arrows{.name = "basis", .dx = {1, 0}, .dy = {0, 1}, .labels = {"e1", "e2"}});
    vectors.add(Arrows{.name = "after the matrix", .dx = {2, -0.5}, .dy = {1, 1.5}, .labels = {"A e1", "A e2"}});
    Axes gradients{.title = "A field of gradients", .x = {"w1"}, .y = {"w2"}};
    gradients.add(field({-2, 2}, {-2, 2}, [](double a, double b) { return std::pair(-a, -2.5 * b); }));
    Line circle{.name = "unit circle"};
    for (int i = 0; i <= 90; i++) circle.x.push_back(std::cos(M_PI * i / 45)), circle.y.push_back(std::sin(M_PI * i / 45));
    circle.heads = 4;
    gradients.add(circle);
    all.emplace_back("arrows", Figure{.title = "Arrows", .panels = {vectors, gradients}, .columns = 2});
  }
  {
    Graph small{.title = "a * b + c"};
    const size_t a = small.node({.name = "a", .value = 2, .gradient = -3}), b = small.node({.name = "b", .value = -3, .gradient = 2}),
                 c = small.node({.name = "c", .value = 10, .gradient = 1});
    const size_t e = small.node({.name = "e", .operation = "*", .value = -6, .gradient = 1}, {a, b});
    small.node({.name = "d", .operation = "+", .value = 4, .gradient = 1, .strong = true}, {e, c});
    small.links[0].label = "x (-3)";
    small.links[1].label = "x 2";
    small.links[2].strong = true;
    Graph neuron{.title = "A neuron and its loss"};
    std::vector<size_t> products;
    for (int i = 1; i <= 3; i++) {
      const std::string n = std::to_string(i);
      const size_t x = neuron.node({.name = "x" + n, .value = 0.5 * i}),
                   w = neuron.node({.name = "w" + n, .value = 1.0 / i, .gradient = -0.1234567 * i});
      products.push_back(neuron.node({.operation = "*", .value = 0.5, .gradient = -0.25}, {x, w}));
    }
    products.push_back(neuron.node({.name = "bias", .value = 0.1, .gradient = -0.25}));
    const size_t sum = neuron.node({.name = "z", .operation = "sum", .value = 1.6, .gradient = -0.25}, products);
    const size_t h = neuron.node({.name = "h", .operation = "tanh", .value = 0.9217, .gradient = -0.16}, {sum});
    const size_t target = neuron.node({.name = "target", .value = 1});
    neuron.node({.name = "loss", .operation = "squared error", .value = 0.0061, .gradient = 1, .note = "mean over 1"}, {h, target});
    all.emplace_back("graph", Figure{.title = "Computation graphs", .panels = {small, neuron}});
  }
  {
    Axes gaps{.title = "Odd points", .x = {"x"}, .y = {"y"}};
    gaps.add(Scatter{.name = "numbers", .x = {1, NAN, 3, INFINITY}, .y = {1, 2, NAN, 4}});
    Axes none{.title = "No points", .elements = {Scatter{.name = "none"}, Regions{}, Contours{}, Arrows{}}};
    Axes holes{.title = "A grid with holes", .elements = {Contours{.rows = 3, .columns = 4, .values = {0, 1, 2, 3, 1, NAN, 3, 4, 2, 3, 4, 5}}}};
    Axes two{.title = "Four cells, one undecided", .elements = {Regions{.rows = 2, .columns = 2, .classes = {0, 1, -1, 0}, .names = {"no", "yes"}}}};
    all.emplace_back("odd plane",
                     Figure{.title = "Odd data in the plane", .panels = {gaps, none, holes, two, Graph{.title = "No nodes"}}, .columns = 2});
  }
}

std::vector<std::pair<std::string, Figure>> draw_gallery() {
  std::vector<std::pair<std::string, Figure>> all;
  all.emplace_back("curves", curves("Fashion-MNIST, mlp", "epoch", "loss",
                                    {{"training", {0.52, 0.39, 0.35, 0.32, 0.31, 0.29}}, {"validation", {0.44, 0.40, 0.37, 0.37, 0.35, 0.36}}}));
  all.emplace_back("smoothed",
                   curves("Loss of every step, smoothed", "step", "loss",
                          {{"training", falling(20000, 0.1, 0.5, 1)}, {"another seed", falling(20000, 0.15, 0.5, 2)}}, {.smoothing = 0.98}));
  all.emplace_back("log", curves("A logarithmic axis", "step", "gradient norm", {{"gradient norm", falling(300, 0.003, 0.01, 3)}}, {.log_y = true}));
  {
    Axes axes{.title = "Mean of five seeds with a band of one deviation", .x = {"epoch"}, .y = {"accuracy"}};
    for (int model = 0; model < 2; model++) {
      std::vector<std::vector<double>> runs;
      for (uint64_t seed = 0; seed < 5; seed++) {
        runs.push_back(falling(25, 0, 0.12, 5 * seed + uint64_t(model)));
        for (double& v : runs.back()) v = (model ? 0.92 : 0.86) - 0.2 * v;
      }
      axes.add(mean_and_deviation(model ? "ResNet-20" : "convnet", runs));
    }
    axes.add(Line{.name = "paper", .x = {1, 25}, .y = {0.9125, 0.9125}, .stroke = Stroke::dashed});
    all.emplace_back("band", Figure{.title = "Accuracy on the test set", .panels = {axes}});
  }
  all.emplace_back("bars", bar_chart("Time of an epoch", {"cairn", "torch", "compiled"}, {8.1, 15.9, 13.2}, "seconds"));
  all.emplace_back("long bars", bar_chart("Where the time of a step goes",
                                          {"conv2d 3x3 forward (Winograd)", "conv2d 3x3 backward data (Winograd)", "conv2d 3x3 backward weights",
                                           "batch norm, both passes", "relu & residual sums <fused>", "Optimiser, größte Schritte"},
                                          {21.2, 24.9, 22.8, 9.4, 3.25, 1.5}, "% of the step"));
  {
    Axes axes{.title = "Examples of a class", .x = {.names = fashion}, .y = {"accuracy"}};
    axes.add(Bars{.name = "mlp", .y = {0.81, 0.97, 0.8, 0.89, 0.82, 0.96, 0.68, 0.95, 0.97, 0.96}});
    axes.add(Bars{.name = "convnet", .y = {0.87, 0.99, 0.88, 0.92, 0.89, 0.98, 0.78, 0.97, 0.98, 0.97}});
    Axes both{.title = "Below and above 0", .x = {.names = {"bias", "weight", "gain", "shift"}}, .y = {"gradient"}};
    both.add(Bars{.y = {-0.4, 0.7, -0.1, 0.02}});
    all.emplace_back("groups", Figure{.title = "Groups of bars, and bars below 0", .panels = {axes, both}});
  }
  {
    Noise noise{9};
    std::vector<double> a, b;
    for (int i = 0; i < 5000; i++) {
      double sum = -6;
      for (int k = 0; k < 12; k++) sum += noise();
      a.push_back(sum);
      b.push_back(0.5 * sum + 1.2);
    }
    Axes axes{.title = "Histogram", .x = {"activation"}, .y = {"count"}};
    axes.add(histogram("layer 1", a)).add(histogram("layer 2", b));
    Axes scatter{.title = "Points, and what a model makes of the plane", .x = {"x1"}, .y = {"x2"}};
    Heat plane{
        .rows = 40, .columns = 40, .label = "probability", .map = ColourMap::diverging, .low = 0, .high = 1, .x = Range{-4, 4}, .y = Range{-4, 4}};
    for (int y = 0; y < 40; y++)
      for (int x = 0; x < 40; x++) plane.values.push_back(1 / (1 + std::exp(-(x - 20 + 8 * std::sin(y * 0.2)) / 3.0)));
    Line one{.name = "cats", .stroke = Stroke::none}, two{.name = "dogs", .stroke = Stroke::none};
    for (size_t i = 0; i < 60; i++) {
      one.x.push_back(a[i] - 1.5);
      one.y.push_back(a[i + 60]);
      two.x.push_back(a[i + 120] + 1.5);
      two.y.push_back(a[i + 180]);
    }
    scatter.add(plane).add(one).add(two);
    all.emplace_back("histogram", Figure{.title = "Two panels beside each other", .panels = {axes, scatter}, .columns = 2});
  }
  all.emplace_back("confusion", confusion_matrix(confusion_counts(10, 3), fashion, "Fashion-MNIST, convnet"));
  {
    std::vector<std::string> names;
    for (int i = 0; i < 100; i++) names.push_back("class number " + std::to_string(i));
    all.emplace_back("confusion100", confusion_matrix(confusion_counts(100, 4), names, "A hundred classes"));
  }
  {
    Heat attention{.rows = 6, .columns = 6, .label = "weight", .map = ColourMap::spectrum};
    Heat large{.rows = 300, .columns = 400, .label = "activation", .map = ColourMap::diverging};
    Noise noise{5};
    for (int i = 0; i < 36; i++) {
      attention.values.push_back(i == 7 ? NAN : noise());
      attention.text.push_back(i == 7 ? "NaN" : number_text(attention.values.back()));
    }
    for (int y = 0; y < 300; y++)
      for (int x = 0; x < 400; x++) large.values.push_back(std::sin(x * 0.05) * std::cos(y * 0.08) + 0.2 * noise());
    std::vector<std::string> words = {"the", "cat", "sat", "on", "the", "mat"};
    Axes small{.title = "Attention",
               .x = {.label = "key", .names = words},
               .y = {.label = "query", .names = words, .reversed = true},
               .elements = {attention}};
    Axes big{.title = "A large matrix", .x = {"time"}, .y = {"channel"}, .elements = {large}};
    all.emplace_back("heat", Figure{.title = "Heat maps", .panels = {small, big}, .columns = 2});
  }
  all.emplace_back("filters rgb", filters(noise_tensor({32, 3, 5, 5}, 1, false), "Filters of the first layer"));
  all.emplace_back("filters grey", filters(noise_tensor({16, 1, 7, 7}, 2, false), "Filters over one channel"));
  all.emplace_back("filters deep", filters(noise_tensor({64, 32, 3, 3}, 3, false), "Filters of a later layer"));
  all.emplace_back("maps", activation_maps({{"conv1", noise_tensor({16, 24, 24}, 4, true)}, {"conv2", noise_tensor({1, 32, 12, 12}, 5, true)}}));
  {
    Tensor effective = zeros({160, 240});
    float* p = effective.mutable_data<float>();
    for (int y = 0; y < 160; y++)
      for (int x = 0; x < 240; x++) p[y * 240 + x] = std::exp(-float((x - 120) * (x - 120) + (y - 80) * (y - 80)) / 800.0F);
    all.emplace_back("receptive field", receptive_field(photo(240, 160), {70, 30, 100, 100}, effective));
  }
  {
    std::vector<Mistake> mistakes;
    Noise noise{8};
    for (int i = 0; i < 30; i++) mistakes.push_back({digit(i), fashion[size_t(i) % 10], fashion[size_t(i * 7 + 3) % 10], 0.5 + 0.5 * noise()});
    all.emplace_back("mistakes", worst_mistakes(mistakes));
    Images photos{.title = "A batch with boxes and long captions"};
    for (int i = 0; i < 5; i++)
      photos.tiles.push_back({photo(120, i == 2 ? 200 : 80),
                              "a caption that is much too long for its image\nsecond & <line>",
                              cairn::Mark::right,
                              {{60, 8, 40, 30, "sun"}}});
    all.emplace_back("photos", Figure{.title = "Photographs", .panels = {photos}});
  }
  {
    Table table{.header = {"layer", "output", "parameters", "MFLOP"}};
    table.rows = {{"conv1  3x3, 16", "16 x 32 x 32", "432", "0.88"},
                  {"block 1", "16 x 32 x 32", "13,952", "28.4"},
                  {"block 2 <stride 2>", "32 x 16 x 16", "51,456", "26.1"},
                  {"head & softmax", "10", "650", "0.01"}};
    all.emplace_back("table", Figure{.title = "ResNet-20", .panels = {table}});
  }
  {
    Axes many{.x = {"step"}, .y = {"loss"}};
    for (int i = 0; i < 12; i++) many.add(Line{.name = "learning rate " + std::to_string(i) + "e-3", .y = falling(60, 0.1 * i, 0.05, uint64_t(i))});
    all.emplace_back("many",
                     Figure{.title = "A dozen lines and a title that goes on and on, longer than any figure is wide, to see where it is cut off",
                            .panels = {many}});
    Axes gaps{.title = "Gaps, a lonely point", .x = {"x"}, .y = {"y"}};
    gaps.add(Line{.name = "a", .y = {1, 2, NAN, 3, NAN, 2, 2.5, INFINITY, 1}});
    Axes constant{.title = "Constant", .x = {"x"}, .y = {"y"}, .elements = {Line{.y = {7, 7, 7}}}},
        one{.title = "One point", .elements = {Line{.y = {3}}}}, none{.title = "No points", .elements = {Line{.name = "empty"}}};
    all.emplace_back("odd", Figure{.title = "Odd data", .panels = {gaps, constant, one, none}, .columns = 2});
  }
  draw_plane(all);
  return all;
}

const std::vector<std::pair<std::string, Figure>>& gallery() {
  static const auto all = draw_gallery();
  return all;
}

TEST(Gallery, every_figure_is_a_well_formed_picture_with_title_and_description) {
  for (const auto& [name, figure] : gallery())
    for (int width : {240, 360, 720, 1200}) {
      std::string svg = figure.svg({.width = width});
      auto xml = testing_xml::read_xml(svg);
      EXPECT_EQ(xml.error, "") << name;
      EXPECT_EQ(xml.count["svg"], 1) << name;
      EXPECT_EQ(xml.count["title"], 1) << name;
      EXPECT_EQ(xml.count["desc"], 1) << name;
      EXPECT_EQ(xml.count["script"] + xml.count["a"] + xml.count["foreignObject"], 0) << name;
      EXPECT_GT(xml.first["desc"].size(), 10u) << name;
      EXPECT_NE(xml.first["style"].find("prefers-color-scheme:dark"), std::string::npos);
      EXPECT_LT(svg.size(), 600000u) << name;
      for (const auto& [attribute, value] : xml.attributes) {
        EXPECT_TRUE(attribute.find("on") != 0) << name << ": " << attribute;
        if (attribute == "href") { EXPECT_EQ(value.find("data:image/png;base64,"), 0u) << name; }
        EXPECT_TRUE(attribute == "href" || (value.find("nan") == std::string::npos && value.find("inf") == std::string::npos))
            << name << ": " << value;
      }
    }
}

TEST(Gallery, every_figure_fits_every_terminal) {
  for (const auto& [name, figure] : gallery())
    for (int columns : {24, 40, 80, 200})
      for (Terminal t :
           {Terminal{columns, Terminal::Colours::none, false}, {columns, Terminal::Colours::none, true}, {columns, Terminal::Colours::full, true}}) {
        std::string text = figure.text(t), plain;
        for (size_t i = 0; i < text.size(); i++) {
          if (text[i] == '\x1b') {
            EXPECT_NE(t.colours, Terminal::Colours::none);
            while (text[i] != 'm') i++;
          } else plain += text[i];
        }
        EXPECT_EQ(plain.back(), '\n') << name;
        EXPECT_TRUE(valid_utf8(plain)) << name;
        for (const std::string& line : split(plain, '\n')) EXPECT_LE(columns_of(line), size_t(columns)) << name << ": " << line;
        auto beyond_ascii = [](char c) { return static_cast<unsigned char>(c) > 127; };
        EXPECT_TRUE(t.unicode || std::none_of(plain.begin(), plain.end(), beyond_ascii)) << name;
      }
}

// Pages as a reader would have them, for a desk and for a phone: each figure, and below it the same as text.
TEST(Gallery, writes_pages_to_look_at) {
  std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "gallery";
  std::filesystem::create_directories(folder);
  for (auto [file, width, columns] : {std::tuple("gallery.html", 720, 80), std::tuple("gallery-narrow.html", 340, 44)}) {
    std::string page =
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Cairn: figures</title><meta name=\"color-scheme\" content=\"light dark\">"
        "<style>body{font-family:sans-serif;margin:8px}pre{line-height:1.15;font-family:'DejaVu Sans Mono',monospace;font-size:12px;overflow:auto}"
        "</style><main><h1>Figures</h1>\n";
    for (const auto& [name, figure] : gallery()) {
      page += "<section>" + figure.svg({.width = width}) + "<details open><summary>as text</summary><pre tabindex=\"0\">";
      for (char c : figure.text({columns, Terminal::Colours::none, true})) page += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
      page += "</pre></details></section>\n";
    }
    std::ofstream(folder / file) << page << "</main>\n";
    EXPECT_GT(std::filesystem::file_size(folder / file), 100000u);
  }
}

}  // namespace
}  // namespace cairn::plot
