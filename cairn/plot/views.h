// Ready-made figures: what is worth seeing of a training run and of a convolutional network. Each returns a Figure that can be changed
// before it is drawn.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <cairn/plot/figure.h>

namespace cairn::plot {

// Curves of columns: the losses of an epoch, of a step.
struct Curve {
  std::string name = {};
  std::vector<double> y = {}, x = {};  // x empty: 1, 2, 3, ...
};
struct CurveOptions {
  double smoothing = 0;  // weight of the past in a running average, 0 <= smoothing < 1; the raw values then stand behind, pale
  bool log_y = false;
};
Figure curves(const std::string& title, const std::string& x_label, const std::string& y_label, const std::vector<Curve>& curves,
              const CurveOptions& options = {});
// The running average m <- w m + (1 - w) y, divided by 1 - w^t, so that it does not begin at 0 (Kingma and Ba 2014). NaN stays NaN and is
// left out of the average.
std::vector<double> smoothed(const std::vector<double>& y, double weight);
// Mean of several runs with a band of one standard deviation, as long as the longest; NaN where no run has a value.
Line mean_and_deviation(const std::string& name, const std::vector<std::vector<double>>& runs);

// One bar a name; lying where the names are long.
Figure bar_chart(const std::string& title, const std::vector<std::string>& names, const std::vector<double>& values, const std::string& label = {});
// Counts of values in `bins` classes of equal width (0: as many as the square root of the count, 5 to 60); NaN and infinities do not count.
Bars histogram(const std::string& name, const std::vector<double>& values, int bins = 0);

// ---- the plane: functions of two numbers, and what a model makes of them ------------------------------------------------------------
// A grid covers the ranges x and y with `rows` x `columns` cells; what is computed is that of the cells' middles.

struct Grid {
  Range x = {-1, 1}, y = {-1, 1};
  int64_t rows = 96, columns = 128;
};
// f(x, y) of every cell, row by row, the lowest y first: the values of Heat and Contours.
std::vector<double> on_grid(const Grid& grid, const std::function<double(double, double)>& f);
// The cells' middles [rows * columns, 2], f32, in the same order: a batch for a model.
Tensor grid_points(const Grid& grid);

// f as colours, and as lines of equal height. Both on the same axes: Axes{.elements = {surface(grid, f), contours(grid, f)}}.
Heat surface(const Grid& grid, const std::function<double(double, double)>& f, const std::string& label = "");
Contours contours(const Grid& grid, const std::function<double(double, double)>& f, const std::vector<double>& levels = {});
// The class that f gives to each cell.
Regions decision_regions(const Grid& grid, const std::function<int64_t(double, double)>& f, const std::vector<std::string>& names = {});
// `scores` of grid_points(grid): [N, C], the largest of a row decides; [N] or [N, 1]: class 1 above `threshold` (0 of logits, 0.5 of
// probabilities); integers [N]: the classes themselves. NaN is undecided. ShapeError otherwise.
Regions decision_regions(const Grid& grid, const Tensor& scores, const std::vector<std::string>& names = {}, double threshold = 0);
// Points [N, 2] with integer classes [N] (an empty tensor: none). ShapeError otherwise.
Scatter scatter(const Tensor& points, const Tensor& classes = {}, const std::vector<std::string>& names = {});
// Vectors f(x, y) = {dx, dy} at the middles of across x across places, scaled so that they do not touch.
Arrows field(const Range& x, const Range& y, const std::function<std::pair<double, double>(double, double)>& f, int64_t across = 12);
// The way of a point: a line through its places with arrow heads, a dot at each.
Line trajectory(const std::string& name, const std::vector<double>& x, const std::vector<double>& y, int heads = 3);

// counts [C, C]: row t, column p holds how many examples of class t were taken for p. Coloured by the share of the row; with the most
// frequent confusions as a table. Names may be empty. ShapeError unless square.
Figure confusion_matrix(const Tensor& counts, const std::vector<std::string>& names = {}, const std::string& title = "Confusion matrix");

// Weights of a convolution [O, I, H, W]. With 3 inputs a filter is an image in colours, with 1 one in red (below 0) and blue; with more it is
// a row of its first inputs. Each filter has its own scale, 0 in the middle.
Figure filters(const Tensor& weight, const std::string& title = "Filters");

// Outputs of layers for one image, by name: [C, H, W] or [1, C, H, W]. A map a channel, from its smallest value (dark) to its largest.
Figure activation_maps(const std::vector<std::pair<std::string, Tensor>>& layers, const std::string& title = "Activation maps");

// The part of the input that one output sees: the rectangle that layers and strides allow, and, where `effective` [H, W] is given, how much
// each pixel matters (gradients of an output; about a Gaussian, Luo et al. 2016), as colour over the image.
Figure receptive_field(const Image& input, const Box& field, const Tensor& effective = {}, const std::string& title = "Receptive field");
// `heat` [h, w], from 0 to its largest value, as orange over an image; enlarged to its size. Values below 0 count as 0.
Image overlay(const Image& image, const Tensor& heat, double strength = 0.85);

struct Mistake {
  Image image = {};
  std::string truth = {}, predicted = {};
  double confidence = 0;  // probability of what was predicted
};
// The surest first, `limit` at most. `all`: how many there were, where `mistakes` has only the worst; 0: as many as are given.
Figure worst_mistakes(std::vector<Mistake> mistakes, size_t limit = 24, const std::string& title = "Worst mistakes: sure and wrong", size_t all = 0);

// A panel of images as one picture, for a PNG: boxes drawn in, captions below.
Image picture_of(const Images& panel);

}  // namespace cairn::plot
