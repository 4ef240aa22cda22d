// A04: what a matrix does to a circle; digits rebuilt from few directions, their spectrum and their directions; a convolution as a matrix; how fast
// power iteration finds the first direction.
#include <cmath>
#include <numbers>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "matrices.h"

namespace cairn::course {

namespace {

// A = [[2, 1], [0, 1.5]] moves the points of the unit circle onto an ellipse.
void circle(Book& book) {
  const double a = 2, b = 1, d = 1.5;
  const Tensor matrix = tensor({{a, b}, {0.0, d}}, f64);
  const std::vector<Tensor> usv = svd(matrix);
  book.number("circle_most", usv[1].at({0})), book.number("circle_least", usv[1].at({1}));
  plot::Line round{.name = "v, of length 1", .colour = 0}, ellipse{.name = "A v", .colour = 1};
  for (int i = 0; i <= 90; i++) {
    const double t = 2 * std::numbers::pi * i / 90, x = std::cos(t), y = std::sin(t);
    round.x.push_back(x), round.y.push_back(y);
    ellipse.x.push_back(a * x + b * y), ellipse.y.push_back(d * y);
  }
  std::vector<Frame> frames;
  for (int degrees = 0; degrees < 180; degrees += 10) {
    const double t = degrees * std::numbers::pi / 180, x = std::cos(t), y = std::sin(t), u = a * x + b * y, w = d * y;
    plot::Axes axes{.x = {"first", false, -2.6, 2.6}, .y = {"second", false, -1.8, 1.8}, .equal = true};
    axes.add(round).add(ellipse);
    axes.add(plot::Arrows{.dx = {x}, .dy = {y}, .labels = {"v"}, .colour = 0})
        .add(plot::Arrows{.dx = {u}, .dy = {w}, .labels = {"A v"}, .colour = 1});
    const double turn = std::acos((x * u + y * w) / std::hypot(u, w)) * 180 / std::numbers::pi;
    frames.push_back({std::to_string(degrees),
                      {.title = "A circle and its image", .panels = {axes}},
                      said("v at %.0f degrees: A v has the length %.2f and is turned by %.0f degrees", degrees, std::hypot(u, w), turn)});
  }
  book.slider("circle", "direction of v (degrees)", std::move(frames));
}

void digit_figures(Book& book) {
  const Tensor x = a04::digits();
  const std::vector<Tensor> usv = svd(x);
  const std::vector<double> s = usv[1].to_vector<double>();
  double all = 0;
  for (const double v : s) all += v * v;
  plot::Bars bars{.name = "singular value"};
  plot::Line kept{.name = "share kept by the first k"};
  double sum = 0;
  int for_90 = 0;
  for (size_t k = 0; k < s.size(); k++) {
    sum += s[k] * s[k];
    bars.x.push_back(double(k + 1)), bars.y.push_back(s[k]);
    kept.x.push_back(double(k + 1)), kept.y.push_back(sum / all);
    if (!for_90 && sum / all >= 0.95) for_90 = int(k + 1);
  }
  plot::Axes values{.title = "64 singular values of the digits", .x = {"k"}, .y = {"sigma"}},
      shares{.title = "share of the squares", .x = {"k"}, .y = {"share", false, 0, 1}, .height = 110};
  plot::Line spectrum{.x = bars.x, .y = bars.y};
  values.add(spectrum), shares.add(kept);
  book.number("sigma_1", s[0]), book.number("sigma_2", s[1]), book.number("k_for_95", for_90), book.number("smallest", s.back());
  book.figure("spectrum", {.title = "The spectrum of the digits", .panels = {values, shares}});

  plot::Images directions{.title = "", .columns = 6, .size = 80};
  for (int64_t k = 0; k < 6; k++) {
    const Tensor v = usv[2].select(0, k).reshape({8, 8});
    const double most = max(abs(v)).item();
    directions.tiles.push_back({image_of(v, -most, most), said("v %.0f", double(k + 1))});
  }
  book.figure(
      "directions",
      {.title = "The first six directions of the digits", .panels = {directions}, .note = "White is positive, black is negative, grey is zero."});

  std::vector<Frame> frames;
  for (const int64_t k : {1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 26, 32, 48, 64}) {
    const Tensor again = a04::rebuilt(usv, k);
    plot::Images above{.title = "digits", .columns = 6, .size = 80}, below{.title = "rebuilt", .columns = 6, .size = 80};
    for (const int64_t i : {0, 1, 4, 12, 25, 36}) {
      above.tiles.push_back({image_of(x.select(0, i).reshape({8, 8}), 0, 16), ""});
      below.tiles.push_back({image_of(again.select(0, i).reshape({8, 8}), 0, 16), ""});
    }
    const double error = norm(again - x).item() / norm(x).item();
    if (k == 10) book.number("error_10", 100 * error);
    frames.push_back({std::to_string(k),
                      {.title = "Digits from few directions", .panels = {above, below}},
                      said("%.0f of 64 directions: the error is %.0f %% of the digits' length", double(k), 100 * error)});
  }
  book.slider("rank", "directions kept", std::move(frames));
}

void convolution(Book& book) {
  const Tensor filter = a04::filter_named("edge"), m = a04::convolution_matrix(filter, 6);
  Tensor image = zeros({6, 6}, f64);
  for (int64_t r = 1; r < 5; r++)
    for (int64_t c = 3; c < 6; c++) image.set_({r, c}, 1);
  const Tensor by_matrix = matmul(m, image.reshape({36})).reshape({4, 4}),
               by_conv = conv2d(image.reshape({1, 1, 6, 6}), filter.reshape({1, 1, 3, 3})).reshape({4, 4});
  book.number("difference", max(abs(by_matrix - by_conv)).item());
  book.number("nonzeros", (m != 0).to(f64).sum().item()), book.number("entries", double(m.numel()));
  plot::Axes matrix{.title = "the matrix, 16 x 36", .x = {"pixel of the image"}, .y = {.label = "pixel of the result", .reversed = true}};
  matrix.add(plot::Heat{.rows = 16, .columns = 36, .values = m.to_vector<double>(), .label = "weight", .map = plot::ColourMap::diverging});
  plot::Axes before{.title = "the image", .x = {"column"}, .y = {.label = "row", .reversed = true}},
      after{.title = "the result", .x = {"column"}, .y = {.label = "row", .reversed = true}};
  before.add(plot::Heat{.rows = 6, .columns = 6, .values = image.to_vector<double>(), .scale = false});
  after.add(plot::Heat{.rows = 4, .columns = 4, .values = by_matrix.to_vector<double>(), .map = plot::ColourMap::diverging, .scale = false});
  book.figure("convolution", {.title = "A filter for edges, as a matrix", .panels = {matrix, before, after}, .columns = 1});
}

void power(Book& book) {
  plot::Axes axes{.x = {"step"}, .y = {"distance from the first direction", true}};
  for (const double ratio : {0.3, 0.7, 0.9, 0.99}) {
    const std::vector<double> errors = a04::power_errors(tensor({{1.0, 0.0}, {0.0, ratio}}, f64), tensor({0.6, 0.8}, f64), tensor({1, 0}, f64), 100);
    plot::Line line{.name = said("sigma 2 / sigma 1 = %g", ratio)};
    for (size_t i = 0; i < errors.size() && errors[i] > 1e-15; i++) line.x.push_back(double(i)), line.y.push_back(errors[i]);
    axes.add(line);
    if (ratio == 0.9) book.number("error_at_09", errors[100]);
    if (ratio == 0.99) book.number("error_at_099", errors[100]);
  }
  book.figure("power", {.title = "How fast power iteration arrives", .panels = {axes}});
}

void draw_a04(Book& book) {
  circle(book);
  digit_figures(book);
  convolution(book);
  power(book);
}

}  // namespace

extern const LessonFigures A04_figures;
const LessonFigures A04_figures = {"A04", draw_a04};

}  // namespace cairn::course
