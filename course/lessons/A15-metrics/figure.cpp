// A15: a threshold moved over scores, the curves of all thresholds, accuracy on rare classes, an interval by the bootstrap, a confusion matrix
// with intervals, and how much a score depends on the split.
#include <cmath>

#include <cairn/plot/views.h>
#include <course/machinery/figure.h>

#include "scores.h"

namespace cairn::course {

namespace {

plot::Bars bars(const std::string& name, const a15::Scored& s, int label, int colour) {
  plot::Bars b{.name = name, .y = std::vector<double>(20, 0.0), .colour = colour};
  for (int i = 0; i <= 20; i++) b.edges.push_back(i / 20.0);
  for (size_t i = 0; i < s.score.size(); i++)
    if (s.label[i] == label) b.y[std::min<size_t>(19, size_t(s.score[i] * 20))]++;
  return b;
}

plot::Heat matrix(const std::vector<double>& values, const std::vector<std::string>& text) {
  return {.rows = 2, .columns = 2, .values = values, .text = text, .label = "share of the row", .low = 0, .high = 1};
}
plot::Axes matrix_axes(const std::string& title) {
  return {.title = title,
          .x = {.label = "called", .names = {"benign", "malignant"}},
          .y = {.label = "is", .names = {"benign", "malignant"}, .reversed = true},
          .height = 150};
}
std::vector<double> shares(const a15::Counts& c) {
  const double benign = c.rejections + c.false_alarms, malignant = c.misses + c.hits;
  return {c.rejections / benign, c.false_alarms / benign, c.misses / malignant, c.hits / malignant};
}

void threshold_on_scores(Book& book, const a15::Scored& s) {
  const plot::Bars benign = bars("benign", s, 0, 0), malignant = bars("malignant", s, 1, 1);
  double top = 1;
  for (const auto* b : {&benign, &malignant})
    for (const double v : b->y) top = std::max(top, v);
  std::vector<Frame> frames;
  for (int i = 1; i <= 19; i++) {
    const double at = i / 20.0;
    const a15::Counts c = a15::counted(s, at);
    plot::Axes above{.title = "tumours by score", .x = {"score", false, 0, 1}, .y = {"tumours", false, 0, top * 1.05}, .height = 150};
    above.add(benign).add(malignant).add(plot::Line{.name = "threshold", .x = {at, at}, .y = {0, top}, .colour = 2});
    plot::Axes below = matrix_axes("what they are called");
    below.add(matrix(shares(c), {said("%.0f", c.rejections), said("%.0f", c.false_alarms), said("%.0f", c.misses), said("%.0f", c.hits)}));
    frames.push_back({said("%.2f", at),
                      {.title = "Where to cut", .panels = {above, below}},
                      said("at %.2f: precision %.3f, recall %.3f, F1 %.3f", at, c.precision(), c.recall(), c.f1())});
  }
  book.slider("threshold", "threshold", std::move(frames));
  const a15::Counts half = a15::counted(s, 0.5), low = a15::counted(s, 0.2);
  book.number("tested", double(s.score.size()));
  book.number("malignant", half.hits + half.misses);
  book.number("accuracy", half.accuracy()), book.number("precision", half.precision());
  book.number("recall", half.recall()), book.number("f1", half.f1());
  book.number("misses", half.misses), book.number("misses_low", low.misses);
  book.number("alarms", half.false_alarms), book.number("alarms_low", low.false_alarms);
  book.number("recall_low", low.recall()), book.number("precision_low", low.precision());
}

void curves(Book& book, const a15::Scored& s) {
  std::vector<double> cuts = s.score;
  std::sort(cuts.rbegin(), cuts.rend());
  plot::Line roc{.name = "this model", .x = {0}, .y = {0}}, pr{.name = "this model"};
  for (const double cut : cuts) {
    const a15::Counts c = a15::counted(s, cut);
    roc.x.push_back(c.false_alarm_rate()), roc.y.push_back(c.recall());
    if (c.hits > 0) pr.x.push_back(c.recall()), pr.y.push_back(c.precision());
  }
  const a15::Counts all = a15::counted(s, 0);
  const double share = all.hits / all.all();
  plot::Axes left{.title = "ROC curve", .x = {"false alarms among the benign", false, 0, 1}, .y = {"recall", false, 0, 1}, .equal = true};
  left.add(roc).add(plot::Line{.name = "chance", .x = {0, 1}, .y = {0, 1}, .stroke = plot::Stroke::dashed});
  plot::Axes right{.title = "precision and recall", .x = {"recall", false, 0, 1}, .y = {"precision", false, 0, 1}, .equal = true};
  right.add(pr).add(plot::Line{.name = "chance", .x = {0, 1}, .y = {share, share}, .stroke = plot::Stroke::dashed});
  book.figure("curves", {.title = "All thresholds at once", .panels = {left, right}, .columns = 2});
  book.number("auc", a15::area(s));
}

// Recall and false alarm rate stay; the malignant become rarer.
void rare(Book& book, const a15::Scored& s) {
  const a15::Counts c = a15::counted(s, 0.5);
  const double recall = c.recall(), alarm = c.false_alarm_rate();
  plot::Line never{.name = "accuracy of always 'benign'"}, accuracy{.name = "accuracy of the model"}, precision{.name = "precision of the model"};
  for (int i = 0; i <= 40; i++) {
    const double share = 0.5 * std::pow(10, -i * 3 / 40.0);
    const double hits = share * recall, alarms = (1 - share) * alarm;
    for (plot::Line* l : {&never, &accuracy, &precision}) l->x.push_back(share);
    never.y.push_back(1 - share), accuracy.y.push_back(hits + (1 - share) * (1 - alarm)), precision.y.push_back(hits / (hits + alarms));
  }
  plot::Axes axes{.x = {"share of malignant tumours", true}, .y = {"share", false, 0, 1.02}};
  axes.add(never).add(accuracy).add(precision);
  book.figure("rare", {.title = "The rarer the class, the less accuracy says", .panels = {axes}});
  const double rare_share = 0.01;
  book.number("alarm_rate", alarm);
  book.number("rare_precision", rare_share * recall / (rare_share * recall + (1 - rare_share) * alarm));
}

void bootstrap(Book& book, const a15::Scored& s) {
  const std::vector<double> f = a15::each(a15::resampled(s, 0.5, 2000, s.score.size(), 15), &a15::Counts::f1);
  const double low = a15::quantile(f, 0.025), high = a15::quantile(f, 0.975);
  book.number("f1_low", low), book.number("f1_high", high);
  plot::Bars h = plot::histogram("resamples", f, 30);
  double top = 0;
  for (const double v : h.y) top = std::max(top, v);
  plot::Axes axes{.x = {"F1 of malignant"}, .y = {"resamples"}};
  axes.add(h);
  axes.add(plot::Line{.name = "95 % lie between", .x = {low, low, high, high}, .y = {0, top, top, 0}, .colour = 2});
  book.figure("bootstrap", {.title = "F1 on two thousand resamples of the test set", .panels = {axes}});

  std::vector<Frame> frames;
  for (const int n : {10, 15, 20, 30, 45, 70, 100, 140, 200, 300, 450, 700, 1000, 2000}) {
    const std::vector<double> a = a15::each(a15::resampled(s, 0.5, 1000, size_t(n), 16), &a15::Counts::accuracy);
    plot::Bars b{.name = "resamples", .y = std::vector<double>(40, 0.0)};
    for (int i = 0; i <= 40; i++) b.edges.push_back(0.5 + i / 80.0);
    for (const double v : a)
      if (v >= 0.5) b.y[std::min<size_t>(39, size_t((v - 0.5) * 80))] += 100.0 / double(a.size());
    const double from = a15::quantile(a, 0.025), to = a15::quantile(a, 0.975);
    plot::Axes plane{.x = {"accuracy", false, 0.5, 1}, .y = {"% of the resamples", false, 0, 60}};
    plane.add(b).add(plot::Line{.name = "interval", .x = {from, to}, .y = {57, 57}, .colour = 2});
    frames.push_back({std::to_string(n),
                      {.title = "Accuracy on test sets of n examples", .panels = {plane}},
                      said("with %.0f examples the accuracy lies between %.2f and %.2f: a width of %.3f", n, from, to, to - from)});
    if (n == 100 || n == 200 || n == 2000) book.number("width_" + std::to_string(n), to - from);
  }
  book.slider("sizes", "examples", std::move(frames));
}

void confusion(Book& book, const a15::Scored& s) {
  const a15::Counts c = a15::counted(s, 0.5);
  const std::vector<a15::Counts> again = a15::resampled(s, 0.5, 2000, s.score.size(), 17);
  const std::vector<double> middle = shares(c);
  std::vector<std::string> text;
  for (size_t cell = 0; cell < 4; cell++) {
    std::vector<double> v;
    for (const a15::Counts& r : again) v.push_back(shares(r)[cell]);
    const double low = 100 * a15::quantile(v, 0.025), high = 100 * a15::quantile(v, 0.975);
    text.push_back(said("%.0f %% (%.0f\u2013%.0f)", 100 * middle[cell], low, high));  // short, to fit the cells on a phone
    if (cell == 3) book.number("recall_from", low), book.number("recall_to", high);
  }
  plot::Axes axes = matrix_axes("");
  axes.add(matrix(middle, text));
  book.figure("confusion",
              {.title = "Confusion matrix with intervals", .panels = {axes}, .note = "Share of the row, and its 95 % interval by 2000 resamples."});
}

void folds(Book& book) {
  plot::Line single{.name = "one split, a fifth tested", .stroke = plot::Stroke::none};
  plot::Line crossed{.name = "mean of five folds", .stroke = plot::Stroke::none};
  const auto accuracy = [](const a15::Scored& s) { return a15::counted(s, 0.5).accuracy(); };
  double least = 1, most = 0, least_mean = 1, most_mean = 0;
  for (int seed = 0; seed < 20; seed++) {
    const a15::Table t = a15::breast_cancer(2, uint64_t(100 + seed));
    double sum = 0;
    for (size_t fold = 0; fold < 5; fold++) {
      const double a = accuracy(a15::scores_of(
          t, [&](size_t i) { return i % 5 != fold; }, 100));
      if (fold == 0) single.y.push_back(a), least = std::min(least, a), most = std::max(most, a);
      sum += a / 5;
    }
    crossed.y.push_back(sum), least_mean = std::min(least_mean, sum), most_mean = std::max(most_mean, sum);
  }
  plot::Axes axes{.x = {"shuffle of the rows"}, .y = {"accuracy"}};
  axes.add(single).add(crossed);
  book.figure("folds", {.title = "One model, one table, twenty shuffles", .panels = {axes}});
  book.number("least", least), book.number("most", most), book.number("least_mean", least_mean), book.number("most_mean", most_mean);
}

void draw_a15(Book& book) {
  const a15::Table t = a15::breast_cancer(2, 15);
  const a15::Scored s = a15::scores_of(t, [&](size_t i) { return i % 2 == 0; });
  threshold_on_scores(book, s);
  curves(book, s);
  rare(book, s);
  bootstrap(book, s);
  confusion(book, s);
  folds(book);
}

}  // namespace

extern const LessonFigures A15_figures;
const LessonFigures A15_figures = {"A15", draw_a15};

}  // namespace cairn::course
