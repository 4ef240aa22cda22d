// Curves, bars, histograms, confusion matrices.
#include <cairn/plot/views.h>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cairn/base/columns.h>
#include <cairn/plot/scale.h>

namespace cairn::plot {

std::vector<double> smoothed(const std::vector<double>& y, double weight) {
  if (!(weight >= 0 && weight < 1)) throw ConfigError(fmt::format("[smoothed] the weight of the past is {}; it is at least 0 and below 1", weight));
  std::vector<double> out(y.size(), NAN);
  double mean = 0, missing = 1;  // missing: the part of the average that is still its start at 0
  for (size_t i = 0; i < y.size(); i++) {
    if (!std::isfinite(y[i])) continue;
    mean = weight * mean + (1 - weight) * y[i];
    missing *= weight;
    out[i] = mean / (1 - missing);
  }
  return out;
}

Figure curves(const std::string& title, const std::string& x_label, const std::string& y_label, const std::vector<Curve>& curves,
              const CurveOptions& options) {
  Axes axes{.x = {x_label}, .y = {.label = y_label, .log = options.log_y}};
  if (options.smoothing != 0)
    for (size_t i = 0; i < curves.size(); i++) axes.add(Line{.x = curves[i].x, .y = curves[i].y, .stroke = Stroke::faint, .colour = int(i)});
  for (size_t i = 0; i < curves.size(); i++)
    axes.add(Line{.name = curves[i].name, .x = curves[i].x, .y = smoothed(curves[i].y, options.smoothing), .colour = int(i)});
  Figure figure{.title = title, .panels = {std::move(axes)}};
  if (options.smoothing != 0) figure.note = fmt::format("running average, weight of the past {}; pale: the values themselves", options.smoothing);
  return figure;
}

Line mean_and_deviation(const std::string& name, const std::vector<std::vector<double>>& runs) {
  Line line{.name = name};
  size_t longest = 0;
  for (const auto& run : runs) longest = std::max(longest, run.size());
  for (size_t i = 0; i < longest; i++) {
    double n = 0, mean = 0, squares = 0;  // Welford's sums
    for (const auto& run : runs) {
      if (i >= run.size() || !std::isfinite(run[i])) continue;
      double delta = run[i] - mean;
      mean += delta / ++n;
      squares += delta * (run[i] - mean);
    }
    double deviation = n > 1 ? std::sqrt(squares / (n - 1)) : 0;
    line.y.push_back(n > 0 ? mean : NAN);
    line.low.push_back(n > 0 ? mean - deviation : NAN);
    line.high.push_back(n > 0 ? mean + deviation : NAN);
  }
  return line;
}

Figure bar_chart(const std::string& title, const std::vector<std::string>& names, const std::vector<double>& values, const std::string& label) {
  if (names.size() != values.size()) throw ShapeError(fmt::format("[bar_chart] {} names for {} values", names.size(), values.size()));
  size_t longest = 0;
  for (const std::string& n : names) longest = std::max(longest, columns_of(n));
  Axes axes{.x = {.names = names}, .y = {.label = label}, .elements = {Bars{.name = label, .y = values}}};
  axes.horizontal = longest * names.size() > 70;
  return {.title = title, .panels = {std::move(axes)}};
}

Bars histogram(const std::string& name, const std::vector<double>& values, int bins) {
  double low = INFINITY, high = -INFINITY;
  int64_t count = 0;
  for (double v : values)
    if (std::abs(v) <= detail::largest) {
      low = std::min(low, v);
      high = std::max(high, v);
      count++;
    }
  if (bins < 0 || bins > 100000) throw ConfigError(fmt::format("[histogram] {} bins", bins));
  if (bins == 0) bins = int(std::clamp(std::sqrt(double(count)), 5.0, 60.0));
  if (count == 0) low = 0, high = 1;
  if (!(high > low)) {
    double around = low == 0 ? 0.5 : std::abs(low) * 0.05;
    low -= around;
    high += around;
  }
  Bars out{.name = name, .y = std::vector<double>(size_t(bins), 0)};
  for (int i = 0; i <= bins; i++) out.edges.push_back(i == bins ? high : low + (high - low) * i / bins);
  for (double v : values)
    if (std::abs(v) <= detail::largest) out.y[std::min(size_t((v - low) / (high - low) * bins), size_t(bins) - 1)]++;
  return out;
}

Figure confusion_matrix(const Tensor& counts, const std::vector<std::string>& names, const std::string& title) {
  const Shape& s = counts.shape();
  if (s.rank() != 2 || s[0] != s[1]) throw ShapeError(fmt::format("[confusion_matrix] counts are [C, C], these are {}", s.str()));
  const int64_t classes = s[0];
  if (!names.empty() && int64_t(names.size()) != classes)
    throw ShapeError(fmt::format("[confusion_matrix] {} names for {} classes", names.size(), classes));
  const std::vector<double> n = counts.to_vector<double>();
  auto name = [&](int64_t c) { return names.empty() ? fmt::format("{}", c) : names[size_t(c)]; };

  Heat heat{.rows = classes, .columns = classes, .label = "share of the true class", .low = 0, .high = 1};
  struct Confusion {
    int64_t truth, predicted;
    double count;
  };
  std::vector<Confusion> confusions;
  double all = 0, right = 0;
  for (int64_t t = 0; t < classes; t++) {
    double row = 0;
    for (int64_t p = 0; p < classes; p++) row += n[size_t(t * classes + p)];
    for (int64_t p = 0; p < classes; p++) {
      double v = n[size_t(t * classes + p)];
      heat.values.push_back(row > 0 ? v / row : 0);
      if (classes <= 40) heat.text.push_back(v == 0 ? "" : fmt::format("{:.0f}", v));
      if (t != p && v > 0) confusions.push_back({t, p, v});
      if (t == p) right += v;
      all += v;
    }
  }
  Axes axes{.x = {.label = "predicted", .names = names}, .y = {.label = "true", .names = names, .reversed = true}, .elements = {std::move(heat)}};
  Figure figure{.title = title, .panels = {std::move(axes)}};
  std::stable_sort(confusions.begin(), confusions.end(), [](const Confusion& a, const Confusion& b) { return a.count > b.count; });
  Table table{.title = "Most often confused", .header = {"is", "taken for", "times"}};
  for (size_t i = 0; i < std::min<size_t>(confusions.size(), 6); i++)
    table.rows.push_back({name(confusions[i].truth), name(confusions[i].predicted), fmt::format("{:.0f}", confusions[i].count)});
  figure.description =
      fmt::format("{} classes, {:.0f} examples, {:.0f} of them right ({:.1f} %).", classes, all, right, all > 0 ? 100 * right / all : 0);
  for (const auto& row : table.rows)
    figure.description += fmt::format(" {} taken for {}: {}.", row[0], row[1], row[2] == "1" ? "once" : row[2] + " times");
  figure.note = fmt::format("{:.0f} of {:.0f} right ({:.1f} %); rows are the true classes, colours the share of a row", right, all,
                            all > 0 ? 100 * right / all : 0);
  if (!table.rows.empty()) figure.add(std::move(table));
  return figure;
}

}  // namespace cairn::plot
