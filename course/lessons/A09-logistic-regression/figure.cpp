// A09: threes against eights of the shipped digits: the loss and its slope beside the squared error's, weights as a picture, a threshold that
// moves along the ROC curve, and the place at which sigmoid-then-log breaks.
#include <cmath>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "digits.h"

namespace cairn::course {

namespace {

void slopes(Book& book) {
  plot::Line cross{.name = "cross-entropy"}, squares{.name = "squared error of p"}, cross_slope = cross, squares_slope = squares;
  for (int i = 0; i <= 80; i++) {
    const double z = -8 + i * 0.2, p = a09::sigmoid(z);
    for (plot::Line* line : {&cross, &squares, &cross_slope, &squares_slope}) line->x.push_back(z);
    cross.y.push_back(a09::cost(z, 1)), squares.y.push_back((p - 1) * (p - 1));
    cross_slope.y.push_back(p - 1), squares_slope.y.push_back(2 * (p - 1) * p * (1 - p));
  }
  plot::Axes losses{.title = "the cost when the truth is 1", .x = {"logit z"}, .y = {"cost"}};
  plot::Axes below{.title = "its slope", .x = {"logit z"}, .y = {"slope"}};
  book.number("slope_cross", a09::sigmoid(-8) - 1);
  book.number("slope_squares", 2 * (a09::sigmoid(-8) - 1) * a09::sigmoid(-8) * (1 - a09::sigmoid(-8)));
  book.figure("slopes",
              {.title = "Sure and wrong", .panels = {losses.add(cross).add(squares), below.add(cross_slope).add(squares_slope)}, .columns = 2});
}

void breaking(Book& book) {
  plot::Line naive{.name = "sigmoid, then log, in float"}, clamped{.name = "clamped at 1e-7", .stroke = plot::Stroke::dashed},
      stable{.name = "from the logit"};
  double last = 0;
  for (int z = 1; z <= 120; z++) {
    const float p = 1 / (1 + std::exp(-float(z)));
    const double broken = -std::log(1 - p);
    if (std::isfinite(broken)) naive.x.push_back(z), naive.y.push_back(broken), last = z;
    clamped.x.push_back(z), clamped.y.push_back(-std::log(std::max(1 - double(p), 1e-7)));
    stable.x.push_back(z), stable.y.push_back(a09::cost(z, 0));
  }
  book.number("last_finite", last);
  book.number("clamp_limit", -std::log(1e-7));
  plot::Axes axes{.title = "the cost of a yes where the truth is no", .x = {"logit z"}, .y = {"cost"}};
  book.figure("breaking", {.title = "Three ways to the same number", .panels = {axes.add(stable).add(clamped).add(naive)}});
}

void weights(Book& book, const a09::Model& model) {
  plot::Axes axes{
      .title = "weights: blue speaks for an eight, red for a three", .x = {"column"}, .y = {"row", false, {}, {}, {}, true}, .equal = true};
  axes.add(plot::Heat{.rows = 8, .columns = 8, .values = model.w, .map = plot::ColourMap::diverging});
  book.figure("weights", {.title = "What the model looks at", .panels = {axes}});
}

// `early`: the logits after one step, whose curve shows more than one that keeps to the corner.
void threshold_on_roc(Book& book, const a09::Rows& test, const std::vector<double>& z, const std::vector<double>& early) {
  plot::Line curve{.name = "after 300 steps"}, before{.name = "after one step", .colour = 1};
  for (const a09::Rates& r : a09::roc(z, test.y)) curve.x.push_back(r.wrong), curve.y.push_back(r.right);
  for (const a09::Rates& r : a09::roc(early, test.y)) before.x.push_back(r.wrong), before.y.push_back(r.right);
  std::vector<double> threes, eights;
  for (size_t i = 0; i < z.size(); i++) (test.y[i] > 0.5 ? eights : threes).push_back(std::clamp(z[i], -9.9, 9.9));
  const auto bars = [](const char* name, const std::vector<double>& from) {
    plot::Line line{.name = name};
    for (int i = -10; i < 10; i++) {
      line.x.push_back(i + 0.5);
      line.y.push_back(double(std::count_if(from.begin(), from.end(), [&](double v) { return v >= i && v < i + 1; })));
    }
    return line;
  };
  std::vector<Frame> frames;
  for (int t = -6; t <= 6; t++) {
    const a09::Rates r = a09::rates(z, test.y, t);
    plot::Axes scores{
        .title = "logits of pictures that were kept apart", .x = {"logit", false, -10, 10}, .y = {"pictures", false, 0, 20}, .height = 150};
    scores.add(bars("threes", threes)).add(bars("eights", eights));
    scores.add(plot::Line{.name = "threshold", .x = {double(t), double(t)}, .y = {0, 20}, .stroke = plot::Stroke::dashed});
    plot::Axes axes{.title = "ROC curves", .x = {"threes called eights", false, 0, 1}, .y = {"eights found", false, 0, 1.02}, .height = 200};
    axes.add(curve).add(before);
    axes.add(plot::Line{.name = "by chance", .x = {0, 1}, .y = {0, 1}, .stroke = plot::Stroke::dashed, .colour = 2});
    axes.add(plot::Scatter{.name = "this threshold", .x = {r.wrong}, .y = {r.right}, .size = 6, .colour = 3});
    frames.push_back({std::to_string(t),
                      {.title = "A threshold makes a decision", .panels = {scores, axes}},
                      said("%.0f %% of the eights are found, %.1f %% of the threes are called eights", 100 * r.right, 100 * r.wrong)});
  }
  book.slider("threshold", "threshold", std::move(frames));
}

void draw_a09(Book& book) {
  const a09::Pair data = a09::pair_of(3, 8);
  const a09::Model model = a09::trained(data.train, 1, 300);
  const std::vector<double> z = a09::logits(model, data.test);
  book.number("pictures", double(data.train.y.size() + data.test.y.size()));
  book.number("kept_apart", double(data.test.y.size()));
  book.number("first_loss", a09::loss(a09::Model(), data.train));
  book.number("train_loss", a09::loss(model, data.train));
  book.number("test_loss", a09::loss(model, data.test));
  book.number("right", 100 * a09::accuracy(z, data.test.y, 0));
  book.number("auc", a09::area(z, data.test.y));
  const a09::Model early = a09::trained(data.train, 1, 1);
  book.number("early_auc", a09::area(a09::logits(early, data.test), data.test.y));
  book.number("early_right", 100 * a09::accuracy(a09::logits(early, data.test), data.test.y, 0));
  slopes(book);
  breaking(book);
  weights(book, model);
  threshold_on_roc(book, data.test, z, a09::logits(early, data.test));
}

}  // namespace

extern const LessonFigures A09_figures;
const LessonFigures A09_figures = {"A09", draw_a09};

}  // namespace cairn::course
